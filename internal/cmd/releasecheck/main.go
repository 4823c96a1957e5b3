// Command releasecheck makes a release of the current commit with goreleaser, publishes nothing, and checks every file of it.
//
//	go run ./internal/cmd/releasecheck -goreleaser PATH
//
// The release is made twice, in two clones of the repository, with a key that is made for the run. All files but the signature must have the
// same bytes both times. Without gpg the checksums are not signed, and the output says so.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// version is the version of the release that is made.
const version = "0.0.1"

// repository is what goreleaser takes for the remote, which the clones have not.
const repository = "https://github.com/aichatbothub/terraform-provider-aichatbothub"

func main() {
	goreleaser := flag.String("goreleaser", "goreleaser", "the path of goreleaser")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *goreleaser, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "releasecheck:", err)
		os.Exit(1)
	}
}

// run makes the release twice, checks the first one, compares it with the second one, and prints the list of files.
func run(ctx context.Context, goreleaser string, out io.Writer) (err error) {
	root, err := tfcli.Root(ctx)
	if err != nil {
		return err
	}
	goreleaser, err = exec.LookPath(goreleaser)
	if err == nil {
		goreleaser, err = filepath.Abs(goreleaser)
	}
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	key, err := newKey(ctx, filepath.Join(work, "gpg"))
	if err != nil {
		return err
	}
	defer key.close(ctx)

	var made [2]release
	from := root
	for i := range made {
		started := time.Now()
		dir := filepath.Join(work, fmt.Sprint("clone", i))
		if made[i], err = build(ctx, goreleaser, from, dir, key); err != nil {
			return err
		}
		from = dir // the repository can get another commit meanwhile
		say(out, "Made release %d of 2 of commit %s in %s.\n", i+1, made[i].commit, time.Since(started).Round(time.Second))
	}
	files, problems := made[0].check()
	problems = append(problems, key.check(ctx, made[0])...)
	problems = append(problems, made[0].start(ctx, runtime.GOOS+"_"+runtime.GOARCH)...)
	problems = append(problems, made[0].compare(made[1])...)
	say(out, "\n")
	for _, f := range files {
		say(out, "%12d  %s  %s\n", f.size, f.sum[:16], f.name)
	}
	if key.reason != "" {
		say(out, "\nThe signature is not checked: %s.\n", key.reason)
	}
	if len(problems) > 0 {
		return fmt.Errorf("the release is wrong:\n- %s", strings.Join(problems, "\n- "))
	}
	say(out, "\n%d files. Two runs gave the same bytes, but for the signature.\n", len(files))
	return nil
}

// build makes a release in a clone of the repository in dir, and publishes nothing.
func build(ctx context.Context, goreleaser, from, dir string, k key) (release, error) {
	r := release{dist: filepath.Join(dir, "dist"), sources: dir, signed: k.reason == ""}
	for _, args := range [][]string{
		{"clone", "--quiet", "--no-tags", "--no-hardlinks", from, dir},
		{"-C", dir, "remote", "set-url", "origin", repository},
		{"-C", dir, "tag", "v" + version},
	} {
		if _, err := output(ctx, nil, "git", args...); err != nil {
			return r, err
		}
	}
	shown, err := output(ctx, nil, "git", "-C", dir, "log", "-1", "--format=%H %cI")
	if err != nil {
		return r, err
	}
	commit, when, _ := strings.Cut(strings.TrimSpace(shown), " ")
	if r.when, err = time.Parse(time.RFC3339, when); err != nil {
		return r, err
	}
	r.commit = commit
	// MAKEFLAGS are those of the make that runs this program, and a hook runs make.
	env := append(os.Environ(), "MAKEFLAGS=", "GNUPGHOME="+k.home, "GPG_FINGERPRINT="+k.fingerprint)
	args := []string{"release", "--clean", "--skip=publish,announce"}
	if !r.signed {
		args[2] += ",sign"
	}
	_, err = outputIn(ctx, dir, env, goreleaser, args...)
	return r, err
}

func output(ctx context.Context, env []string, name string, args ...string) (string, error) {
	return outputIn(ctx, "", env, name, args...)
}

// outputIn returns the output of a program that runs in a folder. An error has its last lines.
func outputIn(ctx context.Context, dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, env
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)+"\n"+stderr.String()), "\n")
		return "", fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), args[0], err, strings.Join(lines[max(0, len(lines)-20):], "\n"))
	}
	return string(out), nil
}

func say(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }
