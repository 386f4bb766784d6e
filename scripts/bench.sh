#!/usr/bin/env bash
# Builds the benchmarks and runs Sluice beside the tools that one would use instead,
# in turn in one run. Sizes: PAGES (demo snapshot), CSV_GB (CSV file without quotes).
set -euo pipefail
cd "$(dirname "$0")/.."
work=${BENCH_DIR:-$(mktemp -d)}
trap '[ -n "${BENCH_DIR:-}" ] || rm -rf "$work"' EXIT
mkdir -p bin
CGO_ENABLED=0 go build -trimpath -o bin/bench-export ./bench/export
CGO_ENABLED=0 go build -trimpath -o bin/bench-csvfile ./bench/csvfile
echo "$(uname -sr), $(nproc) cores, $(go version), $(sqlite3 --version 2>/dev/null | cut -d' ' -f1) sqlite3"
echo
for pages in ${PAGES:-50000 100000}; do
  snapshot=$work/demo-$pages.db
  [ -f "$snapshot" ] || bin/sluice-headless demo "$snapshot" --pages "$pages"
  bin/bench-export -snapshot "$snapshot" -rounds "${ROUNDS:-5}"
  echo
done
go test -run '^$' -bench . -benchmem ./localexport/csvenc ./localexport/confluence ./localexport/sqlitefile
echo
bin/bench-csvfile -dir "$work" -size "${CSV_SIZE:-1GB}" -quoted "${QUOTED_SIZE:-1GB}"
