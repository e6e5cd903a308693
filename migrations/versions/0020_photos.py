"""Photos, redrawn, with their bytes and the day on which they go."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0020_photos"
down_revision = "0019_class_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('core_photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('owner_kind', sa.String(length=40), nullable=False),
    sa.Column('owner_id', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.Column('delete_on', sa.Date(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_photo')),
    sa.UniqueConstraint('person_id', 'sha', name=op.f('uq_core_photo_person_id_sha'))
    )
    op.create_index(op.f('ix_core_photo_delete_on'), 'core_photo', ['delete_on'], unique=False)
    op.create_index('ix_core_photo_owner_kind_owner_id', 'core_photo', ['owner_kind', 'owner_id'], unique=False)


def downgrade() -> None:
    op.drop_table("core_photo")
