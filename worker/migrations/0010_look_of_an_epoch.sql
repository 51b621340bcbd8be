-- The epoch that `looked_to` belongs to: what a look left there before another restore says nothing of this one.
ALTER TABLE workspace ADD COLUMN looking_epoch INTEGER NOT NULL DEFAULT 0;
