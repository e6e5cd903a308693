"""Plans, spot checks, verification draws with their tasks, and the sealed contact of a group."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0022_plans"
down_revision = "0021_alerts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_draw',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('listed', sa.JSON(), nullable=False),
    sa.Column('list_hash', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', UtcDateTime(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('drawn_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_draw')),
    sa.UniqueConstraint('unit_path', 'month', name=op.f('uq_fieldwork_draw_unit_path_month'))
    )
    op.create_table('fieldwork_group_contact',
    sa.Column('group_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('consent_on', sa.Date(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_group_contact_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_fieldwork_group_contact_person_id_identity_person')),
    sa.PrimaryKeyConstraint('group_id', name=op.f('pk_fieldwork_group_contact'))
    )
    op.create_table('fieldwork_plan',
    sa.Column('group_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('sesi', sa.String(length=60), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_plan_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_fieldwork_plan_person_id_identity_person')),
    sa.PrimaryKeyConstraint('group_id', 'month', name=op.f('pk_fieldwork_plan'))
    )
    op.create_table('fieldwork_spot_check',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Date(), nullable=False),
    sa.Column('modul', sa.String(length=20), nullable=False),
    sa.Column('families', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('families > 0', name=op.f('ck_fieldwork_spot_check_families')),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_spot_check_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_fieldwork_spot_check_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_spot_check'))
    )
    op.create_index(op.f('ix_fieldwork_spot_check_group_id'), 'fieldwork_spot_check', ['group_id'], unique=False)
    op.create_table('fieldwork_verification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draw_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('stratum', sa.String(length=20), nullable=False),
    sa.Column('reported', sa.String(length=10), nullable=False),
    sa.Column('checker_id', sa.Integer(), nullable=True),
    sa.Column('method', sa.String(length=12), nullable=True),
    sa.Column('result', sa.String(length=20), nullable=True),
    sa.Column('at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("method IS NULL OR method IN ('telepon', 'kunjungan')", name=op.f('ck_fieldwork_verification_method')),
    sa.CheckConstraint("result IS NULL OR result IN ('bertemu', 'tidak_bertemu', 'tidak_terjangkau')", name=op.f('ck_fieldwork_verification_result')),
    sa.ForeignKeyConstraint(['checker_id'], ['identity_person.id'], name=op.f('fk_fieldwork_verification_checker_id_identity_person')),
    sa.ForeignKeyConstraint(['draw_id'], ['fieldwork_draw.id'], name=op.f('fk_fieldwork_verification_draw_id_fieldwork_draw')),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_verification_group_id_fieldwork_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_verification')),
    sa.UniqueConstraint('draw_id', 'group_id', name=op.f('uq_fieldwork_verification_draw_id_group_id'))
    )
    op.create_index('ix_fieldwork_verification_checker_id_result', 'fieldwork_verification', ['checker_id', 'result'], unique=False)


def downgrade() -> None:
    op.drop_table("fieldwork_verification")
    op.drop_table("fieldwork_draw")
    op.drop_table("fieldwork_group_contact")
    op.drop_table("fieldwork_spot_check")
    op.drop_table("fieldwork_plan")
