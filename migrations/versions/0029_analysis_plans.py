"""Analysis plans, their cubes and runs, and what was released."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0029_analysis_plans"
down_revision = "0028_forum"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('outcomes_analysis_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('registered_at', UtcDateTime(), nullable=False),
    sa.Column('registered_by', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['registered_by'], ['identity_person.id'], name=op.f('fk_outcomes_analysis_plan_registered_by_identity_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_outcomes_analysis_plan_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcomes_analysis_plan')),
    sa.UniqueConstraint('sha', name=op.f('uq_outcomes_analysis_plan_sha'))
    )
    op.create_index(op.f('ix_outcomes_analysis_plan_unit_id'), 'outcomes_analysis_plan', ['unit_id'], unique=False)
    op.create_table('outcomes_analysis_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('ran_at', UtcDateTime(), nullable=False),
    sa.Column('cube_sha', sa.String(length=64), nullable=False),
    sa.Column('code_version', sa.String(length=20), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['outcomes_analysis_plan.id'], name=op.f('fk_outcomes_analysis_run_plan_id_outcomes_analysis_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcomes_analysis_run')),
    sa.UniqueConstraint('plan_id', 'cube_sha', 'code_version', name=op.f('uq_outcomes_analysis_run_plan_id_cube_sha_code_version'))
    )
    op.create_table('outcomes_cube_outcome',
    sa.Column('plan_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kabupaten_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('cohort', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('stratum', sa.String(length=12), nullable=False),
    sa.Column('month', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('there', sa.Integer(), nullable=False),
    sa.Column('stayed', sa.Integer(), nullable=False),
    sa.Column('n_met', sa.Integer(), nullable=False),
    sa.Column('sum_met', sa.Double(), nullable=False),
    sa.Column('sq_met', sa.Double(), nullable=False),
    sa.Column('n_came', sa.Integer(), nullable=False),
    sa.Column('sum_came', sa.Double(), nullable=False),
    sa.Column('sq_came', sa.Double(), nullable=False),
    sa.Column('n_load', sa.Integer(), nullable=False),
    sa.Column('sum_load', sa.Double(), nullable=False),
    sa.Column('sq_load', sa.Double(), nullable=False),
    sa.Column('drawn', sa.Integer(), nullable=False),
    sa.Column('checked', sa.Integer(), nullable=False),
    sa.Column('said', sa.Integer(), nullable=False),
    sa.Column('truly', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['kabupaten_id'], ['identity_unit.id'], name=op.f('fk_outcomes_cube_outcome_kabupaten_id_identity_unit')),
    sa.ForeignKeyConstraint(['plan_id'], ['outcomes_analysis_plan.id'], name=op.f('fk_outcomes_cube_outcome_plan_id_outcomes_analysis_plan')),
    sa.PrimaryKeyConstraint('plan_id', 'kabupaten_id', 'cohort', 'stratum', 'month', name=op.f('pk_outcomes_cube_outcome'))
    )
    op.create_table('outcomes_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['identity_person.id'], name=op.f('fk_outcomes_release_made_by_identity_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['outcomes_analysis_plan.id'], name=op.f('fk_outcomes_release_plan_id_outcomes_analysis_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcomes_release')),
    sa.UniqueConstraint('plan_id', 'month', name=op.f('uq_outcomes_release_plan_id_month'))
    )


def downgrade() -> None:
    for table in ("release", "cube_outcome", "analysis_run", "analysis_plan"):
        op.drop_table(f"outcomes_{table}")
