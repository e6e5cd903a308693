"""What fieldwork holds of people; of families it holds nothing but numbers."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.fieldwork.models import (
    Custody,
    GroupContact,
    GroupMonth,
    HandOver,
    LeaderMonth,
    Meeting,
    MeetingRemark,
    MonthlyReport,
    NoMeeting,
    ObstaclePeer,
    Plan,
    Review,
    RosterChange,
    SpotCheck,
    Verification,
)

MINE = ("person_id",)
REPORTED = lazy("Laporan pertemuan P2K2 dan pertanggungjawabannya")
CHECKED = lazy("Memeriksa laporan dan membantu perbaikannya")

PERSONAL = (
    Holding(Custody, lazy("Kelompok yang dipegang"), REPORTED, names=("pendamping_id",)),
    Holding(
        Meeting,
        lazy("Laporan pertemuan"),
        REPORTED,
        names=("leader_id",),
        erase={"note": "", "place": "", "cancel_reason": ""},
    ),
    Holding(NoMeeting, lazy("Pertemuan yang tidak terlaksana"), REPORTED, names=MINE, erase={"note": ""}),
    Holding(RosterChange, lazy("Perubahan anggota yang dicatat"), REPORTED, names=MINE),
    Holding(Plan, lazy("Rencana pertemuan"), REPORTED, names=MINE),
    Holding(SpotCheck, lazy("Cek lima keluarga"), REPORTED, names=MINE),
    Holding(LeaderMonth, lazy("Ringkasan bulan"), REPORTED, names=MINE),
    Holding(MonthlyReport, lazy("Laporan bulanan"), REPORTED, names=("pendamping_id",)),
    Holding(
        Review,
        lazy("Tinjauan laporan"),
        CHECKED,
        names=("pendamping_id",),
        erase={"remark": ""},
    ),
    Holding(
        MeetingRemark,
        lazy("Jawaban atas catatan supervisor"),
        CHECKED,
        names=("replied_by",),
        erase={"reply": ""},
    ),
    Holding(Verification, lazy("Tugas memeriksa kelompok"), CHECKED, names=("checker_id",)),
    Holding(
        ObstaclePeer,
        lazy("Kesediaan ditanya rekan tentang hambatan"),
        lazy("Rekan sekabupaten boleh bertanya; atas persetujuan Anda"),
        names=MINE,
        goes=True,
    ),
    Mention(GroupContact, ("person_id",)),
    Mention(GroupMonth, ("responsible_id",)),
    Mention(HandOver, ("old_id", "new_id", "by_id")),
    Mention(MeetingRemark, ("reviewer_id",)),
    Mention(Review, ("reviewer_id",)),
    Mention(MonthlyReport, ("ack_korkab_by", "ack_dinsos_by")),
)
