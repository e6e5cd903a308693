"""Codes, numbers and dates of a certificate, as a clerk would check them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.certificates.rules import (
    birth_in_words,
    code_of,
    grouped,
    held_in_words,
    number,
    rank_in_words,
    read_code,
    span_in_words,
)
from p2k2lms.plugins.certificates.service import wrong_pattern

DAY = date(2026, 11, 13)


@given(st.integers(0, 2**80 - 1))
def test_a_code_is_read_back_as_it_was_printed(bits):
    code = code_of(bits)
    assert len(code) == 16
    assert read_code(grouped(code)) == code
    assert read_code(f"  {grouped(code).lower()} ") == code


def test_different_numbers_have_different_codes():
    assert len({code_of(n << 60 | n) for n in range(2000)}) == 2000


def test_look_alike_letters_are_forgiven():
    assert read_code("o1iL-0000-0000-0000") == "0111000000000000"


@pytest.mark.parametrize("text", ["", "4H7Q", "4H7Q-2MKD-9V0T-XA3U", "0417/BBPPKS-BJM/P2K2/XI/2026", "ü" * 16])
def test_what_is_no_code_is_not_taken_for_one(text):
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{seq}/{unit}/{course}/{month-roman}/{year}", "0417/BBPPKS-BJM/P2K2/XI/2026"),
        ("No. {seq}-{month}-{year}", "No. 0417-11-2026"),
        ("{unit}/{year}", "0417/BBPPKS-BJM/2026"),
        ("", "0417/"),
        ("{seq}/{tahun}", "0417/{tahun}"),
        ("x" * 130 + "/{seq}", "0417/" + "x" * 115),
    ],
)
def test_the_number_follows_the_template_and_never_lacks_its_sequence(template, expected):
    assert number(template, 417, "BBPPKS-BJM", "P2K2", DAY) == expected


def test_a_sequence_above_ten_thousand_keeps_all_its_digits():
    assert number("{seq}", 12345, "", "", DAY) == "12345"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 13), DAY, "13 November 2026"),
        (date(2026, 11, 2), DAY, "2 sampai 13 November 2026"),
        (date(2026, 10, 26), DAY, "26 Oktober sampai 13 November 2026"),
        (date(2025, 12, 29), DAY, "29 Desember 2025 sampai 13 November 2026"),
    ],
)
def test_two_days_are_said_without_repeating_month_or_year(first, last, expected):
    assert span_in_words(first, last) == expected


def test_who_is_no_civil_servant_has_no_nip_and_the_line_says_so():
    assert rank_in_words("", "") == "tidak berlaku (bukan ASN)"
    assert rank_in_words("19700101 199503 1 001", "Penata, III/c") == "19700101 199503 1 001, Penata, III/c"


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        ("Kuala Kapuas", date(1994, 3, 14), "Kuala Kapuas, 14 Maret 1994"),
        ("Kuala Kapuas", None, "Kuala Kapuas"),
        ("", None, "tidak tercatat"),
    ],
)
def test_birth_is_said_as_far_as_it_is_known(place, day, expected):
    assert birth_in_words(place, day) == expected


def test_a_daring_class_has_no_place():
    first = date(2026, 11, 2)
    assert held_in_words("daring", first, DAY, "Banjarbaru") == "secara daring pada 2 sampai 13 November 2026"
    assert held_in_words("luring", first, DAY, "Banjarbaru").endswith("2026 di Banjarbaru")


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ("{seq}/{unit}/{course}/{month-roman}/{year}", ""),
        ("STTPP-{year}-{month}-{seq}", ""),
        ("{seq}/{tahun}", "{tahun}"),
        ("{seq}/{", "tidak dikenal"),
        ("{unit}/{year}", "{seq}"),
        ("{seq}/" + "x" * 120, "huruf"),
        ("{seq}" + "{unit}" * 4, "huruf"),
    ],
)
def test_a_pattern_of_numbers_is_judged_when_it_is_chosen(app, template, wrong):
    said = wrong_pattern(template)
    assert wrong in said
    assert bool(said) == bool(wrong)
