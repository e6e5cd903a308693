"""The first tables of core."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import append_only

revision = "0001_core"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('core_audit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=200), nullable=False),
    sa.Column('unit_path', sa.String(length=200), nullable=False),
    sa.Column('use_case', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('events', sa.String(length=400), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_audit'))
    )
    op.create_index(op.f('ix_core_audit_actor_id'), 'core_audit', ['actor_id'], unique=False)
    op.create_index(op.f('ix_core_audit_unit_path'), 'core_audit', ['unit_path'], unique=False)
    op.create_table('core_job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('queued_at', UtcDateTime(), nullable=False),
    sa.Column('run_after', UtcDateTime(), nullable=False),
    sa.Column('claimed_until', UtcDateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('done_at', UtcDateTime(), nullable=True),
    sa.Column('error', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_job'))
    )
    op.create_index('ix_core_job_waiting', 'core_job', ['done_at', 'run_after'], unique=False)
    op.create_table('core_nature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('filled', sa.String(length=20), nullable=False),
    sa.Column('born_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_nature'))
    )
    op.create_table('core_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('params', sa.JSON(), nullable=False),
    sa.Column('url', sa.String(length=300), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('read_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_notice'))
    )
    op.create_index('ix_core_notice_person_id_read_at', 'core_notice', ['person_id', 'read_at'], unique=False)
    op.create_table('core_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_setting')),
    sa.UniqueConstraint('unit_id', 'key', name=op.f('uq_core_setting_unit_id_key'))
    )
    op.create_table('core_submission',
    sa.Column('key', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('v', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('sender_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('occurred_at', UtcDateTime(), nullable=True),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.Column('raw', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_core_submission'))
    )
    op.create_index('ix_core_submission_sender_id_key', 'core_submission', ['sender_id', 'key'], unique=False)
    op.create_index('ux_core_submission_id', 'core_submission', ['id'], unique=True, sqlite_where=sa.text("status NOT IN ('conflict', 'malformed')"), postgresql_where=sa.text("status NOT IN ('conflict', 'malformed')"))
    op.create_table('core_try',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('door', sa.String(length=40), nullable=False),
    sa.Column('who', sa.String(length=64), nullable=False),
    sa.Column('minute', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_try')),
    sa.UniqueConstraint('door', 'who', 'minute', name=op.f('uq_core_try_door_who_minute'))
    )
    op.create_index(op.f('ix_core_try_minute'), 'core_try', ['minute'], unique=False)
    for statement in append_only("core_audit", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for table in ("audit", "job", "nature", "notice", "setting", "submission", "try"):
        op.drop_table(f"core_{table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION core_audit_append_only")
