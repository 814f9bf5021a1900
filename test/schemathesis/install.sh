#!/usr/bin/env bash
# Installs Schemathesis, pinned with hashes, under .cache; prints the path of its program. Fails with what to do where Python lacks.
set -eu
cd "$(dirname "$0")/../.."
requirements=test/schemathesis/requirements.txt
venv=$PWD/.cache/schemathesis/$(sha256sum $requirements | cut -c 1-16)

python=${PYTHON:-python3}
if ! "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
  echo "Schemathesis needs Python 3.11 or newer with its venv module: apt-get install python3 python3-venv, or PYTHON=path of another." >&2
  exit 1
fi
# One after the other; what was broken off is made anew.
mkdir -p .cache/schemathesis
exec 9> .cache/schemathesis/lock
flock 9
if [ ! -e "$venv/complete" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r $requirements >&2
  touch "$venv/complete"
fi
echo "$venv/bin/st"
