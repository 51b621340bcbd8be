-- Lists are read from register_line (0022) and home's from entry_open (0024): nothing reads this any more,
-- and every change of an entry wrote it.
DROP INDEX entry_in_register;
