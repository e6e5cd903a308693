"""The documents of a course as those of another: every id new, no numbers of sesi, nothing that was put away."""

import re
from collections.abc import Mapping
from itertools import count
from typing import Any

from p2k2lms.plugins.catalogue import card_source, paths, yaml_source
from p2k2lms.plugins.catalogue.manifest_source import Manifest

MOST_LETTERS = 6


def beginning(code: str, moduls: set[str], taken: set[str]) -> str:
    """What the ids of a copy begin with: the first letters of its code, with a number where ids would be taken."""
    letters = "".join(word[0] for word in code.split("-"))[:MOST_LETTERS]
    numbered = (letters if number == 1 else f"{letters}{number}" for number in count(1))
    return next(begins for begins in numbered if not taken & {f"{begins}{modul}" for modul in moduls})


def course(old: str, texts: Mapping[str, str], code: str, title: str, taken: set[str]) -> dict[str, str]:
    """The texts of a copy by path. `taken` are the ids of modul of all courses. Raises Unreadable.

    Its sesi bear no numbers: those are of the one course that is taught in the field.
    """
    manifest = Manifest(texts[paths.manifest(old)])
    moduls = [modul for modul in manifest.modul if not modul.get("archived")]
    sesi = {str(plan["id"]) for modul in moduls for plan in modul["sesi"] if not plan.get("archived")}
    begins = beginning(code, {str(modul["id"]) for modul in moduls}, taken)
    ids = re.compile(rf"(?<![a-z0-9])(?=(?:{'|'.join(sorted(sesi)) or '(?!)'})(?![0-9]))")
    made = {paths.manifest(code): _manifest(manifest.data, moduls, code, title, begins)}
    for path, text in texts.items():
        place = path.removeprefix(paths.folder(old)).partition("/")[0]
        if path == paths.rubric(old):
            made[paths.rubric(code)] = text
        elif place in sesi and not _put_away(path, text):
            name = path.removeprefix(f"{paths.folder(old)}{place}/")
            said = text if paths.is_photo(path) else ids.sub(begins, text)
            said = _without_number(said) if name == paths.SESI else said
            made[f"{paths.folder(code)}{begins}{place}/{name}"] = said
    return made


def _manifest(data: Mapping[str, Any], moduls: list[dict[str, Any]], code: str, title: str, begins: str) -> str:
    told = {**data, "id": code, "title": title, "modul": [_modul(modul, begins) for modul in moduls]}
    if blueprint := data.get("blueprint"):
        shares = {f"{begins}{name}": share for name, share in blueprint["shares"].items()}
        told["blueprint"] = {**blueprint, "shares": shares}
    return yaml_source.write(told)


def _modul(modul: Mapping[str, Any], begins: str) -> dict[str, Any]:
    plans = [
        {key: value for key, value in plan.items() if key != "number"} | {"id": f"{begins}{plan['id']}"}
        for plan in modul["sesi"]
        if not plan.get("archived")
    ]
    return {**modul, "id": f"{begins}{modul['id']}", "sesi": plans}


def _put_away(path: str, text: str) -> bool:
    return paths.is_step(path) and "archived:" in text and bool(card_source.split(text)[0].get("archived"))


def _without_number(text: str) -> str:
    head, body = card_source.split(text)
    return card_source.joined({key: value for key, value in head.items() if key != "number"}, body)
