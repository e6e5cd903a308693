"""Cards in need by the field, states of path templates, and numbers of documents that are never given twice."""

import sqlalchemy as sa
from alembic import op

revision = "0045_studio"
down_revision = "0047_read_count"
branch_labels = None
depends_on = None

STATE = "ck_coaching_path_template_state"
APPROVED = "fk_coaching_path_template_approved_by_identity_person"


def upgrade() -> None:
    op.create_table('fieldwork_card_report',
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('step', sa.String(length=60), nullable=False),
    sa.Column('meetings', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('planned', sa.Integer(), nullable=False),
    sa.Column('few', sa.Integer(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.CheckConstraint('0 <= few AND few <= asked', name=op.f('ck_fieldwork_card_report_hands')),
    sa.CheckConstraint('0 <= skipped AND skipped <= meetings', name=op.f('ck_fieldwork_card_report_skipped')),
    sa.PrimaryKeyConstraint('course', 'step', name=op.f('pk_fieldwork_card_report'))
    )
    with op.batch_alter_table("coaching_path_template") as batch:
        batch.add_column(sa.Column("state", sa.String(length=9), nullable=False, server_default="published"))
        batch.add_column(sa.Column("approved_by", sa.Integer(), nullable=True))
        batch.create_check_constraint(op.f(STATE), "state IN ('draft', 'review', 'published')")
        batch.create_foreign_key(op.f(APPROVED), "identity_person", ["approved_by"], ["id"])
    with op.batch_alter_table("coaching_path_template") as batch:
        batch.alter_column("state", server_default=None)
    _number_documents(once=True)


def downgrade() -> None:
    """Paths that nobody offers yet have no place in the release before: they go."""
    _number_documents(once=False)
    op.execute("DELETE FROM coaching_path_template WHERE state <> 'published'")
    with op.batch_alter_table("coaching_path_template") as batch:
        batch.drop_constraint(op.f(APPROVED), type_="foreignkey")
        batch.drop_constraint(op.f(STATE), type_="check")
        batch.drop_column("approved_by")
        batch.drop_column("state")
    op.drop_table('fieldwork_card_report')


def _number_documents(once: bool) -> None:
    """Let SQLite count on from the highest number that a document ever had; PostgreSQL does so anyway."""
    if op.get_bind().dialect.name != "sqlite":
        return
    with op.batch_alter_table("catalogue_document", recreate="always", table_kwargs={"sqlite_autoincrement": once}):
        pass
    if once:
        op.execute(
            "UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(document_id), 0) FROM catalogue_past)) "
            "WHERE name = 'catalogue_document'"
        )
