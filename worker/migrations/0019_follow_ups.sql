-- The promise of an answer to the customer of a note, one a note. The reference of the desk's own
-- tool stands here alone: the op log keeps none, and 30 days after it is settled this one goes.
CREATE TABLE follow_up (
  note_id TEXT PRIMARY KEY REFERENCES note (id),
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  -- Who promised it.
  person_id TEXT NOT NULL REFERENCES person (id),
  reference TEXT,
  -- When the customer complained, Unix ms on the promiser's clock: 24 hours later they have heard of us.
  since INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending',
  settled_at INTEGER
) STRICT;
CREATE INDEX follow_up_by_age ON follow_up (workspace_id, state, since);
CREATE INDEX follow_up_to_forget ON follow_up (settled_at) WHERE settled_at IS NOT NULL AND reference IS NOT NULL;
