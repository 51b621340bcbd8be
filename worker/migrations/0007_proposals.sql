-- "The same as #12?": what grouping asks, and what people answered. A rejected one stays, so that
-- it is never asked again.
CREATE TABLE proposal (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  note_id TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
  entry_id TEXT NOT NULL REFERENCES entry (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected', 'withdrawn')),
  -- How sure grouping is, 0 … 1, and which weights said so.
  p REAL NOT NULL,
  engine TEXT NOT NULL,
  -- Why, in one sentence for people.
  sentence TEXT NOT NULL,
  at INTEGER NOT NULL,
  decided_by TEXT REFERENCES person (id),
  decided_at INTEGER,
  PRIMARY KEY (workspace_id, note_id, entry_id)
) STRICT;
CREATE UNIQUE INDEX one_open_proposal ON proposal (workspace_id, note_id) WHERE state = 'open';
CREATE INDEX proposals_for_entry ON proposal (workspace_id, entry_id) WHERE state = 'open';

-- What people call a service: a folded name, and the one on the workspace's list that it stands for.
CREATE TABLE service_alias (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  alias TEXT NOT NULL,
  service_id TEXT NOT NULL REFERENCES service (id),
  -- The reviewer who taught it.
  person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, alias)
) STRICT;
CREATE INDEX aliases_of_service ON service_alias (workspace_id, service_id);
