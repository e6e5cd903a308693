"""A month that was frozen: one ZIP with cube, plan, figures and codebook, which anybody can compute again."""

import csv
import hashlib
import io
import json
import math
import zipfile
from collections.abc import Mapping
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.outcomes.rules import analysis, cube
from p2k2lms.plugins.outcomes.rules import plan as plans
from p2k2lms.plugins.outcomes.rules.plan import Plan

CUBE, PLAN, FIGURES, CODEBOOK = "kubus.csv", "rencana.json", "angka.json", "keterangan.csv"
PARTS = (CUBE, PLAN, FIGURES, CODEBOOK)
SEAL = 64
"""The file ends with the hash of all that stands before it: it is the comment of the archive."""
THEN = (1980, 1, 1, 0, 0, 0)
NEAR = 1e-9
MEANS = {
    "kabupaten": "kode kabupaten tempat orang mulai dihitung",
    "cohort": "bulan pertama sesudah dilatih (12 x tahun + bulan); 0: belum",
    "stratum": "undi: dipanggil lewat undian; sesudah garis miring: sepertiga mana di bulan pertama",
    "month": "bulan (12 x tahun + bulan)",
    "first": "orang yang mulai dihitung bulan ini",
    "there": "orang yang ada sejak bulan pertama",
    "stayed": "dari mereka, yang masih ada di bulan terakhir",
    "n_met": "orang yang punya kelompok wajib bertemu",
    "sum_met": "jumlah persen kelompok yang bertemu",
    "sq_met": "jumlah kuadratnya",
    "n_came": "orang yang punya pertemuan",
    "sum_came": "jumlah persen keluarga yang hadir",
    "sq_came": "jumlah kuadratnya",
    "n_load": "orang yang bertugas di akhir bulan",
    "sum_load": "jumlah keluarga dampingan",
    "sq_load": "jumlah kuadratnya",
    "n_left": "orang yang punya keluarga dampingan",
    "sum_left": "jumlah graduasi mandiri per 1.000 keluarga setahun",
    "sq_left": "jumlah kuadratnya",
    "n_seen": "lembar amatan pada kunjungan acak; tanpa kunjungan tidak diketahui, bukan nol",
    "sum_seen": "jumlah persen nilai amatan",
    "sq_seen": "jumlah kuadratnya",
    "n_does": "orang yang keluarga dampingannya diwawancarai orang lain, di bulan gelombang dibuka",
    "sum_does": "jumlah persen keluarga yang menjalankan isi materi",
    "sq_does": "jumlah kuadratnya",
    "drawn": "laporan kelompok yang diundi untuk diperiksa",
    "checked": "dari mereka, yang terjangkau",
    "said": "dari yang diperiksa, dilaporkan bertemu",
    "truly": "dari yang diperiksa, nyatanya bertemu",
}


WHOSE = (
    "(berkas)",
    "untuk evaluator wilayah rencana ini, bukan untuk umum: satu sel bisa berisi satu orang, walau tanpa nama; "
    "yang boleh dibaca siapa pun ada di halaman rilis, dibulatkan dan tanpa sel",
)
"""A cell of one person is kept, as errors by kabupaten and the check by anybody need each cell; so the file says
itself whose it is. It holds what its reader may count anyway, without a name, and is never what is published."""


def pack(body: Mapping[str, Any], text: str, result: Mapping[str, Any]) -> bytes:
    """The file of a frozen plan, its cube as spelled and what it came to; the same things make the same bytes."""
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows([("kolom", "arti"), WHOSE, *MEANS.items()])
    parts = {CUBE: text, PLAN: _json(body), FIGURES: _json(result), CODEBOOK: told.getvalue()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in PARTS:
            archive.writestr(zipfile.ZipInfo(name, THEN), parts[name], zipfile.ZIP_DEFLATED)
        archive.comment = b"0" * SEAL
    whole = made.getvalue()[:-SEAL]
    return whole + seal_of(whole)


def seal_of(whole: bytes) -> bytes:
    """The hash with which a file ends."""
    return hashlib.sha256(whole).hexdigest().encode()


def faults_of(content: bytes) -> list[str]:
    """What does not agree when it is computed again from its cube; nothing when all does; ValueError for no file."""
    sealed = content[-SEAL:] == seal_of(content[:-SEAL])
    if not sealed:
        return ["seal"]
    try:
        parts = _parts(content)
        body, told = json.loads(parts[PLAN]), json.loads(parts[FIGURES])
        again = analysis.result(Plan.of(body), cube.read(parts[CUBE]))
    except (KeyError, zipfile.BadZipFile, UnicodeDecodeError, TypeError, AttributeError) as problem:
        raise ValueError(_("Berkas ini bukan rilis.")) from problem
    return differences(told, json.loads(_json(again)))


def figures_of(content: bytes) -> dict[str, Any]:
    """The figures in a file, as they were frozen."""
    told: dict[str, Any] = json.loads(_parts(content)[FIGURES])
    return told


def plan_sha(content: bytes) -> str:
    """The hash of the plan in a file."""
    return plans.sha_of(json.loads(_parts(content)[PLAN]))


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in PARTS}


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)


def differences(told: Any, again: Any, path: str = "") -> list[str]:
    """The places where two results differ by more than rounding."""
    if isinstance(told, dict) and isinstance(again, dict):
        keys = sorted(told.keys() | again.keys())
        return [line for k in keys for line in differences(told.get(k), again.get(k), f"{path}.{k}".strip("."))]
    if isinstance(told, list) and isinstance(again, list) and len(told) == len(again):
        return [x for n, (a, b) in enumerate(zip(told, again, strict=True)) for x in differences(a, b, f"{path}.{n}")]
    if isinstance(told, int | float) and isinstance(again, int | float):
        return [] if math.isclose(told, again, rel_tol=NEAR, abs_tol=NEAR) else [path]
    return [] if told == again else [path]
