"""Text pasted from Word: structure stays, everything else goes, and what was said is still said."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.catalogue import pasted, service
from p2k2lms.plugins.catalogue.markup import Renderer
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course

SHOWN = Renderer()
ANI = an_actor(7, "widyaiswara")
POINT = "<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>{mark}"
IGNORED = "<span style='mso-list:Ignore'>{sign}<span style='font:7pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>"


def point(text: str, sign: str = "·", level: int = 1) -> str:
    return POINT.format(level=level, mark=IGNORED.format(sign=sign)) + f"<![endif]>{text}<o:p></o:p></p>"


@pytest.mark.parametrize(
    ("copied", "said"),
    [
        (
            "<p class=MsoNormal><b>Amplop</b> uang <i>sebelum </i>belanja.<o:p></o:p></p>",
            "**Amplop** uang *sebelum* belanja.",
        ),
        (point("Makan") + point("Sekolah"), "- Makan\n- Sekolah"),
        (point("Makan", "1.") + point("Pagi", "a.", 2), "1. Makan\n    1. Pagi"),
        ("<h1>Judul</h1><p>Isi</p>", "## Judul\n\nIsi"),
        ("<ol><li>satu<ul><li>dalam</li></ul></li><li><p>dua</p></li></ol>", "1. satu\n    - dalam\n1. dua"),
        (
            "<table class=MsoTableGrid><tr><td><p>Hari</p></td><td><p>Isi | x</p></td></tr>"
            "<tr><td><p>a</p><p>b</p></td></tr></table>",
            "| Hari | Isi \\| x |\n| --- | --- |\n| a b |  |",
        ),
        ("<p>satu<br>dua</p>", "satu  \ndua"),
        (
            "<p>1. bukan daftar</p><p># bukan judul</p><p>2*3 &lt;b&gt;</p>",
            "1\\. bukan daftar\n\n\\# bukan judul\n\n2\\*3 &lt;b>",
        ),
        (
            "<p><a href='https://kemensos.go.id'>sini</a> <a href='javascript:alert(1)'>sana</a></p>",
            "[sini](https://kemensos.go.id) sana",
        ),
        ("<style>p{}</style><script>alert(1)</script><p onclick=x()>Aman</p><!-- diam -->", "Aman"),
        ("<p>  </p><o:p>&nbsp;</o:p>", ""),
    ],
    ids=["bold", "points", "levels", "head", "lists", "table", "break", "signs", "links", "script", "nothing"],
)
def test_each_thing_of_word_becomes_its_markdown(copied, said):
    assert pasted.markdown(copied).strip() == said


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@given(st.lists(st.lists(words, min_size=1, max_size=5), min_size=1, max_size=5))
def test_whatever_is_said_in_paragraphs_is_still_said_and_shown_as_it_was(paragraphs):
    told = [" ".join(said) for said in paragraphs]
    copied = "".join(f"<p class=MsoNormal>{html.escape(said)}</p>" for said in told)
    shown = html.unescape(re.sub(r"<[^>]+>", "", SHOWN.html(pasted.markdown(copied))))
    assert shown.split() == " ".join(told).split()


@given(st.text(alphabet="<>/pbidvultrhao:= '\"abc\n", max_size=200))
def test_no_markup_however_broken_stops_the_reader(copied):
    assert "<script" not in SHOWN.html(pasted.markdown(copied))


def test_the_editor_cleans_what_comes_as_html_and_leaves_markdown_alone(app, sign_in):
    a_course()
    browser, step = sign_in(ANI), "tf-s01-l01"
    said = browser.post("/studio/kursus/tempel", data={"html": point("Makan")}).json
    assert said == {"text": "- Makan\n"}
    found = service.card_draft(ANI, TINY, step)
    service.save_card(
        ANI, TINY, step, {**found.fields, "body": "<p class=MsoNormal>Dari <b>Word</b></p>"}, found.revision
    )
    found = service.card_draft(ANI, TINY, step)
    assert found.fields["body"] == "Dari **Word**"
    mine = "Saya **tulis** sendiri: 2 < 3.\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    service.save_card(ANI, TINY, step, {**found.fields, "body": mine}, found.revision)
    found = service.card_draft(ANI, TINY, step)
    assert found.fields["body"] == mine
    assert "<table>" in found.preview.html


def test_five_megabytes_of_pasted_markup_are_refused_and_change_nothing(app, sign_in):
    a_course()
    browser, step = sign_in(ANI), "tf-s01-l01"
    huge = "<p class=MsoNormal>x</p>" * 220_000
    assert len(huge) > 5_000_000
    for address in ("/studio/kursus/tempel", f"/studio/kursus/{TINY}/kartu/{step}"):
        assert browser.post(address, data={"html": huge, "body": huge}).status_code == 413
    with pytest.raises(Invalid, match="terlalu besar"):
        service.from_elsewhere(ANI, huge)
    assert not service.workbench(ANI, TINY).changed
