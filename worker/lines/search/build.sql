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
