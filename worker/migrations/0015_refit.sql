-- What each workspace's weights are learnt from: how its people decide about what was suggested.
CREATE TABLE workspace_weights (
  workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspace (id),
  -- JSON: version and features; NULL where those that ship are used.
  weights TEXT,
  -- The version that shipped when they were fitted.
  base TEXT,
  -- Decisions about what grouping placed, and how many there were when the weights were fitted.
  decided INTEGER NOT NULL DEFAULT 0,
  fitted_decided INTEGER NOT NULL DEFAULT 0,
  -- Unix ms of the last attempt.
  fitted_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX weights_by_age ON workspace_weights (fitted_at);

-- Whoever decides need not know that somebody learns.
CREATE TRIGGER decided_note_is_counted AFTER INSERT ON entry_note
WHEN NEW.placed_by <> 'grouping' AND NEW.current = 1
BEGIN
  INSERT INTO workspace_weights (workspace_id, decided)
  SELECT NEW.workspace_id, 1 WHERE EXISTS (
    SELECT 1 FROM entry_note
    WHERE workspace_id = NEW.workspace_id AND note_id = NEW.note_id AND placed_by = 'grouping')
  ON CONFLICT DO UPDATE SET decided = decided + 1;
END;

-- The newest decisions, without the notes that grouping placed.
CREATE INDEX decided_notes ON entry_note (workspace_id, at) WHERE current = 1 AND placed_by <> 'grouping';
