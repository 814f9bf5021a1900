#!/bin/sh
# usage: network/go/compile-ahead.sh
# Fetches and compiles all that Fabric's programs are made of, but the patched modules themselves, into Go's cache.
set -eu
[ "$#" -eq 0 ] || { echo "usage: network/go/compile-ahead.sh" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
others='{{with .Module}}{{if and (not .Main) (ne .Path "%s")}}{{$.ImportPath}}{{end}}{{end}}'
for module in fabric fabric-ca; do
  cd "$here/$module"
  ../go.sh list -deps -f "$(printf "$others" "github.com/hyperledger/$module")" tool ./... | xargs ../go.sh list -export
done
