-- Recall: what a leader takes back within 24 hours. The op log stays append-only, but for the
-- payloads of a recalled note, which lose their words.

-- Says that a note was here, and nothing of what it said; kept for ever, so that no replay
-- brings it back (S-13).
CREATE TABLE tombstone (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  note_id TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, note_id)
) STRICT;
CREATE INDEX tombstone_by_seq ON tombstone (workspace_id, person_id, seq);

-- Pictures whose last note was recalled: their bytes go at once, and once more an hour later,
-- when no upload that began before can still be under way.
CREATE TABLE unwanted_picture (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  sha256 TEXT NOT NULL,
  since INTEGER NOT NULL,
  -- While the bytes are being deleted, nobody may put them there.
  locked_until INTEGER NOT NULL DEFAULT 0,
  -- The first pass is done.
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  PRIMARY KEY (workspace_id, sha256)
) STRICT;

-- The epoch in which the note arrived: what a restore brought back is recalled again, however old.
ALTER TABLE note ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1;

CREATE TRIGGER op_is_never_deleted BEFORE DELETE ON op
BEGIN SELECT RAISE(ABORT, 'op is append-only'); END;
-- An op takes its number once, and loses its words only where a tombstone says so.
CREATE TRIGGER op_is_never_changed BEFORE UPDATE ON op
WHEN NOT (
  NEW.op_id IS OLD.op_id AND NEW.workspace_id IS OLD.workspace_id AND NEW.device_id IS OLD.device_id
  AND NEW.pairing_id IS OLD.pairing_id AND NEW.person_id IS OLD.person_id AND NEW.mid IS OLD.mid
  AND NEW.kind IS OLD.kind AND NEW.subject_id IS OLD.subject_id AND NEW.proto IS OLD.proto
  AND NEW.at IS OLD.at AND NEW.received_at IS OLD.received_at
  AND (NEW.seq IS OLD.seq OR OLD.seq IS NULL)
  AND (NEW.payload IS OLD.payload OR (NEW.payload = '{}' AND EXISTS (
    SELECT 1 FROM tombstone WHERE workspace_id = OLD.workspace_id AND note_id = OLD.subject_id)))
)
BEGIN SELECT RAISE(ABORT, 'op is append-only'); END;

-- A title that was made out of a recalled note's words also stands where it was renamed.
DROP TRIGGER event_is_never_changed;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
WHEN NOT (
  NEW.id IS OLD.id AND NEW.workspace_id IS OLD.workspace_id AND NEW.entry_id IS OLD.entry_id
  AND NEW.at IS OLD.at AND NEW.actor IS OLD.actor AND NEW.what IS OLD.what AND NEW.after IS OLD.after
  AND NEW.reason IS OLD.reason AND OLD.what = 'renamed' AND NEW.before IS NULL AND EXISTS (
    SELECT 1 FROM event AS placed JOIN tombstone
      ON tombstone.workspace_id = placed.workspace_id AND tombstone.note_id = placed.after
    WHERE placed.workspace_id = OLD.workspace_id AND placed.entry_id = OLD.entry_id)
)
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
