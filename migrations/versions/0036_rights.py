"""Data rights: answers to consent texts, requests to be made nameless, breaches, and minutes of what went."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0036_rights"
down_revision = "0035_signed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('core_minutes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('record_class', sa.String(length=60), nullable=False),
    sa.Column('before', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_core_minutes'))
    )
    op.create_table('identity_breach',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('found_at', UtcDateTime(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.Column('told_authority_at', UtcDateTime(), nullable=True),
    sa.Column('told_people_at', UtcDateTime(), nullable=True),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("what <> ''", name=op.f('ck_identity_breach_what')),
    sa.CheckConstraint('people >= 0', name=op.f('ck_identity_breach_people')),
    sa.ForeignKeyConstraint(['made_by'], ['identity_person.id'], name=op.f('fk_identity_breach_made_by_identity_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_identity_breach_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_breach'))
    )
    op.create_index('ix_identity_breach_unit_path', 'identity_breach', ['unit_path'], unique=False)
    op.create_table('identity_consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=30), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('said_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_consent_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_consent'))
    )
    op.create_index('ix_identity_consent_person_id_text', 'identity_consent', ['person_id', 'text'], unique=False)
    op.create_table('identity_erasure_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("(state = 'menunggu') = (ended_at IS NULL)", name=op.f('ck_identity_erasure_request_ended')),
    sa.CheckConstraint("state IN ('menunggu', 'dijalankan', 'ditolak', 'ditarik')", name=op.f('ck_identity_erasure_request_state')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> person_id', name=op.f('ck_identity_erasure_request_not_about_oneself')),
    sa.ForeignKeyConstraint(['decided_by'], ['identity_person.id'], name=op.f('fk_identity_erasure_request_decided_by_identity_person')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_erasure_request_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_erasure_request'))
    )
    op.create_index('ix_identity_erasure_request_state_unit_path', 'identity_erasure_request', ['state', 'unit_path'], unique=False)
    op.create_index('ux_identity_erasure_request_waiting', 'identity_erasure_request', ['person_id'], unique=True, sqlite_where=sa.text("state = 'menunggu'"), postgresql_where=sa.text("state = 'menunggu'"))
    op.execute("DELETE FROM core_job WHERE name = 'fieldwork.remove_photos'")  # the retention job does it now


def downgrade() -> None:
    for table in ("identity_erasure_request", "identity_consent", "identity_breach", "core_minutes"):
        op.drop_table(table)
