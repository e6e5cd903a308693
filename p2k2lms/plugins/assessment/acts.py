"""What the audit calls what is done with tests and their questions."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "assessment.close_attempt": lazy("Tes ditutup"),
    "assessment.decide_timing": lazy("Jawaban lewat waktu diputuskan"),
    "assessment.draw_forms": lazy("Lembar soal diundi"),
    "assessment.finish_attempt": lazy("Tes dikumpulkan"),
    "assessment.keep_file": lazy("Berkas soal diunggah"),
    "assessment.keep_late": lazy("Jawaban lewat waktu disimpan"),
    "assessment.load_demo": lazy("Contoh tes dimuat"),
    "assessment.make_form": lazy("Lembar soal dibuat"),
    "assessment.open_pings": lazy("Cek ingatan dibuka"),
    "assessment.open_post_test": lazy("Post-test dibuka"),
    "assessment.rescore": lazy("Nilai dihitung ulang"),
    "assessment.set_extra_time": lazy("Tambahan waktu diberikan"),
    "assessment.skip_pre": lazy("Pre-test dilewati"),
    "assessment.start_attempt": lazy("Tes dimulai"),
}
