"""Keep a question file between the look at it and the taking in."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0040_sent_file"
down_revision = "0039_public_releases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('assessment_sent_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=60), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_sent_file'))
    )
    op.create_index(op.f('ix_assessment_sent_file_made_at'), 'assessment_sent_file', ['made_at'], unique=False)
    op.create_index(op.f('ix_assessment_sent_file_person_id'), 'assessment_sent_file', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('assessment_sent_file')
