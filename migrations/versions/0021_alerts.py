"""Alerts of the dashboards."""

import sqlalchemy as sa
from alembic import op

revision = "0021_alerts"
down_revision = "0020_photos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('dashboards_alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=8), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('params', sa.JSON(), nullable=False),
    sa.Column('url', sa.String(length=200), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('snoozed_until', sa.Date(), nullable=True),
    sa.Column('snooze_reason', sa.String(length=200), nullable=False),
    sa.Column('verdict', sa.String(length=8), nullable=False),
    sa.Column('verdict_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("verdict IN ('', 'benar', 'keliru')", name=op.f('ck_dashboards_alert_verdict')),
    sa.CheckConstraint('closed_on IS NULL OR closed_on >= opened_on', name=op.f('ck_dashboards_alert_span')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dashboards_alert'))
    )
    op.create_index('ix_dashboards_alert_person_id', 'dashboards_alert', ['person_id'], unique=False)
    op.create_index('ix_dashboards_alert_unit_path', 'dashboards_alert', ['unit_path'], unique=False)
    op.create_index('ux_dashboards_alert_open', 'dashboards_alert', ['rule', 'subject'], unique=True, sqlite_where=sa.text('closed_on IS NULL'), postgresql_where=sa.text('closed_on IS NULL'))


def downgrade() -> None:
    op.drop_table('dashboards_alert')
