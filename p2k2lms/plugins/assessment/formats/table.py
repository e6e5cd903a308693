"""The template for spreadsheets: one question a row, its options in numbered columns; both ways."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.basket import Basket, Found, NotCarried
from p2k2lms.plugins.assessment.formats.question import Question, tags_of

NAME = "Tabel"
MOST_OPTIONS = 8
ARROW, ABOUT = "=>", "±"
HEADS = ("jenis", "soal", "kunci", *(f"pilihan {n}" for n in range(1, MOST_OPTIONS + 1)), "toleransi", "penjelasan")
REASONS = tuple(f"alasan {n}" for n in range(1, MOST_OPTIONS + 1))
MORE = ("huruf persis", "nilai", "nama", "id", "tujuan", "formulir", "baca ulang", "situasi")
COLUMNS = HEADS + REASONS + MORE
TAGGED = {"id": "id", "tujuan": "objective", "formulir": "form", "baca ulang": "reread", "situasi": "situation"}
KIND_WORDS = {
    "pilihan ganda": q.SINGLE,
    "pilihan jamak": q.MULTIPLE,
    "benar salah": q.TRUE_FALSE,
    "urutan": q.ORDERING,
    "pasangan": q.MATCHING,
    "isian": q.SHORT,
    "angka": q.NUMERIC,
}
WORDS = {kind: word for word, kind in KIND_WORDS.items()}
YES = ("ya", "y", "1", "true", "x")
_LETTERED = re.compile(r"(?:pilihan|opsi|option) ?([a-h1-8])")
_SHARE = re.compile(r"%(\d+(?:\.\d+)?)%\s*")
Row = Mapping[str, str]


EXAMPLES = (
    Question(
        q.SINGLE,
        "Siapa memimpin pertemuan?",
        (
            q.Option("Pendamping", True, "Itu tugasnya."),
            q.Option("Camat", False, "Bukan tugasnya."),
            q.Option("Bidan", False, "Ia tamu."),
        ),
    ),
    Question(
        q.MULTIPLE,
        "Pilih semua sumber protein.",
        (q.Option("Telur", True, "Ya."), q.Option("Tempe", True, "Ya."), q.Option("Gula", False, "Hanya tenaga.")),
    ),
    Question(
        q.TRUE_FALSE,
        "ASI saja cukup sampai enam bulan.",
        (q.Option(q.TRUE, True, "Ya."), q.Option(q.FALSE, False, "Cukup.")),
    ),
    Question(q.ORDERING, "Urutkan.", order=("Sapa", "Ulas", "Berlatih"), why="Hangat dulu."),
    Question(
        q.MATCHING,
        "Pasangkan.",
        pairs=(q.Pair("Senin", "hari"), q.Pair("Mei", "bulan"), q.Pair("2026", "tahun"), q.Pair("", "jam")),
        why="Menurut artinya.",
    ),
    Question(
        q.SHORT,
        "Ibu kota Kalimantan Selatan?",
        variants=(q.Variant("Banjarbaru"), q.Variant("Banjar Baru", 0.5)),
        why="Sejak 2022.",
    ),
    Question(q.NUMERIC, "Berapa gelas air sehari?", amounts=(q.Amount(8.0, 1.0),), why="Kira-kira delapan."),
)


def looks_like(rows: Sequence[Sequence[str]]) -> bool:
    """True if the first row names the columns of the template."""
    return bool(rows) and {"soal", "kunci"} <= set(map(_head, rows[0]))


def _head(cell: str) -> str:
    said = " ".join(cell.lower().replace("_", " ").split())
    if lettered := _LETTERED.fullmatch(said):
        place = lettered[1] if lettered[1].isdigit() else str("abcdefgh".index(lettered[1]) + 1)
        return f"pilihan {place}"
    return said


def read(rows: Sequence[Sequence[str]]) -> Found:
    """Every row below the first; faults by row, columns that mean nothing named once."""
    basket = Basket(NAME)
    heads = [_head(cell) for cell in rows[0]]
    for name in heads:
        if name and name not in COLUMNS:
            basket.leave(
                _("baris %(n)s", n=1), _("Kolom %(name)s tidak dikenal, isinya tidak terbawa.", name=name[:40])
            )
    for number, cells in enumerate(rows[1:], 2):
        row = {name: cell.strip() for name, cell in zip(heads, cells, strict=False) if name}
        if any(row.values()):
            basket.add(_("baris %(n)s", n=number), lambda r=row: _question(r))  # type: ignore[misc]
    return basket.found()


def _question(row: Row) -> Question:
    kind = _kind(row)
    points = plain.number(row.get("nilai") or "1")
    if points is None:
        raise NotCarried(_("Kolom nilai harus angka."))
    told = {tag: row.get(column, "") for column, tag in TAGGED.items()}
    return Question(
        kind=kind,
        stem=plain.tidy(row.get("soal", "")),
        why=plain.tidy(row.get("penjelasan", "")),
        points=points,
        name=row.get("nama", ""),
        tags=tags_of(told),
        **_READERS[kind](row),
    )


def _kind(row: Row) -> str:
    said = " ".join(row.get("jenis", "").lower().replace("/", " ").replace("-", " ").split())
    if not said:
        return q.MULTIPLE if re.search(r"[,; ]", row.get("kunci", "").strip()) else q.SINGLE
    kind = KIND_WORDS.get(said, said if said in q.KINDS else "")
    if not kind:
        raise NotCarried(
            _("Jenis %(kind)s tidak dikenal. Pakai: %(known)s.", kind=said[:30], known=", ".join(KIND_WORDS))
        )
    return kind


def _cells(row: Row) -> list[tuple[str, str]]:
    """The filled options with their reasons."""
    numbered = range(1, MOST_OPTIONS + 1)
    found = [(plain.tidy(row.get(f"pilihan {n}", "")), plain.tidy(row.get(f"alasan {n}", ""))) for n in numbered]
    return [one for one in found if one[0]]


def _choice(row: Row) -> dict[str, Any]:
    keys = [part for part in re.split(r"[,;\s]+", row.get("kunci", "").lower()) if part]
    cells = _cells(row)
    places = {
        "abcdefgh".index(one) if one in "abcdefgh" else int(one) - 1 for one in keys if re.fullmatch("[a-h1-8]", one)
    }
    if len(places) < len(set(keys)) or any(place >= len(cells) for place in places):
        raise NotCarried(_("Kunci %(key)s tidak ada di antara pilihan.", key=row.get("kunci", "")[:20]))
    return {"options": tuple(q.Option(text, n in places, why) for n, (text, why) in enumerate(cells))}


def _true_false(row: Row) -> dict[str, Any]:
    said = row.get("kunci", "").lower()
    if said not in ("benar", "salah", "b", "s", "true", "false"):
        raise NotCarried(_("Kunci harus Benar atau Salah."))
    true = said in ("benar", "b", "true")
    whys = [plain.tidy(row.get(f"alasan {n}", "")) for n in (1, 2)]
    return {"options": (q.Option(q.TRUE, true, whys[0]), q.Option(q.FALSE, not true, whys[1]))}


def _ordering(row: Row) -> dict[str, Any]:
    return {"order": tuple(text for text, _why in _cells(row))}


def _matching(row: Row) -> dict[str, Any]:
    pairs = []
    for text, why in _cells(row):
        left, arrow, right = text.partition(ARROW)
        if not arrow:
            raise NotCarried(_("Pasangan ditulis: kiri => kanan."))
        pairs.append(q.Pair(plain.tidy(left), plain.tidy(right), why))
    return {"pairs": tuple(pairs)}


def _shared(text: str) -> tuple[float, str]:
    found = _SHARE.match(text)
    return (min(float(found[1]) / 100, 1.0), text[found.end() :]) if found else (1.0, text)


def _short(row: Row) -> dict[str, Any]:
    cells = _cells(row) or [(row.get("kunci", ""), "")]
    variants = [(*_shared(text), why) for text, why in cells]
    exact = row.get("huruf persis", "").lower() in YES
    return {"variants": tuple(q.Variant(text, share, why) for share, text, why in variants), "exact_case": exact}


def _numeric(row: Row) -> dict[str, Any]:
    cells = _cells(row) or [(f"{row.get('kunci', '')} {ABOUT} {row.get('toleransi') or 0}", "")]
    amounts = []
    for text, why in cells:
        share, said = _shared(text)
        first, _sep, second = said.partition(ABOUT)
        value, wide = plain.number(first), plain.number(second or "0")
        if value is None or wide is None:
            raise NotCarried(_("Angka tidak terbaca: %(said)s", said=said[:40]))
        amounts.append(q.Amount(value, wide, share, why))
    return {"amounts": tuple(amounts)}


_READERS: Mapping[str, Callable[[Row], dict[str, Any]]] = {
    q.SINGLE: _choice,
    q.MULTIPLE: _choice,
    q.TRUE_FALSE: _true_false,
    q.ORDERING: _ordering,
    q.MATCHING: _matching,
    q.SHORT: _short,
    q.NUMERIC: _numeric,
}


def rows(questions: Iterable[Question]) -> Iterator[Sequence[Cell]]:
    """The sheet: its head, then a row for each question."""
    yield COLUMNS
    for question in questions:
        told = _row(question)
        yield [told.get(name, "") for name in COLUMNS]


def _row(question: Question) -> dict[str, str]:
    cells = _written(question)
    told = {f"pilihan {n}": text for n, (text, _why) in enumerate(cells, 1)}
    told |= {f"alasan {n}": why for n, (_text, why) in enumerate(cells, 1)}
    told |= {"jenis": WORDS[question.kind], "soal": question.stem, "penjelasan": question.why, "nama": question.name}
    told |= {"nilai": plain.shown(question.points), "huruf persis": "ya" if question.exact_case else ""}
    right = [n for n, option in enumerate(question.options) if option.right]
    if question.kind == q.TRUE_FALSE:
        told["kunci"] = question.options[right[0]].text
    elif question.options:
        told["kunci"] = ", ".join("ABCDEFGH"[n] for n in right)
    return told | {column: question.told.get(tag, "") for column, tag in TAGGED.items()}


def _written(question: Question) -> list[tuple[str, str]]:
    cells = [(option.text, option.why) for option in question.options]
    cells += [(text, "") for text in question.order]
    cells += [(f"{pair.left} {ARROW} {pair.right}".strip(), pair.why) for pair in question.pairs]
    cells += [(_share(v.share) + v.text, v.why) for v in question.variants]
    cells += [
        (f"{_share(a.share)}{plain.shown(a.value)} {ABOUT} {plain.shown(a.tolerance)}", a.why) for a in question.amounts
    ]
    return cells


def _share(share: float) -> str:
    return "" if share == 1 else f"%{plain.shown(round(share * 100, 5))}% "


def loses(question: Question) -> bool:
    """True if the question has more options than the sheet has columns."""
    return len(_written(question)) > MOST_OPTIONS
