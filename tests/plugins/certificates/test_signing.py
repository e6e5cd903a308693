"""A signed certificate shows each changed byte, also after a change of keys; hostile files are looked at in a cage."""

import base64
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from p2k2lms.core import nature, press
from p2k2lms.core.backup import work
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.plugins.certificates import inspecting, keys, service, signer
from p2k2lms.plugins.certificates.inspecting import BROKEN, CHANGED, STRANGE, UNSIGNED, WHOLE, judge
from p2k2lms.plugins.certificates.models import Drawing
from tests.factories.certificates import a_certificate
from tests.factories.identity import the_units

STYLE = Path(__file__).parents[3] / "templates/certificates/sttpp.css"


@pytest.fixture
def signing(app, tmp_path):
    """An installation with a folder for keys and none in it yet."""
    app.config["SIGN_DIR"] = str(tmp_path / "signing")
    yield app
    app.config["SIGN_DIR"], app.config["SIGNER"] = "", ""


@pytest.fixture(scope="module")
def plain(sqlite_app) -> bytes:
    """A document as it leaves the press."""
    return press.pdf("<!doctype html><html lang=id><title>Surat</title><p>Kapuas 0123456789</p>", STYLE)


def test_without_a_key_a_document_leaves_as_it_came(signing, plain):
    nature.be_born(demo=False)
    assert signer.sign(plain) == plain
    assert judge(plain, keys.trusted()) == UNSIGNED
    signing.config["SIGN_DIR"] = ""
    with pytest.raises(Conflict, match="P2K2_SIGN_DIR"):
        keys.new_key("Balai")


def test_a_demo_makes_itself_a_key_outside_the_database_that_nobody_else_may_read(signing, plain, tmp_path):
    nature.be_born(demo=True)
    made = signer.sign(plain)
    assert (made[: len(plain)], judge(made, keys.trusted())) == (plain, WHOLE)
    held = [path for path in (tmp_path / "signing").rglob("*") if path.is_file()]
    assert {path.name for path in held} >= {"key.p12", "key.password"}
    assert [path for path in held if path.stat().st_mode & 0o077] == []


def test_no_key_that_signs_is_in_a_backup(signing, plain, tmp_path):
    keys.new_key("Balai")
    signer.sign(plain)
    work.create(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    held = (tmp_path / "signing").rglob("*")
    secrets = [path.read_bytes() for path in held if path.name in ("key.p12", "key.password")]
    assert len(secrets) == 2
    assert [part for secret in secrets for part in (secret, secret.hex().encode()) if part in everything] == []
    assert [secret for secret in secrets if base64.b64encode(secret).rstrip(b"=")[:-1] in everything] == []


def test_every_changed_byte_is_seen(signing, plain):
    keys.new_key("Balai")
    made, trusted = signer.sign(plain), keys.trusted()
    for at in range(9, len(made), len(made) // 40):
        changed = bytearray(made)
        changed[at] ^= 1
        assert judge(bytes(changed), trusted) in {CHANGED, BROKEN, STRANGE}, at
    assert judge(made + b"\n% lebih", trusted) == CHANGED
    assert judge(made[:-40], trusted) in {CHANGED, BROKEN}


def test_what_an_earlier_key_signed_still_verifies_and_a_stranger_never_does(signing, plain, tmp_path):
    keys.new_key("Balai 2026")
    old = signer.sign(plain)
    keys.new_key("Balai 2027")
    new = signer.sign(plain)
    assert [judge(one, keys.trusted()) for one in (old, new)] == [WHOLE, WHOLE]
    assert len(list((tmp_path / "signing").glob("*.key.p12"))) == 1
    signing.config["SIGN_DIR"] = str(tmp_path / "stranger")
    keys.new_key("Balai 2026")
    assert judge(old, keys.trusted()) == STRANGE


def elsewhere(pdf: bytes) -> bytes:
    return pdf + b"% signed elsewhere"


def test_who_signs_elsewhere_is_named_by_a_setting(signing, plain):
    signing.config["SIGNER"] = f"{__name__}:elsewhere"
    assert signer.sign(plain).endswith(b"% signed elsewhere")


def test_a_key_that_its_password_does_not_open_is_refused_and_changes_nothing(signing):
    keys.new_key("Balai")
    held = keys.in_use()
    with pytest.raises(Conflict):
        keys.use(held[0], b"salah")
    with pytest.raises(Conflict):
        keys.trust(b"bukan PEM")
    assert keys.in_use() == held


def a_pdf(body: bytes) -> bytes:
    """A file that begins like a PDF, with this in it."""
    return b"%PDF-1.7\n" + body + b"\nstartxref\n9\n%%EOF\n"


def a_stream(data: bytes, rest: bytes) -> bytes:
    head = b"1 0 obj\n<</Length %d /Filter /FlateDecode %s>>\nstream\n" % (len(data), rest)
    return head + data + b"\nendstream\nendobj"


XREF = b"xref\n0 1\n0000000000 65535 f \ntrailer\n"
BOMB = zlib.compress(bytes(300 * 1024 * 1024), 9)  # 0.3 MB that become 300
HOSTILE = {
    "a bomb of an xref": a_pdf(a_stream(BOMB, b"/Type /XRef /W [1 4 2] /Size 40000000 /Root 2 0 R")),
    "an xref that is its own predecessor": a_pdf(XREF + b"<</Size 1 /Root 1 0 R /Prev 9>>"),
    "brackets without end": a_pdf(XREF + b"<</Root " + b"[" * 200_000),
}


@pytest.mark.slow(reason="each hostile file is read by a process of its own")
def test_hostile_files_end_in_their_cage(app):
    for name, data in HOSTILE.items():
        assert inspecting.inspect(data, []) in {BROKEN, UNSIGNED}, name


def test_the_page_knows_its_own_file_and_sees_a_changed_one(signing, browser):
    the_units()
    nature.be_born(demo=True)
    actor, card = a_certificate()
    drawn = service.download(actor, card.code).pdf
    assert db.session.query(Drawing).one().pdf == drawn

    def send(data: bytes):
        return browser.post("/cek/berkas", data={"file": (io.BytesIO(data), "s.pdf")})

    page = send(drawn)
    assert (page.status_code, "Berkas ini asli" in page.text, card.name in page.text) == (200, True, True)
    assert "sudah diubah" in send(drawn[:600] + b"#" + drawn[601:]).text
    for bad in (b"PK\x03\x04", b""):
        assert send(bad).status_code == 422
    with pytest.raises(Invalid):
        service.check_file(b"%PDF-" + bytes(service.MOST_BYTES))
    for _more in range(5):
        last = send(drawn)
    assert last.status_code == 429


def test_the_page_of_a_file_is_small_and_kept_by_nobody(browser):
    page = browser.get("/cek/berkas")
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert len(page.data) <= 4096
