"""Parquet files beside CSV files and beside what DuckDB makes of those, in turns.

    python parquet.py SLUICE WORK-FOLDER [PAGES [ROUNDS]]

Bodies are of random words, which compress as real texts do at best a little; those of the
demo repeat and would flatter every format.
"""

import glob
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time


def used(command):
    """Runs a command: seconds of CPU, seconds by the clock, peak memory in MB."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]}: {errors.decode()[-500:]}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024


def make(sluice, path, pages):
    subprocess.run([sluice, "demo", path, "--pages", str(pages)], check=True, stdout=subprocess.DEVNULL)
    r = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz     <p>/0123456789"
    pool = "".join(r.choices(letters, k=4_000_000))
    db = sqlite3.connect(path)
    rows = db.execute("SELECT rowid, length(BODY) FROM BODYCONTENT").fetchall()
    def text(n):
        at = r.randrange(len(pool) - 20_000)
        return "".join(r.sample(pool[at:at + 20_000], min(n or 0, 20_000)))
    db.executemany("UPDATE BODYCONTENT SET BODY = ? WHERE rowid = ?", ((text(n), i) for i, n in rows))
    db.commit()


DUCK = """
import duckdb, glob, os, sys
folder, out = sys.argv[1:]
db = duckdb.connect()
db.execute("SET threads = 2")
for path in glob.glob(os.path.join(folder, "*.csv")):
    name = os.path.basename(path).split("_job")[0]
    db.execute(f"COPY (SELECT * FROM read_csv('{path}', header = true)) TO '{out}/{name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
"""


def main():
    sluice, work = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    pages, rounds = (int(a) for a in [*sys.argv[3:], "40000", "5"][:2]) if len(sys.argv) < 5 else map(int, sys.argv[3:5])
    os.makedirs(work)
    snapshot, home, out = os.path.join(work, "bodies.db"), os.path.join(work, "home"), os.path.join(work, "duck")
    os.makedirs(out)
    make(sluice, snapshot, pages)
    export = [sluice, "export", snapshot, "--home", home, "--from-date", "1970-01-01T00:00Z", "--min-free-space", "-1", "--format"]
    used([*export, "csv"])  # the indexes are checked once
    measured = {"csv": [], "parquet": [], "both": [], "duck": []}
    for _ in range(rounds):
        for form in ("csv", "parquet", "both"):
            measured[form].append(used([*export, form]))
        folder = max(glob.glob(os.path.join(home, "data-pipeline", "export", "*")), key=lambda p: int(os.path.basename(p)))
        measured["duck"].append(used([sys.executable, "-c", DUCK, folder, out]))
    size = lambda pattern: sum(map(os.path.getsize, glob.glob(pattern)))
    csv, ours, theirs = size(folder + "/*.csv"), size(folder + "/*.parquet"), size(out + "/*.parquet")
    print(f"{pages:,} pages, medians of {rounds} rounds in turns\n")
    print("| | CPU | wall | peak memory |\n|---|---:|---:|---:|")
    median = {k: [statistics.median(x[i] for x in v) for i in range(3)] for k, v in measured.items()}
    for key, name in {"csv": "job with CSV", "parquet": "job with Parquet", "both": "job with both", "duck": "DuckDB: COPY of the finished CSV"}.items():
        cpu, wall, memory = median[key]
        print(f"| {name} | {cpu:.2f} s | {wall:.2f} s | {memory:.0f} MB |")
    ratios = lambda a, b, i: sorted(x[i] / y[i] for x, y in zip(measured[a], measured[b]))
    for name, a, b, i in (("CPU, Parquet / CSV", "parquet", "csv", 0), ("wall, Parquet / DuckDB", "parquet", "duck", 1)):
        list_ = ratios(a, b, i)
        print(f"\n{name}: {statistics.median(list_):.2f} ({list_[0]:.2f} to {list_[-1]:.2f})")
    print(f"\nBytes: CSV {csv:,}, Parquet {ours:,}, DuckDB's {theirs:,}, ours / DuckDB's {ours / theirs:.2f}")


main()
