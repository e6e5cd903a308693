"""What is odd but true about a submission is said in words on /kiriman, whatever kind it is of."""

import uuid

from flask import g

from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import kinds
from p2k2lms.core.unit_of_work import unit_of_work
from tests.conftest import an_actor

FIELD = {"bukan_pemegang", "serah_terima"}
TEXT = {"angka_16", "kata_kekerasan"}
MEETING = {
    *("hadir_lebih", "hitungan_lain", "nomor_tak_terdaftar", "terlambat", "sesi_terlewat", "mungkin_ganda"),
    *("sebelum_kelompok", "kelompok_berakhir", "tanggal_besok"),
}
FLAGS = {
    "assessment.answer": {"jawaban_lebih_lama", "waktu_tidak_terverifikasi"},
    "assessment.finish": {"sudah_dikumpulkan"},
    "coaching.contact": {"tanggal_besok", "ukuran_kelompok", "tanpa_tanggal"},
    "coaching.observation": {"tanpa_nilai_diri", "terlambat", "tanggal_besok"},
    "coaching.reflection": set(),
    "coaching.signoff": set(),
    "delivery.step": {"urutan", "versi_lain"},
    "enrolment.attendance": {"setelah_ditutup", "tahap_daring_belum"},
    "evaluation.reply": {"angka_tidak_lazim"},
    "fieldwork.cancel": TEXT,
    "fieldwork.correction": MEETING | FIELD | TEXT,
    "fieldwork.meeting": MEETING | FIELD | TEXT,
    "fieldwork.no_meeting": {"ada_pertemuan"} | TEXT,
    "fieldwork.photo": set(),
    "fieldwork.roster": {"kurang_dari_nol", "sebelum_kelompok"} | FIELD,
    "fieldwork.spot_check": {"nomor_lain", "mungkin_ganda"} | FIELD,
    "fieldwork.verification": set(),
    "forum.post": TEXT,
}


def test_every_kind_has_words_for_each_of_its_flags_in_both_languages(app):
    assert kinds().keys() == FLAGS.keys()
    for language in ("id", "en"):
        with app.test_request_context():
            g.language = language
            said = {name: {flag: str(kinds()[name].words.get(flag, "")) for flag in FLAGS[name]} for name in FLAGS}
            assert [(n, f) for n, words in said.items() for f, text in words.items() if not text] == []


def test_the_page_says_what_is_odd(app, sign_in):
    about = {
        "v": 1,
        "person_id": 1,
        "sender_id": 1,
        "device": "",
        "seq": 1,
        "raw": "",
        "hash": "",
        "status": "accepted",
    }
    with unit_of_work("test.send") as uow:
        for name, flags in FLAGS.items():
            uow.add(Submission(id=uuid.uuid4(), kind=name, flags=sorted(flags), **about))
    page = sign_in(an_actor()).get("/kiriman").text
    told = {str(kinds()[name].words[flag]) for name, flags in FLAGS.items() for flag in flags}
    assert len(told) > 20
    assert [text for text in told if text not in page] == []
