"""What identity holds of people, and how long it keeps what by itself."""

from datetime import date

from sqlalchemy import delete, func, select

from p2k2lms.core import notices
from p2k2lms.core.db import db
from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.core.retention import RecordClass, done, start_of
from p2k2lms.plugins.identity.models import (
    Breach,
    Consent,
    Correction,
    EntryCode,
    ErasureRequest,
    LoginSession,
    PeopleSheet,
    Person,
    Posting,
    RecoveryCode,
    SecondFactor,
    Supervision,
)

KNOWN = lazy("Tahu siapa Anda, apa tugas Anda, dan bagaimana menghubungi Anda")
EMPTY = ("birth_place", "education", "nip", "rank")
NOTHING = ("phone", "email", "pkh_id", "password_hash", "nik_enc", "nik_blind", "birth_date")


def _out_of_bells(person_id: int) -> None:
    """Lines that hang in the bells of others and say the name."""
    row = db.session.get(Person, person_id)
    if row is None:
        return
    shared = db.session.scalar(select(func.count()).where(Person.name == row.name)) or 0
    if shared == 1:  # of two people of one name nobody can tell whom a line means
        notices.forget_name(row.name)


def nameless(person_id: int) -> str:
    """What stands where the name stood: the number alone, so that two of them are not taken for one."""
    return f"Tanpa nama {person_id}"


PERSONAL = (
    Holding(
        Person,
        lazy("Data diri"),
        KNOWN,
        names=("id",),
        erase={
            **dict.fromkeys(EMPTY, ""),
            **dict.fromkeys(NOTHING),
            "name": nameless,
            "name_on_certificate": nameless,
            "status": "closed",
        },
        hidden=("password_hash", "nik_blind"),
        also=_out_of_bells,
    ),
    Holding(Posting, lazy("Penugasan"), KNOWN, names=("person_id",), erase={"end_reason": ""}),
    Holding(Supervision, lazy("Pembimbing dan binaan"), KNOWN, names=("pendamping_id", "supervisor_id")),
    Holding(
        LoginSession,
        lazy("Perangkat yang masuk"),
        lazy("Mengeluarkan perangkat yang hilang"),
        names=("person_id",),
        goes=True,
        hidden=("token_hash", "device_key"),
    ),
    Holding(
        EntryCode,
        lazy("Kode masuk"),
        lazy("Mengaktifkan akun dan mengganti kata sandi"),
        names=("person_id",),
        goes=True,
        hidden=("code_hash",),
    ),
    Holding(
        Correction,
        lazy("Permintaan perbaikan data"),
        lazy("Bukti permintaan dan jawabannya"),
        names=("person_id",),
        goes=True,
    ),
    Holding(
        SecondFactor,
        lazy("Kode kedua"),
        lazy("Masuk dengan kode dari HP"),
        names=("person_id",),
        goes=True,
        hidden=("secret", "last_counter"),
    ),
    Holding(
        RecoveryCode,
        lazy("Kode cadangan"),
        lazy("Masuk bila HP hilang"),
        names=("person_id",),
        goes=True,
        hidden=("code_hash",),
    ),
    Holding(Consent, lazy("Persetujuan"), lazy("Bukti apa yang Anda setujui dan kapan"), names=("person_id",)),
    Holding(
        ErasureRequest,
        lazy("Permintaan penghapusan"),
        lazy("Bukti permintaan dan jawabannya"),
        names=("person_id",),
    ),
    Mention(PeopleSheet, ("officer_id",)),
    Mention(EntryCode, ("made_by",)),
    Mention(Correction, ("decided_by",)),
    Mention(ErasureRequest, ("decided_by",)),
    Mention(Breach, ("made_by",)),
)


def _sessions(day: date) -> int:
    return done(delete(LoginSession).where(LoginSession.expires_at < start_of(day)))


RETENTION = (
    RecordClass(
        "identity.login_session",
        lazy("Perangkat yang masuk"),
        lazy("90 hari setelah masa masuknya habis"),
        days=90,
        sweep=_sessions,
    ),
    RecordClass(
        "identity.person",
        lazy("Data diri, tugas, belajar, dan laporan"),
        lazy("Selama bertugas dan 10 tahun sesudahnya (jadwal retensi arsip); lebih cepat atas permintaan Anda"),
    ),
    RecordClass(
        "identity.consent",
        lazy("Persetujuan"),
        lazy("Selama akun ada; bukti persetujuan tidak dihapus sendiri"),
    ),
)
