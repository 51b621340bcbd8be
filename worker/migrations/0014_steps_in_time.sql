-- What a walk did before a moment, found from that moment: by number alone, all that came after it would be read.
CREATE INDEX step_in_time ON step (workspace_id, walk_id, at, seq);
