"""QTI 1.2 (questestinterop), read: one response of a known form for each item; the rest is named and left."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from p2k2lms.core.foreign_xml import Tree
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.basket import Basket, Found, NotCarried
from p2k2lms.plugins.assessment.formats.qti1_key import Key, Lose, key_of, text_of
from p2k2lms.plugins.assessment.formats.question import Question

NAME, ROOT = "QTI 1.2", "questestinterop"
RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
ESSAY = ("essay_question", "file_upload_question", "text_only_question")


def read(tree: Tree) -> Found:
    """Every item of the file; faults by number and title."""
    basket = Basket(NAME)
    for number, item in enumerate(tree.root.iter("item"), 1):
        place = _place(number, item.get("title") or item.get("ident") or "")
        if tree.broken_at and _is_last(tree.root, item):
            basket.leave(place, _broken(item, tree.broken_at))
        else:
            basket.add(place, lambda i=item, p=place: _question(i, basket.lose(p)))  # type: ignore[misc]
    if tree.broken_at and not basket.found().remarks:
        basket.leave(_("baris %(n)s", n=tree.broken_at), _("XML rusak mulai baris ini; sesudahnya tidak terbaca."))
    return basket.found()


def _place(number: int, name: str) -> str:
    said = plain.line(name)[:40]
    return _("soal ke-%(n)s (%(name)s)", n=number, name=said) if said else _("soal ke-%(n)s", n=number)


def _is_last(root: Element, item: Element) -> bool:
    return list(root.iter("item"))[-1] is item


def _broken(item: Element, line: int) -> str:
    if len(list(_responses(item))) > 1:
        return _("Beberapa isian dalam satu soal tidak punya bentuk di sini; XML juga rusak di baris %(n)s.", n=line)
    return _("XML rusak di baris %(n)s, di dalam soal ini.", n=line)


def _responses(item: Element) -> Iterator[Element]:
    return (element for element in item.iter() if element.tag in RESPONSES)


def _metadata(item: Element) -> dict[str, str]:
    fields = item.iter("qtimetadatafield")
    return {f.findtext("fieldlabel", "").strip(): f.findtext("fieldentry", "").strip() for f in fields}


def _question(item: Element, lose: Lose) -> Question:
    about, responses = _metadata(item), list(_responses(item))
    kind = about.get("question_type", about.get("cc_profile", ""))
    if not responses or kind in ESSAY:
        raise NotCarried(_("Soal uraian tidak punya bentuk di sini."))
    key = key_of(item)
    said = plain.number(about.get("points_possible", ""))
    return Question(
        stem=_stem(item, lose),
        name=plain.line(item.get("title") or ""),
        points=key.most if said is None else said,
        why=key.general(lose),
        **_answers(responses, key, kind, lose),
    )


def _answers(responses: list[Element], key: Key, kind: str, lose: Lose) -> dict[str, Any]:
    first = responses[0]
    if len(responses) > 1:
        if all(response.tag == "response_lid" and response.find("material") is not None for response in responses):
            return _matching(responses, key, lose)
        raise NotCarried(_("Beberapa isian dalam satu soal tidak punya bentuk di sini."))
    if first.tag == "response_lid":
        return _chosen(first, key, kind, lose)
    if first.tag in ("response_str", "response_num"):
        return _typed(first, key, kind, lose)
    raise NotCarried(_("Jenis soal %(kind)s tidak punya bentuk di sini.", kind=first.tag))


def _labels(response: Element, lose: Lose) -> dict[str, str]:
    return {label.get("ident", ""): text_of(label, lose) for label in response.iter("response_label")}


def _chosen(response: Element, key: Key, kind: str, lose: Lose) -> dict[str, Any]:
    labels, cardinality = _labels(response, lose), response.get("rcardinality", "Single")
    if cardinality == "Ordered":
        order = tuple(labels[name] for name in key.order if name in labels)
        if len(order) < len(labels):
            raise NotCarried(_("Urutan yang benar tidak lengkap."))
        return {"kind": q.ORDERING, "order": order}
    right = key.right(several=cardinality == "Multiple")
    options = tuple(q.Option(text, name in right, key.why(name, lose)) for name, text in labels.items())
    if kind == "true_false_question" and [o.text.lower() for o in options] in (["true", "false"], ["benar", "salah"]):
        options = tuple(q.Option(s, o.right, o.why) for s, o in zip((q.TRUE, q.FALSE), options, strict=True))
        return {"kind": q.TRUE_FALSE, "options": options}
    return {"kind": q.MULTIPLE if cardinality == "Multiple" else q.SINGLE, "options": options}


def _matching(responses: list[Element], key: Key, lose: Lose) -> dict[str, Any]:
    sides: dict[str, str] = {}
    for response in responses:
        sides.update(_labels(response, lose))
    pairs, used = [], set()
    for response in responses:
        partner = next((name for respondent, name in key.equal if respondent == response.get("ident")), "")
        used.add(partner)
        pairs.append(q.Pair(text_of(response, lose, direct=True), sides.get(partner, "")))
    seen = {pair.right for pair in pairs}
    spare = [q.Pair("", text) for name, text in sides.items() if name not in used and text not in seen]
    return {"kind": q.MATCHING, "pairs": (*pairs, *spare)}


def _typed(response: Element, key: Key, kind: str, lose: Lose) -> dict[str, Any]:
    blank = response.find(".//render_fib")
    form = blank.get("fibtype", "") if blank is not None else ""
    if kind == "numerical_question" or form in ("Decimal", "Integer", "Scientific") or response.tag == "response_num":
        return {"kind": q.NUMERIC, "amounts": key.amounts(lose)}
    variants = tuple(q.Variant(plain.tidy(text), 1.0, key.why(text, lose)) for _respondent, text in key.equal)
    if not variants:
        raise NotCarried(_("Soal uraian tidak punya bentuk di sini."))
    return {"kind": q.SHORT, "variants": variants, "exact_case": key.exact_case}


def _stem(item: Element, lose: Lose) -> str:
    """What stands before and around the response, a blank where the answer is typed in the middle."""
    presentation = item.find("presentation")
    if presentation is None:
        return ""
    parts: list[str] = []
    _gather(presentation, parts, lose)
    while parts and parts[-1] == "_____":
        parts.pop()
    whole = "\n\n".join(part for part in parts if part)
    return plain.tidy(whole.replace("\n\n_____\n\n", " _____ "))


def _gather(element: Element, parts: list[str], lose: Lose) -> None:
    for child in element:
        if child.tag == "material":
            parts.append(text_of(child, lose))
        elif child.tag in RESPONSES:
            parts.append("_____" if child.tag != "response_lid" else "")
            parts.extend(
                text_of(m, lose) for m in child.findall("material") if len(list(element.iter("response_lid"))) == 1
            )
        else:
            _gather(child, parts, lose)
