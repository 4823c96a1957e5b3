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

// text says what to do with the build. Its values are the source address of the provider, the folder with the binary, and the path of a CLI
// configuration that installs it as if it were released.
const text = `Put this into ~/.terraformrc, or for OpenTofu into ~/.tofurc:

provider_installation {
  dev_overrides {
    %q = %q
  }
  direct {}
}

Terraform then uses this build, whatever version a configuration asks for, and prints a warning that says so.
Do not run terraform init: it asks the registry for the provider, and fails while no version is released.
- Modules: run terraform get instead.
- A backend: run terraform init once. It sets the backend up before it fails.
- Other providers: terraform init has to succeed. Remove the lines above, and run this in the shell instead:

    export TF_CLI_CONFIG_FILE=%q

  After another build, delete .terraform.lock.hcl, which has the checksum of this one.
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
	_, err = fmt.Fprintf(out, text, tfcli.Source, filepath.ToSlash(filepath.Dir(built.Binary)), filepath.ToSlash(built.ConfigFile))
	return err
}
