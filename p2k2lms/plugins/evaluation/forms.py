"""The shapes of what an evaluator writes."""

import re
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from p2k2lms.core import sheets
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.catalogue.values import Question
from p2k2lms.plugins.evaluation.values import KIND_WORDS, WAVE_WORDS
from p2k2lms.web.forms import BaseForm

OPTION = re.compile(r"\s*([a-z0-9-]+)\s*(?:\(\s*(-?\d+)\s*\))?\s*=\s*(.+?)\s*")


def options_of(text: str) -> list[dict[str, Any]]:
    """Answers as typed, one on a line: `kode = Tulisan`, or `kode (4) = Tulisan` where they are a scale."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        read = OPTION.fullmatch(line)
        code, value, label = read.groups() if read else ("", None, line.strip())
        found.append({"code": code, "label": label, "value": float(value) if value else None})
    return found


def text_of(options: Any) -> str:
    """The same the other way round."""
    lines = (f"{o.code}{f' ({o.value:g})' if o.value is not None else ''} = {o.label}" for o in options)
    return "\n".join(lines)


class QuestionForm(BaseForm):
    """One question; which fields stand on the page depends on its kind."""

    ask = StringField(lazy("Pertanyaan"), [InputRequired(lazy("Tulis pertanyaannya.")), Length(max=400)])
    hint = StringField(lazy("Keterangan di bawahnya"), [Length(max=400)])
    period = StringField(lazy("Masa yang ditanyakan"), [Length(max=80)])
    choices = TextAreaField(lazy("Pilihan"), [Length(max=4000)])
    rows = TextAreaField(lazy("Baris"), [Length(max=4000)])
    least = IntegerField(lazy("Paling kecil"), [Optional()])
    most = IntegerField(lazy("Paling besar"), [Optional()])
    least_label = StringField(lazy("Tulisan di ujung bawah"), [Length(max=400)])
    most_label = StringField(lazy("Tulisan di ujung atas"), [Length(max=400)])
    optional = BooleanField(lazy("Boleh dilewati"))
    unknown = BooleanField(lazy("Ada jawaban tidak tahu"))

    @classmethod
    def of(cls, question: Question) -> "QuestionForm":
        """The form filled with a question as it stands."""
        plain = {name: getattr(question, name, None) for name in cls.names()}
        lists = {name: text_of(getattr(question, name, ())) for name in ("choices", "rows")}
        return cls(data={**plain, **lists})

    @staticmethod
    def names() -> tuple[str, ...]:
        """The fields that every kind may have."""
        return ("ask", "hint", "period", "least", "most", "least_label", "most_label", "optional", "unknown")

    def said(self, has: Any) -> dict[str, Any]:
        """What was typed, for the fields that this kind has."""
        plain = {name: self._fields[name].data for name in self.names() if name in has}
        lists = {name: options_of(self._fields[name].data or "") for name in ("choices", "rows") if name in has}
        return {
            name: "" if value is None and name in {"hint", "period"} else value for name, value in plain.items()
        } | lists


class NewQuestionForm(QuestionForm):
    """A question to add: its kind and code never change."""

    kind = SelectField(lazy("Jenis"), choices=[SelectChoice(key, label) for key, label in KIND_WORDS.items()])
    code = StringField(lazy("Kode"), [InputRequired(lazy("Beri kode, misalnya M1.")), Length(max=6)])


class PublishForm(BaseForm):
    """The last word before a version is used."""

    note = StringField(
        lazy("Apa yang berubah dan mengapa?"), [InputRequired(lazy("Tulis satu kalimat.")), Length(max=300)]
    )
    typo = BooleanField(lazy("Perubahan kata hanya membetulkan salah ketik"))
    warned = BooleanField(lazy("Peringatan uji coba sudah saya baca"))


class WaveForm(BaseForm):
    """A wave: what is asked, of whom, and when."""

    version = SelectField(lazy("Instrumen"), coerce=int)
    unit = SelectField(lazy("Wilayah"), coerce=int)
    code = SelectField(lazy("Gelombang"), choices=[SelectChoice(key, label) for key, label in WAVE_WORDS.items()])
    title = StringField(lazy("Nama gelombang"), [InputRequired(lazy("Beri nama.")), Length(max=120)])
    anchor = DateField(lazy("Kelas yang selesai sejak"), [InputRequired(lazy("Isi tanggal."))])
    until = DateField(lazy("sampai"), [InputRequired(lazy("Isi tanggal."))])
    opens = DateField(lazy("Dibuka"), [InputRequired(lazy("Isi tanggal."))])
    closes = DateField(lazy("Ditutup"), [InputRequired(lazy("Isi tanggal."))])
    untrained = BooleanField(lazy("Tanyai juga pendamping yang belum dilatih, sama banyak"))
    numbers = TextAreaField(lazy("Uji coba: nomor SDM PKH atau nomor HP orang yang mencoba"), [Length(max=4000)])


class ExcuseForm(BaseForm):
    """Why somebody need not answer."""

    reason = StringField(lazy("Alasan"), [InputRequired(lazy("Tulis alasannya.")), Length(max=120)])


class SheetForm(BaseForm):
    """A sheet to look through, and to keep once it is good."""

    file = FileField(lazy("Berkas XLSX atau CSV"))
    keep = BooleanField(lazy("Simpan baris yang baik"))

    def rows(self) -> list[list[str]]:
        """The rows of the file; raises Invalid for what is no table."""
        if not self.file.data:
            raise Invalid(str(lazy("Pilih berkasnya dahulu.")), "file")
        return sheets.read(self.file.data.read())


class OldAnswersForm(SheetForm):
    """The answers to a form of before, and what it was."""

    version = SelectField(lazy("Instrumen"), coerce=int)
    unit = SelectField(lazy("Wilayah"), coerce=int)
    title = StringField(lazy("Nama gelombang"), [InputRequired(lazy("Beri nama.")), Length(max=120)])
    opens = DateField(lazy("Hari pertama"), [InputRequired(lazy("Isi tanggal."))])
    closes = DateField(lazy("Hari terakhir"), [InputRequired(lazy("Isi tanggal."))])
