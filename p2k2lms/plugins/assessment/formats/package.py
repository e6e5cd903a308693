"""Packages of QTI: a ZIP whose manifest names the files of questions; nothing outside the archive is read."""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from p2k2lms.core import archives, foreign_xml
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import qti1, qti2_read
from p2k2lms.plugins.assessment.formats.basket import Found, Remark

MANIFEST = "imsmanifest.xml"
QTI = ("imsqti_", "assessment/x-bb-qti", "associatedcontent/imscc_xmlv1p1/learning-application-resource")


def read(data: bytes) -> Found:
    """Every question that the manifest leads to; faults by file."""
    files = archives.read(data)
    manifest = next((path for path in sorted(files, key=len) if posixpath.basename(path) == MANIFEST), None)
    if manifest is None:
        raise Invalid(_("Paket ini tidak punya imsmanifest.xml."), "file")
    parts = [_read(path, files) for path in _named(files[manifest], posixpath.dirname(manifest))]
    if not parts:
        raise Invalid(_("Tidak ada soal QTI dalam paket ini."), "file")
    questions = tuple(one for part in parts for one in part.questions)
    remarks = tuple(one for part in parts for one in part.remarks)
    return Found(next((part.format for part in parts if part.format), "QTI"), questions, remarks)


def _named(manifest: bytes, folder: str) -> Iterator[str]:
    """The files that hold questions, each once."""
    tree = foreign_xml.read(manifest)
    seen = set()
    for resource in tree.root.iter("resource"):
        if not resource.get("type", "").lower().startswith(QTI):
            continue
        hrefs = (
            [resource.get("href", "")] if resource.get("href") else [f.get("href", "") for f in resource.iter("file")]
        )
        for href in hrefs:
            path = posixpath.normpath(posixpath.join(folder, unquote(href)))
            if not archives.is_inside(path):
                raise Invalid(_("Arsip ini memuat jalur yang keluar dari mapnya: %(path)s", path=href[:80]), "file")
            if path.endswith(".xml") and path not in seen:
                seen.add(path)
                yield path


def _read(path: str, files: Mapping[str, bytes]) -> Found:
    if path not in files:
        return Found("", (), (Remark(path, _("Berkas ini disebut dalam paket, tetapi tidak ada.")),))
    try:
        tree = foreign_xml.read(files[path])
    except Invalid as refusal:
        return Found("", (), (Remark(path, str(refusal)),))
    if tree.root.tag == qti1.ROOT:
        found = qti1.read(tree)
    elif tree.root.tag == qti2_read.ROOT:
        found = qti2_read.read(tree)
    else:
        return Found("", (), () if tree.root.tag.startswith("assessment") else (_unknown(path, tree.root.tag),))
    return Found(
        found.format,
        tuple((f"{path}, {place}", question) for place, question in found.questions),
        tuple(Remark(f"{path}, {one.place}", one.message) for one in found.remarks),
    )


def _unknown(path: str, tag: str) -> Remark:
    return Remark(path, _("Jenis XML %(tag)s tidak dikenal.", tag=tag[:40]))
