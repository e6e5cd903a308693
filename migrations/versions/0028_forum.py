"""Talk among peers: threads, posts, who was helped, what was reported, and what a place shows."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0028_forum"
down_revision = "0027_late_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('forum_shelf',
    sa.Column('place_kind', sa.String(length=10), nullable=False),
    sa.Column('place_id', sa.String(length=120), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.Column('best', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('place_kind', 'place_id', name=op.f('pk_forum_shelf'))
    )
    op.create_table('forum_thread',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('realm', sa.String(length=90), nullable=False),
    sa.Column('place_kind', sa.String(length=10), nullable=False),
    sa.Column('place_id', sa.String(length=120), nullable=False),
    sa.Column('place_title', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('last_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("place_kind IN ('langkah', 'obstacle', 'angkatan', 'alumni')", name=op.f('ck_forum_thread_place_kind')),
    sa.CheckConstraint("state IN ('terbuka', 'terjawab', 'ditutup')", name=op.f('ck_forum_thread_state')),
    sa.CheckConstraint('answers >= 0', name=op.f('ck_forum_thread_answers')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_forum_thread_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_thread'))
    )
    op.create_index('ix_forum_thread_person_id_last_at', 'forum_thread', ['person_id', 'last_at'], unique=False)
    op.create_index('ix_forum_thread_place_kind_place_id_last_at', 'forum_thread', ['place_kind', 'place_id', 'last_at'], unique=False)
    op.create_index('ix_forum_thread_realm_last_at', 'forum_thread', ['realm', 'last_at'], unique=False)
    op.create_table('forum_post',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('thread_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('look', sa.String(length=10), nullable=False),
    sa.Column('helpful', sa.Integer(), nullable=False),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('confirmed_by', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', UtcDateTime(), nullable=True),
    sa.Column('tip', sa.String(length=300), nullable=False),
    sa.Column('redacted_by', sa.Integer(), nullable=True),
    sa.Column('redacted_at', UtcDateTime(), nullable=True),
    sa.Column('occurred_at', UtcDateTime(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("(look = 'ditutup') = (redacted_by IS NOT NULL)", name=op.f('ck_forum_post_redacted')),
    sa.CheckConstraint("look <> 'ditutup' OR text = ''", name=op.f('ck_forum_post_covered')),
    sa.CheckConstraint("look IN ('tampak', 'ditahan', 'ditutup')", name=op.f('ck_forum_post_look')),
    sa.CheckConstraint("tip = '' OR confirmed_by IS NOT NULL", name=op.f('ck_forum_post_tip')),
    sa.CheckConstraint('(confirmed_by IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_forum_post_confirmed')),
    sa.CheckConstraint('confirmed_by IS NULL OR confirmed_by <> person_id', name=op.f('ck_forum_post_not_own')),
    sa.CheckConstraint('helpful >= 0', name=op.f('ck_forum_post_helpful')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['identity_person.id'], name=op.f('fk_forum_post_confirmed_by_identity_person')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_forum_post_person_id_identity_person')),
    sa.ForeignKeyConstraint(['redacted_by'], ['identity_person.id'], name=op.f('fk_forum_post_redacted_by_identity_person')),
    sa.ForeignKeyConstraint(['thread_id'], ['forum_thread.id'], name=op.f('fk_forum_post_thread_id_forum_thread')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_post'))
    )
    op.create_index(op.f('ix_forum_post_person_id'), 'forum_post', ['person_id'], unique=False)
    op.create_index('ix_forum_post_thread_id_received_at', 'forum_post', ['thread_id', 'received_at'], unique=False)
    op.create_table('forum_helped',
    sa.Column('post_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_forum_helped_person_id_identity_person')),
    sa.ForeignKeyConstraint(['post_id'], ['forum_post.id'], name=op.f('fk_forum_helped_post_id_forum_post')),
    sa.PrimaryKeyConstraint('post_id', 'person_id', name=op.f('pk_forum_helped'))
    )
    op.create_table('forum_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('settled_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_forum_report_person_id_identity_person')),
    sa.ForeignKeyConstraint(['post_id'], ['forum_post.id'], name=op.f('fk_forum_report_post_id_forum_post')),
    sa.ForeignKeyConstraint(['settled_by'], ['identity_person.id'], name=op.f('fk_forum_report_settled_by_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_report')),
    sa.UniqueConstraint('post_id', 'person_id', name=op.f('uq_forum_report_post_id_person_id'))
    )
    op.create_index('ix_forum_report_waiting', 'forum_report', ['at'], unique=False, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))


def downgrade() -> None:
    for table in ("report", "helped", "post", "thread", "shelf"):
        op.drop_table(f"forum_{table}")
