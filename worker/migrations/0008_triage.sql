-- Triage: what waits for a person, what people decided, and how each decision is taken back.

-- The order in which notes arrived; seq changes with the note, this never does.
ALTER TABLE note ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
UPDATE note SET arrived = COALESCE(
  (SELECT min(op.seq) FROM op
    WHERE op.workspace_id = note.workspace_id AND op.subject_id = note.id AND op.kind = 'note.add'),
  seq);
-- The service that a person chose; NULL while `service` is what was typed, or the first note's.
ALTER TABLE note ADD COLUMN service_id TEXT REFERENCES service (id);
ALTER TABLE entry ADD COLUMN service_id TEXT REFERENCES service (id);
-- The note whose words the title is made of; it stays known under a title that a person gave.
ALTER TABLE entry ADD COLUMN title_note TEXT;
UPDATE entry SET title_note = (
  SELECT event.after FROM event JOIN entry_note
    ON entry_note.workspace_id = event.workspace_id AND entry_note.note_id = event.after
    AND entry_note.entry_id = event.entry_id AND entry_note.current = 1
  WHERE event.workspace_id = entry.workspace_id AND event.entry_id = entry.id AND event.what = 'opened');
CREATE INDEX entry_named_after ON entry (workspace_id, title_note) WHERE title_note IS NOT NULL;
CREATE TRIGGER opened_entry_is_named AFTER INSERT ON event WHEN NEW.what = 'opened'
BEGIN
  UPDATE entry SET title_note = NEW.after WHERE id = NEW.entry_id;
END;
CREATE INDEX note_of_service ON note (service_id) WHERE service_id IS NOT NULL;
CREATE INDEX entry_of_service ON entry (service_id) WHERE service_id IS NOT NULL;
-- A merge is one hop: what was merged into an entry is found from there.
CREATE INDEX merged_entry ON entry (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX pairs_of_other ON never_group (workspace_id, other_id);
CREATE INDEX kept_entry ON entry (workspace_id, state, number) WHERE mood = 'liked';

-- Which entries a note left a trace in: where it was, or what was named after it.
CREATE INDEX event_about ON event (workspace_id, after) WHERE after IS NOT NULL AND what <> 'renamed';

-- An alias is a leader's word where a decision taught it: it goes with the note, or with the decision.
ALTER TABLE service_alias ADD COLUMN note_id TEXT;
ALTER TABLE service_alias ADD COLUMN decision_id TEXT;
CREATE INDEX alias_of_note ON service_alias (workspace_id, note_id) WHERE note_id IS NOT NULL;

-- ── What waits ────────────────────────────────────────────────────────────────────────────

-- Notes that grouping placed and no person has decided about. `asked`: it proposes an entry.
CREATE TABLE triage (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  note_id TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
  lane TEXT NOT NULL CHECK (lane IN ('sure', 'asked', 'own')),
  -- A number of the workspace's order, so no two are equal.
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX triage_in_order ON triage (workspace_id, position);
CREATE INDEX triage_by_lane ON triage (workspace_id, lane, position);

CREATE TABLE triage_count (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  lane TEXT NOT NULL,
  notes INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, lane)
) STRICT;
CREATE TRIGGER triage_counts_in AFTER INSERT ON triage
BEGIN
  INSERT INTO triage_count (workspace_id, lane, notes) VALUES (NEW.workspace_id, NEW.lane, 1)
  ON CONFLICT DO UPDATE SET notes = notes + 1;
END;
CREATE TRIGGER triage_counts_out AFTER DELETE ON triage
BEGIN
  UPDATE triage_count SET notes = notes - 1 WHERE workspace_id = OLD.workspace_id AND lane = OLD.lane;
END;
CREATE TRIGGER triage_counts_over AFTER UPDATE OF lane ON triage WHEN OLD.lane <> NEW.lane
BEGIN
  UPDATE triage_count SET notes = notes - 1 WHERE workspace_id = OLD.workspace_id AND lane = OLD.lane;
  INSERT INTO triage_count (workspace_id, lane, notes) VALUES (NEW.workspace_id, NEW.lane, 1)
  ON CONFLICT DO UPDATE SET notes = notes + 1;
END;

-- Whoever groups need not know of triage: what it places waits here.
CREATE TRIGGER grouped_note_waits AFTER INSERT ON entry_note
WHEN NEW.placed_by = 'grouping' AND NEW.current = 1
BEGIN
  INSERT INTO triage (workspace_id, note_id, lane, position)
  SELECT NEW.workspace_id, NEW.note_id,
    CASE
      WHEN EXISTS (SELECT 1 FROM proposal
        WHERE workspace_id = NEW.workspace_id AND note_id = NEW.note_id AND state = 'open') THEN 'asked'
      WHEN json_valid(NEW.why) AND json_extract(NEW.why, '$.decision') = 'join' THEN 'sure'
      ELSE 'own' END,
    (SELECT arrived FROM note WHERE id = NEW.note_id)
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER proposal_is_asked AFTER INSERT ON proposal WHEN NEW.state = 'open'
BEGIN
  UPDATE triage SET lane = 'asked' WHERE note_id = NEW.note_id;
END;
CREATE TRIGGER proposal_is_asked_again AFTER UPDATE OF state ON proposal
WHEN NEW.state = 'open' AND OLD.state <> 'open'
BEGIN
  UPDATE triage SET lane = 'asked' WHERE note_id = NEW.note_id;
END;
CREATE TRIGGER proposal_is_answered AFTER UPDATE OF state ON proposal
WHEN NEW.state <> 'open' AND OLD.state = 'open'
BEGIN
  UPDATE triage SET lane = COALESCE(
    (SELECT CASE WHEN json_valid(why) AND json_extract(why, '$.decision') = 'join' THEN 'sure' ELSE 'own' END
      FROM entry_note WHERE workspace_id = NEW.workspace_id AND note_id = NEW.note_id AND current = 1), 'own')
  WHERE note_id = NEW.note_id;
END;

INSERT INTO triage (workspace_id, note_id, lane, position)
SELECT entry_note.workspace_id, entry_note.note_id,
  CASE WHEN json_valid(why) AND json_extract(why, '$.decision') = 'join' THEN 'sure' ELSE 'own' END, note.arrived
FROM entry_note JOIN note ON note.id = entry_note.note_id
WHERE entry_note.current = 1 AND placed_by = 'grouping';

-- ── What was decided ──────────────────────────────────────────────────────────────────────

-- One key, one decision, taken back as one. Ids and codes only, here and below; never words.
CREATE TABLE decision (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  id TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  what TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- The decision that this one takes back.
  undoes TEXT,
  undone_at INTEGER,
  PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX decision_of_person ON decision (workspace_id, person_id, at, id);
CREATE UNIQUE INDEX one_undo ON decision (workspace_id, undoes) WHERE undoes IS NOT NULL;

-- One batch each: `fresh` only inside it, which is what its statements ask for.
CREATE TABLE decision_part (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  decision_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  fresh INTEGER NOT NULL CHECK (fresh IN (0, 1)),
  PRIMARY KEY (workspace_id, decision_id, part)
) STRICT;

-- What it changed, in order, and what was there before.
CREATE TABLE decision_step (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  decision_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  note_id TEXT,
  entry_id TEXT,
  before TEXT,
  after TEXT,
  PRIMARY KEY (workspace_id, decision_id, part, number)
) STRICT;
CREATE INDEX step_of_note ON decision_step (workspace_id, note_id, kind, entry_id) WHERE note_id IS NOT NULL;
CREATE INDEX step_of_merge ON decision_step (workspace_id, entry_id) WHERE kind = 'merge';

-- The notes it named; `code` says why nothing was done about one.
CREATE TABLE decision_note (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  decision_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  note_id TEXT NOT NULL,
  code TEXT,
  PRIMARY KEY (workspace_id, decision_id, number)
) STRICT;
CREATE INDEX decisions_of_note ON decision_note (workspace_id, note_id);

-- The entries it touched; `code` says why nothing was done about one.
CREATE TABLE decision_entry (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  decision_id TEXT NOT NULL,
  entry_id TEXT NOT NULL REFERENCES entry (id),
  code TEXT,
  PRIMARY KEY (workspace_id, decision_id, entry_id)
) STRICT;
