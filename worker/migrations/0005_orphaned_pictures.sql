-- Pictures whose note a restore of the database lost: R2 is not restored with it (S-9).
-- The last epoch in which the bucket was looked through, and where looking goes on.
ALTER TABLE workspace ADD COLUMN looked_epoch INTEGER NOT NULL DEFAULT 1;
ALTER TABLE workspace ADD COLUMN looked_to TEXT;
