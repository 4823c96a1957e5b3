#!/usr/bin/env bash
# Run a command as on a machine without some programs:
#   scripts/without.sh node npm -- go test ./internal/mockhub/
# PATH becomes one folder with a link to every other program that is on PATH now.
set -euo pipefail

hidden=" "
while [[ $# -gt 0 && "$1" != -- ]]; do
  hidden+="$1 "
  shift
done
if [[ $# -lt 2 ]]; then
  echo "usage: $0 PROGRAM... -- COMMAND [ARGUMENT...]" >&2
  exit 2
fi
shift

bin="$(mktemp -d)"
trap 'rm -rf "$bin"' EXIT
declare -A seen
IFS=: read -ra folders <<<"$PATH"
for folder in "${folders[@]}"; do
  programs=()
  for program in "$folder"/*; do
    name="${program##*/}"
    # The first folder that has a program wins, as on PATH.
    if [[ -x "$program" && ! -d "$program" && "$hidden" != *" $name "* && -z "${seen[$name]:-}" ]]; then
      seen[$name]=1
      programs+=("$program")
    fi
  done
  if [[ ${#programs[@]} -gt 0 ]]; then
    ln -s "${programs[@]}" "$bin"
  fi
done
PATH="$bin" "$@"
