-- A walk's timeline can be taken back as well, and leaves a tombstone as a note does.
ALTER TABLE tombstone RENAME COLUMN note_id TO subject_id;

-- The epoch in which the walk's last part arrived, as a note has one.
ALTER TABLE walk ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1;
