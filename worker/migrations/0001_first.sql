-- The tables of 0.1.0. Ids are UUIDv7 text made by whoever creates the row; times are Unix ms;
-- every tenant table names its workspace; blobs live in R2, never here (D-9).

CREATE TABLE workspace (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Counts every change that a device may pull; the only order there is (S-6).
  seq INTEGER NOT NULL DEFAULT 0,
  -- Raised after the database was restored to an older state (S-9).
  epoch INTEGER NOT NULL DEFAULT 1,
  cover_everything INTEGER NOT NULL DEFAULT 1 CHECK (cover_everything IN (0, 1)),
  next_entry_number INTEGER NOT NULL DEFAULT 1,
  -- Who groups notes at the moment, and until when nobody else may.
  grouping_lease TEXT,
  grouping_lease_until INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

-- ── People ────────────────────────────────────────────────────────────────────────────────

-- One row lets one person become the owner of one new workspace.
CREATE TABLE setup (
  token_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'reviewer', 'viewer', 'walker')),
  culture INTEGER NOT NULL DEFAULT 0 CHECK (culture IN (0, 1)),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE INDEX person_of_workspace ON person (workspace_id, id);
CREATE UNIQUE INDEX one_owner ON person (workspace_id) WHERE role = 'owner' AND removed_at IS NULL;

CREATE TABLE passkey (
  -- The credential id, base64url.
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  -- COSE key, base64url.
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;
CREATE INDEX passkey_of_person ON passkey (workspace_id, person_id);

-- A WebAuthn challenge: used once, for one purpose.
CREATE TABLE challenge (
  challenge TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('register', 'sign-in')),
  -- NULL while nobody is known yet: first run, invite, sign-in.
  person_id TEXT,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE TABLE recovery_code (
  code_hash TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE INDEX recovery_code_of_person ON recovery_code (workspace_id, person_id);

-- An invite link, or the one-time sign-in code that replaces a lost passkey.
CREATE TABLE invite (
  token_hash TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('join', 'sign-in')),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE INDEX invite_of_person ON invite (workspace_id, person_id);

CREATE TABLE web_session (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  token_hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX web_session_of_person ON web_session (workspace_id, person_id);

CREATE TABLE device (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  token_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  last_sent_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX device_of_workspace ON device (workspace_id, person_id);

CREATE TABLE pairing_code (
  -- What the page that shows the code asks by; says nothing about it.
  id TEXT PRIMARY KEY,
  code_hash TEXT NOT NULL UNIQUE,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  device_id TEXT
) STRICT;
CREATE INDEX pairing_code_of_person ON pairing_code (workspace_id, person_id);

-- Security-relevant tries in a window (D-10): pairing, sign-in, denials of nobody in particular.
CREATE TABLE budget (
  key TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (key, window_start)
) STRICT;
CREATE INDEX budget_by_age ON budget (window_start);

CREATE TABLE audit (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  -- Ids and codes only, JSON; never words of a note.
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (workspace_id, number)
) STRICT;
CREATE TRIGGER audit_is_chained BEFORE INSERT ON audit
WHEN NEW.previous_hash IS NOT COALESCE(
  (SELECT hash FROM audit WHERE workspace_id = NEW.workspace_id ORDER BY number DESC LIMIT 1), ''
)
BEGIN SELECT RAISE(ABORT, 'the audit chain has moved on'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- ── Sync ──────────────────────────────────────────────────────────────────────────────────

-- Every value ever accepted, in the order it was accepted. seq is NULL only inside the batch
-- that applies the op.
CREATE TABLE op (
  op_id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  -- The capture device as it names itself; survives a new pairing.
  device_id TEXT NOT NULL,
  -- The pairing it came through.
  pairing_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  mid INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  payload TEXT NOT NULL,
  proto INTEGER NOT NULL,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  seq INTEGER
) STRICT;
CREATE UNIQUE INDEX one_op_per_mid ON op (workspace_id, device_id, mid);
CREATE INDEX op_of_subject ON op (workspace_id, subject_id);

-- ── Walks and notes ───────────────────────────────────────────────────────────────────────

CREATE TABLE walk (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  errand TEXT,
  persona TEXT,
  service TEXT,
  first_time INTEGER CHECK (first_time IN (0, 1)),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- The highest part applied; a lower one arriving late adds steps and nothing else.
  parts INTEGER NOT NULL,
  totals TEXT NOT NULL,
  debrief TEXT,
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX walk_by_seq ON walk (workspace_id, seq);
CREATE INDEX walk_by_time ON walk (workspace_id, started_at);

CREATE TABLE step (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  walk_id TEXT NOT NULL REFERENCES walk (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (workspace_id, walk_id, seq)
) STRICT;

CREATE TABLE note (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  -- No foreign key: a note may arrive before the part that brings its walk.
  walk_id TEXT,
  source TEXT NOT NULL,
  mood TEXT NOT NULL CHECK (mood IN ('embarrassed', 'liked')),
  kind TEXT,
  wince INTEGER,
  money TEXT,
  words TEXT NOT NULL,
  first_words TEXT NOT NULL,
  expected TEXT,
  service TEXT,
  channel TEXT NOT NULL,
  place TEXT NOT NULL,
  place_key TEXT NOT NULL,
  wide_place_key TEXT NOT NULL,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  grouped INTEGER NOT NULL DEFAULT 0 CHECK (grouped IN (0, 1))
) STRICT;
CREATE INDEX note_by_seq ON note (workspace_id, person_id, seq);
CREATE INDEX note_in_order ON note (workspace_id, seq);
CREATE INDEX note_by_arrival ON note (workspace_id, received_at);
CREATE INDEX note_of_walk ON note (workspace_id, walk_id);
CREATE INDEX note_to_group ON note (workspace_id, seq) WHERE grouped = 0;

CREATE TABLE attachment (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  note_id TEXT NOT NULL REFERENCES note (id),
  sha256 TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  covered INTEGER NOT NULL,
  uninspected INTEGER NOT NULL,
  everything_covered INTEGER NOT NULL CHECK (everything_covered IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'refused')),
  PRIMARY KEY (workspace_id, note_id, sha256)
) STRICT;
CREATE INDEX attachment_by_hash ON attachment (workspace_id, sha256);

-- ── Register ──────────────────────────────────────────────────────────────────────────────

CREATE TABLE service (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  channels TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX service_by_name ON service (workspace_id, name);

CREATE TABLE entry (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  number INTEGER NOT NULL,
  mood TEXT NOT NULL CHECK (mood IN ('embarrassed', 'liked')),
  title TEXT NOT NULL,
  title_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (title_confirmed IN (0, 1)),
  service TEXT,
  channel TEXT NOT NULL,
  kind TEXT,
  state TEXT NOT NULL,
  owner_person TEXT REFERENCES person (id),
  impact INTEGER CHECK (impact BETWEEN 1 AND 4),
  effort TEXT CHECK (effort IN ('S', 'M', 'L', 'XL')),
  merged_into TEXT REFERENCES entry (id),
  -- Kept by the batches that change them, so that a list costs what its page costs.
  notes INTEGER NOT NULL DEFAULT 0,
  leaders INTEGER NOT NULL DEFAULT 0,
  worst INTEGER,
  free INTEGER NOT NULL DEFAULT 0,
  opened_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_by_number ON entry (workspace_id, number);
CREATE INDEX entry_by_opening ON entry (workspace_id, opened_at);
CREATE INDEX entry_by_seq ON entry (workspace_id, seq);
-- Impact down, effort up, leaders down, age: COALESCE puts what nobody has judged last.
CREATE INDEX entry_in_register ON entry (
  workspace_id, mood, (COALESCE(impact, 0)) DESC,
  (CASE effort WHEN 'S' THEN 1 WHEN 'M' THEN 2 WHEN 'L' THEN 3 WHEN 'XL' THEN 4 ELSE 5 END),
  leaders DESC, number
);

-- History of where each note has been; one row a note is current.
CREATE TABLE entry_note (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  entry_id TEXT NOT NULL REFERENCES entry (id),
  note_id TEXT NOT NULL REFERENCES note (id),
  placed_by TEXT NOT NULL,
  -- Why, as JSON: { decision, sentence, engine, score, runnersUp }.
  why TEXT NOT NULL,
  at INTEGER NOT NULL,
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  PRIMARY KEY (workspace_id, note_id, entry_id, at)
) STRICT;
CREATE UNIQUE INDEX one_current_entry ON entry_note (workspace_id, note_id) WHERE current = 1;
CREATE INDEX notes_of_entry ON entry_note (workspace_id, entry_id, current);

CREATE TABLE never_group (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  note_id TEXT NOT NULL,
  -- An entry or another note.
  other_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, note_id, other_id)
) STRICT;

-- Where an entry's notes happened: candidates are found here, never by reading the register.
CREATE TABLE entry_place (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  mood TEXT NOT NULL,
  key TEXT NOT NULL,
  entry_id TEXT NOT NULL REFERENCES entry (id),
  notes INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, mood, key, entry_id)
) STRICT;

-- Which stems an entry's notes use; the postings that find similar words.
CREATE TABLE entry_stem (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  mood TEXT NOT NULL,
  stem TEXT NOT NULL,
  entry_id TEXT NOT NULL REFERENCES entry (id),
  notes INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, mood, stem, entry_id)
) STRICT;
CREATE INDEX stems_of_entry ON entry_stem (workspace_id, entry_id);

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  entry_id TEXT NOT NULL REFERENCES entry (id),
  at INTEGER NOT NULL,
  -- A person's id, or 'wince' for the machine.
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  before TEXT,
  after TEXT,
  reason TEXT
) STRICT;
CREATE INDEX event_of_entry ON event (workspace_id, entry_id, at);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
