"""Codes that open an account once, corrections that people ask for, and when somebody confirmed the own data."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0032_entry_codes"
down_revision = "0031_attempts_by_form"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('identity_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('wanted', sa.Text(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint("state IN ('open', 'approved', 'refused')", name=op.f('ck_identity_correction_state')),
    sa.ForeignKeyConstraint(['decided_by'], ['identity_person.id'], name=op.f('fk_identity_correction_decided_by_identity_person')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_correction_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_correction'))
    )
    op.create_index('ix_identity_correction_open', 'identity_correction', ['person_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_index('ix_identity_correction_state_unit_path', 'identity_correction', ['state', 'unit_path'], unique=False)
    op.create_table('identity_entry_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('activation', 'reset')", name=op.f('ck_identity_entry_code_kind')),
    sa.ForeignKeyConstraint(['made_by'], ['identity_person.id'], name=op.f('fk_identity_entry_code_made_by_identity_person')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_entry_code_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_entry_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_identity_entry_code_code_hash'))
    )
    op.create_index('ix_identity_entry_code_kind_unit_path', 'identity_entry_code', ['kind', 'unit_path'], unique=False)
    op.create_index('ix_identity_entry_code_person_id_kind', 'identity_entry_code', ['person_id', 'kind'], unique=False)
    op.add_column('identity_person', sa.Column('confirmed_at', UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('identity_person', 'confirmed_at')
    op.drop_table('identity_entry_code')
    op.drop_table('identity_correction')
