"""The first tables of catalogue."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import append_only

revision = "0003_catalogue"
down_revision = "0002_identity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('catalogue_course_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('jp', sa.Integer(), nullable=False),
    sa.Column('published_at', UtcDateTime(), nullable=False),
    sa.Column('open_pack', sa.LargeBinary(), nullable=False),
    sa.Column('sealed_pack', sa.LargeBinary(), nullable=False),
    sa.Column('search_index', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_catalogue_course_version_number')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_course_version')),
    sa.UniqueConstraint('course', 'hash', name=op.f('uq_catalogue_course_version_course_hash')),
    sa.UniqueConstraint('course', 'number', name=op.f('uq_catalogue_course_version_course_number'))
    )
    op.create_table('catalogue_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('course', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=8), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('updated_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(length=9), nullable=False),
    sa.CheckConstraint("origin IN ('file', 'database')", name=op.f('ck_catalogue_document_origin')),
    sa.CheckConstraint("state IN ('draft', 'review', 'published')", name=op.f('ck_catalogue_document_state')),
    sa.CheckConstraint('revision > 0', name=op.f('ck_catalogue_document_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_document')),
    sa.UniqueConstraint('path', name=op.f('uq_catalogue_document_path'))
    )
    op.create_index('ix_catalogue_document_course', 'catalogue_document', ['course'], unique=False)
    for statement in append_only("catalogue_course_version", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("catalogue_document")
    op.drop_table("catalogue_course_version")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION catalogue_course_version_append_only()")
