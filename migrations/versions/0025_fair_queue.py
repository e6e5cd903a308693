"""The fair queue: a round with its frozen list, the number as two people typed it, and the one draw."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0025_fair_queue"
down_revision = "0024_equivalence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enrolment_call_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('waiting', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('known_on', sa.Date(), nullable=False),
    sa.Column('people', sa.Text(), nullable=False),
    sa.Column('list_hash', sa.String(length=64), nullable=True),
    sa.Column('secret', sa.String(length=64), nullable=False),
    sa.Column('commitment', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', UtcDateTime(), nullable=True),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('(frozen_at IS NULL) = (list_hash IS NULL)', name=op.f('ck_enrolment_call_round_frozen')),
    sa.CheckConstraint('seats > 0 AND waiting >= 0', name=op.f('ck_enrolment_call_round_places')),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_enrolment_call_round_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['made_by'], ['identity_person.id'], name=op.f('fk_enrolment_call_round_made_by_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_call_round')),
    sa.UniqueConstraint('angkatan_id', name=op.f('uq_enrolment_call_round_angkatan_id'))
    )
    op.create_table('enrolment_call_draw',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('first_by', sa.Integer(), nullable=False),
    sa.Column('second_by', sa.Integer(), nullable=False),
    sa.Column('drawn_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('first_by <> second_by', name=op.f('ck_enrolment_call_draw_two_people')),
    sa.ForeignKeyConstraint(['first_by'], ['identity_person.id'], name=op.f('fk_enrolment_call_draw_first_by_identity_person')),
    sa.ForeignKeyConstraint(['round_id'], ['enrolment_call_round.id'], name=op.f('fk_enrolment_call_draw_round_id_enrolment_call_round')),
    sa.ForeignKeyConstraint(['second_by'], ['identity_person.id'], name=op.f('fk_enrolment_call_draw_second_by_identity_person')),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_enrolment_call_draw'))
    )
    op.create_table('enrolment_call_exemption',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('said_by', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_call_exemption_person_id_identity_person')),
    sa.ForeignKeyConstraint(['round_id'], ['enrolment_call_round.id'], name=op.f('fk_enrolment_call_exemption_round_id_enrolment_call_round')),
    sa.ForeignKeyConstraint(['said_by'], ['identity_person.id'], name=op.f('fk_enrolment_call_exemption_said_by_identity_person')),
    sa.PrimaryKeyConstraint('round_id', 'person_id', name=op.f('pk_enrolment_call_exemption'))
    )
    op.create_table('enrolment_call_number',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('entered_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_call_number_person_id_identity_person')),
    sa.ForeignKeyConstraint(['round_id'], ['enrolment_call_round.id'], name=op.f('fk_enrolment_call_number_round_id_enrolment_call_round')),
    sa.PrimaryKeyConstraint('round_id', 'person_id', name=op.f('pk_enrolment_call_number'))
    )
    op.create_table('enrolment_call_place',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kabupaten', sa.String(length=20), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('standing', sa.String(length=12), nullable=False),
    sa.CheckConstraint("standing IN ('dipanggil', 'tunggu', 'berikutnya')", name=op.f('ck_enrolment_call_place_standing')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_call_place_person_id_identity_person')),
    sa.ForeignKeyConstraint(['round_id'], ['enrolment_call_round.id'], name=op.f('fk_enrolment_call_place_round_id_enrolment_call_round')),
    sa.PrimaryKeyConstraint('round_id', 'person_id', name=op.f('pk_enrolment_call_place'))
    )
    op.create_index('ix_enrolment_call_place_person_id', 'enrolment_call_place', ['person_id'], unique=False)


def downgrade() -> None:
    for table in ("place", "number", "exemption", "draw", "round"):
        op.drop_table(f"enrolment_call_{table}")
