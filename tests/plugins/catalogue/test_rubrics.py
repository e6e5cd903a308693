"""The rubric in its editor: a draft that somebody else publishes, ids given once, nothing typed that is lost."""

import pytest

from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.plugins.catalogue import rubric_source, service
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course
from tests.hardening import forms

ANI, BUDI = an_actor(7, "widyaiswara"), an_actor(8, "widyaiswara")
NEW = {"new.title": "Menyapa dengan nama", "new.kind": "mutu"} | {f"new.{n}": f"Terlihat {n}" for n in range(4)}
ADDRESS = f"/studio/kursus/{TINY}/rubrik"


@pytest.fixture
def before(app):
    return a_course()


def typed(**changes: str) -> dict[str, str]:
    """The fields of the rubric as its page has them, with other words in some."""
    return {**service.rubric_draft(ANI, TINY).fields, **changes}


def save(fields: dict[str, str], sesi: str = "") -> None:
    service.save_rubric(ANI, TINY, fields, service.rubric_draft(ANI, TINY, sesi).revision, sesi)


def publish():
    service.hand_in(ANI, TINY)
    return service.approve(BUDI, TINY)


def test_a_changed_rubric_waits_for_a_second_person_and_older_versions_keep_theirs(both):
    first = a_course()
    save(typed(**{"b01.title": "Membuka dengan hangat"}))
    assert service.rubric(first.id) == service.rubric(service.latest(TINY).id)
    service.hand_in(ANI, TINY)
    with pytest.raises(Conflict):
        service.approve(ANI, TINY)
    second = service.approve(BUDI, TINY)
    assert service.rubric(second.id).behaviours[0].title == "Membuka dengan hangat"
    assert service.rubric(first.id).behaviours[0].title != "Membuka dengan hangat"
    (change,) = service.difference(ANI, TINY, 1, 2).words.rubric
    assert (change.step, change.changes[0].came) == ("b01", ("Membuka dengan hangat",))


def test_a_new_behaviour_gets_an_id_that_none_ever_had_and_an_emptied_one_goes(app, before):
    known = [one.id for one in service.rubric(before.id).behaviours]
    save(typed(**NEW))
    added = [row["id"] for row in service.rubric_draft(ANI, TINY).behaviours][-1]
    assert added == f"b{int(known[-1][1:]) + 1:02}"
    assert len(service.rubric(publish().id).behaviours) == len(known) + 1
    save(typed(**dict.fromkeys((f"{added}.title", *(f"{added}.{n}" for n in range(4))), "")))
    assert [one.id for one in service.rubric(publish().id).behaviours] == known
    save(typed(**NEW))
    assert [row["id"] for row in service.rubric_draft(ANI, TINY).behaviours][-1] == f"b{int(added[1:]) + 1:02}"


def test_the_comments_on_top_of_a_rubric_stay():
    text = "# Dua perilaku.\n\nbehaviours:\n  - {id: b01, title: A, kind: mutu, levels: [a, b, c, d]}\n"
    made = rubric_source.with_fields(text, rubric_source.fields_of(text) | NEW, ["- b07"])
    assert made.startswith("# Dua perilaku.\n\nbehaviours:\n")
    assert [row["id"] for row in rubric_source.behaviours(made)] == ["b01", "b08"]


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"b03": "1"}, ["b03", "b01", "b02", "b04"]),
        ({"b01": "4"}, ["b02", "b03", "b04", "b01"]),
        ({"b01": "2"}, ["b02", "b01", "b03", "b04"]),
        ({"b04": "1", "b01": "4"}, ["b04", "b02", "b03", "b01"]),
        ({"b02": "x", "b03": "99"}, ["b01", "b02", "b04", "b03"]),
    ],
)
def test_a_behaviour_stands_where_its_author_puts_it(places, order):
    rows = "".join(f"  - {{id: b0{n}, title: P{n}, kind: mutu, levels: [a, b, c, d]}}\n" for n in range(1, 5))
    fields = rubric_source.fields_of(f"behaviours:\n{rows}") | {f"{name}.place": to for name, to in places.items()}
    made = rubric_source.with_fields(f"behaviours:\n{rows}", fields, [])
    assert [row["id"] for row in rubric_source.behaviours(made)] == order
    assert [rubric_source.fields_of(made)[f"{name}.place"] for name in order] == ["1", "2", "3", "4"]


def test_the_order_of_behaviours_is_changed_on_the_page_and_told_between_versions(app, sign_in, before):
    save(typed(**NEW))
    middle = publish()
    page, old = sign_in(ANI).get(ADDRESS).text, service.rubric_draft(ANI, TINY)
    last = old.behaviours[-1]["id"]
    assert f'name="{last}.place"' in page
    sent = {**old.fields, f"{last}.place": "1", "revision": str(old.revision)}
    assert sign_in(ANI).post(ADDRESS, data=sent).status_code == 303
    version = publish()
    assert service.rubric(version.id).behaviours[0].id == last
    assert {one.id for one in service.rubric(version.id).behaviours} == {row["id"] for row in old.behaviours}
    (change,) = service.difference(ANI, TINY, middle.number, version.number).words.rubric
    assert (change.title, change.changes[0].came) == ("Urutan perilaku", ("Menyapa dengan nama",))


def test_the_examples_of_a_sesi_are_written_and_taken_away(both):
    a_course()
    save({"b01": "Peserta  menyebut nama."}, "m1-s01")
    version = publish()
    assert service.sesi(version.id, "m1-s01").examples == {"b01": "Peserta menyebut nama."}
    save({"b01": ""}, "m1-s01")
    assert service.sesi(publish().id, "m1-s01").examples == {}


def test_what_is_not_whole_is_refused_beside_its_field_and_stays_as_it_was_typed(app, sign_in, before):
    browser = sign_in(ANI)
    page = browser.get(ADDRESS).text
    assert 'name="b01.3"' in page
    sent = typed(**{"b01.2": "", "b01.title": "Judul <b>baru</b>", "revision": "1"})
    sent["revision"] = str(service.rubric_draft(ANI, TINY).revision)
    answer = browser.post(ADDRESS, data=sent)
    assert answer.status_code == 422
    assert 'id="b01.2-salah"' in answer.text
    assert 'value="Judul &lt;b&gt;baru&lt;/b&gt;"' in answer.text
    with pytest.raises(Invalid) as refused:
        save(typed(**NEW | {"new.kind": "entah"}))
    assert [fault.field.partition(".")[2] for fault in refused.value.faults] == ["kind"]


def test_two_who_change_a_rubric_at_once_lose_nothing(app, sign_in, before):
    old = service.rubric_draft(ANI, TINY)
    save(typed(**{"b01.title": "Yang pertama"}))
    answer = sign_in(BUDI).post(ADDRESS, data={**old.fields, "b01.title": "Yang kedua", "revision": str(old.revision)})
    assert answer.status_code == 409
    assert 'value="Yang kedua"' in answer.text
    assert "Yang pertama" in answer.text
    again = {**old.fields, "b01.title": "Yang kedua", "revision": str(service.rubric_draft(ANI, TINY).revision)}
    assert sign_in(BUDI).post(ADDRESS, data=again).status_code == 303
    assert service.rubric_draft(ANI, TINY).fields["b01.title"] == "Yang kedua"


def test_who_was_late_keeps_the_behaviour_that_another_added_and_the_box_that_was_emptied(app, sign_in, before):
    save(typed(**{"b01.adaptable": "1"}))
    old = service.rubric_draft(BUDI, TINY)
    save(typed(**NEW))
    sent = {key: text for key, text in old.fields.items() if key != "b01.adaptable"}
    late = sign_in(BUDI).post(ADDRESS, data={**sent, "b01.title": "Yang kedua", "revision": str(old.revision)})
    assert late.status_code == 409
    (shown,) = [form for form in forms.read(ADDRESS, late.text) if "b01.title" in form.fields]
    filled = {key: text for key, text in shown.fields.items() if not key.startswith("new.")}
    assert sign_in(BUDI).post(ADDRESS, data=filled).status_code == 303
    now = service.rubric_draft(ANI, TINY)
    added = [row["id"] for row in now.behaviours][-1]
    assert {f"new.{key}": now.fields[f"{added}.{key}"] for key in ("title", "kind", "0", "1", "2", "3")} == NEW
    assert (now.fields["b01.title"], now.fields["b01.adaptable"]) == ("Yang kedua", "")


def test_a_course_without_a_rubric_gets_its_first(app, sign_in):
    a_course(changes={f"{TINY}/rubrik.yaml": None, "tf-s01/rubrik.yaml": None, "adegan-hujan.yaml": None})
    browser = sign_in(ANI)
    assert "belum punya rubrik" in browser.get(f"/studio/kursus/{TINY}/sesi/tf-s01/rubrik").text
    assert browser.post(ADDRESS, data=NEW | {"revision": "0"}).status_code == 303
    assert [row["id"] for row in service.rubric_draft(ANI, TINY).behaviours] == ["b01"]
    assert "Rubrik amatan" in browser.get(f"/studio/kursus/{TINY}").text.split("naskah berubah")[1]


def test_who_writes_no_content_changes_no_rubric(app, before):
    with pytest.raises(NotAllowed):
        service.save_rubric(an_actor(9, "pendamping"), TINY, {}, 0)
    for wrong in ("tidak-ada", "../x"):
        with pytest.raises(NotFound):
            service.rubric_draft(ANI, TINY, wrong)
        with pytest.raises(NotFound):
            service.save_rubric(ANI, TINY, {}, 0, wrong)
