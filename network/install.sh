#!/bin/sh
# usage: network/install.sh
# Installs the packages of the lockfile into a folder of their own, and puts them in place when all are there: until
# then, and when anything fails, the former ones stay. Does nothing when those of this lockfile are in place already.
set -eu
[ "$#" -eq 0 ] || { echo "usage: network/install.sh" >&2; exit 2; }
cd "$(dirname "$0")/.."

stage=.cache/install
marker=.package-lock.json
copy=.installed-lock.json

if cmp -s package-lock.json "node_modules/$copy"; then
  touch "node_modules/$marker"
  exit 0
fi
command -v npm > /dev/null || { echo "error: npm is missing: install Node.js 20 or newer (the project then brings its own Node 24)" >&2; exit 1; }

rm -rf "$stage"
mkdir -p "$stage"
cp package.json package-lock.json .npmrc "$stage/"
for manifest in */package.json; do
  mkdir -p "$stage/${manifest%/*}"
  cp "$manifest" "$stage/$manifest"
  # npm links no command whose file is not there.
  if [ -d "${manifest%/*}/bin" ]; then cp -R "${manifest%/*}/bin" "$stage/${manifest%/*}/bin"; fi
done
# What Fabric's programs are made of is compiled meanwhile where none were built yet: the build of `up` finds it in Go's
# cache, and says what went wrong, so that nothing is said here.
if [ ! -d .cache/bin ] && command -v go > /dev/null; then
  network/go/compile-ahead.sh > /dev/null 2>&1 &
  ahead=$!
fi
echo "installing the packages of package-lock.json; the first time they are fetched, which takes minutes"
# Without npm's warnings: most say that the Node at hand is older than packages want, and the Node 24 among them runs all.
if ! (cd "$stage" && npm ci --no-audit --no-fund --loglevel=error); then
  rm -rf "$stage"
  echo "error: the packages of package-lock.json could not be installed; what was installed before is still in place" >&2
  echo "advice: make sure that the package registry can be reached, then try again" >&2
  exit 1
fi
cp package-lock.json "$stage/node_modules/$copy"

# From here on it takes an instant, and is not left half done.
trap '' INT TERM HUP
for manifest in */package.json .; do
  folder=${manifest%/package.json}
  if [ -e "$folder/node_modules" ]; then mv "$folder/node_modules" "$stage/$folder/former"; fi
  if [ -e "$stage/$folder/node_modules" ]; then mv "$stage/$folder/node_modules" "$folder/node_modules"; fi
done
touch "node_modules/$marker"
rm -rf "$stage"
trap - INT TERM HUP
if [ -n "${ahead:-}" ]; then
  echo "waiting for the rest of Fabric's modules to be compiled"
  wait "$ahead" || true
fi
