package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// key is a signing key that is made for one run.
type key struct {
	home, fingerprint string
	reason            string // why there is none
}

// newKey makes an RSA key in a folder, without a passphrase. The Terraform Registry takes no other kind but DSA.
func newKey(ctx context.Context, home string) (key, error) {
	if path, _ := exec.LookPath("gpg"); path == "" {
		return key{reason: "there is no gpg on PATH"}, nil
	}
	if err := os.Mkdir(home, 0o700); err != nil {
		return key{}, err
	}
	k := key{home: home}
	if _, err := k.gpg(ctx, "--quick-generate-key", "release check", "rsa3072", "sign", "1d"); err != nil {
		return key{}, err
	}
	listed, err := k.gpg(ctx, "--list-secret-keys", "--with-colons")
	if err != nil {
		return key{}, err
	}
	for line := range strings.Lines(listed) {
		if fields := strings.Split(line, ":"); fields[0] == "fpr" && k.fingerprint == "" {
			k.fingerprint = fields[9]
		}
	}
	if k.fingerprint == "" {
		return key{}, fmt.Errorf("gpg made no key: %s", listed)
	}
	return k, nil
}

func (k key) gpg(ctx context.Context, args ...string) (string, error) {
	return output(ctx, append(os.Environ(), "GNUPGHOME="+k.home), "gpg", append([]string{"--batch", "--quiet", "--passphrase", ""}, args...)...)
}

// close ends the agent of gpg, which would stay.
func (k key) close(ctx context.Context) {
	if k.reason == "" {
		_, _ = output(context.WithoutCancel(ctx), append(os.Environ(), "GNUPGHOME="+k.home), "gpgconf", "--kill", "gpg-agent")
	}
}

// check returns what is wrong with the signature of a release: it must be a detached binary signature of the checksums by this RSA key.
func (k key) check(ctx context.Context, r release) []string {
	if k.reason != "" {
		return nil
	}
	sums := filepath.Join(r.dist, sumsName)
	raw, err := os.ReadFile(sums + ".sig")
	if err != nil {
		return []string{err.Error()}
	}
	if bytes.HasPrefix(raw, []byte("-----")) {
		return []string{"the signature is text, and the registries want a binary one"}
	}
	status, err := k.gpg(ctx, "--status-fd", "1", "--verify", sums+".sig", sums)
	if err != nil {
		return []string{"the signature: " + err.Error()}
	}
	for line := range strings.Lines(status) {
		// [GNUPG:] VALIDSIG fingerprint date time expires version reserved algorithm hash class key
		f := strings.Fields(line)
		if len(f) >= 11 && f[1] == "VALIDSIG" && f[2] == k.fingerprint && f[8] == "1" && f[10] == "00" {
			return nil
		}
	}
	return []string{"the signature is not one of the RSA key: " + status}
}
