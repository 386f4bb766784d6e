-- What tells the process of a job from another one that gets its id later; empty in
-- rows from before.
ALTER TABLE job ADD COLUMN mark TEXT NOT NULL DEFAULT '';
