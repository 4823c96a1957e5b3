// Command install builds the provider, and prints how Terraform finds that build.
//
//	go run ./internal/cmd/install DIR
//
// It writes into DIR, which it makes if it does not exist.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: install DIR")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "install:", err)
		os.Exit(1)
	}
}

// text says what to do with the build. Its values are the path of a CLI configuration that installs it as if it were released, the source address of the
// provider, and the folder and the path of the program.
const text = `Run this in the shell in which you use Terraform or OpenTofu:

    export TF_CLI_CONFIG_FILE=%[1]s

"terraform init" then installs this build as if it came from the registry, and other providers as usual. After another build, delete the file
.terraform.lock.hcl, which has the checksum of this one.

If you build often, put this into ~/.terraformrc instead, or for OpenTofu into ~/.tofurc:

provider_installation {
  dev_overrides {
    %[2]q = %[3]q
  }
  direct {}
}

Terraform then uses the newest build, whatever version a configuration asks for, and prints a warning that says so. Do not run "terraform init": it asks
the registry for the provider, and fails while no version is released.
- Modules: run "terraform get" instead.
- A backend: run "terraform init" once. It sets the backend up before it fails.
- Other providers: use TF_CLI_CONFIG_FILE as above.

The program, for its subcommands:

    provider=%[4]s
`

// run builds the provider into dir.
func run(ctx context.Context, dir string, out io.Writer) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	built, err := tfcli.Mirror(ctx, dir)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, text, quote(built.ConfigFile), tfcli.Source, filepath.ToSlash(filepath.Dir(built.Binary)), quote(built.Binary))
	return err
}

// quote quotes a path for a POSIX shell, which would run a $(command) in double quotes.
func quote(path string) string {
	return "'" + strings.ReplaceAll(filepath.ToSlash(path), "'", `'\''`) + "'"
}
