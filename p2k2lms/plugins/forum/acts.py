"""What the audit calls what is done where peers ask."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "forum.confirm_answer": lazy("Jawaban ditegaskan"),
    "forum.cover_post": lazy("Tulisan ditutup"),
    "forum.keep_post": lazy("Tulisan yang dilaporkan dibiarkan"),
    "forum.load_demo": lazy("Contoh tanya rekan dimuat"),
    "forum.report_post": lazy("Tulisan dilaporkan"),
    "forum.say_helpful": lazy("Tanda membantu diberi atau ditarik"),
    "forum.unconfirm_answer": lazy("Penegasan jawaban dicabut"),
    "forum.write_post": lazy("Pertanyaan atau jawaban ditulis"),
}
