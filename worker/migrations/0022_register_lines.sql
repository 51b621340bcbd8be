-- The register costs what its page costs: each entry stands once in every list that a view or a filter
-- asks for (a facet), in each order; triggers keep the lists and count them.

-- Promises to customers that are not settled, its own and those of what was merged into it.
ALTER TABLE entry ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN systemic INTEGER NOT NULL DEFAULT 0 CHECK (systemic IN (0, 1));

UPDATE entry SET waiting = (
  SELECT count(*) FROM follow_up
  WHERE follow_up.workspace_id = entry.workspace_id AND settled_at IS NULL AND follow_up.entry_id IN (
    SELECT entry.id UNION ALL SELECT part.id FROM entry AS part WHERE part.merged_into = entry.id));
UPDATE entry SET systemic = 1 WHERE id IN (SELECT entry_id FROM entry_work WHERE is_systemic = 1);

CREATE TRIGGER promise_waits AFTER INSERT ON follow_up WHEN NEW.entry_id IS NOT NULL
BEGIN
  UPDATE entry SET waiting = (
    SELECT count(*) FROM follow_up
    WHERE follow_up.workspace_id = entry.workspace_id AND settled_at IS NULL AND follow_up.entry_id IN (
      SELECT entry.id UNION ALL SELECT part.id FROM entry AS part WHERE part.merged_into = entry.id))
  WHERE id = (SELECT COALESCE(merged_into, id) FROM entry WHERE id = NEW.entry_id);
END;
CREATE TRIGGER promise_changes AFTER UPDATE OF entry_id, settled_at ON follow_up
BEGIN
  UPDATE entry SET waiting = (
    SELECT count(*) FROM follow_up
    WHERE follow_up.workspace_id = entry.workspace_id AND settled_at IS NULL AND follow_up.entry_id IN (
      SELECT entry.id UNION ALL SELECT part.id FROM entry AS part WHERE part.merged_into = entry.id))
  WHERE id IN (SELECT COALESCE(merged_into, id) FROM entry WHERE id IN (OLD.entry_id, NEW.entry_id));
END;
CREATE TRIGGER promise_goes AFTER DELETE ON follow_up WHEN OLD.entry_id IS NOT NULL
BEGIN
  UPDATE entry SET waiting = (
    SELECT count(*) FROM follow_up
    WHERE follow_up.workspace_id = entry.workspace_id AND settled_at IS NULL AND follow_up.entry_id IN (
      SELECT entry.id UNION ALL SELECT part.id FROM entry AS part WHERE part.merged_into = entry.id))
  WHERE id = (SELECT COALESCE(merged_into, id) FROM entry WHERE id = OLD.entry_id);
END;
CREATE TRIGGER promises_follow_a_merge AFTER UPDATE OF merged_into ON entry
WHEN NEW.merged_into IS NOT OLD.merged_into
BEGIN
  UPDATE entry SET waiting = (
    SELECT count(*) FROM follow_up
    WHERE follow_up.workspace_id = entry.workspace_id AND settled_at IS NULL AND follow_up.entry_id IN (
      SELECT entry.id UNION ALL SELECT part.id FROM entry AS part WHERE part.merged_into = entry.id))
  WHERE id IN (NEW.id, OLD.merged_into, NEW.merged_into);
END;
CREATE TRIGGER work_is_systemic AFTER INSERT ON entry_work WHEN NEW.is_systemic = 1
BEGIN
  UPDATE entry SET systemic = 1 WHERE id = NEW.entry_id;
END;
CREATE TRIGGER work_turns_systemic AFTER UPDATE OF is_systemic ON entry_work WHEN NEW.is_systemic <> OLD.is_systemic
BEGIN
  UPDATE entry SET systemic = NEW.is_systemic WHERE id = NEW.entry_id;
END;

-- ── Lists ─────────────────────────────────────────────────────────────────────────────────

-- Keys are turned so that each order goes one way: SQLite then finds a page by its first row alone.
CREATE TABLE register_line (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  facet TEXT NOT NULL,
  number INTEGER NOT NULL,
  low_impact INTEGER NOT NULL,
  effort_rank INTEGER NOT NULL,
  few_monthly INTEGER NOT NULL,
  few_leaders INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  due_day TEXT NOT NULL,
  PRIMARY KEY (workspace_id, facet, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_of_entry ON register_line (workspace_id, number);
CREATE INDEX line_by_impact ON register_line (
  workspace_id, facet, low_impact, effort_rank, few_monthly, few_leaders, number);
CREATE INDEX line_by_effort ON register_line (
  workspace_id, facet, effort_rank, low_impact, few_monthly, few_leaders, number);
CREATE INDEX line_by_leaders ON register_line (
  workspace_id, facet, few_leaders, low_impact, effort_rank, number);
CREATE INDEX line_by_change ON register_line (workspace_id, facet, changed_at, number);
CREATE INDEX line_by_due ON register_line (workspace_id, facet, due_day, low_impact, number);

CREATE TABLE register_count (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  facet TEXT NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, facet)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER register_counts_in AFTER INSERT ON register_line
BEGIN
  INSERT INTO register_count (workspace_id, facet, entries) VALUES (NEW.workspace_id, NEW.facet, 1)
  ON CONFLICT DO UPDATE SET entries = entries + 1;
END;
CREATE TRIGGER register_counts_out AFTER DELETE ON register_line
BEGIN
  UPDATE register_count SET entries = entries - 1 WHERE workspace_id = OLD.workspace_id AND facet = OLD.facet;
  DELETE FROM register_count WHERE workspace_id = OLD.workspace_id AND facet = OLD.facet AND entries <= 0;
END;

-- The lists that an entry stands in. What is done is in two of them; what was liked in lists of its own.
CREATE VIEW entry_line AS
SELECT entry.id, entry.workspace_id, IIF(mood = 'liked', 'liked ', '') || each.value AS facet, entry.number,
  4 - COALESCE(impact, 0) AS low_impact,
  CASE effort WHEN 'S' THEN 1 WHEN 'M' THEN 2 WHEN 'L' THEN 3 WHEN 'XL' THEN 4 ELSE 5 END AS effort_rank,
  -COALESCE(monthly, 0) AS few_monthly, -leaders AS few_leaders, changed_at, COALESCE(due, '9999-12-31') AS due_day
FROM entry CROSS JOIN json_each(
  IIF(state IN ('closed', 'declined', 'merged', 'withdrawn'),
    json_array('all', 'state:' || state),
    json_array('all', 'state:' || state, 'open', 'owner:' || COALESCE(owner_person, 'none'),
      'service:' || service, 'impact:' || impact, 'effort:' || effort,
      'cell:' || COALESCE(impact || effort, 'none'),
      IIF(free > 0, 'free', NULL), IIF(waiting > 0, 'waiting', NULL), IIF(systemic, 'systemic', NULL),
      IIF(due IS NULL, 'due:none', 'due:set')))) AS each
WHERE each.value IS NOT NULL;

CREATE TRIGGER entry_gets_lines AFTER INSERT ON entry
BEGIN
  INSERT INTO register_line (
    workspace_id, facet, number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day)
  SELECT workspace_id, facet, number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day
  FROM entry_line WHERE id = NEW.id;
END;
CREATE TRIGGER entry_changes_lines AFTER UPDATE OF
  state, owner_person, service, impact, effort, monthly, leaders, free, due, waiting, systemic, changed_at ON entry
BEGIN
  DELETE FROM register_line WHERE workspace_id = NEW.workspace_id AND number = NEW.number
    AND facet NOT IN (SELECT facet FROM entry_line WHERE id = NEW.id);
  INSERT INTO register_line (
    workspace_id, facet, number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day)
  SELECT workspace_id, facet, number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day
  FROM entry_line WHERE id = NEW.id
  ON CONFLICT DO UPDATE SET low_impact = excluded.low_impact, effort_rank = excluded.effort_rank,
    few_monthly = excluded.few_monthly, few_leaders = excluded.few_leaders, changed_at = excluded.changed_at,
    due_day = excluded.due_day;
END;
CREATE TRIGGER entry_loses_lines AFTER DELETE ON entry
BEGIN
  DELETE FROM register_line WHERE workspace_id = OLD.workspace_id AND number = OLD.number;
END;
INSERT INTO register_line (
  workspace_id, facet, number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day)
SELECT workspace_id, facet, number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day FROM entry_line;

-- ── Views that people keep ────────────────────────────────────────────────────────────────

-- A view is the address of a list under a name; `query` is what stands behind its question mark.
CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  is_shared INTEGER NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1)),
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX view_of_person ON saved_view (workspace_id, person_id, made_at);
CREATE INDEX shared_view ON saved_view (workspace_id, made_at) WHERE is_shared = 1;
-- What the register opens with, for one person.
CREATE TABLE default_view (
  person_id TEXT PRIMARY KEY REFERENCES person (id),
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  view_id TEXT NOT NULL
) STRICT;

-- ── Search ────────────────────────────────────────────────────────────────────────────────

-- The titles, to be found by their words. It holds nothing of its own: docs/operations.md says how it is
-- dropped, because D1 cannot export it, and made anew. secure-delete: what was recalled leaves it at once.
CREATE TABLE title_place (
  place INTEGER PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  number INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX title_of_entry ON title_place (workspace_id, number);
CREATE VIRTUAL TABLE title_search USING fts5 (
  workspace, title, content = '', prefix = '3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO title_search (title_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER title_is_found AFTER INSERT ON entry
BEGIN
  INSERT INTO title_place (workspace_id, number) VALUES (NEW.workspace_id, NEW.number);
  INSERT INTO title_search (rowid, workspace, title)
  SELECT place, replace(NEW.workspace_id, '-', ''), NEW.title FROM title_place
  WHERE workspace_id = NEW.workspace_id AND number = NEW.number;
END;
CREATE TRIGGER title_changes AFTER UPDATE OF title ON entry WHEN NEW.title IS NOT OLD.title
BEGIN
  INSERT INTO title_search (title_search, rowid, workspace, title)
  SELECT 'delete', place, replace(OLD.workspace_id, '-', ''), OLD.title FROM title_place
  WHERE workspace_id = OLD.workspace_id AND number = OLD.number;
  INSERT INTO title_search (rowid, workspace, title)
  SELECT place, replace(NEW.workspace_id, '-', ''), NEW.title FROM title_place
  WHERE workspace_id = NEW.workspace_id AND number = NEW.number;
END;
CREATE TRIGGER title_goes AFTER DELETE ON entry
BEGIN
  INSERT INTO title_search (title_search, rowid, workspace, title)
  SELECT 'delete', place, replace(OLD.workspace_id, '-', ''), OLD.title FROM title_place
  WHERE workspace_id = OLD.workspace_id AND number = OLD.number;
  DELETE FROM title_place WHERE workspace_id = OLD.workspace_id AND number = OLD.number;
END;
INSERT INTO title_place (workspace_id, number) SELECT workspace_id, number FROM entry ORDER BY opened_at, id;
INSERT INTO title_search (rowid, workspace, title)
SELECT place, replace(entry.workspace_id, '-', ''), title FROM title_place
JOIN entry ON entry.workspace_id = title_place.workspace_id AND entry.number = title_place.number;
