-- What ranking reads of the register, by token, so that a note's cost does not grow with it. All of it
-- is made of notes and can be made again.
DROP TABLE entry_place;
DROP TABLE entry_stem;

-- What each placed note is counted under, so that it can be taken out again whatever was learnt since.
CREATE TABLE note_index (
  -- In the order in which the notes were placed.
  number INTEGER PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  note_id TEXT NOT NULL UNIQUE REFERENCES note (id) ON DELETE CASCADE,
  -- The entry that counts it; NULL while none does.
  entry_id TEXT REFERENCES entry (id),
  -- JSON, the empty one first, which every note has.
  tokens TEXT NOT NULL,
  -- Hash of its fingerprint; NULL where the note says too little to have one.
  print TEXT
) STRICT;
CREATE INDEX indexed_notes_of_entry ON note_index (workspace_id, entry_id);
CREATE INDEX indexed_notes_by_print ON note_index (workspace_id, print) WHERE print IS NOT NULL;

-- How many of an entry's notes have a token; of the empty one, how many notes it has.
CREATE TABLE entry_token (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  entry_id TEXT NOT NULL REFERENCES entry (id),
  token TEXT NOT NULL,
  mood TEXT NOT NULL,
  -- The entry's: of two with as many notes, the older one is read first.
  number INTEGER NOT NULL,
  -- The entry's; kept true for the empty token only.
  merged_into TEXT,
  notes INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, entry_id, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_token ON entry_token (workspace_id, mood, token, notes DESC, number);
-- What looking for candidates reads of each entry found: one row, and nothing of the entry itself.
CREATE INDEX entry_sizes ON entry_token (workspace_id, number, mood, merged_into, notes) WHERE token = '';
CREATE TRIGGER entry_is_merged AFTER UPDATE OF merged_into ON entry
BEGIN
  UPDATE entry_token SET merged_into = NEW.merged_into
  WHERE workspace_id = NEW.workspace_id AND entry_id = NEW.id AND token = '';
END;

-- How many notes of a mood have a token, and how many entries.
CREATE TABLE token (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  mood TEXT NOT NULL,
  token TEXT NOT NULL,
  notes INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, mood, token)
) STRICT, WITHOUT ROWID;

-- What else ranking knows of an entry, as JSON. An entry without one gets it from its newest notes
-- when it is next looked at, so whoever takes a note out only deletes the row.
CREATE TABLE entry_summary (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  entry_id TEXT NOT NULL REFERENCES entry (id),
  data TEXT NOT NULL,
  PRIMARY KEY (workspace_id, entry_id)
) STRICT;

-- Notes that are to be counted anew: cron does a few at a time.
CREATE TABLE note_to_index (
  note_id TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
  workspace_id TEXT NOT NULL REFERENCES workspace (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_to_index_of_workspace ON note_to_index (workspace_id, note_id);
INSERT INTO note_to_index (note_id, workspace_id)
SELECT note_id, workspace_id FROM entry_note WHERE current = 1;

-- Entries that were opened for one note, and when to ask again what they may be the same as.
CREATE TABLE lone_entry (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  entry_id TEXT NOT NULL REFERENCES entry (id),
  ask_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, entry_id)
) STRICT;
CREATE INDEX lone_entries_by_time ON lone_entry (ask_at);

-- The entry that is proposed to be the same as `entry_id`: the one that the note is in.
ALTER TABLE proposal ADD COLUMN from_id TEXT REFERENCES entry (id);
CREATE INDEX proposals_from_entry ON proposal (workspace_id, from_id) WHERE state = 'open';
CREATE INDEX rejected_proposals ON proposal (workspace_id, entry_id) WHERE state = 'rejected';
CREATE INDEX proposals_of_note ON proposal (note_id);
CREATE INDEX never_group_by_other ON never_group (workspace_id, other_id, note_id);
CREATE INDEX IF NOT EXISTS merged_entry ON entry (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
