"""Marks of what is to be counted again, and the figures by unit and month."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0011_indicators"
down_revision = "0010_sealed_nik"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('core_dirty_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('fact', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_dirty_mark'))
    )
    op.create_index('ix_core_dirty_mark_fact_id', 'core_dirty_mark', ['fact', 'id'], unique=False)
    op.create_table('indicators_indicator_def',
    sa.Column('id', sa.String(length=12), nullable=False),
    sa.Column('version', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('since', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', 'version', name=op.f('pk_indicators_indicator_def'))
    )
    op.create_table('indicators_indicator_month',
    sa.Column('unit_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('indicator', sa.String(length=12), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('version', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('stratum', sa.String(length=20), nullable=False),
    sa.Column('numerator', sa.BigInteger(), nullable=False),
    sa.Column('denominator', sa.BigInteger(), nullable=False),
    sa.Column('n_people', sa.Integer(), nullable=False),
    sa.Column('missing', sa.Integer(), nullable=False),
    sa.Column('as_of', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_indicators_indicator_month_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'indicator', 'month', 'version', 'stratum', name=op.f('pk_indicators_indicator_month'))
    )


def downgrade() -> None:
    op.drop_table('indicators_indicator_month')
    op.drop_table('indicators_indicator_def')
    op.drop_index('ix_core_dirty_mark_fact_id', table_name='core_dirty_mark')
    op.drop_table('core_dirty_mark')
