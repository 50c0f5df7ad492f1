"""Tables of records that come in: patients, sessions, scores, by a mapping of their columns."""
