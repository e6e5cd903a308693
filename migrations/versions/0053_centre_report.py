"""Keep what the classes of each centre came to, so that its page adds up no people; the night counts it."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0052_centre_report"
down_revision = "0051_reach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('outcomes_centre_report',
    sa.Column('unit_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('classes', sa.Integer(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('rungs', sa.JSON(), nullable=False),
    sa.Column('counted_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('0 <= classes AND classes <= people', name=op.f('ck_outcomes_centre_report_counts')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_outcomes_centre_report_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('unit_id', name=op.f('pk_outcomes_centre_report'))
    )


def downgrade() -> None:
    op.drop_table('outcomes_centre_report')
