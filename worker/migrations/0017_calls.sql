-- Which calls there are, so that those to one number are found. What happened on one is read from its walk's
-- steps: from its own dial to the next.
CREATE TABLE call (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  -- No foreign key: SQLite would look through every call for those of a walk that is taken back.
  walk_id TEXT NOT NULL,
  -- Of its dial.
  seq INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  -- As shared/place-key.ts makes it; empty for a call to a number that nobody wrote down.
  number_key TEXT NOT NULL,
  number TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, walk_id, seq)
) STRICT;
CREATE INDEX call_to_number ON call (workspace_id, number_key, at, person_id);

-- Menus as somebody designed them. The highest version counts; one without text says that it was taken away.
CREATE TABLE menu_design (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  number_key TEXT NOT NULL,
  version INTEGER NOT NULL,
  text TEXT,
  imported_by TEXT NOT NULL REFERENCES person (id),
  imported_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, number_key, version)
) STRICT;

-- Notes of one number, and of one place in its menu. Only those of calls, so that other notes cost nothing.
CREATE INDEX note_to_number ON note (workspace_id, wide_place_key, at) WHERE channel = 'phone';
CREATE INDEX note_in_menu ON note (workspace_id, place_key, at) WHERE channel = 'phone';

-- Calls that were sent before: the key as TypeScript makes it, but for letters that are no ASCII and have a capital.
INSERT INTO call (workspace_id, walk_id, seq, person_id, number_key, number, at)
SELECT step.workspace_id, step.walk_id, step.seq, walk.person_id, (
  WITH RECURSIVE letter (position, kept) AS (
    SELECT 1, ''
    UNION ALL
    SELECT position + 1, kept || CASE
      WHEN substr(step.data ->> 'number', position, 1) GLOB '[a-zA-Z0-9+*#]'
        OR (unicode(substr(step.data ->> 'number', position, 1)) > 191
          AND unicode(substr(step.data ->> 'number', position, 1)) NOT BETWEEN 8192 AND 8303)
      THEN lower(substr(step.data ->> 'number', position, 1)) ELSE '' END
    FROM letter WHERE position <= length(step.data ->> 'number'))
  SELECT kept FROM letter ORDER BY position DESC LIMIT 1), step.data ->> 'number', step.at
FROM step JOIN walk ON walk.workspace_id = step.workspace_id AND walk.id = step.walk_id
WHERE step.kind = 'dial';
