"""What reading a file found: the questions that are carried, and all that is not, each with its place."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.question import Question

MOST = 10_000
LOST: Mapping[str, Callable[[], str]] = {
    "picture": lambda: _("Gambar tidak terbawa; kata penggantinya ditulis di tempatnya."),
    "medium": lambda: _("Suara atau video tidak terbawa."),
    "layout": lambda: _("Tabel atau rumus menjadi teks biasa."),
    "share": lambda: _("Nilai sebagian untuk pilihan yang tidak tepat tidak terbawa."),
    "otherwise": lambda: _("Alasan untuk semua jawaban lain tidak terbawa."),
    "file": lambda: _("Berkas yang ditautkan tidak terbawa."),
}


class NotCarried(Exception):
    """This question has no form here; the message says why."""


@dataclass(frozen=True)
class Remark:
    """Something that was not carried: where it stands in the file, and what it is."""

    place: str
    message: str


@dataclass(frozen=True)
class Found:
    """What a file holds."""

    format: str
    questions: tuple[tuple[str, Question], ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind are carried."""
        return dict(sorted(Counter(question.kind for _place, question in self.questions).items()))


class Basket:
    """Gathers what a reader finds, in its order."""

    def __init__(self, format: str) -> None:
        self._format = format
        self._questions: list[tuple[str, Question]] = []
        self._remarks: list[Remark] = []

    def add(self, place: str, read: Callable[[], Question]) -> None:
        """Keep a question, unless reading it says that it has no form here, or it lacks what its kind needs."""
        try:
            if len(self._questions) >= MOST:
                raise NotCarried(_("Paling banyak %(n)s soal dalam satu berkas.", n=MOST))
            question = read()
            if said := need(question):
                raise NotCarried(said)
        except NotCarried as refusal:
            self.leave(place, str(refusal))
        else:
            self._questions.append((place, question))

    def leave(self, place: str, message: str) -> None:
        """Something stays behind. Invalid for a file of which so much would stay that nobody reads the list."""
        if len(self._remarks) >= MOST:
            raise Invalid(_("Lebih dari %(n)s hal tidak terbawa. Periksa apakah ini berkas soal.", n=MOST), "file")
        self._remarks.append(Remark(place, message))

    def lose(self, place: str) -> Callable[[str], None]:
        """For readers of rich text: hears what is lost at this place, and says each thing once."""
        seen: set[str] = set()

        def hear(what: str) -> None:
            if what not in seen:
                seen.add(what)
                self.leave(place, LOST[what]())

        return hear

    def found(self) -> Found:
        """Everything so far."""
        return Found(self._format, tuple(self._questions), tuple(self._remarks))


def need(question: Question) -> str:
    """What a question needs before anybody could answer it; "" if nothing."""
    if not question.stem:
        return _("Soal tanpa teks.")
    return _NEEDS[question.kind](question)


def _choice(question: Question) -> str:
    right = sum(option.right for option in question.options)
    if len(question.options) < 2 or not all(option.text for option in question.options):
        return _("Pilihan kurang dari dua, atau ada yang kosong.")
    if len({option.text for option in question.options}) < len(question.options):
        return _("Ada dua pilihan yang sama.")
    return "" if right else _("Tidak ada pilihan yang benar.")


def _matching(question: Question) -> str:
    paired = [pair for pair in question.pairs if pair.left]
    if len(paired) < 2 or not all(pair.right for pair in question.pairs):
        return _("Pasangan kurang dari dua, atau ada yang kosong.")
    return "" if len({pair.left for pair in paired}) == len(paired) else _("Ada dua sisi kiri yang sama.")


def _ordering(question: Question) -> str:
    several = len(question.order) > 1 and all(question.order) and len(set(question.order)) == len(question.order)
    return "" if several else _("Urutan perlu dua hal atau lebih, semua berbeda.")


def _short(question: Question) -> str:
    return "" if any(v.text and v.share > 0 for v in question.variants) else _("Tidak ada jawaban yang diterima.")


def _numeric(question: Question) -> str:
    return "" if any(amount.share > 0 for amount in question.amounts) else _("Tidak ada angka yang diterima.")


_NEEDS: Mapping[str, Callable[[Question], str]] = {
    q.SINGLE: _choice,
    q.MULTIPLE: _choice,
    q.TRUE_FALSE: _choice,
    q.MATCHING: _matching,
    q.ORDERING: _ordering,
    q.SHORT: _short,
    q.NUMERIC: _numeric,
}
