"""Acts of officers, and lines by day, are found in the audit without a walk; by unit nobody could find with an index."""

import sqlalchemy as sa
from alembic import op

revision = "0056_audit_officers"
down_revision = "0056_group_origin"
branch_labels = None
depends_on = None

BY_OFFICERS = "role <> 'pendamping' AND substr(use_case, 1, 7) <> 'intake.'"


def upgrade() -> None:
    where = sa.text(BY_OFFICERS)
    op.create_index("ix_core_audit_officers", "core_audit", ["id"], sqlite_where=where, postgresql_where=where)
    op.create_index(op.f("ix_core_audit_at"), "core_audit", ["at"])
    op.drop_index(op.f("ix_core_audit_unit_path"), "core_audit")


def downgrade() -> None:
    op.create_index(op.f("ix_core_audit_unit_path"), "core_audit", ["unit_path"])
    op.drop_index(op.f("ix_core_audit_at"), "core_audit")
    op.drop_index("ix_core_audit_officers", "core_audit")
