-- From a problem to its end: what an entry needs to be fixed, who is told, and what customers were promised.

-- Whole units of the workspace's money; 0 is free.
ALTER TABLE entry ADD COLUMN cost INTEGER CHECK (cost >= 0);
-- A day without a time zone: 2026-12-04.
ALTER TABLE entry ADD COLUMN due TEXT;
-- Customers hit in a month, where somebody counted, and how they know.
ALTER TABLE entry ADD COLUMN monthly INTEGER CHECK (monthly >= 0);
ALTER TABLE entry ADD COLUMN monthly_source TEXT;
-- How often it passed from one owner to another.
ALTER TABLE entry ADD COLUMN hand_offs INTEGER NOT NULL DEFAULT 0;

-- Impact down, effort up, customers a month down, leaders down, age: what nobody has judged comes last.
DROP INDEX entry_in_register;
CREATE INDEX entry_in_register ON entry (
  workspace_id, mood, (COALESCE(impact, 0)) DESC,
  (CASE effort WHEN 'S' THEN 1 WHEN 'M' THEN 2 WHEN 'L' THEN 3 WHEN 'XL' THEN 4 ELSE 5 END),
  (COALESCE(monthly, 0)) DESC, leaders DESC, number
);

-- What the team that does the work found out and plans, beside the entry so that lists stay narrow.
-- Lists are JSON: each is read and written whole, under the entry's version.
CREATE TABLE entry_work (
  entry_id TEXT PRIMARY KEY REFERENCES entry (id),
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  how_it_happened TEXT NOT NULL DEFAULT '',
  never_again TEXT NOT NULL DEFAULT '',
  why_obvious TEXT NOT NULL DEFAULT '',
  whys TEXT NOT NULL DEFAULT '[]',
  cause_areas TEXT NOT NULL DEFAULT '[]',
  is_systemic INTEGER NOT NULL DEFAULT 0 CHECK (is_systemic IN (0, 1)),
  actions TEXT NOT NULL DEFAULT '[]',
  measure TEXT,
  review_on TEXT,
  links TEXT NOT NULL DEFAULT '[]',
  promise_broken TEXT NOT NULL DEFAULT '',
  accountable TEXT NOT NULL DEFAULT '',
  hold_reason TEXT NOT NULL DEFAULT '',
  hold_day TEXT,
  are_told INTEGER NOT NULL DEFAULT 0 CHECK (are_told IN (0, 1)),
  close_code TEXT CHECK (close_code IN ('successful', 'unsuccessful', 'cannot-fix')),
  close_note TEXT NOT NULL DEFAULT ''
) STRICT;

-- What customers are told about an entry. A changed text is a further version; none is ever lost.
CREATE TABLE message (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  entry_id TEXT NOT NULL REFERENCES entry (id),
  kind TEXT NOT NULL CHECK (kind IN ('thanks', 'changed', 'explanation')),
  version INTEGER NOT NULL,
  you_said TEXT NOT NULL,
  words TEXT NOT NULL,
  -- What we personally let someone down in; empty where the text says sorry for nothing.
  sorry_for TEXT NOT NULL DEFAULT '',
  by TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_version ON message (entry_id, kind, version);

-- The promise to one customer, now with both clocks and one person who sees it through. It comes with
-- a note, at most one a note and then with the note's id, or is added by hand to an entry.
ALTER TABLE follow_up RENAME TO old_follow_up;
DROP INDEX follow_up_by_age;
DROP INDEX follow_up_to_forget;
CREATE TABLE follow_up (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  note_id TEXT UNIQUE REFERENCES note (id),
  -- NULL while its note waits to be grouped.
  entry_id TEXT REFERENCES entry (id),
  -- Who it is, as a role and never a name: "a ward nurse".
  customer TEXT NOT NULL DEFAULT '',
  -- Who promised it, and who sees it through to the end.
  person_id TEXT NOT NULL REFERENCES person (id),
  seen_through_by TEXT REFERENCES person (id),
  -- The desk tool's own number: the op log keeps none, and 30 days after it is settled this one goes.
  reference TEXT,
  -- When the customer complained, Unix ms: 24 hours later they have heard of us.
  since INTEGER NOT NULL,
  first_contact_at INTEGER,
  first_contact_by TEXT REFERENCES person (id),
  -- When the fix was in place, Unix ms: 24 hours later we have asked whether it is solved.
  fixed_at INTEGER,
  -- The clock that runs out first, Unix ms; NULL while none runs.
  due_at INTEGER,
  settled_at INTEGER,
  settled_by TEXT REFERENCES person (id),
  outcome TEXT CHECK (outcome IN ('satisfied', 'not-satisfied', 'exempt')),
  reason TEXT NOT NULL DEFAULT '',
  on_the_spot INTEGER NOT NULL DEFAULT 0 CHECK (on_the_spot IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO follow_up (id, workspace_id, note_id, entry_id, person_id, seen_through_by, reference, since, due_at, settled_at)
SELECT old.note_id, old.workspace_id, old.note_id, entry_note.entry_id, old.person_id, old.person_id, old.reference,
  old.since, CASE WHEN old.settled_at IS NULL THEN old.since + 86400000 END, old.settled_at
FROM old_follow_up AS old LEFT JOIN entry_note
  ON entry_note.workspace_id = old.workspace_id AND entry_note.note_id = old.note_id AND entry_note.current = 1;
DROP TABLE old_follow_up;
CREATE INDEX follow_up_due ON follow_up (workspace_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX follow_up_open ON follow_up (workspace_id, since, id) WHERE settled_at IS NULL;
CREATE INDEX follow_up_settled ON follow_up (workspace_id, settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX follow_up_of_entry ON follow_up (workspace_id, entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX follow_up_to_forget ON follow_up (settled_at) WHERE settled_at IS NOT NULL AND reference IS NOT NULL;
-- A promise goes with its note, whoever moves that.
CREATE TRIGGER follow_up_joins AFTER INSERT ON entry_note WHEN NEW.current = 1
BEGIN
  UPDATE follow_up SET entry_id = NEW.entry_id WHERE note_id = NEW.note_id;
END;
CREATE TRIGGER follow_up_moves AFTER UPDATE OF current ON entry_note WHEN NEW.current = 1
BEGIN
  UPDATE follow_up SET entry_id = NEW.entry_id WHERE note_id = NEW.note_id;
END;
