"""Pure rules of what is known of a person: where it stands, why it may be looked at, when it is forgotten."""
