#!/usr/bin/env bash
# h2.sh: follows the recipe of docs/other-databases.md for a demo in H2, with the jars
# of two generations, and compares the five files with those of the demo itself.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in java mvn sqlite3; do command -v $tool >/dev/null || { echo "h2.sh needs $tool" >&2; exit 1; }; done
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
sluice=${SLUICE:-$work/sluice}
[ -n "${SLUICE:-}" ] || CGO_ENABLED=0 go build -trimpath -tags headless -o "$sluice" .
export_of() { "$sluice" export "$1" --home "$2" --from-date 1990-01-01T00:00Z --time-zone Europe/Berlin --min-free-space -1 >/dev/null 2>&1; }
"$sluice" demo "$work/demo.db" --pages 300 --seed 4 >/dev/null
export_of "$work/demo.db" "$work/want"
tables="content bodycontent spaces user_mapping cwd_user cwd_directory cwd_app_dir_mapping label content_label bandana confversion AO_7B47A5_EVENT"
for version in 1.4.200 2.2.224; do
  mvn -q dependency:copy -Dartifact=com.h2database:h2:$version -DoutputDirectory="$work" >/dev/null
  jar=$work/h2-$version.jar dir=$work/$version; mkdir "$dir"; cd "$dir"
  # The database that an administrator has.
  for t in $tables; do
    sqlite3 "$work/demo.db" -cmd '.mode csv' -cmd '.headers on' "SELECT * FROM \"$t\"" >"in-$t.csv"
    columns=$(sqlite3 "$work/demo.db" "SELECT group_concat('\"' || CASE WHEN '$t' LIKE 'AO%' THEN name ELSE upper(name) END || '\" ' || CASE WHEN type LIKE '%INT%' THEN 'BIGINT' WHEN lower(name) IN ('body', 'bandanavalue') THEN 'CLOB' WHEN lower(name) LIKE '%date' THEN 'TIMESTAMP' ELSE 'VARCHAR(2000)' END, ', ') FROM pragma_table_info('$t')")
    name=$t; case $t in AO*) ;; *) name=$(echo "$t" | tr a-z A-Z);; esac
    echo "CREATE TABLE \"$name\" ($columns); INSERT INTO \"$name\" SELECT * FROM CSVREAD('in-$t.csv', NULL, 'charset=UTF-8');"
  done >load.sql
  java -cp "$jar" org.h2.tools.RunScript -url "jdbc:h2:$dir/h2db" -user sa -script load.sql
  # The recipe.
  rm -f raw.db
  for t in $tables; do
    name=$t; case $t in AO*) ;; *) name=$(echo "$t" | tr a-z A-Z);; esac
    java -cp "$jar" org.h2.tools.Shell -url "jdbc:h2:$dir/h2db;ACCESS_MODE_DATA=r" -user sa -sql "CALL CSVWRITE('$t.csv', 'SELECT * FROM \"$name\"', 'charset=UTF-8')" >/dev/null
    sqlite3 raw.db -cmd '.mode csv' ".import $t.csv $t"
  done
  "$sluice" snapshot raw.db wiki.db >/dev/null
  export_of wiki.db "$dir/got"
  for f in users spaces pages comments analytics_events; do
    cmp "$work"/want/data-pipeline/export/1/${f}_*.csv "$dir"/got/data-pipeline/export/1/${f}_*.csv
  done
  cd - >/dev/null
  echo "H2 $version: the five files are those of the demo"
done
