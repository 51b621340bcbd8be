-- Entries that came from a file (R17): a hash of what tells the line from others, so that a file that
-- comes twice opens nothing twice.
ALTER TABLE entry ADD COLUMN import_key TEXT;
CREATE UNIQUE INDEX entry_imported ON entry (workspace_id, import_key) WHERE import_key IS NOT NULL;
