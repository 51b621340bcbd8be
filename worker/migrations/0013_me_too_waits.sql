-- A note that its author put into an entry waits for a person as well. What is placed for the first time is not grouped
-- yet in that batch, which tells it from what people decide.
DROP TRIGGER grouped_note_waits;
CREATE TRIGGER grouped_note_waits AFTER INSERT ON entry_note
WHEN NEW.current = 1
  AND (NEW.placed_by = 'grouping' OR (SELECT grouped FROM note WHERE id = NEW.note_id) = 0)
BEGIN
  INSERT INTO triage (workspace_id, note_id, lane, position)
  SELECT NEW.workspace_id, NEW.note_id,
    CASE
      WHEN EXISTS (SELECT 1 FROM proposal
        WHERE workspace_id = NEW.workspace_id AND note_id = NEW.note_id AND state = 'open') THEN 'asked'
      WHEN json_valid(NEW.why) AND json_extract(NEW.why, '$.decision') = 'join' THEN 'sure'
      ELSE 'own' END,
    (SELECT arrived FROM note WHERE id = NEW.note_id)
  ON CONFLICT DO NOTHING;
END;

INSERT INTO triage (workspace_id, note_id, lane, position)
SELECT entry_note.workspace_id, note.id, 'sure', note.arrived
FROM note JOIN entry_note
  ON entry_note.workspace_id = note.workspace_id AND entry_note.note_id = note.id AND entry_note.current = 1
WHERE note.same_as IS NOT NULL AND entry_note.placed_by = note.person_id
  AND json_valid(entry_note.why) AND json_extract(entry_note.why, '$.decision') = 'join'
  AND NOT EXISTS (SELECT 1 FROM decision_note
    WHERE decision_note.workspace_id = note.workspace_id AND decision_note.note_id = note.id)
ON CONFLICT DO NOTHING;
