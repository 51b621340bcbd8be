-- When the first wording was kept, on the walker's clock; NULL from those who did not say (wire 1).
ALTER TABLE note ADD COLUMN first_words_at INTEGER;
