"""The main job, told from outside: from sign-in to a certificate that a stranger can check, and to a meeting reported.

`make story` starts a server of its own; `python tools/story.py --url http://...` uses one that runs.
The right answers are read from the question files: no page of a running test gives them away.
"""

import argparse
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import yaml
from visitor import Control, Form, Page, Visitor

ROOT = Path(__file__).resolve().parents[1]
COURSE = "diklat-p2k2"
WORD, PASSWORD = "pendamping", "demo-p2k2"
PATIENCE_SECONDS = 120  # the birth of a demo database takes ten seconds, and much longer on a machine that is busy
MOST_STEPS = 500
RECEIPT = re.compile(r"\bK-[0-9A-Z]{4}-[0-9A-Z]{2}\b")
STEP = re.compile(rf"^/belajar/{COURSE}/[^/?#]+/[^/?#]+$")
BOOK = re.compile(r"^/lapangan/\d+/ajar/[^/?#]+$")
DOCUMENT = re.compile(r"^/sertifikat/[^/]+\.pdf$")


class Broken(Exception):
    """The story cannot go on; the message says where it stands."""


def main(arguments: list[str]) -> int:
    """Tell the story; 0 when it ends well."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--url", help="a demo server that runs already; without it one is started")
    asked = options.parse_args(arguments)
    began = time.monotonic()
    try:
        if asked.url:
            tell(asked.url)
        else:
            with own_server() as url:
                tell(url)
    except (Broken, LookupError, OSError) as problem:
        say(f"GAGAL: {problem}")
        return 1
    say(f"SELESAI dalam {time.monotonic() - began:.1f} detik")
    return 0


def tell(url: str) -> None:
    """Every act in order; each prints what was received for it."""
    pendamping, receipts = Visitor(url), Receipts()
    sign_in(pendamping)
    sit(pendamping, "pre", right=False)
    receipts.show(pendamping, "pre-test")
    learn(pendamping)
    receipts.show(pendamping, "belajar")
    sit(pendamping, "post", right=True)
    receipts.show(pendamping, "post-test")
    code, name = certificate(pendamping)
    check(Visitor(url), code, name)
    teach(pendamping)
    receipts.show(pendamping, "lapangan")


def sign_in(person: Visitor) -> None:
    """By the first form of the page, as anybody would."""
    page = person.get("/masuk")
    page = person.send(page, page.form(), ("username", WORD), ("password", PASSWORD))
    must("/masuk" not in page.url, f"masuk ditolak: {page.text[:200]}")
    say(f"Masuk sebagai {WORD}.")


def sit(person: Visitor, purpose: str, right: bool) -> None:
    """Take a test, every answer saved on its own; wrong ones on purpose before learning."""
    before = person.get(next(link for link in person.get("/tes").links if link.endswith(f"/{purpose}")))
    page = person.send(before, before.form(action=f"/{purpose}"))
    must("/tes/" in page.url, f"{purpose}-test tidak terbuka: {page.text[:200]}")
    keys, answered = known_items(), 0
    while "/kumpulkan" not in page.url:
        must(answered < MOST_STEPS, "soal tidak habis-habis")
        form = page.form(action="/jawab")
        go = next(c for c in reversed(form.controls) if c.name == "sent_go")
        item = next(c.value for c in form.controls if c.name == "item")
        page = person.send(page, form, *fill(form, keys[item], right), (go.name, go.value))
        must(page.status == 200, f"jawaban {item} ditolak: {page.text[:300]}")
        answered += 1
    page = person.send(page, page.form(action="/kumpulkan"))
    must("/hasil" in page.url, f"{purpose}-test tidak terkumpul: {page.text[:200]}")
    say(f"{purpose}-test: {answered} soal dijawab dan dikumpulkan.")


def known_items() -> dict[str, dict[str, Any]]:
    """Every item of the course with its key, by id."""
    files = (ROOT / "modules_content" / COURSE).glob("*/soal.yaml")
    return {item["id"]: item for file in files for item in yaml.safe_load(file.read_text("utf-8"))}


def fill(form: Form, item: dict[str, Any], right: bool) -> list[tuple[str, str]]:
    """The fields of an answer, right or wrong, found by the words beside them."""
    choices = [c for c in form.controls if c.name.startswith("answer")]
    if item["kind"] in ("ordering", "matching"):
        return [(c.name, chosen(c, item, right)) for c in choices]
    wanted = {flat(o["text"]): bool(o["correct"]) is right for o in item["options"]}
    picked = [(c.name, c.value) for c in choices if wanted[flat(c.words)]]
    return picked if item["kind"] == "multiple" else picked[:1]


def chosen(control: Control, item: dict[str, Any], right: bool) -> str:
    """What to select beside one line of an ordering or a matching."""
    if item["kind"] == "ordering":
        place = [flat(text) for text in item["options"]].index(flat(control.words))
        return str(place + 1 if right else len(item["options"]) - place)
    partner = {flat(p["left"]): flat(p["right"]) for p in item["pairs"]}[flat(control.words)]
    return next(value for value, words in control.options if value and (flat(words) == partner) is right)


def flat(text: str) -> str:
    """Words without their spacing, so that a line break in a file does not matter."""
    return "".join(str(text).split()).casefold()


def learn(person: Visitor) -> None:
    """Read every card that opens, one after the other, until nothing new opens."""
    read: set[str] = set()
    while True:
        outline = person.get(f"/belajar/{COURSE}")
        fresh = [link for link in dict.fromkeys(outline.links) if STEP.match(link) and link not in read]
        if not fresh:
            break
        for link in fresh:
            if link not in read:
                read_on(person, link, read)
    must(bool(read), "tidak ada langkah yang terbuka")
    say(f"Belajar: {len(read)} langkah dibaca.")


def read_on(person: Visitor, link: str, read: set[str]) -> None:
    """Read this card and go where its button leads, from card to card, until one comes back or none comes."""
    page = person.get(link)
    while STEP.match(link) and link not in read:
        read.add(link)
        must(len(read) < MOST_STEPS, "langkah tidak habis-habis")
        page = finish(person, page)
        link = urlsplit(page.url).path


def finish(person: Visitor, page: Page) -> Page:
    """Press "Selesai, lanjut" if the card is not read yet; returns the page that follows."""
    forms = [f for f in page.forms if f.method == "post" and any(c.name == "step" for c in f.controls)]
    if not forms:
        return page
    after = person.send(page, forms[0])
    must(after.status == 200, f"langkah {page.url} tidak tercatat: {after.text[:200]}")
    return after


def certificate(person: Visitor) -> tuple[str, str]:
    """Fetch the document; returns its code and the name on it."""
    page = person.get("/sertifikat")
    link = next((one for one in page.links if DOCUMENT.match(one)), None)
    if link is None:
        raise Broken(f"sertifikat belum terbit: {page.text[:400]}")
    pdf = person.fetch(link)
    must(pdf.startswith(b"%PDF-") and len(pdf) > 5000, "berkas sertifikat bukan PDF yang utuh")
    code = link.rsplit("/", 1)[1].removesuffix(".pdf")
    found = re.search(r"<dt>Nama</dt>\s*<dd>([^<]+)</dd>", page.body)
    must(found is not None, "nama di sertifikat tidak terbaca")
    say(f"Sertifikat: {len(pdf)} bita PDF, kode {code}.")
    return code, found[1] if found else ""


def check(stranger: Visitor, code: str, name: str) -> None:
    """Somebody without an account checks the code, and a code that never was."""
    page = stranger.get(f"/cek/{code}")
    must(page.status == 200 and name in page.body, f"halaman cek tidak mengenal kode ini: {page.text[:200]}")
    must(stranger.cookies == 0, "halaman cek meninggalkan cookie")
    unknown = stranger.get("/cek/0000-0000-0000-0000")
    must(unknown.status == 404, "halaman cek mengenal kode yang tidak pernah ada")
    say("Cek umum: asli dan berlaku.")


def teach(person: Visitor) -> None:
    """Teach the next sesi to the group whose turn it is, card by card, and report the meeting."""
    page = person.get("/lapangan")
    link = next((one for one in page.links if BOOK.match(one)), "")
    must(bool(link), f"tidak ada pertemuan berikut: {page.text[:200]}")
    page, cards = person.get(link), 0
    while any(c.name == "t" for f in page.forms for c in f.controls):
        must(cards < MOST_STEPS, "langkah Buku Langkah tidak habis-habis")
        page, cards = ask(person, page, page.form(method="get"), ("t", "y")), cards + 1
    page = ask(person, page, page.form(method="get", action="/lapor/"), ("t1", "2"))
    must(cards > 0 and "/lapor/" in page.url, f"laporan tidak terbuka: {page.text[:200]}")
    page = person.send(page, report_form(page), ("women", "17"))
    must("/pertemuan/" in page.url, f"laporan ditolak: {page.text[:300]}")
    say(f"Lapangan: {cards} langkah diajarkan, pertemuan dilaporkan.")


def ask(person: Visitor, page: Page, form: Form, *chosen: tuple[str, str]) -> Page:
    """Send a form that only asks: everything stands in the address."""
    names = {name for name, _ in chosen}
    fields = [pair for pair in form.values() if pair[0] not in names] + list(chosen)
    return person.get(f"{form.action or page.url.partition('?')[0]}?{urlencode(fields)}")


def report_form(page: Page) -> Form:
    """The form of a report, without the second group that it offers."""
    form = page.form()
    for name in ("groups", "women", "men", "children", "numbers", "homework"):
        rows = [c for c in form.controls if c.name == name]
        for control in rows[1:]:
            form.controls.remove(control)
    return form


class Receipts:
    """The receipts that the server gave, each shown once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def show(self, person: Visitor, act: str) -> None:
        """Print those that are new on /kiriman."""
        found, url = [], "/kiriman"
        while url:
            page = person.get(url)
            here = [r for r in dict.fromkeys(RECEIPT.findall(page.body)) if r not in self._seen]
            self._seen.update(here)
            found += here
            url = next((link for link in page.links if here and "sebelum=" in link), "")
        must(bool(found), f"tidak ada resi untuk {act}")
        for receipt in reversed(found):
            say(f"  resi {receipt}  {act}")


def must(holds: bool, otherwise: str) -> None:
    """End the story unless this holds."""
    if not holds:
        raise Broken(otherwise)


def say(line: str) -> None:
    """A line for whoever listens."""
    print(line, flush=True)


@contextmanager
def own_server() -> Iterator[str]:
    """A demo on a fresh embedded database, on a free port of this machine, gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PUBLIC_URL")}
        own = {
            "P2K2_INSTANCE": folder,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "P2K2_ENV": "local",
            "P2K2_WORKERS": "1",
        }
        with (Path(folder) / "log").open("w+") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "p2k2lms.server"],
                cwd=ROOT,
                env=kept | own | {"P2K2_SECRET_KEY": secrets.token_hex(32)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                await_ready(server, Path(log.name))
                yield f"http://127.0.0.1:{port}"
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(PATIENCE_SECONDS)


def await_ready(server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the line that says the platform is ready."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "SIAP " not in log.read_text("utf-8"):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Broken("server tidak siap:\n" + log.read_text("utf-8")[-2000:])
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
