"""Makes a snapshot the one of a later day: pages go to the trash with their comments, are
changed and written; events are deleted; there is one user more, and a space has another name."""

import sqlite3
import sys


def main(path):
    db = sqlite3.connect(path)
    (newest,) = db.execute("SELECT max(LASTMODDATE) FROM CONTENT").fetchone()
    pages = [r[0] for r in db.execute("SELECT CONTENTID FROM CONTENT WHERE CONTENTTYPE IN ('PAGE', 'BLOGPOST') AND CONTENT_STATUS = 'current' AND PREVVER IS NULL ORDER BY CONTENTID")]
    gone, changed, copied = pages[::13], pages[1::11], pages[2::17]
    for id in gone:
        db.execute("UPDATE CONTENT SET CONTENT_STATUS = 'deleted' WHERE CONTENTID = ? OR PAGEID = ? AND CONTENTTYPE = 'COMMENT'", (id, id))
    for id in changed:
        db.execute("UPDATE CONTENT SET TITLE = TITLE || ' changed', VERSION = VERSION + 1, LASTMODDATE = ? WHERE CONTENTID = ?", (newest, id))
    columns = [r[1] for r in db.execute("PRAGMA table_info(CONTENT)")]
    rest = ", ".join(c for c in columns if c.lower() != "contentid")
    for id in copied:
        db.execute(f"INSERT INTO CONTENT (CONTENTID, {rest}) SELECT CONTENTID + 4000000000, {rest} FROM CONTENT WHERE CONTENTID = ?", (id,))
        db.execute("INSERT INTO BODYCONTENT (BODYCONTENTID, BODY, CONTENTID, BODYTYPEID) SELECT BODYCONTENTID + 4000000000, BODY || ' again', CONTENTID + 4000000000, BODYTYPEID FROM BODYCONTENT WHERE CONTENTID = ?", (id,))
    db.execute("DELETE FROM AO_7B47A5_EVENT WHERE ID % 19 = 0")
    db.execute("INSERT INTO user_mapping (user_key, username, lower_username) VALUES ('zz-new', 'new', 'new')")
    db.execute("UPDATE SPACES SET SPACENAME = SPACENAME || ' later' WHERE SPACEID = (SELECT min(SPACEID) FROM SPACES)")
    db.commit()


main(sys.argv[1])
