-- "Me too": the entry that the note's author said it is the same as; any id, as it came.
ALTER TABLE note ADD COLUMN same_as TEXT;
