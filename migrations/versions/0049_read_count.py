"""Keep how many cards of a course each person has read, so that a list of a thousand people counts nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0047_read_count"
down_revision = "0046_open_alerts"
branch_labels = None
depends_on = None

COUNT = (
    "INSERT INTO delivery_read_count (person_id, course, number) "
    "SELECT person_id, course, count(*) FROM delivery_step_done GROUP BY person_id, course"
)


def upgrade() -> None:
    op.create_table('delivery_read_count',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_delivery_read_count_number')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_delivery_read_count_person_id_identity_person')),
    sa.PrimaryKeyConstraint('person_id', 'course', name=op.f('pk_delivery_read_count'))
    )
    op.execute(COUNT)


def downgrade() -> None:
    op.drop_table('delivery_read_count')
