"""What Alembic runs: the revisions, in the transaction of whoever called.

The connection comes from ``upgrade.run_scripts``; a transaction of Alembic's own would leave half
a migration behind.
"""

from __future__ import annotations

from alembic import context

from aeapp.persistence.schema import METADATA, REVISION

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
    include_object=lambda found, _name, _kind, _reflected, _other: found is not REVISION,
)
context.run_migrations()
