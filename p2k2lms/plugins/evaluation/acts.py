"""What the audit calls what is done with questionnaires and their waves."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "evaluation.accept_reply": lazy("Jawaban angket diterima"),
    "evaluation.add_question": lazy("Pertanyaan angket ditambahkan"),
    "evaluation.ask_waiting": lazy("Yang menunggu giliran ditanya"),
    "evaluation.change_question": lazy("Pertanyaan angket diubah"),
    "evaluation.close_wave": lazy("Gelombang angket ditutup"),
    "evaluation.discard_draft": lazy("Naskah angket dibuang"),
    "evaluation.draft_instrument": lazy("Naskah angket dibuat"),
    "evaluation.draw_phones": lazy("Responden yang ditelepon diundi"),
    "evaluation.excuse_respondent": lazy("Responden dibebaskan"),
    "evaluation.import_alumni": lazy("Alumni dimasukkan dari berkas"),
    "evaluation.import_answers": lazy("Jawaban angket dimasukkan"),
    "evaluation.keep_sheets": lazy("Jawaban angket ditulis sekaligus"),
    "evaluation.load_demo": lazy("Contoh angket dimuat"),
    "evaluation.make_wave": lazy("Gelombang angket dibuat"),
    "evaluation.open_wave": lazy("Gelombang angket dibuka sendiri"),
    "evaluation.publish_instrument": lazy("Angket diterbitkan"),
    "evaluation.release_leaver": lazy("Responden yang tidak bertugas lagi dilepas"),
    "evaluation.release_respondent": lazy("Responden yang menolak angket dilepas"),
    "evaluation.remind_silent": lazy("Responden diingatkan"),
    "evaluation.remove_question": lazy("Pertanyaan angket dihapus"),
    "evaluation.ship_instrument": lazy("Angket bawaan dipasang"),
    "evaluation.top_up_wave": lazy("Orang baru masuk gelombang angket"),
    "evaluation.try_instrument": lazy("Angket dibekukan untuk uji coba"),
}
