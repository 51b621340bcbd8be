-- Walks of the same errand, whatever the case it was written in, to be laid beside one another.
CREATE INDEX walk_by_errand ON walk (workspace_id, lower(errand), started_at) WHERE errand IS NOT NULL;
