-- Walking again: once a problem is fixed, those who noted it are asked to walk the same errand.
CREATE TABLE second_walk (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  entry_id TEXT NOT NULL REFERENCES entry (id),
  -- Who is asked, and by whom.
  person_id TEXT NOT NULL REFERENCES person (id),
  asked_by TEXT NOT NULL REFERENCES person (id),
  asked_at INTEGER NOT NULL,
  -- The walk on which they noted it last; NULL where there was none, or its timeline was taken back.
  first_walk_id TEXT REFERENCES walk (id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'walked', 'dropped')),
  -- The walk that answers it, once that is done.
  walk_id TEXT REFERENCES walk (id),
  seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX second_walk_asked_once ON second_walk (entry_id, person_id) WHERE state = 'open';
CREATE INDEX second_walk_of_entry ON second_walk (workspace_id, entry_id, asked_at);
CREATE INDEX second_walk_by_seq ON second_walk (workspace_id, person_id, seq);
CREATE INDEX second_walk_before ON second_walk (first_walk_id) WHERE first_walk_id IS NOT NULL;
CREATE INDEX second_walk_after ON second_walk (walk_id) WHERE walk_id IS NOT NULL;

-- The entry that a walk walks again, asked or not.
ALTER TABLE walk ADD COLUMN again_of TEXT REFERENCES entry (id);
CREATE INDEX walk_again ON walk (workspace_id, again_of, started_at) WHERE again_of IS NOT NULL;

-- How often a new note opened a closed entry again, and what came to its end of late.
CREATE INDEX event_reopened ON event (workspace_id, entry_id) WHERE what = 'reopened';
CREATE INDEX entry_closed ON entry (workspace_id, changed_at) WHERE state = 'closed';
CREATE INDEX entry_reopened ON entry (workspace_id, changed_at) WHERE state = 'reopened';

-- What is open, in the register's order, and what of it nobody owns: a page costs its page, however much is closed.
CREATE INDEX entry_open ON entry (
  workspace_id, mood, (COALESCE(impact, 0)) DESC,
  (CASE effort WHEN 'S' THEN 1 WHEN 'M' THEN 2 WHEN 'L' THEN 3 WHEN 'XL' THEN 4 ELSE 5 END),
  (COALESCE(monthly, 0)) DESC, leaders DESC, number
) WHERE state NOT IN ('closed', 'declined', 'merged', 'withdrawn');
CREATE INDEX entry_unowned ON entry (workspace_id, mood, number)
WHERE owner_person IS NULL AND state NOT IN ('closed', 'declined', 'merged', 'withdrawn');
