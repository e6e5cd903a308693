"""Prints what the newest migration still lacks against the models: `python tools/draft_migration.py [table_prefix]`."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from alembic.autogenerate import produce_migrations, render_python_code  # noqa: E402
from alembic.runtime.migration import MigrationContext  # noqa: E402

from config import for_tests  # noqa: E402
from p2k2lms.core import schema  # noqa: E402
from p2k2lms.core.db import db  # noqa: E402
from p2k2lms.factory import create_app  # noqa: E402


def main(prefix: str) -> None:
    """Upgrade an empty database, compare it with the metadata, print the difference as Python."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(for_tests(Path(folder), f"sqlite:///{folder}/draft.db"))
        with app.app_context():
            schema.upgrade()
            options = {
                "compare_type": True,
                "target_metadata": db.metadata,
                "include_name": lambda name, kind, _: kind != "table" or (name or "").startswith(prefix),
                "include_object": lambda _, name, kind, *__: kind != "table" or (name or "").startswith(prefix),
            }
            with db.engine.connect() as connection:
                context = MigrationContext.configure(connection, opts=options)
                operations = produce_migrations(context, db.metadata).upgrade_ops
                code = render_python_code(operations, migration_context=context)
            db.engine.dispose()
    print(code.replace("p2k2lms.core.db.UtcDateTime(timezone=True)", "UtcDateTime()"))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
