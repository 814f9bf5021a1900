#!/bin/sh
# usage: network/go/go.sh ARGUMENT...
# Runs `go` the way every build of Fabric's programs runs it, so that all of them share what was compiled once: without C,
# which takes a compiler that the machine may lack, and hardly optimised where that saves the most and costs nothing.
set -eu
# Idemix, of which no organisation here makes use, and the CA's database, which holds some dozen rows.
plain=""
for packages in github.com/consensys/gnark-crypto/... github.com/hyperledger/fabric-amcl/... github.com/ncruces/go-sqlite3-wasm/...; do
  plain="$plain '-gcflags=$packages=-N -l'"
done
export CGO_ENABLED=0
export GOFLAGS="${GOFLAGS:-} -mod=readonly -trimpath -buildvcs=false$plain"
exec go "$@"
