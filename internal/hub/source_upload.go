package hub

import (
	"context"
	"crypto/sha256"
	"io"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Upload is a file for a chatbot. It is streamed: memory does not grow with its size.
type Upload struct {
	Name string // with the extension, which decides whether the service accepts it (api.md §3)
	Size int64  // bytes
	// SHA256 is the hash of the planned content. Another content is ErrFileChanged, and no source.
	SHA256 [sha256.Size]byte
	// Open returns the content from its beginning. It is called for each attempt.
	Open func() (io.ReadCloser, error)
	// ReferenceSourceLink is the link that citations show; "" sends none.
	ReferenceSourceLink string
}

// UploadSource uploads a file. If the chatbot has a file with that name, the error is a conflict; see ConflictingSource. If the content is not
// the planned one, the error is ErrFileChanged, and the service never got a complete request. An error of reading the file is in the tree of
// the error.
func (c *Client) UploadSource(ctx context.Context, chatbot ID, u Upload) (Source, error) {
	file := rest.File{Name: u.Name, Size: u.Size, SHA256: u.SHA256, Open: u.Open}
	body := rest.NewUploadBody("file", file, map[string]string{"reference_source_link": u.ReferenceSourceLink})
	return c.createSource(ctx, chatbot, []any{u.Name, u.Size}, u.matches, func() (Source, error) {
		return rest.Call[Source](ctx, c.rest, rest.Create("/chatbot/{uuid}/data-source/upload", chatbot), body)
	})
}

// matches reports whether a source can be the one that the upload created. Its size may be unknown before the training, and its type can be
// any (api.md §3).
func (u Upload) matches(s Source) bool {
	size := s.FileSize == nil || *s.FileSize == 0 || int64(*s.FileSize) == u.Size
	return SameName(s.FileName, u.Name) && size
}
