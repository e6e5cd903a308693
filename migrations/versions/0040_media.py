"""Photos of courses, by the hash of their bytes."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import append_only

revision = "0037_media"
down_revision = "0037_past"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('catalogue_media',
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=4), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('kept_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('jpg', 'png', 'webp')", name=op.f('ck_catalogue_media_kind')),
    sa.PrimaryKeyConstraint('sha', name=op.f('pk_catalogue_media'))
    )
    for statement in append_only("catalogue_media", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("catalogue_media")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION catalogue_media_append_only()")
