package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// acceptedExtensions are those of files that the service is known to accept (api.md §3). The service decides about all others: nothing says
// which ones it refuses.
var acceptedExtensions = []string{"pdf", "docx", "doc", "txt", "md", "tex", "csv", "xlsx", "xls", "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "svg"}

// fileContent is the file of a configuration.
type fileContent struct {
	name    string // the file name that is sent to the service
	managed bool   // the configuration has the content
	unknown bool   // the content or the name is not known yet
	ignored bool   // the content was not read, because changes of it are ignored
	path    string // the path as it is written; "" if the configuration has another form of the content
	size    int64  // bytes
	sum     [sha256.Size]byte
	sha256  string      // sum, hexadecimal
	content io.ReaderAt // what was hashed, and is uploaded; nil if nothing was read
}

// close closes the file, if one is open.
func (c *fileContent) close() {
	if f, ok := c.content.(io.Closer); ok {
		_ = f.Close()
	}
}

// fileError is an error in an attribute of `file`.
type fileError struct{ attribute, text string }

func (e *fileError) Error() string { return e.text }

// readFile reads the value of `file` and hashes the content as a stream. It opens nothing when a value is unknown, or when the content is
// ignored. The caller closes the result, also after an error. Until then the content is that of the file that was hashed, whatever happens to
// the path.
func readFile(ctx context.Context, o types.Object, ignored bool) (fileContent, error) {
	var f file
	if o.IsNull() || o.IsUnknown() {
		return fileContent{unknown: o.IsUnknown(), ignored: o.IsUnknown() && ignored}, nil
	}
	if diags := o.As(ctx, &f, basetypes.ObjectAsOptions{}); diags.HasError() {
		return fileContent{}, errors.New(diags[0].Detail())
	}
	c := fileContent{name: f.effectiveName(), path: f.Path.ValueString(), managed: !f.Path.IsNull() || !f.Content.IsNull() || !f.ContentBase64.IsNull()}
	if ignored && c.managed {
		c.ignored = true
		return c, nil
	}
	if f.Path.IsUnknown() || f.Content.IsUnknown() || f.ContentBase64.IsUnknown() || f.Name.IsUnknown() {
		c.unknown = true
		return c, nil
	}
	attribute := "path"
	switch {
	case !f.Path.IsNull():
		if err := c.openPath(base.Locate(c.path)); err != nil {
			return c, err
		}
	case !f.Content.IsNull():
		attribute = "content"
		c.read(strings.NewReader(f.Content.ValueString()))
	case !f.ContentBase64.IsNull():
		attribute = "content_base64"
		raw, err := base64.StdEncoding.DecodeString(f.ContentBase64.ValueString())
		if err != nil {
			return c, &fileError{attribute, "the value is not valid base64. Use filebase64() or base64encode() to create it"}
		}
		c.read(bytes.NewReader(raw))
	default:
		return c, nil
	}
	if c.name == "" {
		return c, &fileError{"name", "a name is required with content and content_base64"}
	}
	err := c.hash(attribute)
	return c, err
}

// effectiveName returns the file name at the service, or "" if it is unknown.
func (f *file) effectiveName() string {
	if name := f.Name.ValueString(); name != "" || f.Name.IsUnknown() || f.Path.ValueString() == "" {
		return name
	}
	return filepath.Base(f.Path.ValueString())
}

// read sets a content that is in memory.
func (c *fileContent) read(content interface {
	io.ReaderAt
	Size() int64
},
) {
	c.content, c.size = content, content.Size()
}

// openPath opens the file of a path.
func (c *fileContent) openPath(name string) error {
	f, info, err := base.OpenRegular(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && controlCharacter.MatchString(name):
		return &fileError{"path", fmt.Sprintf("there is no file %q. The path contains a line break or another control character. A path that was read from a file or a command often ends in a line break: remove it with chomp() or trimspace()", name)}
	case errors.Is(err, fs.ErrNotExist):
		return &fileError{"path", fmt.Sprintf("there is no file %q. A path is relative to the folder in which Terraform runs. Use path.module for one that is relative to the module", name)}
	case errors.Is(err, base.ErrNotRegular) && info.IsDir():
		return &fileError{"path", fmt.Sprintf("%q is a folder. To create a source for each of its files, use for_each with fileset()", name)}
	case errors.Is(err, base.ErrNotRegular):
		return &fileError{"path", fmt.Sprintf("%q is not a regular file, but a device, pipe or socket. Use a regular file", name)}
	case err != nil:
		return &fileError{"path", fmt.Sprintf("unable to access the file %q: %s", name, base.WithoutPath(err))}
	}
	c.content, c.size = f, info.Size()
	return nil
}

// hash reads the content once and sets its SHA-256.
func (c *fileContent) hash(attribute string) (err error) {
	if c.size == 0 {
		return &fileError{attribute, "the content is empty. The service needs content to train the source"}
	}
	if c.sum, err = base.Hash(c.content, c.size); err != nil {
		return &fileError{attribute, "unable to read the content: " + base.WithoutPath(err).Error()}
	}
	c.sha256 = hex.EncodeToString(c.sum[:])
	return nil
}

// invalidInName matches characters that a file name cannot contain. Names of sources that the web app created may contain them.
var invalidInName = regexp.MustCompile(`[/\\]`)

// controlCharacter matches characters such as line breaks, which a file name at the service cannot contain.
var controlCharacter = regexp.MustCompile(`[\x00-\x1f\x7f]`)

// checkName returns an error for a file name that cannot be sent.
func (c *fileContent) checkName() error {
	if controlCharacter.MatchString(c.name) {
		return &fileError{"name", fmt.Sprintf("%q contains a line break or another control character, which a file name cannot have. Remove it, for example with chomp() or trimspace(), or set name for a file whose name on disk has one", c.name)}
	}
	if invalidInName.MatchString(c.name) {
		return &fileError{"name", fmt.Sprintf("%q must be a file name without folders", c.name)}
	}
	return nil
}

// typeWarning returns a warning for a file that the service may refuse, or "".
func (c *fileContent) typeWarning() string {
	ext := extension(c.name)
	switch {
	case c.name == "" || !c.managed || slices.Contains(acceptedExtensions, ext):
		return ""
	case ext == "":
		return fmt.Sprintf("It is not known whether the service accepts the file %q, which has no extension. If it refuses the file, the apply of this source fails and creates nothing. %s.", c.name, acceptedText())
	}
	return fmt.Sprintf("It is not known whether the service accepts %q files, such as %q. If it refuses the file, the apply of this source fails and creates nothing. %s.", ext, c.name, acceptedText())
}

// extension returns the extension of a file name, in lower case and without the dot.
func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
}

// acceptedText lists acceptedExtensions.
func acceptedText() string {
	return "These extensions are known to be accepted: " + strings.Join(acceptedExtensions, ", ")
}

// typeRefused reports whether the service refuses a file because of its type. The status is not certain, the text is (api.md §3).
func typeRefused(err error) bool {
	e := hub.AsError(err)
	return e != nil && !hub.IsAmbiguous(err) && (e.Status == http.StatusUnsupportedMediaType || strings.Contains(strings.ToLower(e.Message), "file type"))
}

// upload returns the content as the client takes it. A file that has grown has one byte too many.
func (c *fileContent) upload(link string) hub.Upload {
	return hub.Upload{Name: c.name, Size: c.size, SHA256: c.sum, ReferenceSourceLink: link,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(c.content, 0, c.size+1)), nil }}
}
