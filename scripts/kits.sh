#!/usr/bin/env bash
# kits.sh: loads files full of awkward texts with the statements of `sluice kit` into real
# engines, compares every cell, and writes docs/kits.md. The engines that are Python
# packages go into a folder of their own in the user's cache; PostgreSQL, MariaDB, SQLite
# and Java are used if the system has them. KITS="duckdb sqlite" tries a part of them,
# without writing the page. `kits.sh bench` measures Parquet beside DuckDB instead.
set -euo pipefail
cd "$(dirname "$0")/.."
# What the page tells was found with these versions.
packages="duckdb==2.0.1 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 pyspark==4.3.0 tableauhyperapi==0.0.26963"
engines=${XDG_CACHE_HOME:-$HOME/.cache}/sluice/kits/$(echo "$packages" | cksum | cut -d' ' -f1)
if [ ! -e "$engines/done" ]; then
  echo "kits.sh: installing the engines in $engines" >&2
  rm -rf "$engines"
  python3 -m venv "$engines"
  # shellcheck disable=SC2086
  "$engines/bin/pip" install -q --disable-pip-version-check $packages
  touch "$engines/done"
fi
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2086
if [ -n "${KITS:-}" ]; then
  "$engines/bin/python" bench/kits/kits.py bin/sluice-headless "$work/run" $KITS; exit
fi
if [ "${1:-}" = bench ]; then
  "$engines/bin/python" bench/parquet/parquet.py bin/sluice-headless "$work/run" "${@:2}"; exit
fi
result=0
"$engines/bin/python" bench/kits/kits.py bin/sluice-headless "$work/run" >"$work/table" || result=$?
grep '^|' "$work/table"
{ cat bench/kits/page.md; grep '^|' "$work/table"; } >"$work/page"
[ $result = 0 ] && mv "$work/page" docs/kits.md && chmod 644 docs/kits.md
exit $result
