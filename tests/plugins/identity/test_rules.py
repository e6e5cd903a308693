"""How words are read, how long one waits, where one may go: no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.access import Actor, Posting, allowed, permission
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.rules import known

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "081349772216",
        "0813 4977 2216",
        "0813-4977-2216",
        "(0813) 4977.2216",
        "+62 813 4977 2216",
        "+6281349772216",
        "6281349772216",
        "006281349772216",
        "+62 0813 4977 2216",
        "81349772216",
        " 0813\u00a04977\u200b2216 ",
        "０８１３４９７７２２１６",
    ],
)
def test_one_phone_number_is_one_number_however_it_is_typed(typed):
    assert rules.phone(typed) == "+6281349772216"


@pytest.mark.parametrize(
    "typed", ["", "0511 4772216", "+60123456789", "0813", "08134977221699999", "0813x4977y2216", "٠٨١٣"]
)
def test_what_is_no_indonesian_mobile_number_is_none(typed):
    assert rules.phone(typed) is None


@given(st.from_regex(r"8[0-9]{8,12}", fullmatch=True), st.sampled_from(["0", "+62", "62", "0062", "+62 0", ""]))
def test_every_way_of_writing_a_number_gives_the_same_and_reading_again_changes_nothing(number, front):
    assert rules.phone(front + number) in {f"+62{number}", None if front == "" else f"+62{number}"}
    assert rules.phone(f"+62{number}") == f"+62{number}"


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_words_and_none_is_both_phone_and_pkh_id(text):
    assert not (rules.phone(text) and rules.pkh_id(text))
    assert not (rules.email(text) and (rules.phone(text) or rules.pkh_id(text)))
    assert rules.plain(rules.plain(text)) == rules.plain(text)


CODES = st.lists(st.sampled_from(["ID", "R4", "62", "6", "62.03", "62.0"]), min_size=1, max_size=5)


@given(CODES, CODES)
def test_a_unit_lies_in_another_exactly_when_its_codes_begin_with_those(one, other):
    path, top = (f"/{'/'.join(codes)}/" for codes in (one, other))
    assert rules.is_within(path, [top]) == (one[: len(other)] == other)
    assert rules.is_within(path, []) is False


def test_an_admin_of_one_kabupaten_is_no_admin_where_only_pendamping():
    change = permission("test.change", ("admin", rules.in_own_units))
    actor = Actor(1, "A", (Posting("admin", 1, "/ID/R4/62/62.03/"), Posting("pendamping", 2, "/ID/R4/63/63.03/")))
    assert allowed(actor, change, "/ID/R4/62/62.03/62.03.01/")
    assert not allowed(actor, change, "/ID/R4/63/63.03/")


@pytest.mark.parametrize(("tries", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (10, 900), (500, 900)])
def test_the_wait_grows_with_the_tries_and_stays_short_of_a_lock(tries, seconds):
    assert rules.wait("account", [NOON] * tries, NOON) == timedelta(seconds=seconds)


def test_the_wait_passes():
    assert rules.wait("account", [NOON] * 5, NOON + timedelta(seconds=31)) == timedelta(0)


def test_an_address_may_try_fifty_times_before_it_waits():
    assert rules.wait("address", [NOON] * 49, NOON) == timedelta(0)
    assert rules.wait("address", [NOON] * 50, NOON) == timedelta(seconds=5)


@pytest.mark.parametrize(
    ("password", "demo", "fault"),
    [
        ("perahu ulin 7", False, ""),
        ("pendek", False, "short"),
        ("x" * 201, False, "long"),
        ("aaaaaaaaaa", False, "known"),
        ("password", False, "known"),
        ("trustno1", False, "known"),
        ("Samantha", False, "known"),
        ("q1w2e3r4t5", False, "known"),
        ("samantha jukung", False, ""),
        ("demo-p2k2", False, "known"),
        ("DEMO-P2K2", False, "known"),
        ("demo-p2k2", True, ""),
        ("siti aminah", False, "own"),
        ("Pendamping2026", False, "known"),
        ("kemensos!23", False, "known"),
        ("pkh-p2k2-fds", False, "known"),
        ("pendamping jukung", False, ""),
        ("sandi 1945 jukung", False, ""),
    ],
)
def test_which_passwords_may_be_used(password, demo, fault):
    assert rules.password_fault(password, ["Siti Aminah", None], demo) == fault


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/belajar", "/belajar"),
        ("/angkatan/3/nilai?a=b", "/angkatan/3/nilai?a=b"),
        (None, "/"),
        ("", "/"),
        ("https://jahat.example", "/"),
        ("//jahat.example", "/"),
        ("/\\jahat.example", "/"),
        ("/\t/jahat", "/"),
        ("javascript:alert(1)", "/"),
        ("belajar", "/"),
        ("/masuk?next=/masuk", "/"),
        ("/keluar", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
    ],
)
def test_after_sign_in_one_stays_on_this_site(wanted, goes):
    assert rules.onward(wanted) == goes


def test_a_device_has_a_name_that_its_owner_knows():
    phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
    assert rules.device_label(phone) == "Chrome, Android"
    assert rules.device_label("") == "Peramban"


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("ID", "nasional", None),
        ("R4", "regional", "ID"),
        ("62", "provinsi", None),
        ("62.03", "kabupaten", "62"),
        ("62.03.01", "kecamatan", "62.03"),
        ("62.03.01.2001", "desa", "62.03.01"),
        ("6203", None, None),
        ("62.3", None, None),
    ],
)
def test_a_code_says_its_level_and_what_lies_above(code, level, parent):
    assert rules.level_of(code) == level
    assert rules.parent_code_of(code) == parent


def test_three_thousand_common_passwords_are_known_by_their_hashes_alone():
    assert len(known.COMMON) == 3_000
    assert all(len(one) == known.DIGITS and int(one, 16) >= 0 for one in known.COMMON)
