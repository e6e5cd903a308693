"""The second factor of three roles, and sign-in on a phone that several people use."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0034_second_factor"
down_revision = "0033_coverage"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('identity_recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_recovery_code_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_recovery_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_identity_recovery_code_code_hash'))
    )
    op.create_index(op.f('ix_identity_recovery_code_person_id'), 'identity_recovery_code', ['person_id'], unique=False)
    op.create_table('identity_second_factor',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('secret', sa.Text(), nullable=False),
    sa.Column('confirmed_at', UtcDateTime(), nullable=True),
    sa.Column('last_counter', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_second_factor_person_id_identity_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_identity_second_factor'))
    )
    op.add_column('identity_login_session', sa.Column('second', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('identity_login_session', sa.Column('shared', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column('identity_login_session', 'shared')
    op.drop_column('identity_login_session', 'second')
    op.drop_table('identity_recovery_code')
    op.drop_table('identity_second_factor')
