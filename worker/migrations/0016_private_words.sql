-- What an organisation wants covered beside fields and patterns: a JSON array of texts.
ALTER TABLE workspace ADD COLUMN private_words TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(private_words));
