"""What is sealed stays on the server: the open part holds no key, explanation or stem of a test item."""

from p2k2lms.plugins.catalogue import packing, service
from p2k2lms.plugins.catalogue.values import OpenPack
from tests.factories.catalogue import a_course
from tests.plugins.catalogue.drafts import a_draft


def test_the_open_part_tells_nothing_of_the_sealed_items(app):
    packed = packing.pack(a_draft())
    text = OpenPack.model_validate_json(packed.open_part).model_dump_json()
    sealed = [item.value for item in a_draft().items() if item.value.sealed]
    assert len(sealed) == 12
    for item in sealed:
        assert item.id not in text
        assert item.stem not in text
        assert not any(secret in text for secret in item.secrets())


def test_packing_twice_gives_the_same_bytes(app):
    first, second = packing.pack(a_draft()), packing.pack(a_draft())
    assert first == second
    assert first.hash == second.hash
    assert len(first.hash) == 64


def test_a_change_of_the_sealed_part_alone_changes_the_hash(app):
    mended = a_draft(("tf-s01/soal.yaml", "Rahasia benar 5", "Penjelasan baru 5"))
    assert packing.pack(mended).open_part == packing.pack(a_draft()).open_part
    assert packing.pack(mended).hash != packing.pack(a_draft()).hash


def test_items_keep_their_kind_and_key_through_publishing(app):
    written = {item.value.id: item.value for item in a_draft().items()}
    version = a_course()
    published = {item.id: item for item in (*service.items(version.id), *service.practice_items(version.id))}
    assert published == written
