"""What identity says in words: a row as a sentence for paper, how long a class of records is kept, what is held."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from p2k2lms.core import acts
from p2k2lms.core.i18n import _, counted, lazy, long_date, moment
from p2k2lms.core.retention import RecordClass
from p2k2lms.plugins.identity.service.held import MOST_COUNTED

WORDS: dict[str, Any] = {
    "name": lazy("nama"),
    "name_on_certificate": lazy("nama pada sertifikat"),
    "phone": lazy("nomor HP"),
    "email": lazy("e-mail"),
    "pkh_id": lazy("nomor SDM PKH"),
    "birth_place": lazy("tempat lahir"),
    "birth_date": lazy("tanggal lahir"),
    "sex": lazy("jenis kelamin"),
    "education": lazy("pendidikan"),
    "nik_enc": lazy("NIK"),
    "nip": lazy("NIP"),
    "rank": lazy("pangkat"),
    "started_on": lazy("mulai bertugas"),
    "role": lazy("peran"),
    "valid_from": lazy("mulai"),
    "valid_to": lazy("sampai"),
    "course": lazy("kursus"),
    "sesi": lazy("sesi"),
    "step": lazy("langkah"),
    "on_day": lazy("hari"),
    "month": lazy("bulan"),
    "status": lazy("keadaan"),
    "state": lazy("keadaan"),
    "number": lazy("nomor"),
    "issued_on": lazy("diterbitkan"),
    "course_title": lazy("pelatihan"),
    "points": lazy("nilai"),
    "max_points": lazy("nilai tertinggi"),
    "purpose": lazy("jenis tes"),
    "started_at": lazy("mulai"),
    "finished_at": lazy("selesai"),
    "minutes": lazy("menit"),
    "mode": lazy("cara"),
    "topic": lazy("pokok"),
    "note": lazy("catatan"),
    "place": lazy("tempat"),
    "reason": lazy("alasan"),
    "decision": lazy("keputusan"),
    "decided_on": lazy("diputuskan"),
    "received_at": lazy("diterima"),
    "created_at": lazy("dibuat"),
    "made_at": lazy("dibuat"),
    "read_at": lazy("dibaca"),
    "last_seen": lazy("terakhir dipakai"),
    "expires_at": lazy("berlaku sampai"),
    "used_at": lazy("dipakai"),
    "asked_at": lazy("diminta"),
    "ended_at": lazy("selesai"),
    "device_label": lazy("perangkat"),
    "kind": lazy("jenis"),
    "use_case": lazy("perbuatan"),
    "subject": lazy("mengenai"),
    "at": lazy("waktu"),
    "agreed": lazy("setuju"),
    "text": lazy("isi"),
}
VALUES: dict[str, Any] = {
    "active": lazy("aktif"),
    "closed": lazy("ditutup"),
    "activation": lazy("mengaktifkan akun"),
    "reset": lazy("mengganti kata sandi"),
    "open": lazy("menunggu"),
    "approved": lazy("disetujui"),
    "refused": lazy("ditolak"),
    "accepted": lazy("diterima"),
    "rejected": lazy("ditolak"),
    "held": lazy("ditahan"),
}
LONGEST_WORD = 160
DAY, INSTANT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+\d\d:\d\d")


def row_in_words(row: Mapping[str, Any]) -> str:
    """What the row says under names that people know; the file for machines has the rest."""
    said = [(WORDS[name], _in_words(value)) for name, value in row.items() if name in WORDS and value not in (None, "")]
    return "; ".join(f"{name}: {value}" for name, value in said) or "-"


def _in_words(value: Any) -> str:
    """One value as people read it: days and times in words, yes and no, our own marks by their meaning."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    text = str(value)
    if INSTANT.fullmatch(text):
        return moment(datetime.fromisoformat(text))
    if DAY.fullmatch(text):
        return long_date(date.fromisoformat(text))
    return str(VALUES.get(text) or acts.in_words(text))[:LONGEST_WORD]


def held_words(number: int) -> str:
    """How much is held and waits for an admin; "" for nothing."""
    if number >= MOST_COUNTED:
        return _("%(n)s kiriman atau lebih ditahan, menunggu putusan Anda.", n=MOST_COUNTED)
    return counted("%(n)s kiriman ditahan, menunggu putusan Anda.", number) if number else ""


def time_in_words(one: RecordClass) -> str:
    """How long a class of records is kept, and why."""
    if not one.days:
        return str(one.why)
    span = counted("%(n)s hari", one.days)
    return ". ".join((span, str(one.why)))
