"""Keep what the documents of authors were before each change."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0037_past"
down_revision = "0037_cube"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('catalogue_past',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=60), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('change', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('state', sa.String(length=9), nullable=False),
    sa.Column('use_case', sa.String(length=60), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('undone', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_past'))
    )
    op.create_index('ix_catalogue_past_course_author', 'catalogue_past', ['course', 'author_id'], unique=False)
    op.create_index('ix_catalogue_past_document_id', 'catalogue_past', ['document_id'], unique=False)


def downgrade() -> None:
    op.drop_table('catalogue_past')
