"""Compares the rows that Sluice reads of delimited files with those of Python's csv module.

corpora.py SLUICE FOLDER tries every .csv and .tsv below a folder. Python is told the encoding
and the delimiter that Sluice has found; all else is its own. Differences are told by file and
row, and end with exit code 1 unless docs/csv.md explains them: see EXPLAINED.
"""

import codecs
import csv
import io
import json
import os
import subprocess
import sys

# Differences that docs/csv.md explains: why, by what a file is like.
EXPLAINED = {
    "cr": "a CR without an LF is a part of its cell",
    "skipped": "lines before the table are left out",
    "escape": "a backslash escapes",
    "quote": "quotes are read as text, or are single ones",
    "invalid": "bytes are no characters of the encoding",
    "comment": "lines of comment are left out",
    "nothing": "the file is no table",
}

csv.field_size_limit(1 << 30)


def ours(sluice, path):
    """The document that Sluice prints of a file."""
    done = subprocess.run([sluice, "preview", path, "--json", "--rows", "10000000"], capture_output=True)
    return done.returncode, json.loads(done.stdout or b"{}"), done.stderr.decode(errors="replace")


def python(path, dialect):
    """All records of a file, by Python."""
    raw = open(path, "rb").read()
    text = raw.decode(dialect["encoding"], errors="replace").lstrip("\ufeff")
    quote = dialect["quote"]
    how = {"delimiter": dialect["delimiter"], "quotechar": quote or '"', "quoting": csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE}
    if dialect["escape"] == "backslash":
        how["escapechar"] = "\\"
    return list(csv.reader(io.StringIO(text, newline=""), **how)), raw


def why(document, raw):
    """Why the rows may differ; None if nothing explains it."""
    kinds = {f["kind"] for f in document.get("findings", [])}
    if raw.replace(b"\r\n", b"").count(b"\r") and raw.count(b"\n"):
        return "cr"
    for kind, reason in (("skipped", "skipped"), ("comment-lines", "comment"), ("escapes", "escape"), ("quoting-off", "quote"), ("single-quotes", "quote"),
                         ("invalid", "invalid"), ("undecoded", "invalid"), ("html", "nothing"), ("json", "nothing")):
        if kind in kinds:
            return reason
    return None


def compare(sluice, path):
    """What became of a file: "equal", a key of EXPLAINED, "refused", or a difference."""
    code, document, said = ours(sluice, path)
    if "dialect" not in document:
        return "refused: " + said.strip().splitlines()[-1].split(": ", 2)[-1] if said.strip() else "refused"
    try:
        codecs.lookup(document["dialect"]["encoding"])
    except LookupError:
        return "refused: Python has no such encoding"
    want, raw = python(path, document["dialect"])
    got = ([document["header"]] if document["dialect"]["header"] else []) + document["rows"]
    if got == want or not want and not document["rows"]:
        return "equal"
    reason = why(document, raw)
    if reason:
        return reason
    for i, (a, b) in enumerate(zip(got, want)):
        if a != b:
            return f"DIFFERS in record {i + 1}: {str(a)[:200]}, Python {str(b)[:200]}"
    return f"DIFFERS: {len(got)} records, Python {len(want)}"


def main():
    sluice, folder = sys.argv[1:]
    counts, bad = {}, 0
    for where, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(where, name)
            if not name.lower().endswith((".csv", ".tsv")) or os.path.getsize(path) > 64 << 20:
                continue
            what = compare(sluice, path)
            key = what.split(":")[0].split(" ")[0]
            counts[key] = counts.get(key, 0) + 1
            if what != "equal":
                print(f"{os.path.relpath(path, folder)}: {EXPLAINED.get(what, what)}")
            bad += key == "DIFFERS" or key == "DIFFERS:"
    print(f"{sum(counts.values())} files:", ", ".join(f"{n} {k}" for k, n in sorted(counts.items())))
    return 1 if bad else 0


sys.exit(main())
