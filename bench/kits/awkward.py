"""Puts awkward texts into every text that an export of a demo snapshot writes."""

import sqlite3
import sys

TEXTS = [
    'quote " inside', '"quoted"', '""', '"', 'ends in a quote"', "it's", "`tick`",
    "a,b", ",", ";", "a\tb", "|", "back\\slash", "\\", "ends in a backslash\\", "\\\\", '\\"', "\\n", "\\N", "\\.", "\\0",
    "line\nfeed", "carriage\rreturn", "both\r\nof them", "\n", "\r\n", "\r", "\n\n\n", "a\n\\.\nb", " leads", "trails ", "  ", "\u00a0",
    "NULL", "null", "NA", "nan", "None", "N/A", "true", "-", "#N/A", "inf", "00123", "1e5", "0x1F", "9007199254740993", "-1", "1,5", "+49", "2021-02-26T04:14:38Z",
    "=1+1", "@user", "{}", "[]", "[\"a\"]", "<p>x</p>", "&amp;", "%20", "$VAR", "${x}", "{{x}}", "`;DROP TABLE pages;--`",
    "ä ö ü ß", "日本語", "😀 👩‍👩‍👧", "עברית", "مرحبا", "a\u202eb", "\ufeffmark", "\u2028", "\u2029", "\u0085", "\u000b", "\u000c", "\u001a", "\u0001", "\u001f", "\ufffd", "e\u0301", "\U0010ffff",
    "x" * 9000, "äöü" * 3000,
]


def main(path):
    db = sqlite3.connect(path)
    for table, columns in {
        "CONTENT": ["TITLE", "VERSIONCOMMENT"],
        "BODYCONTENT": ["BODY"],
        "SPACES": ["SPACENAME"],
        "cwd_user": ["display_name", "email_address"],
    }.items():
        for offset, column in enumerate(columns):
            rows = [r[0] for r in db.execute(f"SELECT rowid FROM {table}")]
            db.executemany(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [(TEXTS[(i + 7 * offset) % len(TEXTS)], r) for i, r in enumerate(rows)])
    # Ids beyond 2^53, which a float does not hold.
    db.execute("UPDATE AO_7B47A5_EVENT SET ID = ID + 9007199254740993")
    labels = [r[0] for r in db.execute("SELECT rowid FROM LABEL")]
    db.executemany("UPDATE LABEL SET NAME = ? WHERE rowid = ?", [(TEXTS[i % len(TEXTS)][:200] + str(i), r) for i, r in enumerate(labels)])
    db.commit()
    print(len(TEXTS), "texts")


main(sys.argv[1])
