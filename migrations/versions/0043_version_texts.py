"""Keep the documents from which a version was published, so that a course can go back to it."""

import sqlalchemy as sa
from alembic import op

revision = "0041_version_texts"
down_revision = "0040_sent_file"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('catalogue_version_texts',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_catalogue_version_texts_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('version_id', name=op.f('pk_catalogue_version_texts'))
    )


def downgrade() -> None:
    op.drop_table('catalogue_version_texts')
