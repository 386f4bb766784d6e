#!/usr/bin/env bash
# Builds the benchmarks and runs Sluice beside the tools that one would use instead,
# in turn in one run. DuckDB takes part if it is there, with its extension for
# SQLite files. Sizes: PAGES (demo snapshots, such as 100000 for a quick look; all
# of them take about two hours and 15 GB), CSV_SIZE and QUOTED_SIZE (CSV files).
set -euo pipefail
cd "$(dirname "$0")/.."
work=${BENCH_DIR:-$(mktemp -d)}
trap '[ -n "${BENCH_DIR:-}" ] || rm -rf "$work"' EXIT
mkdir -p bin
CGO_ENABLED=0 go build -trimpath -o bin/bench-export ./bench/export
CGO_ENABLED=0 go build -trimpath -o bin/bench-csvfile ./bench/csvfile
echo "$(uname -sr), $(nproc) cores, $(go version), $(sqlite3 --version 2>/dev/null | cut -d' ' -f1) sqlite3"
echo
TMPDIR=$work bin/bench-export -pages "${PAGES:-50000,100000,500000,1000000}" -rounds "${ROUNDS:-5}"
echo
go test -run '^$' -bench . -benchmem ./localexport/record/csv ./localexport/confluence ./localexport/sqlitefile
echo
bin/bench-csvfile -dir "$work" -size "${CSV_SIZE:-1GB}" -quoted "${QUOTED_SIZE:-1GB}"
