-- One row per export. The document is the job as the REST API prints it; the
-- columns beside it are what queries and other processes need.
CREATE TABLE job (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  document   TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  running    INTEGER NOT NULL CHECK (running IN (0, 1)),
  started_ms INTEGER NOT NULL,
  pid        INTEGER NOT NULL,
  host       TEXT    NOT NULL,
  progress   TEXT    NOT NULL DEFAULT '',
  seen_ms    INTEGER NOT NULL
) STRICT;

-- At most one export runs per home, whatever a program does wrong.
CREATE UNIQUE INDEX job_one_running ON job (running) WHERE running = 1;

-- What the check of a snapshot's indexes found, per file. A verdict holds for
-- one identity of the file and one set of rules.
CREATE TABLE verdict (
  snapshot   TEXT    PRIMARY KEY,
  identity   TEXT    NOT NULL,
  rules      TEXT    NOT NULL,
  consistent INTEGER NOT NULL CHECK (consistent IN (0, 1)),
  findings   TEXT    NOT NULL,
  warnings   TEXT    NOT NULL,
  checked_ms INTEGER NOT NULL
) STRICT;
