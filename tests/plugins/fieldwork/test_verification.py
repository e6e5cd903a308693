"""The verification draw: frozen, seeded, repeatable by anybody, checked by somebody else, and shown whole."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from p2k2lms.core import clock, i18n
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.core.indicators import declared
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.rules import drawing, months
from p2k2lms.plugins.fieldwork.rules.drawing import Listed
from p2k2lms.plugins.fieldwork.service import facts, verification
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as indicators
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, KAPUAS
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone, supervised

MONTH = months.earlier(months.month_of(clock.today()))
PATH = "/ID/R4/62/62.03/"
MOST_QUERIES = 6
ROWS = [Listed(n, "kelas" if n % 4 == 0 else "tanpa", "bertemu" if n % 3 else "diam", n % 7) for n in range(1, 101)]


def test_one_in_ten_of_each_stratum_is_drawn_and_at_least_one():
    drawn = drawing.draw(ROWS, "benih")
    assert sorted(row.stratum for row in drawn) == ["kelas"] * 3 + ["tanpa"] * 8
    assert len(drawing.draw(ROWS[:3], "benih")) == 1
    assert drawing.draw([], "benih") == []


@given(st.permutations(ROWS[:30]), st.text(min_size=1, max_size=8))
def test_the_order_of_the_list_changes_neither_hash_nor_draw(rows, seed):
    assert drawing.list_hash(rows) == drawing.list_hash(ROWS[:30])
    assert {r.group for r in drawing.draw(rows, seed)} == {r.group for r in drawing.draw(ROWS[:30], seed)}


def test_every_group_can_be_drawn():
    seen = {row.group for seed in range(200) for row in drawing.draw(ROWS, str(seed))}
    assert seen == {row.group for row in ROWS}


def test_nobody_checks_the_own_group_or_the_group_of_somebody_supervised():
    row = Listed(1, "tanpa", "diam", 10)
    assert {drawing.checker(row, [10, 20, 30], {10: 20}, str(n)) for n in range(20)} == {30}
    assert drawing.checker(row, [10, 20], {10: 20}, "x") is None


def test_a_file_that_was_touched_does_not_agree():
    file = drawing.file_of(ROWS, "benih", [row.group for row in drawing.draw(ROWS, "benih")])
    assert drawing.faults_of(json.loads(json.dumps(file))) == []
    assert drawing.faults_of({**file, "drawn": file["drawn"][1:]}) == ["drawn"]
    changed = [asdict(replace(ROWS[0], reported="bertemu bulan lain")), *file["list"][1:]]
    assert "list_hash" in drawing.faults_of({**file, "list": changed})


def test_the_command_repeats_a_draw_from_its_file(app, tmp_path):
    file = drawing.file_of(ROWS, "benih", [row.group for row in drawing.draw(ROWS, "benih")])
    good, bad, odd = (tmp_path / name for name in ("a.json", "b.json", "c.json"))
    good.write_text(json.dumps(file)), bad.write_text(json.dumps(file | {"seed": "lain"})), odd.write_text("[1]")
    run = app.test_cli_runner().invoke
    results = [run(args=["fieldwork", "redraw", str(path)]) for path in (good, bad, odd)]
    assert [r.exit_code for r in results] == [0, 1, 1]
    assert json.loads(results[0].stdout) == {"agrees": True, "faults": []}
    part = drawing.file_of(ROWS, "benih", file["drawn"], people=False)
    good.write_text(json.dumps(part))
    assert json.loads(run(args=["fieldwork", "redraw", str(good)]).stdout) == {
        "agrees": True,
        "faults": [],
        "unchecked": ["list_hash"],
    }


def drawn_kabupaten(groups=12):
    """A kabupaten with a month that is over: some groups met, one said that it did not, the others are silent."""
    leader, own, other = a_pendamping(), someone("supervisor", KAPUAS), someone("supervisor", KAPUAS)
    supervised(own, leader)
    ids = [a_group(leader).id for _ in range(groups)]
    for group in ids[:5]:
        sends(as_actor(leader), "meeting", a_meeting([group], on_day=MONTH.first.isoformat()))
    sends(as_actor(leader), "no_meeting", {"group": ids[5], "month": f"{MONTH.first:%Y-%m}", "reason": "panen"})
    facts.rebuild_month(MONTH, identity.parents())
    return leader, own, other, ids


def test_the_list_holds_every_due_group_month_those_without_a_report_too(both):
    _leader, own, other, ids = drawn_kabupaten()
    verification.draw_kabupaten(PATH, MONTH)
    verification.draw_kabupaten(PATH, MONTH)
    (card,) = service.draws(as_actor(someone("dinsos", KAPUAS)))
    file = service.draw_file(as_actor(other), card.id)
    said = sorted(row["reported"] for row in file["list"])
    assert (card.due, said) == (12, ["bertemu"] * 5 + ["diam"] * 6 + ["tidak"])
    assert {row["group"] for row in file["list"]} == set(ids)
    assert drawing.faults_of(file) == []
    assert card.counts == {"drawn": 1, "checked": 0, "agree": 0, "missing": 0, "open": 1}
    assert [len(service.my_tasks(as_actor(person))) for person in (other, own)] == [1, 0]
    assert service.draws(as_actor(someone("dinsos", BANJAR))) == []
    with pytest.raises(NotFound):
        service.draw_file(as_actor(someone("evaluator", BANJAR)), card.id)


def test_dinas_sosial_repeats_a_draw_without_reading_of_a_person(both):
    _leader, _own, other, _ids = drawn_kabupaten()
    verification.draw_kabupaten(PATH, MONTH)
    (card,) = service.draws(as_actor(other))
    file = service.draw_file(as_actor(someone("dinsos", KAPUAS)), card.id)
    assert {name for row in file["list"] for name in row} == {"group", "stratum", "reported"}
    assert (drawing.faults_of(file), drawing.has_people(file)) == ([], False)
    assert drawing.faults_of(file | {"seed": "lain"}) + drawing.faults_of(file | {"drawn": [0]}) != []
    whole = service.draw_file(as_actor(someone("koordinator", KAPUAS)), card.id)
    assert drawing.has_people(whole)


def test_who_looks_at_the_whole_country_reads_the_figures_of_a_draw_and_not_its_groups(app, sign_in):
    _leader, _own, other, _ids = drawn_kabupaten()
    verification.draw_kabupaten(PATH, MONTH)
    (card,) = service.draws(as_actor(other))
    url, seen = f"/lapangan/undian/{card.id}.json", {}
    for role, code in (("evaluator", "ID"), ("dinsos", "ID"), ("admin", "ID"), ("evaluator", "62")):
        page = sign_in(as_actor(someone(role, code)))
        shown = page.get("/lapangan/undian")
        assert (shown.status_code, card.list_hash in shown.text) == (200, True)
        seen[role, code] = (page.get(url).status_code, url in shown.text)
    assert seen == {
        ("evaluator", "ID"): (404, False),
        ("dinsos", "ID"): (404, False),
        ("admin", "ID"): (200, True),
        ("evaluator", "62"): (200, True),
    }


def test_a_checker_sees_the_contact_while_the_task_is_open_and_says_what_was_found_once(both):
    leader, own, other, ids = drawn_kabupaten()
    for group in ids:
        service.keep_contact(as_actor(leader), group, "Siti", "0812-3456-7890", consent=True)
    verification.draw_kabupaten(PATH, MONTH, "benih")
    (waiting,) = service.my_tasks(as_actor(other))
    assert waiting.contact_phone == ""
    about = service.task(as_actor(other), waiting.id)
    assert (about.contact_name, about.contact_phone) == ("Siti", "081234567890")
    for stranger in (leader, own):
        with pytest.raises((NotFound, NotAllowed)):
            service.task(as_actor(stranger), waiting.id)
    found = {"task": waiting.id, "method": "telepon", "result": "tidak_terjangkau"}
    assert sends(as_actor(own), "verification", found).status == "rejected"
    assert sends(as_actor(other), "verification", found | {"result": "ya"}).status == "rejected"
    assert sends(as_actor(other), "verification", found).status == "accepted"
    assert sends(as_actor(other), "verification", found | {"result": "bertemu"}).status == "rejected"
    with pytest.raises(NotFound):
        service.task(as_actor(other), waiting.id)
    (card,) = service.draws(as_actor(other))
    assert card.counts == {"drawn": 1, "checked": 0, "agree": 0, "missing": 1, "open": 0}


def test_the_draw_waits_until_reports_are_no_longer_on_time(app):
    _leader, _own, other, _ids = drawn_kabupaten()
    with clock.stopped(clock.now().replace(day=5, hour=4)):
        service.draw_month()
    assert service.draws(as_actor(other)) == []
    with clock.stopped(clock.now().replace(day=9, hour=4)):
        service.draw_month()
    assert len(service.draws(as_actor(other))) == 1


def test_a_kabupaten_in_which_nothing_can_be_drawn_keeps_no_other_waiting(app, monkeypatch):
    _leader, _own, other, _ids = drawn_kabupaten()
    usual = verification.draw_kabupaten

    def breaks(path, month):
        if path == "/ID/11/11.01/":
            raise RuntimeError("padam")
        usual(path, month)

    monkeypatch.setattr(verification.read, "kabupaten_paths", lambda _level: {"/ID/11/11.01/", PATH})
    monkeypatch.setattr(verification, "draw_kabupaten", breaks)
    with clock.stopped(clock.now().replace(day=9, hour=4)):
        with pytest.raises(ExceptionGroup, match="no sample could be drawn"):
            service.draw_month()
    assert len(service.draws(as_actor(other))) == 1


def test_a_contact_is_sealed_in_the_database_and_goes_when_consent_goes(both):
    leader = as_actor(a_pendamping())
    card = a_group(leader.id)
    service.keep_contact(leader, card.id, " Siti ", "081234567890", consent=True)
    raw = str(list(db.session.execute(text("SELECT * FROM fieldwork_group_contact"))))
    assert "Siti" not in raw
    assert "8123456" not in raw
    assert service.contact_since(leader, card.id) == clock.today()
    service.keep_contact(leader, card.id, "Aminah", "081234567899", consent=True)
    service.forget_contact(leader, card.id)
    assert service.contact_since(leader, card.id) is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (("Siti", "081234567890", False), "consent"),
        (("S", "081234567890", True), "name"),
        (("Siti", "12", True), "phone"),
    ],
)
def test_a_contact_needs_consent_a_name_and_a_number(app, said, field):
    leader = as_actor(a_pendamping())
    with pytest.raises(Invalid) as refusal:
        service.keep_contact(leader, a_group(leader.id).id, *said)
    assert refusal.value.field == field


def test_nobody_but_the_holder_keeps_a_contact(app):
    leader, supervisor = a_pendamping(), someone("supervisor", KAPUAS)
    supervised(supervisor, leader)
    card = a_group(leader)
    for change in (service.forget_contact, lambda *a: service.keep_contact(*a, "Siti", "081234567890", True)):
        with pytest.raises(NotFound):
            change(as_actor(supervisor), card.id)


def test_the_pages_work_by_plain_forms_and_ask_little(app, sign_in, count_queries):
    leader, _own, other, ids = drawn_kabupaten()
    holder = sign_in(as_actor(leader))
    url, form = f"/lapangan/{ids[0]}/kontak", {"name": "Siti", "phone": "081234567890", "consent": "1"}
    assert holder.post(url, data=form | {"phone": ""}).status_code == 422
    assert holder.post(url, data=form).status_code == 303
    assert "Siti" not in holder.get(url).text
    assert holder.post(url, data={"forget": "1"}).status_code == 303
    verification.draw_kabupaten(PATH, MONTH, "benih")
    checker = sign_in(as_actor(other))
    (waiting,) = service.my_tasks(as_actor(other))
    (card,) = service.draws(as_actor(other))
    for address in ("/lapangan/periksa", f"/lapangan/periksa/{waiting.id}", "/lapangan/undian"):
        with count_queries() as asked:
            assert checker.get(address).status_code == 200
        assert len(asked) + WHO_ACTS <= MOST_QUERIES, (address, asked)
    assert i18n.month(MONTH.first) in checker.get("/lapangan/periksa").text
    assert card.place == identity.unit_by_code(KAPUAS).name
    assert json.loads(checker.get(f"/lapangan/undian/{card.id}.json").text)["seed"] == "benih"
    refused = checker.post(f"/lapangan/periksa/{waiting.id}", data={"method": "telepon"})
    assert (refused.status_code, "Pilih hasilnya." in refused.text) == (422, True)
    assert "tidak_terjangkau&#39;" not in refused.text
    said = {"method": "kunjungan", "result": "bertemu"}
    assert checker.post(f"/lapangan/periksa/{waiting.id}", data=said).status_code == 303
    assert "Tidak ada yang perlu diperiksa" in checker.get("/lapangan/periksa").text
    assert holder.get("/lapangan/periksa").status_code == 403


def test_the_figure_of_truth_counts_what_was_found_out_by_arm_and_names_what_is_missing(both):
    _leader, _own, other, _ids = drawn_kabupaten(groups=30)
    verification.draw_kabupaten(PATH, MONTH, "benih")
    tasks = service.my_tasks(as_actor(other))
    assert len(tasks) == 3
    (card,) = service.draws(as_actor(other))
    file = service.draw_file(as_actor(other), card.id)
    said, drawn = {row["group"]: row["reported"] for row in file["list"]}, file["drawn"]
    truth = {True: "bertemu", False: "tidak_bertemu"}
    found = [truth[said[drawn[0]] == "bertemu"], truth[said[drawn[1]] != "bertemu"], "tidak_terjangkau"]
    for task, result in zip(tasks, found, strict=True):
        sends(as_actor(other), "verification", {"task": task.id, "method": "telepon", "result": result})
    indicators.roll_up()
    kabupaten = identity.unit_by_code(KAPUAS).id
    arms = indicators.by_stratum(kabupaten, declared()["Q-04"], MONTH.first)
    whole = indicators.figures([kabupaten], [declared()["Q-04"]], MONTH.first)[kabupaten, "Q-04"]
    assert (whole.counts, whole.value) == ((1, 2, 1, 1), 50)
    assert arms["belum"].counts == (1, 2, 1, 1)
