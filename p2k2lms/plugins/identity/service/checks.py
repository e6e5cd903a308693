"""What is wrong with what an officer wrote, field by field, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import Fault, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import Unit
from p2k2lms.plugins.identity.permissions import CHANGE_POSTING
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.queries import units as read_units
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS, ROLES, PersonData, PostingData

EARLIEST_BIRTH = date(1900, 1, 1)
PKH_BEGAN = date(2007, 1, 1)
Clean = Mapping[str, object]


def person(data: PersonData, new: bool) -> tuple[Clean, list[Fault]]:
    """The data as they are kept, and what is wrong with them."""
    texts = {name: rules.plain(value) for name, value in asdict(data).items() if isinstance(value, str)}
    words, faults = _words(texts)
    if new and words["pkh_id"] in DEMO_ACCOUNTS:
        faults.append(Fault("pkh_id", _("Nomor ini dipakai untuk contoh. Pilih yang lain.")))
    days = {"birth_date": data.birth_date, "started_on": data.started_on}
    return {**texts, **words, **days}, [*_text_faults(texts), *faults, *_day_faults(days)]


def _text_faults(texts: Mapping[str, str]) -> list[Fault]:
    faults = [
        Fault(name, _("Paling panjang %(count)s huruf.", count=length))
        for name, length in rules.LENGTHS.items()
        if len(texts[name]) > length
    ]
    if len(texts["name"]) < 2:
        faults.append(Fault("name", _("Isi nama lengkap.")))
    if texts["sex"] not in {"", "L", "P"}:
        faults.append(Fault("sex", _("Pilih laki-laki atau perempuan.")))
    return faults


READ_AS = {"phone": rules.phone, "email": rules.email, "pkh_id": rules.pkh_id}


def words(data: PersonData) -> dict[str, str | None]:
    """The three words by which one can sign in, as they are kept; None for what is not there or is none."""
    return {name: reading(getattr(data, name)) for name, reading in READ_AS.items()}


def _words(texts: Mapping[str, str]) -> tuple[dict[str, str | None], list[Fault]]:
    """The same, and what is wrong with them; at least one is needed."""
    says = {
        "phone": _("Ini bukan nomor HP Indonesia. Contoh: 0813 4977 2216."),
        "email": _("Alamat e-mail ini tidak lengkap. Contoh: nama@contoh.id."),
        "pkh_id": _("Nomor SDM PKH: 3 sampai 40 huruf atau angka, bukan nomor HP."),
    }
    found = {name: reading(texts[name]) if texts[name] else None for name, reading in READ_AS.items()}
    faults = [Fault(name, says[name]) for name in found if texts[name] and found[name] is None]
    if not any(texts[name] for name in found):
        faults.append(Fault("phone", _("Isi nomor HP, e-mail, atau nomor SDM PKH, agar bisa masuk.")))
    return found, faults


def _day_faults(days: Mapping[str, date | None]) -> list[Fault]:
    today = clock.today()
    return [
        Fault(name, _("Tanggal ini tidak mungkin."))
        for name, day in days.items()
        if day is not None and not EARLIEST_BIRTH <= day <= today
    ]


def taken(clean: Clean, person_id: int | None) -> list[Fault]:
    """Which phone, e-mail or PKH id somebody else has."""
    says = {
        "phone": _("Nomor HP ini sudah dipakai orang lain."),
        "email": _("E-mail ini sudah dipakai orang lain."),
        "pkh_id": _("Nomor SDM PKH ini sudah dipakai orang lain."),
    }
    phone, email, pkh_id = (str(clean[name]) if clean[name] else None for name in ("phone", "email", "pkh_id"))
    return [Fault(name, says[name]) for name in read.taken(phone, email, pkh_id, person_id)]


def posting(actor: Actor, data: PostingData) -> tuple[Unit | None, list[Fault]]:
    """The unit of a posting to make, and what is wrong with it."""
    faults = []
    unit = read_units.unit_by_code(rules.plain(data.unit_code).upper())
    if unit is None or not allowed(actor, CHANGE_POSTING, unit.path):
        unit = None
        faults.append(Fault("unit_code", _("Kode ini tidak ada di wilayah Anda. Contoh: 62.03.")))
    if data.role not in ROLES:
        faults.append(Fault("role", _("Pilih satu peran.")))
    if not may_begin(data.valid_from):
        faults.append(Fault("valid_from", begin_says()))
    return unit, faults


def may_begin(day: date) -> bool:
    """True if a posting may begin on this day."""
    return PKH_BEGAN <= day <= date(clock.today().year + 1, 12, 31)


def begin_says() -> str:
    """What is said about a first day that cannot be."""
    return _("Isi tanggal antara 2007 dan akhir tahun depan.")


def refuse(faults: Sequence[Fault]) -> None:
    """Raise Invalid with all faults, if there are any."""
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)
