"""Make the tables of the first release.

Written out in ``0001_first.<database>.sql``, because later records must not change it. Triggers
are made anew at the end of the upgrade, by ``aeapp.persistence.upgrade``.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements of the file beside this one."""
    file = Path(__file__).with_suffix(f".{op.get_bind().dialect.name}.sql")
    for statement in file.read_text("utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
