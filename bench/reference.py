"""The yardstick: a session, one row by primary key, a page of 1 kB; and one row inserted and committed."""

import os

from flask import Flask, render_template, session
from jinja2 import DictLoader
from sqlalchemy import String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

PAGE = "<!doctype html><title>{{ row.text }}</title><p>" + "Satu langkah, satu kartu. " * 37 + "{{ row.id }}</p>"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")
Base = type("Base", (DeclarativeBase,), {})
app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE})
app.secret_key = os.environ.get("REFERENCE_KEY", "reference")
engine = create_engine(os.environ["REFERENCE_DATABASE_URL"])


class Row(Base):
    __tablename__ = "reference_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))


if engine.dialect.name == "sqlite":
    event.listen(engine, "connect", lambda c, _: (setattr(c, "isolation_level", None), [c.execute(f"PRAGMA {p}") for p in PRAGMAS]))
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE" if c.get_execution_options().get("w") else "BEGIN"))
Base.metadata.create_all(engine)


@app.get("/")
def page():
    session["seen"] = 1
    with Session(engine) as db:
        return render_template("page.html", row=db.get(Row, 1) or Row(id=0, text="-"))


@app.post("/row")
def insert():
    with Session(engine.execution_options(w=True)) as db, db.begin():
        db.add(Row(text="satu baris"))
    return "", 204
