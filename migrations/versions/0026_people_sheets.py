"""Sheets of people that were uploaded and wait to be looked at."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0026_people_sheets"
down_revision = "0025_fair_queue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('identity_people_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=120), nullable=False),
    sa.Column('rows', sa.Text(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('applied_at', UtcDateTime(), nullable=True),
    sa.Column('created', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['identity_person.id'], name=op.f('fk_identity_people_sheet_officer_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_people_sheet'))
    )
    op.create_index(op.f('ix_identity_people_sheet_made_at'), 'identity_people_sheet', ['made_at'], unique=False)
    op.create_index(op.f('ix_identity_people_sheet_officer_id'), 'identity_people_sheet', ['officer_id'], unique=False)


def downgrade() -> None:
    op.drop_table("identity_people_sheet")
