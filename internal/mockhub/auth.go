package mockhub

import (
	"net/http"
	"strings"
)

// refuseKey checks the Authorization header (api.md §1, §6) and returns the answer to a request without a valid key. The
// status for a wrong key is a quirk. The status for a missing key is always 401.
func (h *Hub) refuseKey(c *call) (answer, bool) {
	values := c.header.Values("Authorization")
	if len(values) == 0 {
		return answer{status: http.StatusUnauthorized, body: map[string]any{"msg": "Missing Authorization Header"}}, true
	}
	key, ok := strings.CutPrefix(values[0], "Bearer ")
	if !ok || len(values) > 1 {
		return answer{status: http.StatusUnauthorized, body: map[string]any{
			"msg": "Bad Authorization header. Expected 'Authorization: Bearer <key>'",
		}}, true
	}
	if key == h.key {
		return answer{}, false
	}
	status := c.quirks.RefusedStatus
	if status == 0 {
		status = http.StatusUnauthorized
	}
	return answer{status: status, body: map[string]any{"msg": "Invalid API key"}}, true
}
