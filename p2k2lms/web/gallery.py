"""The component page /gaya: every part of the interface in one place, for those who build and judge it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import NumberRange

from p2k2lms.core.access import anything, permission
from p2k2lms.web.access import requires
from p2k2lms.web.forms import BaseForm

gallery = Blueprint("gallery", __name__)
READ = permission("core.read_gallery", ("admin", anything))


@gallery.get("/gaya")
@requires(READ)
def components() -> ResponseReturnValue:
    """Tokens, components and icons, light or dark as the page is."""
    return render_template("web/gallery.html", colours=COLOURS, sizes=SIZES, form=an_example())


class Example(BaseForm):
    """A form with one field of each look; nobody sends it."""

    nomor = StringField("Nomor HP atau nomor SDM PKH")
    hadir = IntegerField(
        "Jumlah hadir", [NumberRange(max=26, message="31 lebih besar dari anggota kelompok, 26. Periksa lagi.")]
    )
    sebab = RadioField(
        "Mengapa berbeda?",
        choices=[SelectChoice("waktu", "Waktu sempit"), SelectChoice("tempat", "Tempat kurang layak")],
    )


def an_example() -> Example:
    """The form as it comes back with a fault of one field and one of the whole."""
    form = Example(formdata=None, data={"nomor": "0813 4977 2216", "hadir": 31, "sebab": "waktu"}, meta={"csrf": False})
    form.validate()
    form.form_errors.append("Laporan bulan ini sudah ditandatangani.")
    return form


COLOURS = (
    ("ground", "purun, alas", "tinta 14,7 / 16,4"),
    ("sheet", "lembar", "tinta 16,8 / 14,3"),
    ("ink", "tinta", "teks"),
    ("ink-2", "tinta kedua", "9,4 / 9,8 di lembar"),
    ("river", "sungai: tekan, selesai", "10,3 / 9,5"),
    ("river-soft", "sungai muda", "tinta 13,5 / 10,8"),
    ("now", "kunyit: sekarang", "teksnya 10,0 / 10,0"),
    ("now-soft", "kunyit muda", "tinta 14,7 / 11,6"),
    ("wrong", "mengkudu: perbaiki", "9,1 / 8,9"),
    ("wrong-soft", "mengkudu muda", "tinta 13,9 / 13,5"),
    ("edge", "tepi isian", "4,5 / 5,4"),
    ("line", "garis hias", "tanpa makna"),
)
SIZES = (
    ("t6", "Anda naik 5 soal", 36),
    ("t5", "Amplop uang", 28),
    ("t4", "P2K2 Kelompok Melati", 22),
    ("t3", "Teks bacaan kartu langkah", 18),
    ("t2", "Teks umum dan isian", 16),
    ("t1", "Keterangan", 15),
    ("t0", "Label, tab, tanda", 13),
)
