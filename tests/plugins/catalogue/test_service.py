"""Loading, publishing and reading back, on both databases."""

from p2k2lms.plugins.catalogue import service
from tests.factories.catalogue import a_course


def test_a_loaded_course_is_published_and_read_back(both):
    version = a_course()
    assert (version.course, version.number, version.jp) == ("kursus-kecil", 1, 29)
    assert service.latest("kursus-kecil") == version == service.version(version.id)
    assert service.courses() == [version]
    outline = service.outline(version.id)
    assert [s.written for s in outline.sesi.values()] == [True, False, True]
    assert len(service.required_steps(version.id)) == 5
    card = service.card(version.id, "tf-s01-l01")
    assert "<strong>Menyapa setiap ibu</strong>" in card.html
    assert "<svg" in card.picture
    assert {item.form for item in service.items(version.id)} == {"A", "B", "anchor"}
    assert service.groups(version.id) == {
        "tf-s01-t1": "tf-s01",
        "tf-s01-t2": "tf-s01",
        "m1-s01-t1": "m1",
        "m1-s01-t2": "m1",
    }
