"""Pure rules of the rule book: the words a clause is written in, how it is read, and what it grants."""
