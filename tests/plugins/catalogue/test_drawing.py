"""Drawings that strangers made are shown without what could hurt, or refused."""

import time

import pytest

from p2k2lms.plugins.catalogue.drawing import BadDrawing, foreign, safe

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'


def drawn(inner: str, head: str = HEAD + ">") -> str:
    return safe(f"{head}{inner}</svg>", "Sebuah gambar", "k1")


@pytest.mark.parametrize(
    ("inner", "bad"),
    [
        ("<script>alert(1)</script>", "alert"),
        ('<rect onclick="alert(1)" width="1" height="1"/>', "onclick"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "foreignobject"),
        ('<image href="https://example.org/a.png"/>', "example"),
        ('<use xlink:href="https://example.org/a.svg#x"/>', "example"),
        ('<a href="javascript:alert(1)"><text>x</text></a>', "javascript"),
        ("<style>@import url(https://example.org)</style>", "example"),
        ('<rect fill="url(https://example.org/#a)" width="1"/>', "example"),
        ('<rect style="fill:url(//example.org)" width="1"/>', "example"),
        ('<animate attributeName="href" values="javascript:alert(1)"/>', "animate"),
        ('<set attributeName="onload" to="alert(1)"/>', "onload"),
        ("<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>", "<script"),
        ('<title>"&gt;&lt;script&gt;</title>', "<script"),
        ("<!-- <script>alert(1)</script> --><g/>", "script"),
        ("<?xml-stylesheet href='https://example.org'?><g/>", "example"),
        ("<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://example.org'/>", "iframe"),
    ],
)
def test_what_could_hurt_is_left_out(inner, bad):
    assert bad not in drawn(inner).lower()


@pytest.mark.parametrize(
    "text",
    [
        "<svg",
        "",
        "<html></html>",
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '<svg viewBox="0 0 1 1"></svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD + "><text>&a;</text></svg>",
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + HEAD + "/>",
        HEAD + ">" + "<g>" * 500 + "</g>" * 500 + "</svg>",
        HEAD + ">" + "<g/>" * 60_000 + "</svg>",
        HEAD + '><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>',
    ],
)
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(BadDrawing):
        safe(text, "x", "k1")


def test_entities_that_grow_without_bound_are_refused_at_once():
    entities = '<!ENTITY a0 "x">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    began = time.monotonic()
    with pytest.raises(BadDrawing):
        safe(f"<!DOCTYPE svg [{entities}]>{HEAD}><text>&a11;</text></svg>", "x", "k1")
    assert time.monotonic() - began < 1


def test_ids_are_made_the_drawings_own():
    html = drawn('<linearGradient id="g"/><rect fill="url(#g)"/><use xlink:href="#g"/>')
    assert 'id="k1-g"' in html
    assert 'fill="url(#k1-g)"' in html
    assert 'href="#k1-g"' in html


def test_inline_style_becomes_attributes():
    html = drawn('<rect style="fill:#fff; stroke:red; position:fixed" width="1"/>')
    assert 'fill="#fff"' in html
    assert 'stroke="red"' in html
    assert "style" not in html
    assert "position" not in html


def test_the_drawing_is_an_image_with_its_alternative_text():
    assert 'role="img" aria-label="Ibu &quot;Ani&quot; &lt;3"' in safe(HEAD + "/>", 'Ibu "Ani" <3', "k1")


def test_what_is_left_out_is_told():
    assert foreign(HEAD + "><style/><g><image/></g><metadata/></svg>") == ["image", "metadata", "style"]
    assert foreign(HEAD + "><g><path/></g></svg>") == []
