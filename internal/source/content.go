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
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// accepted are the extensions that the service is known to take, and refused those that are no documents at all (api.md §3). What is in
// neither is left to the service.
var (
	accepted = []string{"pdf", "docx", "doc", "txt", "md", "tex", "csv", "xlsx", "xls", "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "svg"}
	refused  = []string{"exe", "dll", "so", "bin", "msi", "dmg", "iso", "deb", "rpm", "apk", "jar", "class", "zip", "tar", "gz", "tgz", "bz2", "xz", "7z", "rar",
		"mp3", "wav", "flac", "ogg", "m4a", "mp4", "mov", "avi", "mkv", "webm"}
)

// content is what a configuration says about a file.
type content struct {
	name    string // the file name that the service gets
	managed bool   // the configuration says what is in it
	unknown bool   // that, or the name, is not known yet
	size    int64  // bytes
	sum     string // SHA-256 in hex
	open    func() (io.ReadCloser, error)
}

// problem is something wrong with a file: at which member of `file`, and what.
type problem struct{ member, text string }

func (p *problem) Error() string { return p.text }

// inspect reads a file's value and hashes what is in it, streaming. It opens nothing when something is not known yet.
func inspect(ctx context.Context, o types.Object) (content, error) {
	var f file
	if o.IsNull() || o.IsUnknown() {
		return content{unknown: o.IsUnknown()}, nil
	}
	if diags := o.As(ctx, &f, basetypes.ObjectAsOptions{}); diags.HasError() {
		return content{}, errors.New(diags[0].Detail())
	}
	c := content{name: f.Name.ValueString(), managed: !f.Path.IsNull() || !f.Content.IsNull() || !f.ContentBase64.IsNull()}
	if f.Path.IsUnknown() || f.Content.IsUnknown() || f.ContentBase64.IsUnknown() || f.Name.IsUnknown() {
		c.unknown = true
		return c, nil
	}
	member := "path"
	switch {
	case !f.Path.IsNull():
		if c.name == "" {
			c.name = filepath.Base(f.Path.ValueString())
		}
		c.open = func() (io.ReadCloser, error) { return os.Open(f.Path.ValueString()) }
		if err := checkPath(f.Path.ValueString()); err != nil {
			return c, err
		}
	case !f.Content.IsNull():
		member = "content"
		c.open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(f.Content.ValueString())), nil }
	case !f.ContentBase64.IsNull():
		member = "content_base64"
		raw, err := base64.StdEncoding.DecodeString(f.ContentBase64.ValueString())
		if err != nil {
			return c, &problem{member, "it is not valid base64"}
		}
		c.open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	default:
		return c, nil
	}
	if c.name == "" {
		return c, &problem{"name", "name is required where there is no path to take it from"}
	}
	err := c.hash(member)
	return c, err
}

// checkPath finds what can be said before a file is read.
func checkPath(name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &problem{"path", fmt.Sprintf("there is no file %q. Paths are relative to the folder that Terraform runs in; path.module makes them relative to the module", name)}
	case err != nil:
		return &problem{"path", fmt.Sprintf("the file %q cannot be looked at: %s", name, cause(err))}
	case info.IsDir():
		return &problem{"path", fmt.Sprintf("%q is a folder. For its files, use for_each with fileset()", name)}
	case !info.Mode().IsRegular():
		return &problem{"path", fmt.Sprintf("%q is no regular file", name)}
	}
	return nil
}

// hash reads the content once for its size and its SHA-256.
func (c *content) hash(member string) error {
	r, err := c.open()
	if err != nil {
		return &problem{member, "it cannot be read: " + cause(err)}
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	if c.size, err = io.Copy(h, r); err != nil {
		return &problem{member, "it cannot be read: " + cause(err)}
	}
	if c.size == 0 {
		return &problem{member, "it is empty, and the service has nothing to train from an empty file"}
	}
	c.sum = hex.EncodeToString(h.Sum(nil))
	return nil
}

// notInName is what no file name has. What was made in the web app may have it all the same, such as the address of a video.
var notInName = regexp.MustCompile(`[/\\\x00-\x1f]`)

// judgeName judges the file name of a content: an error for what is no document, a doubt for what the service is not known to take.
func (c *content) judgeName() (doubt string, err error) {
	if notInName.MatchString(c.name) {
		return "", &problem{"name", fmt.Sprintf("%q must be a file name without folders", c.name)}
	}
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(c.name), "."))
	switch {
	case slices.Contains(accepted, ext):
		return "", nil
	case slices.Contains(refused, ext):
		return "", &problem{"name", fmt.Sprintf("the service takes no %q files. It is known to take %s", ext, strings.Join(accepted, ", "))}
	case ext == "":
		return fmt.Sprintf("The file name %q has no extension, and the service decides by it. It is known to take %s.", c.name, strings.Join(accepted, ", ")), nil
	}
	return fmt.Sprintf("The service is not known to take %q files, and may refuse %q. It is known to take %s.", ext, c.name, strings.Join(accepted, ", ")), nil
}

// upload is the content as the client takes it.
func (c *content) upload(link string) hub.Upload {
	return hub.Upload{Name: c.name, Size: c.size, Open: c.open, ReferenceSourceLink: link}
}

// cause is an error of the operating system without the path, which the message has already.
func cause(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
