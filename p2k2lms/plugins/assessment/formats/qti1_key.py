"""The key of a QTI 1.2 item: what its conditions give points for, and the feedback that they lead to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.basket import NotCarried

Lose = Callable[[str], None]
LOW, HIGH = ("vargte", "vargt"), ("varlte", "varlt")


def text_of(element: Element, lose: Lose, direct: bool = False) -> str:
    """The words of the materials below an element, or of its own ones only."""
    parts = []
    for material in element.findall("material") if direct else [element]:
        for one in material.iter():
            if one.tag in ("mattext", "matemtext"):
                said = "".join(one.itertext())
                whole = said if not len(one) else " ".join(one.itertext())
                rich = one.get("texttype") == "text/html" or (
                    one.get("texttype") is None and plain.looks_like_html(said)
                )
                parts.append(plain.from_html(whole, lose) if rich else plain.tidy(whole))
            elif one.tag in ("matimage", "mataudio", "matvideo"):
                lose("picture" if one.tag == "matimage" else "medium")
    return plain.tidy("\n\n".join(part for part in parts if part))


@dataclass(frozen=True)
class _Condition:
    """One condition: what must be answered, what it gives, and the feedback shown."""

    equal: tuple[tuple[str, str], ...]
    low: str
    high: str
    points: float
    links: tuple[str, ...]


@dataclass(frozen=True)
class Key:
    """What is right."""

    conditions: tuple[_Condition, ...]
    feedback: dict[str, Element]
    most: float
    exact_case: bool

    @property
    def _paying(self) -> list[_Condition]:
        return [condition for condition in self.conditions if condition.points > 0]

    @property
    def equal(self) -> tuple[tuple[str, str], ...]:
        """Every answer that earns something: the response and the value."""
        return tuple(dict.fromkeys(pair for condition in self._paying for pair in condition.equal))

    @property
    def order(self) -> tuple[str, ...]:
        """The values of the first condition that pays, in their order."""
        return tuple(value for _respondent, value in self._paying[0].equal) if self._paying else ()

    def right(self, several: bool) -> set[str]:
        """The options that are right; of one choice only what earns most."""
        best = max((condition.points for condition in self._paying), default=0.0)
        paying = [c for c in self._paying if several or c.points == best]
        return {value for condition in paying for _respondent, value in condition.equal}

    def amounts(self, lose: Lose) -> tuple[q.Amount, ...]:
        """The numbers that are accepted."""
        best = max((condition.points for condition in self._paying), default=1.0)
        return tuple(_amount(c, round(c.points / best, 4)) for c in self._paying)

    def why(self, value: str, lose: Lose) -> str:
        """The feedback of those who answer this."""
        links = (
            link
            for condition in self.conditions
            if len(condition.equal) == 1 and condition.equal[0][1] == value
            for link in condition.links
        )
        return next((text_of(self.feedback[link], lose) for link in links if link in self.feedback), "")

    def general(self, lose: Lose) -> str:
        """The feedback that everybody sees, as Canvas writes it; elsewhere what the right answer shows."""
        if "general_fb" in self.feedback:
            return text_of(self.feedback["general_fb"], lose)
        many = (link for condition in self._paying if len(condition.equal) > 1 for link in condition.links)
        return next((text_of(self.feedback[link], lose) for link in many if link in self.feedback), "")


def key_of(item: Element) -> Key:
    """The key as the conditions of the item tell it."""
    conditions = tuple(map(_condition, item.iter("respcondition")))
    maxima = (plain.number(declared.get("maxvalue", "")) for declared in item.iter("decvar"))
    earned = [c.points for c in conditions if c.points > 0]
    most = next((value for value in maxima if value), None)
    cases = {element.get("case", "No") for element in item.iter("varequal")}
    feedback = {element.get("ident", ""): element for element in item.iter("itemfeedback")}
    several = any(e.get("rcardinality") == "Multiple" for e in item.iter("response_lid"))
    total = sum(earned) if several or len(list(item.iter("response_lid"))) > 1 else max(earned, default=1.0)
    return Key(conditions, feedback, most or total or 1.0, "Yes" in cases)


def _condition(element: Element) -> _Condition:
    inside = element.find("conditionvar")
    wanted = list(_wanted(inside)) if inside is not None else []
    equal = tuple((e.get("respident", ""), (e.text or "").strip()) for e in wanted if e.tag == "varequal")
    ends = [next(((e.text or "").strip() for e in wanted if e.tag in names), "") for names in (LOW, HIGH)]
    given = [plain.number(e.text or "") or 0.0 for e in element.findall("setvar")]
    links = tuple(e.get("linkrefid", "") for e in element.findall("displayfeedback"))
    return _Condition(equal, ends[0], ends[1], sum(given), links)


def _wanted(element: Element) -> Iterator[Element]:
    """What must be so; what stands below a `not` must not."""
    for child in element:
        if child.tag != "not":
            yield child
            yield from _wanted(child)


def _amount(condition: _Condition, share: float) -> q.Amount:
    exact = plain.number(condition.equal[0][1]) if condition.equal else None
    low, high = plain.number(condition.low), plain.number(condition.high)
    if low is not None and high is not None:
        value = (low + high) / 2 if exact is None else exact
        return q.Amount(value, max(value - low, high - value), share)
    if exact is None:
        raise NotCarried(_("Angka tidak terbaca: %(said)s", said=condition.low or condition.high or "?"))
    return q.Amount(exact, 0.0, share)
