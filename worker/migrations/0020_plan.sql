-- Who walks what, by when. A line that is done or dropped stays, so that its leader's browser hears of it.
CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  -- Who walks.
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('errand', 'call', 'shift')),
  -- The errand in a customer's words, or the number to call; empty for a shift.
  what TEXT NOT NULL,
  service TEXT,
  -- A day without a time zone: 2026-12-05.
  due TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
  -- The walk that carried it out.
  walk_id TEXT REFERENCES walk (id),
  made_by TEXT NOT NULL REFERENCES person (id),
  made_at INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_by_day ON plan (workspace_id, state, due, id);
CREATE INDEX plan_by_seq ON plan (workspace_id, person_id, seq);
CREATE INDEX plan_of_walk ON plan (walk_id) WHERE walk_id IS NOT NULL;

-- When a service was walked last, by walks that name it and by notes taken on any; a person's own.
CREATE INDEX walk_by_service ON walk (workspace_id, service, started_at) WHERE service IS NOT NULL;
CREATE INDEX walk_of_person ON walk (workspace_id, person_id, started_at);
CREATE INDEX walked_service ON note (workspace_id, service, at) WHERE service IS NOT NULL AND walk_id IS NOT NULL;
-- The shifts of late.
CREATE INDEX shift_by_time ON walk (workspace_id, started_at) WHERE kind = 'shift';
