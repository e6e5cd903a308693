"""Obstacles: how many groups met each, and who got over one."""

import sqlalchemy as sa
from alembic import op

revision = "0017_obstacles"
down_revision = "0016_month_facts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_obstacle_report',
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('obstacle', sa.String(length=20), nullable=False),
    sa.Column('groups', sa.Integer(), nullable=False),
    sa.CheckConstraint('groups > 0', name=op.f('ck_fieldwork_obstacle_report_groups')),
    sa.PrimaryKeyConstraint('unit_path', 'month', 'obstacle', name=op.f('pk_fieldwork_obstacle_report'))
    )
    op.create_table('fieldwork_obstacle_peer',
    sa.Column('obstacle', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('how', sa.String(length=300), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.CheckConstraint("how <> ''", name=op.f('ck_fieldwork_obstacle_peer_how')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_fieldwork_obstacle_peer_person_id_identity_person')),
    sa.PrimaryKeyConstraint('obstacle', 'person_id', name=op.f('pk_fieldwork_obstacle_peer'))
    )
    op.create_index(op.f('ix_fieldwork_obstacle_peer_unit_path'), 'fieldwork_obstacle_peer', ['unit_path'], unique=False)


def downgrade() -> None:
    op.drop_table("fieldwork_obstacle_peer")
    op.drop_table("fieldwork_obstacle_report")
