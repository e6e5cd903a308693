"""QTI 2.1 and 2.2 items, read: one interaction of a known form for each item; the rest is named and left."""

from typing import Any
from xml.etree.ElementTree import Element

from p2k2lms.core.foreign_xml import Tree
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.basket import Basket, Found, NotCarried
from p2k2lms.plugins.assessment.formats.qti2_text import Lose, words
from p2k2lms.plugins.assessment.formats.question import Question, tags_of

NAME, ROOT = "QTI 2", "assessmentItem"


def read(tree: Tree) -> Found:
    """Every item of the file."""
    basket = Basket(NAME)
    items = [tree.root] if tree.root.tag == ROOT else list(tree.root.iter(ROOT))
    for number, item in enumerate(items, 1):
        place = _("soal ke-%(n)s", n=number) if len(items) > 1 else plain.line(item.get("title") or "")[:40]
        add(basket, place or _("soal ke-%(n)s", n=number), item, tree.broken_at)
    if not items:
        basket.leave(tree.root.tag[:40], _("Tidak ada soal QTI di sini."))
    return basket.found()


def add(basket: Basket, place: str, item: Element, broken_at: int = 0) -> None:
    """Put one item into the basket, or say why not."""
    if broken_at:
        basket.leave(place, _("XML rusak di baris %(n)s, di dalam soal ini.", n=broken_at))
    else:
        basket.add(place, lambda: _question(item, basket.lose(place)))


def _question(item: Element, lose: Lose) -> Question:
    body = item.find("itemBody")
    found = [e for e in body.iter() if e.tag.endswith("Interaction")] if body is not None else []
    if not found or body is None:
        raise NotCarried(_("Soal tanpa tempat menjawab."))
    if len(found) > 1:
        raise NotCarried(_("Beberapa isian dalam satu soal tidak punya bentuk di sini."))
    tag = found[0].tag
    if tag not in _READERS:
        raise NotCarried(_("Jenis soal %(kind)s tidak punya bentuk di sini.", kind=tag))
    declared = next(
        (d for d in item.iter("responseDeclaration") if d.get("identifier") == found[0].get("responseIdentifier")), None
    )
    answer = _READERS[tag](item, found[0], declared if declared is not None else Element("none"), lose)
    told = dict(part.split("=", 1) for part in item.get("label", "").split(";") if "=" in part)
    return Question(
        stem=words(body, lose),
        why=_general(item, lose),
        name=plain.line(item.get("title") or ""),
        points=_points(item, found[0], answer),
        tags=tags_of(told),
        **answer,
    )


def _points(item: Element, interaction: Element, answer: dict[str, Any]) -> float:
    for declared in item.iter("outcomeDeclaration"):
        if declared.get("identifier") == "MAXSCORE":
            return plain.number(declared.findtext("defaultValue/value") or "") or 1.0
        if declared.get("identifier") == "SCORE" and declared.get("normalMaximum"):
            return plain.number(declared.get("normalMaximum", "")) or 1.0
    mapped = [max(plain.number(e.get("mappedValue", "")) or 0.0, 0.0) for e in item.iter("mapEntry")]
    several = answer["kind"] in (q.MULTIPLE, q.MATCHING)
    return (sum(mapped) if several else max(mapped, default=1.0)) or 1.0


def _general(item: Element, lose: Lose) -> str:
    return plain.tidy("\n\n".join(words(e, lose) for e in item.findall("modalFeedback")))


def _values(declared: Element) -> list[str]:
    return [(value.text or "").strip() for value in declared.findall("correctResponse/value")]


def _mapped(declared: Element) -> dict[str, float]:
    return {e.get("mapKey", ""): plain.number(e.get("mappedValue", "")) or 0.0 for e in declared.iter("mapEntry")}


def _choice(item: Element, interaction: Element, declared: Element, lose: Lose) -> dict[str, Any]:
    right = set(_values(declared)) or {name for name, worth in _mapped(declared).items() if worth > 0}
    found = [e for e in interaction.iter() if e.tag in ("simpleChoice", "inlineChoice")]
    options = tuple(q.Option(words(e, lose), e.get("identifier") in right, _inline(e, lose)) for e in found)
    several = declared.get("cardinality") == "multiple"
    named = [e.get("identifier") for e in found]
    if not several and named == ["true", "false"] and [o.text for o in options] == [q.TRUE, q.FALSE]:
        return {"kind": q.TRUE_FALSE, "options": options}
    return {"kind": q.MULTIPLE if several else q.SINGLE, "options": options}


def _inline(element: Element, lose: Lose) -> str:
    return plain.tidy("\n\n".join(words(e, lose) for e in element if e.tag in ("feedbackInline", "feedbackBlock")))


def _order(item: Element, interaction: Element, declared: Element, lose: Lose) -> dict[str, Any]:
    texts = {e.get("identifier", ""): words(e, lose) for e in interaction.iter("simpleChoice")}
    order = tuple(texts[name] for name in _values(declared) if name in texts)
    if len(order) < len(texts):
        raise NotCarried(_("Urutan yang benar tidak lengkap."))
    return {"kind": q.ORDERING, "order": order}


def _match(item: Element, interaction: Element, declared: Element, lose: Lose) -> dict[str, Any]:
    """Pairs of two sets, or of one; what has no partner is a distractor."""
    found = [e for e in interaction.iter() if e.tag == "simpleAssociableChoice"]
    texts = {e.get("identifier", ""): words(e, lose) for e in found}
    said = _values(declared) or [name for name, worth in _mapped(declared).items() if worth > 0]
    sides = [tuple(value.split()) for value in said]
    if not all(len(pair) == 2 and pair[0] in texts and pair[1] in texts for pair in sides):
        raise NotCarried(_("Pasangan yang benar tidak terbaca."))
    whys = {e.get("identifier", ""): _inline(e, lose) for e in found}
    used = {name for pair in sides for name in pair}
    paired = [q.Pair(texts[left], texts[right], whys[left]) for left, right in sides]
    spare = [q.Pair("", text) for name, text in texts.items() if name not in used]
    return {"kind": q.MATCHING, "pairs": (*paired, *spare)}


def _entry(item: Element, interaction: Element, declared: Element, lose: Lose) -> dict[str, Any]:
    if declared.get("baseType") in ("float", "integer"):
        return _number(item, declared)
    mapped, right = _mapped(declared), _values(declared)
    best = max(mapped.values(), default=0.0)
    shares = {text: round(worth / best, 4) for text, worth in mapped.items() if worth > 0} if best > 0 else {}
    for text in right:
        shares.setdefault(text, 1.0)
    cases = {e.get("caseSensitive", "true") for e in declared.iter("mapEntry")}
    variants = tuple(q.Variant(plain.tidy(text), share) for text, share in shares.items())
    exact = not cases or "true" in cases
    return {"kind": q.SHORT, "variants": variants, "exact_case": exact}


def _number(item: Element, declared: Element) -> dict[str, Any]:
    """The right numbers; the tolerance stands where the response is compared."""
    equal = next(item.iter("equal"), None)
    said = (equal.get("tolerance", "") if equal is not None else "").split()
    mode = equal.get("toleranceMode", "exact") if equal is not None else "exact"
    width = max((plain.number(one) or 0.0 for one in said), default=0.0)
    amounts = []
    for text in _values(declared):
        if (value := plain.number(text)) is None:
            raise NotCarried(_("Angka tidak terbaca: %(said)s", said=text[:40]))
        wide = abs(value) * width / 100 if mode == "relative" else width if mode == "absolute" else 0.0
        amounts.append(q.Amount(value, wide))
    return {"kind": q.NUMERIC, "amounts": tuple(amounts)}


_READERS = {
    "choiceInteraction": _choice,
    "inlineChoiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "associateInteraction": _match,
    "textEntryInteraction": _entry,
}
