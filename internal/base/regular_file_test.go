package base_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// counted is an endless content that counts what is read of it.
type counted struct{ read int64 }

// ReadAt implements io.ReaderAt.
func (c *counted) ReadAt(b []byte, _ int64) (int, error) {
	c.read += int64(len(b))
	return len(b), nil
}

// TestHash: a content that is shorter or longer than its size is an error, and of an endless one no more is read than its size.
func TestHash(t *testing.T) {
	t.Parallel()
	content := []byte("Hello")
	if sum, err := base.Hash(bytes.NewReader(content), 5); err != nil || sum != sha256.Sum256(content) {
		t.Errorf("%x, %v", sum, err)
	}
	for _, size := range []int64{0, 4, 6} {
		if _, err := base.Hash(bytes.NewReader(content), size); !errors.Is(err, base.ErrReplaced) {
			t.Errorf("size %d: %v", size, err)
		}
	}
	endless := &counted{}
	if _, err := base.Hash(endless, 10); !errors.Is(err, base.ErrReplaced) || endless.read != 11 {
		t.Errorf("%d bytes were read, %v", endless.read, err)
	}
}
