#!/usr/bin/env bash
# Runs every fuzz target of the module, one after the other, for the given time each (default 30s).
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-30s}
grep -rlE '^func Fuzz[A-Z]' --include='*_test.go' . | while read -r file; do
  folder=$(dirname "$file")
  grep -oE '^func Fuzz[A-Za-z0-9_]+' "$file" | sed 's/^func //' | while read -r target; do
    echo "== $folder $target"
    CGO_ENABLED=0 go test -tags ci,migrated_fynedo -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 100x "$folder"
  done
done
