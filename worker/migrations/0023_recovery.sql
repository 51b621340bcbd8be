-- Service recovery and telling people: what a customer's no leaves open, what is published, playbooks.

-- When a customer last said that it is not solved: both clocks begin anew from then on.
ALTER TABLE follow_up ADD COLUMN said_no_at INTEGER;
CREATE INDEX follow_up_said_no ON follow_up (workspace_id, said_no_at)
  WHERE said_no_at IS NOT NULL AND settled_at IS NULL;

-- Promises without a clock: their customers have heard from us and wait for the fix.
CREATE INDEX follow_up_for_fix ON follow_up (workspace_id, since, id)
  WHERE settled_at IS NULL AND due_at IS NULL;

-- Customers do not wait less on a Sunday, so clocks run then; an organisation may say otherwise.
ALTER TABLE workspace ADD COLUMN clocks_on_weekends INTEGER NOT NULL DEFAULT 1 CHECK (clocks_on_weekends IN (0, 1));
-- The name of the public page in its address; none, and there is no page.
ALTER TABLE workspace ADD COLUMN slug TEXT;
CREATE UNIQUE INDEX workspace_slug ON workspace (slug) WHERE slug IS NOT NULL;

-- What stands on the public page: one version of a message, which somebody looked at and opted in.
CREATE TABLE publication (
  entry_id TEXT PRIMARY KEY REFERENCES entry (id),
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  message_id TEXT NOT NULL REFERENCES message (id),
  by TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX publication_newest ON publication (workspace_id, at DESC, entry_id);
CREATE INDEX message_newest ON message (workspace_id, at DESC, id);

-- What is done in the first hour of a failure that one can foresee.
CREATE TABLE playbook (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  service TEXT NOT NULL,
  sponsor TEXT NOT NULL DEFAULT '',
  -- JSON: who does what, by which minute.
  steps TEXT NOT NULL DEFAULT '[]',
  -- A day without a time zone.
  trained_on TEXT,
  trained_by TEXT NOT NULL DEFAULT '',
  changed_by TEXT NOT NULL REFERENCES person (id),
  changed_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX playbook_of_service ON playbook (workspace_id, service, name);
