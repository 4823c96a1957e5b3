#!/usr/bin/env bash
# Run every fuzz target of the module for FUZZTIME (default 3s), one by one,
# because a test binary runs one fuzz target at a time.
set -euo pipefail

cd "$(dirname "$0")/.."
fuzztime="${FUZZTIME:-3s}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The packages are found in the source, because `go test -list` would compile
# every test binary.
packages="$(grep -rlE '^func Fuzz[A-Z_0-9]' --include='*_test.go' . | xargs -r -n 1 dirname | sort -u || true)"
if [[ -z "$packages" ]]; then
  echo "fuzz: no targets"
  exit 0
fi

cache="$(go env GOCACHE)/fuzz"
module="$(go list -m)"
binary="$work/fuzz.test"
log="$work/log"

# fuzz PACKAGE TARGET: returns the status of the test binary. `go test` would link
# the binary for every target.
fuzz() {
  (cd "$1" && "$binary" -test.run '^$' -test.fuzz "^$2\$" -test.fuzztime "$fuzztime" -test.fuzzcachedir "$cache/$module/${1#./}") >"$log" 2>&1
}

# At the end of -fuzztime the fuzzer of Go 1.26 sometimes reports its own deadline
# as a failure (golang/go#75804, fixed in 1.27). A real failure always writes its
# input.
only_deadline() {
  grep -q 'context deadline exceeded' "$log" && ! grep -qE 'Failing input written|panic:' "$log"
}

failed=0
for package in $packages; do
  go test -c -fuzz . -o "$binary" "$package"
  targets="$(grep -hoE '^func Fuzz[A-Z_0-9][A-Za-z_0-9]*' "$package"/*_test.go | sed 's/^func //')"
  for target in $targets; do
    status=ok
    if ! fuzz "$package" "$target" && ! only_deadline; then
      status=FAIL
    fi
    executions="$(grep -oE 'execs: [0-9]+' "$log" | tail -n 1 || true)"
    printf 'fuzz %-4s %s %s (%s, %s)\n' "$status" "$package" "$target" "$fuzztime" "${executions:-execs: ?}"
    if [[ "$status" == FAIL ]]; then
      cat "$log"
      failed=1
    fi
  done
done
exit "$failed"
