"""Days as an Indonesian letter writes them, whatever language its reader's pages have."""

from datetime import date

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def day_in_words(day: date) -> str:
    """2 Desember 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
