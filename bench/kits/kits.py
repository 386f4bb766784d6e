"""Loads an export full of awkward texts with the statements of `sluice kit` into real
engines, and compares every cell with what a strict reader of CSV finds in the files.

    python kits.py SLUICE WORK-FOLDER [ENGINE…]

Prints a table in Markdown; ends with 1 if a cell is wrong. An engine that is not
installed is skipped with its reason. Servers are started in the work folder, for this
run only.
"""

import csv
import glob
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MODES = {"escaped": [], "preserved": ["--preserve-line-breaks"], "whole": ["--full-content"], "parquet": ["--format", "parquet"]}
# What reads Parquet; the cells are those of the export that preserves line breaks.
PARQUET = {"spark", "spark-merge", "hive", "duckdb", "pandas", "polars", "pyarrow"}
TABLES = {"users": "user_id", "spaces": "space_key", "pages": "page_id", "comments": "comment_id", "analytics_events": "event_id"}
NEEDS = {"spark": "pyspark", "spark-merge": "pyspark", "hive": "pyspark", "pandas": "pandas", "polars": "polars", "pyarrow": "pyarrow", "duckdb": "duckdb", "tableau": "tableauhyperapi"}
PROGRAMS = {"sqlite": "sqlite3", "postgresql": "psql", "mysql": "mariadbd"}
# What an engine cannot hold or load at all, by its kit's own words.
IMPOSSIBLE = {("hive", "preserved")}

csv.field_size_limit(1 << 30)


def reference(folder):
    """The rows of the files by table and key, as a strict reader finds them."""
    found = {}
    for table, key in TABLES.items():
        (path,) = glob.glob(os.path.join(glob.escape(folder), table + "_job*.csv"))
        with open(path, encoding="utf-8", newline="") as f:
            rows = list(csv.reader(f, strict=True))
        found[table] = {dict(zip(rows[0], r))[key]: dict(zip(rows[0], r)) for r in rows[1:]}
        assert len(found[table]) == len(rows) - 1, f"{path} has a key twice"
    return found


def same(want, got):
    if isinstance(got, list):
        return json.loads(want) == got if want else got == []
    return (got or "") == want


def compare(want, path):
    cells = wrong = 0
    examples, seen = [], {table: set() for table in want}
    with open(path, encoding="utf-8") as f:
        for line in f:
            told = json.loads(line)
            table, row = told["table"], told["row"]
            key = str(row.get(TABLES[table]))
            right = want[table].get(key)
            if right is None or key in seen[table]:
                wrong += len(row)
                examples.append(f"{table}: a row {key[:60]!r} that is none")
                continue
            seen[table].add(key)
            for column, text in right.items():
                cells += 1
                if column not in row or not same(text, row[column]):
                    wrong += 1
                    examples.append(f"{table} {key[:40]} {column}: {text[:60]!r} became {str(row.get(column))[:60]!r}")
    for table, rows in want.items():
        missing = set(rows) - seen[table]
        wrong += len(missing) * len(next(iter(rows.values()), ()))
        examples += [f"{table}: the row {key[:60]!r} is missing" for key in list(missing)[:3]]
    return cells, wrong, examples


def start_postgresql(work):
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))[-1]
    data = tempfile.mkdtemp(prefix="kits-")  # not below the work folder, which is private
    become = []
    if os.getuid() == 0:  # as which PostgreSQL does not run
        shutil.chown(data, "postgres", "postgres")
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def run(*command):
        subprocess.run([*become, *command], check=True, stdout=subprocess.DEVNULL)

    run(programs + "/initdb", "-D", data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "kits")
    run(programs + "/pg_ctl", "-D", data, "-w", "-l", data + "/log", "-o", f"-c listen_addresses= -k {data}", "start")
    os.environ.update(PGHOST=data, PGUSER="kits", PGDATABASE="postgres")


    def stop():
        run(programs + "/pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(data)

    return stop


def start_mysql(work):
    data = os.path.join(work, "mysql")
    subprocess.run(["mariadb-install-db", "--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal", *(["--user=root"] if os.getuid() == 0 else [])], check=True, stdout=subprocess.DEVNULL)
    socket = os.path.join(work, "mysql.sock")
    server = subprocess.Popen(["mariadbd", "--no-defaults", "--datadir=" + data, "--socket=" + socket, "--skip-networking", "--local-infile=1", "--max-allowed-packet=1G", *(["--user=root"] if os.getuid() == 0 else [])], stderr=subprocess.DEVNULL)
    client = ["mariadb", "--no-defaults", "--socket=" + socket, "--user=root", "--max-allowed-packet=1G"]
    subprocess.run(["mariadb-admin", "--no-defaults", "--socket=" + socket, "--user=root", "--wait=30", "ping"], check=True, stdout=subprocess.DEVNULL)
    os.environ["KITS_MYSQL"] = "\x1f".join(client)
    return lambda: (server.terminate(), server.wait())


def fresh(engine):
    """Empties what the tables of the run before stand in."""
    if engine == "postgresql":
        subprocess.run(["psql", "-X", "-q", "-c", "DROP SCHEMA public CASCADE", "-c", "CREATE SCHEMA public"], check=True, stderr=subprocess.DEVNULL)
    if engine == "mysql":
        subprocess.run([*os.environ["KITS_MYSQL"].split("\x1f"), "-e", "DROP DATABASE IF EXISTS kits; CREATE DATABASE kits"], check=True)


def skipped(engine):
    if engine in NEEDS and importlib.util.find_spec(NEEDS[engine]) is None:
        return f"Python has no {NEEDS[engine]}"
    if engine in PROGRAMS and shutil.which(PROGRAMS[engine]) is None:
        return f"{PROGRAMS[engine]} is not installed"
    return ""


def attempt(sluice, work, engine, mode, home, want, **environment):
    here = os.path.join(work, engine + "-" + mode)
    os.makedirs(here)
    kit, out = os.path.join(here, "kit"), os.path.join(here, "cells")
    subprocess.run([sluice, "kit", engine, "--home", home, "--out", kit], check=True, stderr=subprocess.DEVNULL)
    fresh(engine)
    done = subprocess.run([sys.executable, os.path.join(HERE, "dump.py"), engine, kit, out, *TABLES], cwd=here, capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        return "", 0, -1, [line[:300] for line in done.stderr.strip().splitlines()[-3:]]
    with open(out + ".version", encoding="utf-8") as f:
        version = f.read()
    return (version, *compare(want, out))


def merged(sluice, work, snapshot, homes):
    """Tries spark-merge with change sets: each home gets a job of the snapshot on a later
    day, what differs is told by sluice diff, and the merged tables are to be those of the
    later job. Yields what attempt returns, with a name."""
    subprocess.run([sys.executable, os.path.join(HERE, "later.py"), snapshot], check=True)
    want = {}
    for mode in ("escaped", "preserved", "parquet"):
        subprocess.run([sluice, "export", snapshot, "--home", homes[mode], "--from-date", "1970-01-01T00:00:00Z", "--min-free-space", "-1", *MODES[mode]], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        want[mode] = want["preserved"] if mode == "parquet" else reference(os.path.join(homes[mode], "data-pipeline", "export", "2"))
    for mode, form in (("escaped", "csv"), ("preserved", "csv"), ("parquet", "parquet")):
        changes = os.path.join(work, "changes of " + mode)
        told = subprocess.run([sluice, "diff", "1", "2", "--home", homes[mode], "--out", changes, "--format", form, "--json"], check=True, capture_output=True).stdout
        counts = json.loads(told)["files"]
        for table, least in {"users": "added", "spaces": "changed", "pages": "removed", "comments": "removed", "analytics_events": "removed"}.items():
            assert counts[table][least] > 0, f"nothing of {table} is {least}: {counts}"
        yield mode + ", changes as " + form, attempt(sluice, work, "spark-merge", mode + " changed", homes[mode], want[mode], KITS_CHANGES=changes)


def tell(engine, mode, version, cells, wrong, examples):
    """Prints a row of the table; returns whether it is one that should not be."""
    impossible = (engine, mode) in IMPOSSIBLE
    result = str(wrong) if wrong >= 0 else "failed"
    if wrong and impossible:
        result += " (its kit says so)"
    print(f"| {engine} | {version} | {mode} | {cells:,} | {result} |", flush=True)
    for example in examples[:5]:
        print("  ", example, file=sys.stderr, flush=True)
    return wrong != 0 and not impossible


def main():
    sluice, work, *only = sys.argv[1:]
    sluice = os.path.abspath(sluice)
    work = os.path.abspath(work)
    if os.path.exists(work):
        sys.exit(f"{work} exists")
    os.makedirs(work, 0o700)
    snapshot = os.path.join(work, "awkward.db")
    subprocess.run([sluice, "demo", snapshot, "--pages", os.environ.get("KITS_PAGES", "1000")], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, os.path.join(HERE, "awkward.py"), snapshot], check=True)
    homes, wants = {}, {}
    for mode, flags in MODES.items():
        # A folder as people have them, with what means more to many engines.
        homes[mode] = os.path.join(work, f"o'brien's \"{mode}\" [a-z] {{x,y}} 100% #1 * é")
        subprocess.run([sluice, "export", snapshot, "--home", homes[mode], "--from-date", "1970-01-01T00:00:00Z", "--min-free-space", "-1", *flags], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if mode == "parquet":
            wants[mode] = wants["preserved"]
            continue
        wants[mode] = reference(os.path.join(homes[mode], "data-pipeline", "export", "1"))
    kits = json.loads(subprocess.run([sluice, "kit", "--json"], check=True, capture_output=True).stdout)["kits"]
    print("| engine | version | mode | cells compared | wrong |\n|---|---|---|---:|---:|", flush=True)
    failed, merges, stops = False, False, []
    try:
        for kit in kits:
            engine = kit["engine"]
            if only and engine not in only:
                continue
            if not kit.get("tested"):
                print(f"| {engine} | | | untested | |", flush=True)
                continue
            reason = skipped(engine)
            if reason:
                print(f"| {engine} | | | skipped: {reason} | |", flush=True)
                continue
            if engine in ("postgresql", "mysql"):
                stops.append(globals()["start_" + engine](work))
            for mode in MODES:
                if mode == "parquet" and engine not in PARQUET:
                    continue
                failed = tell(engine, mode, *attempt(sluice, work, engine, mode, homes[mode], wants[mode])) or failed
            merges = merges or engine == "spark-merge"
        if merges:  # last: each home has a further job then
            for mode, result in merged(sluice, work, snapshot, homes):
                failed = tell("spark-merge", mode, *result) or failed
    finally:
        for stop in stops:
            stop()
    sys.exit(1 if failed else 0)


main()
