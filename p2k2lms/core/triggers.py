"""Triggers that a migration adds, in the words of each engine: append-only tables and spans without overlap."""

from collections.abc import Sequence


def append_only(table: str, dialect: str) -> list[str]:
    """Statements that make the database itself refuse to change or remove a row of `table`."""
    if dialect == "sqlite":
        say = f"SELECT RAISE(ABORT, '{table} is append-only')"
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {say}; END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    ]


def no_truncate(table: str) -> list[str]:
    """Statements for PostgreSQL that make an `append_only` table refuse to be emptied at one stroke too."""
    return [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    ]


def no_overlap(table: str, key: Sequence[str], dialect: str) -> list[str]:
    """Statements that refuse two rows of one `key` whose half-open spans share a day.

    The span is `valid_from <= day < valid_to`, NULL open. On PostgreSQL rows of one key are written
    one after the other, by an advisory lock, so that two transactions cannot both pass the check.
    """
    same = " AND ".join(f"o.{column} = NEW.{column}" for column in key)
    shares = (
        f"o.id <> NEW.id AND {same} "
        "AND (NEW.valid_to IS NULL OR o.valid_from < NEW.valid_to) "
        "AND (o.valid_to IS NULL OR NEW.valid_from < o.valid_to)"
    )
    name = f"{table}_no_overlap"
    if dialect == "sqlite":
        body = f"SELECT RAISE(ABORT, '{name}') WHERE EXISTS (SELECT 1 FROM {table} o WHERE {shares})"
        return [
            f"CREATE TRIGGER {name}_{verb.lower()} AFTER {verb} ON {table} BEGIN {body}; END"
            for verb in ("INSERT", "UPDATE")
        ]
    told = " || '/' || ".join(f"NEW.{column}::text" for column in key)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM pg_advisory_xact_lock(hashtext('{name}'), hashtext({told})); "
        f"IF EXISTS (SELECT 1 FROM {table} o WHERE {shares}) THEN "
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'exclusion_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
