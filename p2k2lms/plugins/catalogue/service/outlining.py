"""The modul and sesi of a course as its authors arrange them: added, renamed, copied, archived, moved, put in order."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.catalogue import card_source, paths, queries, sesi_source
from p2k2lms.plugins.catalogue.manifest_source import Entry, Manifest
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.service.cards import published_texts, titled, whole
from p2k2lms.plugins.catalogue.service.copying import modul_ids
from p2k2lms.plugins.catalogue.service.drafting import changing, write

GROUPS = ("dasar", "inti", "penunjang")


@dataclass
class _Desk:
    """The drafts of a course while its outline changes."""

    uow: UnitOfWork
    course: str
    kept: dict[str, Document]
    manifest: Manifest
    revision: int

    def put(self, path: str, text: str) -> None:
        write(self.uow, self.kept.get(path), Document(path=path, course=self.course), text, self.revision)

    def folder(self, sesi: str) -> str:
        return f"{paths.folder(self.course)}{sesi}/"

    def ever(self) -> set[str]:
        """Every id of a modul or sesi that a draft or a version ever had."""
        form = re.compile(r'"(?:modul_id|sesi_id)":"([a-z0-9-]+)"')
        old = {name for text in published_texts(self.course) for name in form.findall(text)}
        return old | self.manifest.ids()


@contextmanager
def _desk(actor: Actor, course: str, use_case: str, subject: str) -> Iterator[_Desk]:
    """Open the outline, and write the manifest at the end; Invalid, and nothing written, if it can then not be read."""
    with changing(use_case, actor, course, subject) as uow:
        kept = {one.path: one for one in queries.documents(course)}
        path = paths.manifest(course)
        if path not in kept:
            raise NotFound(f"course {course}")
        desk = _Desk(uow, course, kept, Manifest(kept[path].text), queries.last_revision() + 1)
        yield desk
        draft, faults = read_course(course, {path: desk.manifest.text})
        if draft is None:
            raise Invalid(_("Susunan ini belum bisa dipakai."), faults=[Fault(f.key, f.message) for f in faults])
        desk.put(path, desk.manifest.text)


def add_modul(actor: Actor, course: str, title: str) -> str:
    """A new modul at the end; returns its permanent id."""
    with _desk(actor, course, "catalogue.add_modul", f"course:{course}") as desk:
        name = _free_modul(desk.ever() | modul_ids())
        desk.manifest.modul.append({"id": name, "title": titled(title), "group": "inti", "jp": 0, "sesi": []})
        return name


def _free_modul(taken: Iterable[str]) -> str:
    numbers = [int(found[1]) for name in taken if (found := re.fullmatch(r"m(\d{1,4})", name))]
    return f"m{max(numbers, default=0) + 1}"


def add_sesi(actor: Actor, course: str, modul: str, title: str) -> str:
    """A new sesi at the end of a modul, not yet written; returns its permanent id."""
    with _desk(actor, course, "catalogue.add_sesi", f"modul:{modul}") as desk:
        name = _free_sesi(modul, desk.ever())
        desk.manifest.entry(modul)["sesi"].append({"id": name, "title": titled(title)})
        desk.put(desk.folder(name) + paths.SESI, sesi_source.blank(name, titled(title)))
        return name


def _free_sesi(modul: str, taken: Iterable[str]) -> str:
    form = re.compile(rf"{re.escape(modul)}-s(\d\d)")
    number = max((int(found[1]) for name in taken if (found := form.fullmatch(name))), default=0) + 1
    if number > 99:
        raise Conflict(_("Modul ini sudah penuh."))
    return f"{modul}-s{number:02}"


def rename_modul(actor: Actor, course: str, modul: str, fields: Mapping[str, str]) -> None:
    """Give a modul another title, other JP, another group."""
    with _desk(actor, course, "catalogue.rename_modul", f"modul:{modul}") as desk:
        group = fields.get("group", "")
        if group not in GROUPS:
            raise Invalid(_("Pilih kelompoknya."), "group")
        about = {"title": titled(fields.get("title", "")), "jp": whole(fields.get("jp", ""), "jp", 0, 400)}
        desk.manifest.entry(modul).update(about | {"group": group})


def rename_sesi(actor: Actor, course: str, sesi: str, title: str) -> None:
    """Give a sesi another title, in the outline and in its own head."""
    with _desk(actor, course, "catalogue.rename_sesi", f"sesi:{sesi}") as desk:
        desk.manifest.entry(sesi)["title"] = titled(title)
        if head := desk.kept.get(desk.folder(sesi) + paths.SESI):
            data, body = card_source.split(head.text)
            desk.put(head.path, card_source.joined(data | {"title": titled(title)}, body))


def archive_part(actor: Actor, course: str, name: str, back: bool = False) -> None:
    """Take a modul or a sesi out of use, or back into it; what it holds stays with its ids."""
    with _desk(actor, course, "catalogue.archive_part", f"part:{name}") as desk:
        entry = desk.manifest.entry(name)
        entry.pop("archived", None)
        if not back:
            entry["archived"] = True


def move_part(actor: Actor, course: str, name: str, up: bool) -> None:
    """Let a modul or a sesi change places with its neighbour."""
    with _desk(actor, course, "catalogue.move_part", f"part:{name}") as desk:
        desk.manifest.move(name, up)


def order_parts(actor: Actor, course: str, names: list[str]) -> None:
    """Put the modul of a course, or the sesi of one modul, in this order."""
    with _desk(actor, course, "catalogue.move_part", f"part:{names[0]}") as desk:
        desk.manifest.order(names)


def duplicate_sesi(actor: Actor, course: str, sesi: str) -> str:
    """A copy of a sesi right below it, not yet for learners; its items stay behind, for one item has one home."""
    with _desk(actor, course, "catalogue.duplicate_sesi", f"sesi:{sesi}") as desk:
        row, place = desk.manifest.find(sesi)
        modul = str(desk.manifest.modul_of(sesi)["id"])
        made = _free_sesi(modul, desk.ever())
        row.insert(place + 1, _copied(desk, row[place], made))
        return made


def duplicate_modul(actor: Actor, course: str, modul: str) -> str:
    """A copy of a modul with copies of its sesi right below it."""
    with _desk(actor, course, "catalogue.duplicate_modul", f"modul:{modul}") as desk:
        row, place = desk.manifest.find(modul)
        if row is not desk.manifest.modul:
            raise NotFound(f"modul {modul}")
        made = _free_modul(desk.ever() | modul_ids())
        plans = [plan for plan in row[place]["sesi"] if not plan.get("archived")]
        sesi = [_copied(desk, plan, f"{made}-s{number:02}") for number, plan in enumerate(plans, 1)]
        title = _("%(title)s (salinan)", title=row[place].get("title", ""))
        row.insert(place + 1, {**row[place], "id": made, "title": titled(title), "sesi": sesi})
        return made


def _copied(desk: _Desk, plan: Entry, name: str) -> dict[str, Any]:
    """Copy the documents of a sesi under another id; returns its line of the outline."""
    old, folder = str(plan["id"]), desk.folder(str(plan["id"]))
    form = re.compile(rf"\b{re.escape(old)}\b")
    title = ""
    for path, document in list(desk.kept.items()):
        if path.startswith(folder) and not paths.is_sealed(path):
            text = form.sub(name, document.text)
            if path == folder + paths.SESI:
                head, body = card_source.split(text)
                title = titled(_("%(title)s (salinan)", title=head.get("title") or plan.get("title", "")))
                text = card_source.joined(head | {"title": title, "number": None, "written": False}, body)
            desk.put(desk.folder(name) + path.removeprefix(folder), text)
    return {"id": name, "title": title or titled(_("%(title)s (salinan)", title=plan.get("title") or old))}
