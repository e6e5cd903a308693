"""Photos of courses: loaded beside the cards, kept once by their hash, shown by address, exported as they are kept."""

import io
import shutil
import zipfile

import pytest
from sqlalchemy import exc, func, select, text

from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.catalogue import checking, files, service
from p2k2lms.plugins.catalogue.models import Media
from p2k2lms.plugins.catalogue.values.media import MOST, told
from tests.conftest import an_actor
from tests.factories.catalogue import DATA, TINY
from tests.factories.photos import a_noisy_picture, a_picture

ANI = an_actor(7, "widyaiswara")
CARD = f"modules_content/{TINY}/tf-s01/01-sapaan.md"
PHOTO = f"modules_content/{TINY}/tf-s01/foto-1.jpg"


@pytest.fixture
def folder(tmp_path):
    """The files of the tiny course, whose first card shows a photo on top, and again in its text."""
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    card = tmp_path / CARD
    card.write_text(
        card.read_text().replace("gambar-1.svg", "foto-1.jpg") + '\nLihat ini: ![Ibu "menyapa" <lagi>](foto-1.jpg)\n'
    )
    (tmp_path / PHOTO).write_bytes(a_noisy_picture(1600, 1200))
    return tmp_path


def load(root):
    texts = files.read(TINY, root / "courses", root / "modules_content", keep=service.put_media)
    service.load(TINY, texts)
    return service.publish(TINY)


def test_a_card_shows_its_photo_by_an_address_that_changes_with_its_bytes(both, folder):
    version = load(folder)
    card, (address,) = service.card(version.id, "tf-s01-l01"), service.photos(version.id)
    assert str(card.picture).startswith(f'<img src="{address}" alt="Lingkaran hijau" width="')
    assert f'src="{address}" alt="Ibu &#34;menyapa&#34; &lt;lagi&gt;"' in card.html
    assert 'loading="lazy"' in card.picture
    assert len(service.media(address[16:80])) == service.photos(version.id)[address] <= MOST
    assert card.kb >= service.photos(version.id)[address] / 1000
    (folder / PHOTO).write_bytes(a_picture())
    assert [*service.photos(load(folder).id)] != [address]


def test_files_go_out_as_they_are_kept_and_give_the_same_version_elsewhere(both, folder, tmp_path_factory):
    before, out = load(folder), tmp_path_factory.mktemp("out")
    contents, _revision = service.exported(TINY, sealed=True)
    files.write(contents, out)
    assert (out / CARD).read_bytes() == (folder / CARD).read_bytes()
    with zipfile.ZipFile(io.BytesIO(service.packed(ANI, TINY))) as archive:
        assert archive.read(PHOTO) == (out / PHOTO).read_bytes()
    assert load(out) == before
    assert service.unpack(ANI, TINY, service.packed(ANI, TINY)) == 0
    assert not service.workbench(ANI, TINY).changed
    assert db.session.scalar(select(func.count()).select_from(Media)) == 1


def test_a_kept_photo_can_neither_be_changed_nor_removed(both):
    assert service.put_media(a_picture()) == service.put_media(a_picture())
    for verb in ("UPDATE catalogue_media SET kind = 'png'", "DELETE FROM catalogue_media"):
        with pytest.raises(exc.DBAPIError, match="append-only"):
            db.session.execute(text(verb))
        db.session.rollback()


@pytest.mark.parametrize(
    "data",
    [b"<svg/>", b"", f"foto {'0' * 64} jpg 1x1 1\n".encode(), a_picture(64, 64, kind="GIF", mode="P")],
    ids=["a drawing", "nothing", "the text of a document", "a film"],
)
def test_what_is_no_photo_is_named_by_its_file_and_nothing_is_loaded(app, folder, data):
    (folder / PHOTO).write_bytes(data)
    report = checking.check(folder / "courses", folder / "modules_content", kit=folder)
    assert [fault.file for fault in report.faults if "bukan foto" in fault.message] == [PHOTO]
    with pytest.raises(files.UnreadableFiles, match="bukan foto"):
        load(folder)
    with pytest.raises(Invalid):
        service.put_media(data)


def test_a_photo_without_words_or_without_a_file_keeps_a_course_from_being_published(app, folder):
    card = folder / CARD
    card.write_text(card.read_text() + "\n![](foto-1.jpg) ![Dua](foto-2.jpg)\n")
    with pytest.raises(Invalid) as refused:
        load(folder)
    said = " ".join(fault.message for fault in refused.value.faults)
    assert "teks pengganti" in said
    assert "tidak ada di map sesi ini: foto-2.jpg" in said


def test_a_document_that_stands_for_no_kept_photo_is_a_fault(app, folder):
    texts = files.read(TINY, folder / "courses", folder / "modules_content", keep=service.described)
    service.load(TINY, texts)
    with pytest.raises(Exception, match="Berkas foto tidak ada"):
        service.publish(TINY)
    service.load(TINY, texts | {PHOTO: "sesuatu yang lain"})
    with pytest.raises(Invalid) as refused:
        service.publish(TINY)
    assert "bukan foto yang disimpan" in refused.value.faults[0].message
    assert told(texts[PHOTO]).text == texts[PHOTO]
