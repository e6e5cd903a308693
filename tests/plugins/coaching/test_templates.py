"""Templates of paths: a draft that a second person approves, offered only then, and no author's change lost unseen."""

import re

import pytest

from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.values import StageDef
from tests.factories.coaching import STAGES, a_template
from tests.factories.enrolment import BANJAR, KAPUAS, on_a_course, the_unit
from tests.factories.identity import as_actor, someone

THREE = (*STAGES, StageDef(title="Sekali lagi", sesi=("m1-s01",), minutes=60))


@pytest.fixture
def people(both):
    """A published template, two widyaiswara of its centre, and a pendamping below it."""

    def build() -> list[int]:
        who = (("widyaiswara", "R4"), ("widyaiswara", "R4"), ("pendamping", BANJAR))
        return [a_template(), *(someone(*one) for one in who)]

    template, *actors = on_a_course("who works on templates", build)
    return template, *map(as_actor, actors)


def saves(actor, template: int, stages=THREE, seen: int | None = None) -> int:
    card, newest = service.template(actor, template), service.at_work(actor, template).newest.number
    return service.save(actor, template, service.Plan(card.unit_id, card.name, "", stages), seen or newest)


def offered(actor) -> list[int]:
    return [len(card.stages) for card in service.desk(actor).offer.templates]


def test_a_changed_path_is_offered_once_a_second_person_has_approved_it(people):
    template, ani, budi, siti = people
    made = saves(ani, template)
    assert (service.template(ani, made).state, offered(siti)) == ("draft", [2])
    service.hand_in(ani, made)
    with pytest.raises(Conflict, match="Anda tulis sendiri"):
        service.approve(ani, made)
    assert not service.at_work(ani, made).may_approve
    work = service.at_work(budi, made)
    assert (work.may_approve, work.published.number) == (True, 1)
    assert (list(work.went), list(work.came)) == ([], ["3. Sekali lagi · m1-s01 · 60 menit · pendamping menilai diri"])
    service.approve(budi, made)
    assert (service.template(ani, made).state, offered(siti)) == ("published", [3])
    assert service.begin(siti, made) > 0


def test_whoever_wrote_since_the_last_approval_does_not_approve_and_what_goes_back_is_a_draft_again(people):
    template, ani, budi, siti = people
    saves(ani, template)
    second = saves(budi, template, STAGES[1:])
    service.hand_in(budi, second)
    for author in (ani, budi):
        with pytest.raises(Conflict):
            service.approve(author, second)
    service.send_back(ani, second)
    assert service.template(ani, second).state == "draft"
    assert offered(siti) == [2]


def test_only_the_newest_version_moves_on_and_a_change_that_nobody_saw_is_not_written_over(people):
    template, ani, budi, _siti = people
    seen = service.at_work(ani, template).newest.number
    first = saves(budi, template, seen=seen)
    with pytest.raises(Conflict, match="diubah orang lain"):
        saves(ani, template, seen=seen)
    service.hand_in(budi, first)
    second = saves(ani, template, STAGES[1:], seen=2)
    for step in (service.approve, service.hand_in):
        with pytest.raises(Conflict):
            step(ani, first)
    with pytest.raises(Conflict):
        service.approve(budi, second)
    with pytest.raises(NotFound):
        service.hand_in(as_actor(someone("widyaiswara", the_unit(KAPUAS).kemendagri_code)), second)


def test_the_pages_lead_from_draft_to_offer_and_keep_what_was_typed_when_another_was_quicker(app, sign_in):
    template, centre = a_template(), the_unit("R4").kemendagri_code
    ani, budi = (as_actor(someone("widyaiswara", centre)) for _n in range(2))
    url, unit = f"/studio/jalur/{template}", the_unit("R4").id
    told = {"name": "Jalur uji", "unit_id": str(unit), "modul": "", "seen": "1", "title-1": "Hanya <b>satu</b>"}
    told |= {"sesi-1": "m1-s01", "minutes-1": "60", "observed-1": "1"}
    answer = sign_in(ani).post(url, data=told)
    assert answer.status_code == 303
    draft = answer.location.partition("?")[0]
    late = sign_in(budi).post(url, data=told)
    assert late.status_code == 409
    assert "sudah diubah orang lain" in late.text
    assert 'value="Hanya &lt;b&gt;satu&lt;/b&gt;"' in late.text
    assert "Ditawarkan setelah diajukan" in sign_in(ani).get(answer.location).text
    assert sign_in(ani).post(f"{draft}/ajukan").status_code == 303
    assert sign_in(ani).post(f"{draft}/setujui").status_code == 409
    page = sign_in(budi).get(draft).text
    assert "Setujui dan tawarkan" in page
    assert "<ins>1. Hanya &lt;b&gt;satu&lt;/b&gt;" in page
    assert sign_in(budi).post(f"{draft}/setujui").status_code == 303
    assert sign_in(budi).post(f"{draft}/entah").status_code == 404
    assert "menunggu persetujuan" not in sign_in(budi).get("/studio/jalur").text


def test_who_was_late_sees_what_stands_now_and_the_second_save_replaces_it(app, sign_in):
    template, centre = a_template(), the_unit("R4").kemendagri_code
    ani, budi = (as_actor(someone("widyaiswara", centre)) for _n in range(2))
    saves(ani, template, (StageDef(title="Dari <i>Ani</i>", sesi=("m1-s01",), observed=True, minutes=45),), seen=1)
    url, page = f"/studio/jalur/{template}", sign_in(budi)
    told = {"name": "Jalur uji", "unit_id": str(the_unit("R4").id), "modul": "", "seen": "1", "title-1": "Dari Budi"}
    told |= {"sesi-1": "m1-s01", "minutes-1": "0", "observed-1": "1"}
    wrong = page.post(url, data=told)
    assert wrong.status_code == 422
    assert _seen(wrong.text) == "1"
    late = page.post(url, data=told | {"minutes-1": "60"})
    assert late.status_code == 409
    assert "1. Dari &lt;i&gt;Ani&lt;/i&gt; · m1-s01 · 45 menit" in late.text
    assert "Ada versi yang lebih baru" not in late.text
    again = page.post(url, data=told | {"minutes-1": "60", "seen": _seen(late.text)})
    assert again.status_code == 303
    made = service.template(budi, int(again.location.partition("?")[0].rpartition("/")[2]))
    assert (made.number, [stage.title for stage in made.stages]) == (3, ["Dari Budi"])


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_name_with_a_blank_too_many_is_the_same_path(people):
    template, ani, _budi, _siti = people
    card = service.template(ani, template)
    made = service.save(ani, template, service.Plan(card.unit_id, " Jalur  uji ", "", THREE), 1)
    assert (service.template(ani, made).name, service.template(ani, made).number) == (card.name, 2)
    with pytest.raises(service.Overtaken):
        service.save(ani, template, service.Plan(card.unit_id, "Jalur  uji", "", THREE), 1)


def test_no_number_of_drafts_or_of_paths_elsewhere_hides_what_is_offered(people, monkeypatch):
    template, ani, budi, siti = people
    monkeypatch.setattr(read, "MOST", 2)
    for n in range(3):
        saves(ani if n % 2 else budi, template)
    a_template(name="A naskah", state="draft")
    assert [(card.name, card.number) for card in service.templates(ani)] == [("A naskah", 1), ("Jalur uji", 4)]
    for n in range(3):
        a_template(KAPUAS, name=f"Asing {n}")
    assert offered(siti) == [2]


def test_the_path_of_the_nation_is_saved_as_one_of_the_own_centre_that_takes_its_place(people):
    _template, ani, budi, siti = people
    nation = a_template("ID", name="Jalur bersama")
    work = service.at_work(ani, nation)
    assert (work.own, work.place) == (False, "Indonesia")
    card = service.template(ani, nation)
    plan = service.Plan(the_unit("R4").id, card.name, "", THREE)
    made = service.save(ani, nation, plan, 1)
    work = service.at_work(ani, made)
    assert (work.own, work.card.number, list(work.went)) == (True, 1, [])
    assert list(work.came) == ["3. Sekali lagi · m1-s01 · 60 menit · pendamping menilai diri"]
    with pytest.raises(Conflict, match="sudah punya jalur dengan nama ini"):
        service.save(budi, nation, plan, 1)
    service.hand_in(ani, made)
    service.approve(budi, made)
    assert [one.id for one in service.desk(siti).offer.templates if one.name == card.name] == [made]
