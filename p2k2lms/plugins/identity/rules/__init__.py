"""Pure decisions: how a word typed at sign-in is read, how long one waits, what a code or password may be."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from p2k2lms.core.access import Actor
from p2k2lms.core.address import is_here
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.identity.rules.known import is_common
from p2k2lms.plugins.identity.values import DEMO_PASSWORD

CODES = {
    "nasional": re.compile(r"ID"),
    "regional": re.compile(r"R[1-9]\d?"),
    "provinsi": re.compile(r"\d\d"),
    "kabupaten": re.compile(r"\d\d\.\d\d"),
    "kecamatan": re.compile(r"\d\d\.\d\d\.\d\d"),
    "desa": re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}"),
}
PKH_ID = re.compile(r"[a-z0-9][a-z0-9._/-]{2,39}")
EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
LENGTHS = {"name": 120, "name_on_certificate": 120, "birth_place": 80, "education": 40, "nip": 30, "rank": 60}
LONGEST_REFUSAL = 200
SHORTEST_PASSWORD = 8
FREE_TRIES = {"account": 5, "address": 50}
FIRST_WAIT = {"account": timedelta(seconds=30), "address": timedelta(seconds=5)}
LONGEST_WAIT = {"account": timedelta(minutes=15), "address": timedelta(minutes=5)}
REMEMBERED = timedelta(hours=1)
SHARED_IDLE = timedelta(minutes=30)


def plain(text: str) -> str:
    """Typed text as one line of ordinary signs: compatibility forms folded, spaces single, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text)
    visible = "".join(" " if c.isspace() else c for c in folded if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())


def refusal(text: str) -> str:
    """Why something is refused, as its person reads it; Invalid (`reason`) when nothing is said, or too much."""
    said = plain(text)
    if not said:
        raise Invalid(_("Isi alasannya."), "reason")
    if len(said) > LONGEST_REFUSAL:
        raise Invalid(_("Alasan paling panjang %(n)s huruf.", n=LONGEST_REFUSAL), "reason")
    return said


def phone(text: str) -> str | None:
    """An Indonesian mobile number as +628..., however it was typed; None if it is none."""
    digits = re.sub(r"[\s.()/-]", "", plain(text))
    found = re.fullmatch(r"(?:(?:\+|00)?62)?0?(8[0-9]{8,12})", digits)
    return f"+62{found.group(1)}" if found else None


def email(text: str) -> str | None:
    """An address in small letters; None if it cannot be one."""
    address = plain(text).lower()
    return address if len(address) <= 254 and EMAIL.fullmatch(address) else None


def pkh_id(text: str) -> str | None:
    """A PKH id in small letters; None if it cannot be one, or would be read as a phone number."""
    word = plain(text).lower().replace(" ", "")
    return word if PKH_ID.fullmatch(word) and phone(word) is None else None


def level_of(code: str) -> str | None:
    """The level that the form of a Kemendagri code says; None for a code of no known form."""
    return next((level for level, form in CODES.items() if form.fullmatch(code)), None)


def parent_code_of(code: str) -> str | None:
    """The code above, where the code itself says it; a province lies in a regional that it does not name."""
    level = level_of(code)
    if level == "regional":
        return "ID"
    return code.rpartition(".")[0] or None if level in {"kabupaten", "kecamatan", "desa"} else None


def is_within(path: str, tops: Iterable[str]) -> bool:
    """True if the unit lies in one of these units or is one of them; paths end with a slash."""
    return any(path.startswith(top) for top in tops)


def in_own_units(actor: Actor, unit_path: str) -> bool:
    """The scope `unit`: a posting today in this unit or above it."""
    return is_within(unit_path, (posting.unit_path for posting in actor.postings))


def kabupaten_path(path: str) -> str:
    """The path of the kabupaten that a unit lies in; the unit itself above that level."""
    return "/".join(path.split("/")[:5]) + "/" if path.count("/") > 5 else path


def wait(kind: str, tries: Sequence[datetime], now: datetime) -> timedelta:
    """How long the next try must wait, after these failed ones within the last hour; zero when it may go on."""
    extra = len(tries) - FREE_TRIES[kind]
    if extra < 0:
        return timedelta(0)
    doubled: int = 2 ** min(extra, 20)
    delay = min(FIRST_WAIT[kind] * doubled, LONGEST_WAIT[kind])
    return max(max(tries) + delay - now, timedelta(0))


BROWSERS = {"Edg": "Edge", "SamsungBrowser": "Samsung", "OPR": "Opera", "UCBrowser": "UC Browser", "Firefox": "Firefox"}
BROWSERS |= {"Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def device_label(user_agent: str) -> str:
    """What a browser calls itself, in a word or two that its owner knows."""
    browser = next((name for sign, name in BROWSERS.items() if f"{sign}/" in user_agent), _("Peramban"))
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return f"{browser}, {system}" if system else browser


def is_idle(seen: int, now: int) -> bool:
    """True if a shared device was left alone too long since `seen`, both in seconds; a time to come counts as that."""
    return not 0 <= now - seen < SHARED_IDLE.total_seconds()


def onward(wanted: str | None) -> str:
    """Where to go after signing in: the wanted page of this site, else home; never another site."""
    if not wanted or not is_here(wanted) or wanted.startswith(("/masuk", "/keluar")):
        return "/"
    return wanted


def password_fault(password: str, own_words: Iterable[str | None], demo: bool) -> str:
    """Why a new password is refused: "short", "long", "known", "own", or "" when it may be used."""
    if len(password) < SHORTEST_PASSWORD:
        return "short"
    if len(password) > 200:
        return "long"
    bare = password.casefold()
    demonstrated = not demo and bare == DEMO_PASSWORD
    if demonstrated or len(set(bare)) < 4 or bare in KNOWN or is_common(bare) or _is_of_the_trade(bare):
        return "known"
    return "own" if any(word and bare == word.casefold() for word in own_words) else ""


def _is_of_the_trade(bare: str) -> bool:
    """True for words that everybody here uses, with nothing but a year or a row of digits or signs to them."""
    left = bare
    for word in CONTEXT:
        left = left.replace(word, "")
    return left != bare and not any(sign.isalpha() for sign in left) and len(left) <= MOST_ADDED


CONTEXT = (
    *("pendamping", "kementerian", "kemensos", "indonesia", "supervisor", "koordinator", "widyaiswara", "panitia"),
    *("dinsos", "sosial", "keluarga", "harapan", "program", "diklat", "langkah", "sertifikat", "bbppks", "admin"),
    *(
        "kalimantan",
        "banjarmasin",
        "katasandi",
        "rahasia",
        "password",
        "sandi",
        "p2k2lms",
        "p2k2",
        "fds",
        "pkh",
        "sttpp",
    ),
)
MOST_ADDED = 6
KNOWN = frozenset(
    (
        "12345678", "123456789", "1234567890", "87654321", "password", "password1", "passw0rd", "qwerty123",
        "qwertyuiop", "abcd1234", "abc12345", "11223344", "12341234", "indonesia", "indonesia1", "bismillah",
        "bismillah1", "sayangku", "rahasia1", "katasandi", "kemensos", "kemensos1", "pendamping", "pendamping1",
        "pkh12345", "p2k2p2k2", "p2k2lms1", "admin123", "administrator", "iloveyou",
    )
)  # fmt: skip
