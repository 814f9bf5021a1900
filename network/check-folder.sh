#!/bin/sh
# usage: network/check-folder.sh
# Refuses a project folder whose path Node, the compiler or Fabric's programs cannot take, before any of them starts;
# path-check.ts refuses the same of the other folders, and says why.
set -eu
[ "$#" -eq 0 ] || { echo "usage: network/check-folder.sh" >&2; exit 2; }
cd "$(dirname "$0")/.."
bad=$(pwd | tr -d '\n' | tr '\001-\037\177' '[\001*]' | tr -cd ':,?\\\001' | cut -c 1)
lines=$(pwd | wc -l)
control=$(printf '\001')
[ "$lines" -eq 1 ] || bad=$control
case $bad in
  '') exit 0 ;;
  "$control") named='a control character' ;;
  *) named="the character \"$bad\"" ;;
esac
printf 'error: the project'"'"'s folder has %s in its path, which a network cannot take: %s\n' "$named" "$(pwd)" >&2
printf 'advice: Move or rename the folder; all characters but ":", ",", "?", "\\" and control characters are fine.\n' >&2
exit 1
