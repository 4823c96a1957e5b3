#!/usr/bin/env bash
# Sets the subcategory of the generated pages in docs/, by which the registries
# group them. tfplugindocs leaves it empty. It is the first cell of the row in
# the table of templates/index.md.tmpl that has a link to the page. The page of
# a list resource has that of the resource.
set -euo pipefail

for page in docs/*/*.md; do
  kind=$(basename "$(dirname "$page")") name=$(basename "$page" .md)
  case "$kind" in
    guides) continue ;; # the registries list guides by themselves
    list-resources) kind=resources ;;
  esac
  subcategory=$(awk -F ' *[|] *' -v link="($kind/$name)" 'index($0, link) && /^[|]/ { print $2; exit }' templates/index.md.tmpl)
  if [[ -z "$subcategory" ]]; then
    echo "$page: the table of templates/index.md.tmpl has no row with a link to $kind/$name" >&2
    exit 1
  fi
  sed "s/^subcategory: \"\"\$/subcategory: \"$subcategory\"/" "$page" > "$page.new"
  mv "$page.new" "$page"
done
