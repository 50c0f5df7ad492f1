"""Every change of the tables since the first release, as Alembic scripts."""
