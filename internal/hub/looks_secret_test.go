package hub

import (
	"strings"
	"testing"
)

// TestSecretHeader: names and values that look like secrets, and such that do not.
func TestSecretHeader(t *testing.T) {
	t.Parallel()
	token := "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"
	for _, name := range []string{"Authorization", "PROXY-AUTHORIZATION", "Cookie", "Set-Cookie", "set-cookie2", "X-Auth", "x-auth", "XAuth", "X_Auth", "userAuth", "X-JWT", "X-Jwt-Assertion", "X-Api-Key", "ApiKey", "X-Token-2", "My-Secret",
		"Hub-Signature-256", "Password", "X-Passwd", "X-Pwd", "X-Pass", "X-OAuth", "X-Credentials", "X-Session-ID", "sessionid", "X-Sid", "X-HMAC", "X-Sig", "X-OTP", "Authentication", "X-Bearer"} {
		if !SecretHeader(name, "x") {
			t.Errorf("%s does not look like a secret", name)
		}
	}
	for _, name := range []string{"Accept", "X-Shop", "Author", "X-Author", "X-Authority", "Content-Type", "User-Agent", "X-Bypass", "Passenger", "X-Compass", "X-Side", "Signal", "X-Design", "Origin", "Access-Control-Allow-Origin", "X-Session-Type", "Stock-Eyes", "Content-Length", "", "X"} {
		if SecretHeader(name, "plain Bearer") {
			t.Errorf("%s looks like a secret", name)
		}
	}
	for value, want := range map[string]bool{"Bearer x": true, " basic eDp5": true, token: true, "jwt " + token: true, "Bearers": false, "application/json": false, "eyJ": false, "a.b.c": false, "": false} {
		if SecretHeader("X-Shop", value) != want {
			t.Errorf("the value %q looks like a secret: %t", value, !want)
		}
	}
}

// TestMaskURL: what looks like a secret is masked, and the rest is as it is.
func TestMaskURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		// User information.
		"https://u:p@w@example.com:8443/a@b": "https://•@example.com:8443/a@b", "https://token@example.com": "https://•@example.com", "u:p@example.com/a": "•@example.com/a",
		// Names of parameters, also escaped, in the fragment and in the path.
		"https://example.com?api_key=x&Token=y&b&secret": "https://example.com?api_key=•&Token=•&b&secret=•", "https://example.com/%zz?signature=a=b&password=#": "https://example.com/%zz?signature=•&password=•",
		"https://example.com/?sig=a%2Bb&sv=2024": "https://example.com/?sig=•&sv=2024", "https://example.com/?%61pi%5Fkey=x": "https://example.com/?%61pi%5Fkey=•", "https://example.com/a#access_token=x": "https://example.com/a#access_token=•",
		"https://example.com/?a=1#auth=x&b=2": "https://example.com/?a=1#auth=•&b=2", "https://example.com/a;jsessionid=ab/b": "https://example.com/•/b", "https://example.com/key=ab": "https://example.com/•",
		// Random texts.
		"https://example.com/hook/0b5a7c1e-1111-4222-8333-444455556666": "https://example.com/hook/•", "https://example.com/a/5f2b9c0e7d1a4b3c8e6f0a1b2c3d4e5f/b": "https://example.com/a/•/b",
		"https://api.telegram.org/bot123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11/sendMessage": "https://api.telegram.org/•/sendMessage", "https://example.com/?code=a8Kd93kLmx02PqRs7==&x=1": "https://example.com/?code=•&x=1",
		"https://example.com/?a8Kd93kLmx02PqRs7": "https://example.com/?•", "https://example.com/eyJhbGciOiJI.eyJzdWIi.c2ln": "https://example.com/•", "https://example.com/a8Kd93kL%6Dx02PqRs7": "https://example.com/•",
		// Webhooks.
		"https://hooks.example.com/services/T0/B0/abc": "https://hooks.example.com/•/•/•/•", "https://HOOK.eu1.example.com/abc/": "https://HOOK.eu1.example.com/•/", "https://u:p@webhook.example.com/a?b=1": "https://•@webhook.example.com/•?b=1",
	} {
		if got := MaskURL(address, "•"); got != want {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
	for _, address := range []string{"https://example.com/a?b=1&c=%20#d", "https://example.com", "", "not a URL", "https://example.com/${x}?a=\"b\"", "https://example.com/getOrderStatusByCustomer2", "https://example.com/get-order-by-customer-number-v2-2024",
		"https://example.com/v1/orders/{order_id}", "https://example.com/12345678901234567890", "https://example.com/a%2Fb//c/?", "https://hooks.example.com", "https://hooks.example.com/", "https://example.com/hooks/order-created", "https://example.com:8443/?author=a&signal=b",
		"https://%zz/?%zz=%zz#%zz", "https://example.com/?", "https://example.com/#", "?", "#", "://", "@"[1:]} {
		if got := MaskURL(address, "•"); got != address {
			t.Errorf("%s is %s", address, got)
		}
	}
}

// FuzzMaskURL: no text panics, what is masked stays masked, and a text without a mask is as it was.
func FuzzMaskURL(f *testing.F) {
	for _, seed := range []string{"https://u:p@example.com/a?api_key=b#c", "?#&=;/@", "https://hooks.example.com/a;b=c", "%", "a8Kd93kLmx02PqRs7"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		masked := MaskURL(address, "•")
		if again := MaskURL(masked, "•"); again != masked {
			t.Errorf("%q is masked as %q, and that as %q", address, masked, again)
		}
		if !strings.Contains(masked, "•") && masked != address {
			t.Errorf("%q is %q", address, masked)
		}
	})
}
