"""What the forum adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.forum import panels, service
from p2k2lms.plugins.forum.acts import ACTS
from p2k2lms.plugins.forum.demo import load
from p2k2lms.plugins.forum.pack_routes import packs
from p2k2lms.plugins.forum.permissions import LIST_THREADS, PERMISSIONS
from p2k2lms.plugins.forum.personal import PERSONAL
from p2k2lms.plugins.forum.routes import pages

forum = Plugin(
    name="forum",
    title=lazy("Tanya rekan"),
    requires=("identity", "catalogue", "enrolment"),
    blueprints=(pages, packs),
    permissions=PERMISSIONS,
    menu=(MenuItem(lazy("Tanya rekan"), "forum.index", LIST_THREADS, icon="chat", order=37),),
    submissions=(service.POST,),
    panels={
        "step.after": panels.after_step,
        "obstacle.after": panels.beside_obstacle,
        "outline.bottom": panels.outline_bottom,
        "class.tabs": panels.class_tab,
        "class.own": panels.own_class,
        "offline.page": panels.offline_page,
    },
    notices={
        "forum.answered": lazy("{name} menjawab pertanyaan Anda."),
        "forum.confirmed": lazy("Jawaban Anda ditegaskan oleh {name}."),
        "forum.question_settled": lazy("Ada jawaban untuk pertanyaan Anda yang ditegaskan oleh {name}."),
        "forum.reported": lazy("Ada tulisan di Tanya rekan yang perlu diperiksa."),
        "forum.judged": lazy("Tulisan yang Anda laporkan sudah diperiksa. Terima kasih."),
        "forum.covered": lazy("Tulisan Anda di Tanya rekan ditutup setelah diperiksa."),
    },
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
)
