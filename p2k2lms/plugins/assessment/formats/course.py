"""Between the neutral form and an item of a course, both ways; and what an item still lacks."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from p2k2lms.core import faults
from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.question import Question, tags_of
from p2k2lms.plugins.catalogue.values import KINDS

Data = dict[str, Any]
TRUTHS = (["true", "false"], ["benar", "salah"])
ALIEN = ("points", "name")  # what other programs say of a question and a course does not keep


def data_of(question: Question) -> Data:
    """The item as a course writes it, without what the question does not say."""
    told = question.told
    data: Data = {name: told[name] for name in ("id",) if name in told}
    data["kind"] = _kind(question)
    data |= {name: told[name] for name in ("objective", "form", "reread") if name in told}
    if told.get("situation", "").lower() in ("ya", "true", "1", "y"):
        data["situation"] = True
    data["stem"] = question.stem + "\n" if "\n" in question.stem else question.stem
    data |= _PARTS[data["kind"]](question)
    return data


def arrived(question: Question) -> Data:
    """The same for the tray of items that just came: with what only the other program said."""
    kept = {"points": question.points} if question.points != 1 else {}
    return data_of(question) | kept | ({"name": question.name} if question.name else {})


def _kind(question: Question) -> str:
    texts = [option.text.strip().lower() for option in question.options]
    return q.TRUE_FALSE if question.kind == q.SINGLE and texts in TRUTHS else question.kind


def _choice(question: Question) -> Data:
    options = [{"text": o.text, "correct": o.right, "why": _reason(question, o)} for o in question.options]
    if _kind(question) == q.TRUE_FALSE:
        options = [one | {"text": text} for one, text in zip(options, (q.TRUE, q.FALSE), strict=True)]
    return {"options": options}


def _reason(question: Question, option: q.Option) -> str:
    """An option's own reason, or that of the whole question; where all have their own, the right one says both."""
    if not option.why:
        return question.why
    everywhere = all(one.why for one in question.options)
    return f"{option.why} {question.why}".strip() if everywhere and option.right else option.why


def _ordering(question: Question) -> Data:
    return {"options": list(question.order), "why": question.why}


def _matching(question: Question) -> Data:
    pairs = [{"left": p.left, "right": p.right} | ({"why": p.why} if p.why else {}) for p in question.pairs if p.left]
    spare = [pair.right for pair in question.pairs if not pair.left]
    return {"pairs": pairs, **({"distractors": spare} if spare else {}), "why": question.why}


def _short(question: Question) -> Data:
    accepted = [_shared({"text": v.text}, v) for v in question.variants]
    return {"accepted": accepted, **({"exact_case": True} if question.exact_case else {}), "why": question.why}


def _numeric(question: Question) -> Data:
    accepted = [_shared({"value": a.value, "tolerance": a.tolerance}, a) for a in question.amounts]
    return {"accepted": accepted, "why": question.why}


def _shared(data: Data, one: q.Variant | q.Amount) -> Data:
    return data | ({"share": one.share} if one.share != 1 else {}) | ({"why": one.why} if one.why else {})


_PARTS: Mapping[str, Callable[[Question], Data]] = {
    q.SINGLE: _choice,
    q.MULTIPLE: _choice,
    q.TRUE_FALSE: _choice,
    q.ORDERING: _ordering,
    q.MATCHING: _matching,
    q.SHORT: _short,
    q.NUMERIC: _numeric,
}


def question_of(data: Mapping[str, Any]) -> Question:
    """The neutral form of an item of a course, whole or not."""
    kind = str(data.get("kind", q.SINGLE))
    rows = data.get("options", ())
    told = {name: str(data.get(name, "")) for name in ("id", "objective", "form", "reread")}
    told["situation"] = "ya" if data.get("situation") else ""
    typed = data.get("accepted", ())
    pairs = [q.Pair(p["left"], p["right"], p.get("why", "")) for p in data.get("pairs", ())]
    return Question(
        kind=kind,
        stem=str(data.get("stem", "")).strip(),
        options=() if kind == q.ORDERING else tuple(q.Option(o["text"], o["correct"], o.get("why", "")) for o in rows),
        order=tuple(map(_place, rows)) if kind == q.ORDERING else (),
        pairs=(*pairs, *(q.Pair("", text) for text in data.get("distractors", ()))),
        variants=tuple(map(_variant, typed)) if kind == q.SHORT else (),
        amounts=tuple(map(_amount, typed)) if kind == q.NUMERIC else (),
        exact_case=bool(data.get("exact_case", False)),
        why=str(data.get("why", "")),
        points=float(data.get("points", 1)),
        name=str(data.get("name", "")),
        tags=tags_of(told),
    )


def _place(one: Any) -> str:
    return str(one["text"] if isinstance(one, dict) else one)


def _variant(one: Mapping[str, Any]) -> q.Variant:
    return q.Variant(one["text"], float(one.get("share", 1)), one.get("why", ""))


def _amount(one: Mapping[str, Any]) -> q.Amount:
    return q.Amount(float(one["value"]), float(one.get("tolerance", 0)), float(one.get("share", 1)), one.get("why", ""))


NEEDED = ("objective", "form", "reread")


def lacks(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What keeps this from being an item of a course, by field; empty when nothing does. The id is given later."""
    kind = str(data.get("kind", ""))
    if kind not in KINDS:
        return (Fault("kind", _("Jenis %(kind)s tidak dikenal.", kind=kind)),)
    whole = {name: value for name, value in data.items() if name not in ALIEN} | {"id": data.get("id") or "q-x-s01-01"}
    try:
        KINDS[kind].model_validate(whole)
    except ValidationError as problem:
        return faults.of(problem)
    return ()


def no_such_objective(name: str) -> str:
    """An objective that the course does not have."""
    return _("Tujuan %(name)s tidak ada dalam kursus ini.", name=name[:40])


def no_such_step(name: str) -> str:
    """A card that is not in the sesi of the objective."""
    return _("Kartu %(name)s tidak ada dalam sesi tujuannya.", name=name[:40])
