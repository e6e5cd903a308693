"""Keep of whom nobody can be asked in a wave yet, so that the wave says so and asks once somebody can be."""

import sqlalchemy as sa
from alembic import op

revision = "0053_unasked"
down_revision = "0052_centre_report"
branch_labels = None
depends_on = None

PATH = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "evaluation_wave_unasked",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("arm", sa.String(8), nullable=False),
        sa.Column("kabupaten_id", sa.Integer(), nullable=True),
        sa.Column("unit_path", PATH, nullable=False),
        sa.Column("reason", sa.String(10), nullable=False),
        sa.CheckConstraint(
            "reason IN ('atasan', 'kelompok', 'menolak')", name=op.f("ck_evaluation_wave_unasked_reason")
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["evaluation_wave.id"], name=op.f("fk_evaluation_wave_unasked_wave_id_evaluation_wave")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["identity_person.id"], name=op.f("fk_evaluation_wave_unasked_subject_id_identity_person")
        ),
        sa.ForeignKeyConstraint(
            ["kabupaten_id"], ["identity_unit.id"], name=op.f("fk_evaluation_wave_unasked_kabupaten_id_identity_unit")
        ),
        sa.PrimaryKeyConstraint("wave_id", "subject_id", name=op.f("pk_evaluation_wave_unasked")),
    )
    op.create_index("ix_evaluation_wave_unasked_subject_id", "evaluation_wave_unasked", ["subject_id"])


def downgrade() -> None:
    op.drop_table("evaluation_wave_unasked")
