#!/usr/bin/env bash
# A whole night of a schedule: from a running PostgreSQL to files delivered by SFTP and to
# storage of the S3 kind, with the process killed at every POINTS-th (3) of the calls by which
# it changes anything, and started again. The storage is versitygw, a program of developers
# alone, which it gets once; SERVERS (default: a folder in the cache) keeps it.
set -euo pipefail
cd "$(dirname "$0")/.."
go=${GO:-go}
gateway=github.com/versity/versitygw/cmd/versitygw@v1.8.0
if [ "$(id -u)" -eq 0 ]; then cache=/var/cache; else cache=${XDG_CACHE_HOME:-$HOME/.cache}; fi
servers=${SERVERS:-$cache/sluice-servers}
mkdir -p "$servers"
if [ ! -x "$servers/versitygw" ]; then
  echo "nightly: getting $gateway"
  GOBIN=$servers CGO_ENABLED=0 "$go" install "$gateway"
fi
SLUICE_TEST_GATEWAY=$servers/versitygw CGO_ENABLED=0 "$go" test -trimpath -count=1 -timeout 2h -tags ci,migrated_fynedo ./bench/nightly -v -args -points "${POINTS:-3}"
