"""The yardstick: a session, one row by primary key, a page of 1 kB; and one row inserted and committed."""

import os

from flask import Flask, render_template_string, session
from sqlalchemy import String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

PAGE = (
    "<!doctype html><title>{{ row.text }}</title><p>"
    + "Satu langkah, satu kartu, satu kalimat. " * 24
    + "{{ row.id }}</p>"
)


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "reference_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))


app = Flask(__name__)
app.secret_key = "reference"
engine = create_engine(os.environ["REFERENCE_DATABASE_URL"])
if engine.dialect.name == "sqlite":

    @event.listens_for(engine, "connect")
    def prepare(connection, _record):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("w") else "BEGIN")


Base.metadata.create_all(engine)


@app.get("/")
def page():
    session["seen"] = 1
    with Session(engine) as db:
        row = db.get(Row, 1) or Row(id=0, text="-")
        return render_template_string(PAGE, row=row)


@app.post("/row")
def insert():
    with Session(engine.execution_options(w=True)) as db, db.begin():
        db.add(Row(text="satu baris"))
    return "", 204
