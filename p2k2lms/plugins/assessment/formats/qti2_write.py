"""QTI 2.2, written: one item a file, and the package that names them all."""

from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from p2k2lms.core import archives
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.question import Question

SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
RESPONSE = "RESPONSE"


def write(questions: Iterable[Question]) -> bytes:
    """A ZIP with a manifest and one file for each question."""
    files = {f"soal-{n:04}.xml": item(one, f"soal-{n:04}") for n, one in enumerate(questions, 1)}
    manifest = Element("manifest", {"xmlns": PACKAGE, "identifier": "paket-soal"})
    about = SubElement(manifest, "metadata")
    SubElement(about, "schema").text = "QTIv2.2 Package"
    SubElement(about, "schemaversion").text = "1.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for path in sorted(files):
        told = {"identifier": path.removesuffix(".xml"), "type": "imsqti_item_xmlv2p2", "href": path}
        SubElement(SubElement(resources, "resource", told), "file", href=path)
    indent(manifest)
    return archives.write(files | {"imsmanifest.xml": HEAD + tostring(manifest, "utf-8")})


def item(question: Question, name: str) -> bytes:
    """One item."""
    label = ";".join(f"{tag}={value}" for tag, value in question.tags)
    told = {"xmlns": SPACE, "identifier": name, "title": question.name or name, "adaptive": "false"}
    root = Element("assessmentItem", told | {"timeDependent": "false"} | ({"label": label} if label else {}))
    declared = SubElement(root, "responseDeclaration", identifier=RESPONSE)
    score = {"identifier": "SCORE", "cardinality": "single", "baseType": "float"}
    SubElement(root, "outcomeDeclaration", score | {"normalMaximum": plain.shown(question.points)})
    SubElement(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier")
    body = SubElement(root, "itemBody")
    for part in question.stem.split("\n\n"):
        SubElement(body, "p").text = part
    _WRITERS[question.kind](body, declared, question)
    _processing(root, question)
    if question.why:
        told = {"outcomeIdentifier": "FEEDBACK", "identifier": "general", "showHide": "show"}
        _fill(SubElement(root, "modalFeedback", told), question.why)
    return HEAD + bytes(tostring(root, "utf-8"))


def _declare(declared: Element, cardinality: str, base: str, right: Iterable[str]) -> None:
    declared.set("cardinality", cardinality)
    declared.set("baseType", base)
    correct = SubElement(declared, "correctResponse")
    for value in right:
        SubElement(correct, "value").text = value


def _said(parent: Element, tag: str, name: str, text: str, why: str = "", **told: str) -> None:
    """A choice with its words, and the reason that is shown to who takes it."""
    made = SubElement(parent, tag, {"identifier": name, **told})
    _fill(made, text)
    if why:
        shown = {"outcomeIdentifier": "FEEDBACK", "identifier": name, "showHide": "show"}
        _fill(SubElement(made, "feedbackBlock" if "\n\n" in why else "feedbackInline", shown), why)


def _fill(element: Element, text: str) -> None:
    """A text of one paragraph as it is, of several as paragraphs."""
    parts = text.split("\n\n")
    if len(parts) == 1:
        element.text = text
    else:
        for part in parts:
            SubElement(element, "p").text = part


def _choice(body: Element, declared: Element, question: Question) -> None:
    several = question.kind == q.MULTIPLE
    truth = question.kind == q.TRUE_FALSE
    names = ["true", "false"] if truth else [f"p{n}" for n in range(1, len(question.options) + 1)]
    named = list(zip(names, question.options, strict=True))
    _declare(declared, "multiple" if several else "single", "identifier", [n for n, o in named if o.right])
    told = {"responseIdentifier": RESPONSE, "shuffle": str(not truth).lower(), "maxChoices": "0" if several else "1"}
    interaction = SubElement(body, "choiceInteraction", told)
    for name, option in named:
        _said(interaction, "simpleChoice", name, option.text, option.why)


def _ordering(body: Element, declared: Element, question: Question) -> None:
    named = [(f"u{n}", text) for n, text in enumerate(question.order, 1)]
    _declare(declared, "ordered", "identifier", [name for name, _text in named])
    interaction = SubElement(body, "orderInteraction", responseIdentifier=RESPONSE, shuffle="true")
    for name, text in sorted(named, key=lambda one: one[1]):
        _said(interaction, "simpleChoice", name, text)


def _matching(body: Element, declared: Element, question: Question) -> None:
    paired = [(n, pair) for n, pair in enumerate(question.pairs, 1) if pair.left]
    rights = {pair.right: f"b{n}" for n, pair in reversed(list(enumerate(question.pairs, 1)))}
    _declare(declared, "multiple", "directedPair", [f"a{n} {rights[pair.right]}" for n, pair in paired])
    told = {"responseIdentifier": RESPONSE, "shuffle": "true", "maxAssociations": str(len(paired))}
    interaction = SubElement(body, "matchInteraction", told)
    left, right = SubElement(interaction, "simpleMatchSet"), SubElement(interaction, "simpleMatchSet")
    for n, pair in paired:
        _said(left, "simpleAssociableChoice", f"a{n}", pair.left, pair.why, matchMax="1")
    for text, name in reversed(rights.items()):
        _said(right, "simpleAssociableChoice", name, text, matchMax="0")


def _short(body: Element, declared: Element, question: Question) -> None:
    best = max(question.variants, key=lambda variant: variant.share)
    _declare(declared, "single", "string", [best.text])
    mapping = SubElement(declared, "mapping", defaultValue="0")
    for variant in question.variants:
        told = {"mapKey": variant.text, "mappedValue": plain.shown(variant.share)}
        SubElement(mapping, "mapEntry", told | {"caseSensitive": str(question.exact_case).lower()})
    SubElement(SubElement(body, "p"), "textEntryInteraction", responseIdentifier=RESPONSE)


def _numeric(body: Element, declared: Element, question: Question) -> None:
    _declare(declared, "single", "float", [plain.shown(amount.value) for amount in question.amounts[:1]])
    SubElement(SubElement(body, "p"), "textEntryInteraction", responseIdentifier=RESPONSE)


def _processing(root: Element, question: Question) -> None:
    if question.kind != q.NUMERIC:
        name = "map_response" if question.kind == q.SHORT else "match_correct"
        SubElement(root, "responseProcessing", template=TEMPLATES + name)
        return
    test = SubElement(SubElement(SubElement(root, "responseProcessing"), "responseCondition"), "responseIf")
    told = {"toleranceMode": "absolute", "tolerance": plain.shown(question.amounts[0].tolerance)}
    equal = SubElement(test, "equal", told)
    SubElement(equal, "variable", identifier=RESPONSE)
    SubElement(equal, "correct", identifier=RESPONSE)
    given = SubElement(test, "setOutcomeValue", identifier="SCORE")
    SubElement(given, "baseValue", baseType="float").text = plain.shown(question.points)


def loses(question: Question) -> bool:
    """True if something of the question has no place in an item of QTI: further numbers, reasons of typed answers."""
    typed = any(v.why or v.share < 1 for v in question.amounts) or any(v.why for v in question.variants)
    return typed or len(question.amounts) > 1


_WRITERS: Mapping[str, Callable[[Element, Element, Question], None]] = {
    q.SINGLE: _choice,
    q.MULTIPLE: _choice,
    q.TRUE_FALSE: _choice,
    q.SHORT: _short,
    q.NUMERIC: _numeric,
    q.MATCHING: _matching,
    q.ORDERING: _ordering,
}
