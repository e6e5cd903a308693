"""Readiness, equivalence of a path, and certificates that come from one."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0024_equivalence"
down_revision = "0023_coaching"
branch_labels = None
depends_on = None

CERTIFICATE = "certificates_certificate"
STANDS = sa.text("status = 'berlaku'")


def upgrade() -> None:
    op.create_table(
        "progress_readiness",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("sesi", sa.String(length=60), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 3", name=op.f("ck_progress_readiness_level")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_person.id"], name=op.f("fk_progress_readiness_person_id_identity_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "course", "sesi", name=op.f("pk_progress_readiness")),
    )
    op.create_table(
        "progress_equivalence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("decision IN ('setara', 'belum_setara')", name=op.f("ck_progress_equivalence_decision")),
        sa.CheckConstraint("decided_by <> person_id", name=op.f("ck_progress_equivalence_not_about_oneself")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(name))
            for column, target, name in (
                ("decided_by", "identity_person.id", "fk_progress_equivalence_decided_by_identity_person"),
                ("path_id", "coaching_path.id", "fk_progress_equivalence_path_id_coaching_path"),
                ("person_id", "identity_person.id", "fk_progress_equivalence_person_id_identity_person"),
                ("unit_id", "identity_unit.id", "fk_progress_equivalence_unit_id_identity_unit"),
                (
                    "version_id",
                    "catalogue_course_version.id",
                    "fk_progress_equivalence_version_id_catalogue_course_version",
                ),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_equivalence")),
        sa.UniqueConstraint("path_id", name=op.f("uq_progress_equivalence_path_id")),
    )
    op.create_index("ix_progress_equivalence_person_id", "progress_equivalence", ["person_id"])
    with op.batch_alter_table(CERTIFICATE) as change:
        change.add_column(sa.Column("equivalence_id", sa.Integer(), nullable=True))
        change.alter_column("completion_id", existing_type=sa.Integer(), nullable=True)
        change.alter_column("angkatan_id", existing_type=sa.Integer(), nullable=True)
        change.create_foreign_key(
            op.f("fk_certificates_certificate_equivalence_id_progress_equivalence"),
            "progress_equivalence",
            ["equivalence_id"],
            ["id"],
        )
        change.create_check_constraint(
            op.f("ck_certificates_certificate_from"), "(completion_id IS NULL) <> (equivalence_id IS NULL)"
        )
    op.create_index(
        "ux_certificates_certificate_letter_stands",
        CERTIFICATE,
        ["equivalence_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    op.drop_index("ux_certificates_certificate_letter_stands", table_name=CERTIFICATE)
    op.execute(
        "DELETE FROM certificates_drawing WHERE certificate_id IN "
        "(SELECT id FROM certificates_certificate WHERE completion_id IS NULL)"
    )
    op.execute("DELETE FROM certificates_certificate WHERE completion_id IS NULL")
    with op.batch_alter_table(CERTIFICATE) as change:
        change.drop_constraint(op.f("ck_certificates_certificate_from"), type_="check")
        change.drop_constraint(
            op.f("fk_certificates_certificate_equivalence_id_progress_equivalence"), type_="foreignkey"
        )
        change.alter_column("angkatan_id", existing_type=sa.Integer(), nullable=False)
        change.alter_column("completion_id", existing_type=sa.Integer(), nullable=False)
        change.drop_column("equivalence_id")
    op.drop_table("progress_equivalence")
    op.drop_table("progress_readiness")
