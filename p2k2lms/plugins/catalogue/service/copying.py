"""A course becomes the beginning of another: a draft of its own, with ids of its own."""

import re

from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import copied, paths, queries
from p2k2lms.plugins.catalogue.service.drafting import changing, write_new

AN_ID = re.compile(r"""\bid["']?\s*:\s*["']?([a-z0-9-]+)""")
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_CODE = 60
LONGEST_TITLE = 200


def copy_course(actor: Actor, course: str, code: str, title: str) -> str:
    """A copy under another code, as a draft; returns the code. Invalid for a code that is none or is taken.

    Cards, pictures, scenes, rubric and items come along with new permanent ids, so that nothing of the copy is ever
    taken for the original: no tick, no meeting, no figure of an item. What was put away stays behind.
    """
    code, title = code.strip(), " ".join(title.split())
    with changing("catalogue.copy_course", actor, course, f"course:{code[:LONGEST_CODE]}") as uow:
        texts = queries.texts(course)
        if paths.manifest(course) not in texts:
            raise NotFound(f"course {course}")
        if faults := _faults(code, title):
            raise Invalid(faults[0].message, faults[0].field, faults)
        made = copied.course(course, texts, code, title, modul_ids())
        write_new(uow, code, made, queries.last_revision() + 1)
    return code


def _faults(code: str, title: str) -> list[Fault]:
    faults = []
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        faults.append(Fault("code", _("Pakai huruf kecil, angka, dan tanda hubung, misalnya diklat-kalteng.")))
    elif queries.is_known_course(code):
        faults.append(Fault("code", _("Kode ini sudah dipakai kursus lain.")))
    if not 3 <= len(title) <= LONGEST_TITLE:
        faults.append(Fault("title", _("Isi %(min)s sampai %(max)s huruf.", min=3, max=LONGEST_TITLE)))
    return faults


def modul_ids() -> set[str]:
    """The ids in the manifest of every course, archived ones too: an id is given once, whatever the course.

    Only the ids are looked for, so a course that cannot be read stands in nobody's way, and keeps what it names.
    """
    return {name for text in queries.manifests() for name in AN_ID.findall(text)}
