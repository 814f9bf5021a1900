#!/bin/sh
# usage: network/verb.sh VERB [ARGUMENT...]
# Runs a verb that only looks or stops, with the Node that is there: it installs nothing and builds nothing.
set -eu
[ "$#" -ge 1 ] || { echo "usage: network/verb.sh VERB [ARGUMENT...]" >&2; exit 2; }
here=$(dirname "$0")
"$here/check-folder.sh"
verb=$1
shift
for node in "$here/../node_modules/.bin/node" node; do
  if "$node" -e 'process.exit(process.features.typescript ? 0 : 1)' 2> /dev/null; then exec "$node" "$here/verbs/$verb.ts" "$@"; fi
done
echo "error: nothing is installed here, and no Node 24 is on PATH: \`make build\` installs it" >&2
exit 1
