"""Free text is asked about before it leaves: numbers of persons, violence, names of families."""

import pytest

from p2k2lms.core import free_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hujan deras", []),
        ("6203 0101 0101 0001", ["angka_16"]),
        ("Resi 62030101010100011", []),
        ("mulai pukul 9.15", []),
        ("KDRT di rumah Bu A", ["kata_kekerasan"]),
        ("mulai pukul 9, anak dipukul", ["kata_kekerasan"]),
    ],
)
def test_what_a_text_should_not_carry(text, found):
    assert free_text.flags(text) == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Bu Sari tidak mau bicara", True),
        ("anak Pak Budi putus sekolah", True),
        ("keluarga Aminah belum datang", True),
        ("Ibu-ibu senang, ibu yang diam ikut bicara", False),
        ("Sudah izin Pak Camat dan Bu Bidan", False),
        ("Bapak/Ibu, bagaimana membuka sesi ini?", False),
        ("Keluarga di desa ini banyak", False),
    ],
)
def test_a_name_of_somebody_is_asked_about_but_never_kept_against_anyone(text, named):
    assert (free_text.NAME in free_text.doubts(text)) is named
    assert free_text.NAME not in free_text.flags(text)


def test_a_long_number_is_hidden_and_all_else_stays():
    assert free_text.without_numbers("NIK 6203 0101 0101 0001, RT 3") == "NIK [nomor ditutup], RT 3"
