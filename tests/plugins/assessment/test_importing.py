"""Question files into a course: looked at, taken in once, completed in the tray, and given back out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2k2lms.core.access import SYSTEM
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed
from p2k2lms.plugins.assessment import formats, service
from p2k2lms.plugins.assessment.formats import course
from p2k2lms.plugins.assessment.formats.question import KINDS
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import ItemChange
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course
from tests.factories.questions import questions
from tests.plugins.assessment.test_formats import EXAMPLES

GIFT = (EXAMPLES / "gift" / "pertemuan.gift.txt").read_bytes()
AUTHOR = an_actor(7, "widyaiswara")


def fates(delivery) -> list[str]:
    return [arrival.fate for arrival in delivery.arrivals]


def test_a_whole_question_goes_to_its_sesi_and_the_others_to_the_tray(both):
    a_course()
    before = catalogue.documents(TINY, sealed=True)[0]
    looked = service.import_file(AUTHOR, TINY, GIFT, apply=False)
    assert fates(looked) == ["new", "tray"]
    assert catalogue.documents(TINY, sealed=True)[0] == before
    service.take_in(AUTHOR, looked)
    bank = catalogue.bank(TINY)
    fresh = next(item for item in bank.items if item.data["stem"].startswith("Apa yang pertama"))
    assert (fresh.sesi, fresh.data["form"]) == ("m1-s01", "A")
    assert [item.data["kind"] for item in bank.arrived] == ["truefalse"]
    after = catalogue.documents(TINY, sealed=True)[0]
    path = f"modules_content/{TINY}/m1-s01/soal.yaml"
    assert after[path].startswith(before[path].rstrip())
    assert fates(service.import_file(AUTHOR, TINY, GIFT, apply=True)) == ["same", "same"]
    catalogue.checked_draft(TINY, after)


@pytest.mark.parametrize("format", formats.WRITERS)
def test_what_a_course_exports_comes_back_the_same_and_a_change_replaces_its_item(app, format):
    a_course()
    made = service.export_items(AUTHOR, TINY, format)
    assert made.found.remarks == ()
    assert set(fates(service.import_file(AUTHOR, TINY, made.content, apply=False))) == {"same"}


def test_a_changed_sheet_changes_the_item_with_that_id_alone(app):
    a_course()
    first = catalogue.bank(TINY).items[0]
    sheet = service.export_items(AUTHOR, TINY, "gift").content.decode()
    stem = str(first.data["stem"]).strip()
    changed = service.import_file(AUTHOR, TINY, sheet.replace(stem, "Soal yang sama sekali lain?").encode(), apply=True)
    assert changed.fates["changed"] == 1
    now = {item.id: item for item in catalogue.bank(TINY).items}
    assert now[first.id].data["stem"] == "Soal yang sama sekali lain?"
    assert len(now) == len(changed.arrivals)


@pytest.mark.parametrize("format", ["gift", "moodle"])
def test_what_a_format_cannot_carry_stays_as_it_stands_here(app, format):
    a_course()
    item = catalogue.bank(TINY).items[0]
    place = {name: item.data[name] for name in ("id", "objective", "form", "reread")}
    sides = (("Ani", "ibu"), ("Budi", "ayah"), ("Wati", "bibi"))
    pairs = [{"left": left, "right": right, "why": f"{left} sudah menikah."} for left, right in sides]
    whole = {**place, "kind": "matching", "stem": "Pasangkan.", "pairs": pairs, "why": "Begitu."}
    catalogue.change_items(AUTHOR, TINY, [ItemChange(item.sesi, whole, item.mark)])
    assert service.losses(catalogue.bank(TINY)) == {"gift": 1, "moodle": 1}
    made = service.export_items(AUTHOR, TINY, format).content
    assert set(fates(service.import_file(AUTHOR, TINY, made, apply=True))) == {"same"}
    changed = made.replace(b"Pasangkan.", b"Pasangkan mereka.").replace(b"Budi", b"Tono")
    assert service.import_file(AUTHOR, TINY, changed, apply=True).fates["changed"] == 1
    now = next(one for one in catalogue.bank(TINY).items if one.id == item.id).data
    reasons = [(pair["left"], pair.get("why")) for pair in now["pairs"]]
    assert reasons == [("Ani", "Ani sudah menikah."), ("Tono", None), ("Wati", "Wati sudah menikah.")]


def test_two_authors_of_one_item_are_told_and_the_first_stays(both):
    a_course()
    item = catalogue.bank(TINY).items[0]
    catalogue.change_items(AUTHOR, TINY, [ItemChange(item.sesi, {**item.data, "stem": "Dari Ani?"}, item.mark)])
    with pytest.raises(Conflict, match="sudah diubah orang lain"):
        catalogue.change_items(AUTHOR, TINY, [ItemChange(item.sesi, {**item.data, "stem": "Dari Budi?"}, item.mark)])
    assert next(i for i in catalogue.bank(TINY).items if i.id == item.id).data["stem"] == "Dari Ani?"


def test_more_than_a_tray_holds_is_refused_whole_and_the_bank_stays_readable(app):
    a_course()
    many = "soal,kunci,pilihan 1,pilihan 2\n" + "".join(f"Soal {n} {'x' * 200}?,A,a,b\n" for n in range(2000))
    with pytest.raises(Invalid, match="Terlalu banyak"):
        service.import_file(AUTHOR, TINY, many.encode(), apply=True)
    assert not catalogue.bank(TINY).arrived


def test_only_a_widyaiswara_brings_items_in(app):
    a_course()
    with pytest.raises(NotAllowed):
        service.import_file(an_actor(8, "pendamping"), TINY, GIFT, apply=True)


@settings(max_examples=40)
@given(data=st.data())
def test_a_question_keeps_what_it_says_in_the_form_of_a_course(data):
    question = data.draw(questions(data.draw(st.sampled_from(KINDS))))
    written = course.arrived(question)
    again = course.question_of(written)
    assert course.arrived(again) == written
    assert (again.stem, again.order, again.pairs, again.variants) == (
        question.stem, question.order, question.pairs, question.variants,
    )  # fmt: skip


@pytest.fixture
def cli(app):
    a_course()
    return app.test_cli_runner()


def run(cli, *words: str) -> tuple[int, dict]:
    result = cli.invoke(args=["items", *words, "--course", TINY, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_the_command_says_counts_and_faults_and_writes_only_when_told(cli, tmp_path):
    status, told = run(cli, "import", str(EXAMPLES / "gift" / "aneh.gift.txt"))
    assert (status, told["counts"]) == (0, {"multiple": 1, "numeric": 1, "single": 1})
    assert [fault["place"] for fault in told["faults"]] == ["baris 1", "baris 11"]
    assert not catalogue.bank(TINY).arrived
    run(cli, "import", str(EXAMPLES / "gift" / "aneh.gift.txt"), "--apply")
    assert len(catalogue.bank(TINY).arrived) == 3
    for format in formats.WRITERS:
        assert run(cli, "export", str(tmp_path / format), "--format", format)[0] == 0
        assert (tmp_path / format).stat().st_size


@pytest.mark.parametrize("name", ["qti2/uraian.xml", "../../conftest.py"])
def test_the_command_ends_with_1_and_a_fault_when_nothing_is_carried(cli, name):
    status, told = run(cli, "import", str(EXAMPLES / name))
    assert status == 1
    assert told["faults"]
    assert told["counts"] == {}


@pytest.mark.parametrize(
    ("make", "place", "said"),
    [
        (lambda path: None, "soal.txt", "tidak dapat dibuka"),
        (lambda path: path.mkdir(), "soal.txt", "Ini map"),
        (lambda path: path.write_bytes(GIFT), "soal.txt/lagi.txt", "tidak dapat dibuka"),
    ],
)
def test_a_file_that_cannot_be_had_is_a_fault_like_any_other(cli, tmp_path, make, place, said):
    make(tmp_path / "soal.txt")
    status, told = run(cli, "import", str(tmp_path / place))
    assert (status, told["counts"]) == (1, {})
    assert [(fault["place"], said in fault["message"]) for fault in told["faults"]] == [(place.split("/")[-1], True)]


def test_a_course_without_drafts_is_named(app, tmp_path):
    file = tmp_path / "soal.txt"
    file.write_bytes(GIFT)
    result = app.test_cli_runner().invoke(args=["items", "import", str(file), "--course", "tidak-ada", "--json"])
    assert result.exit_code == 1
    assert "tidak punya naskah" in json.loads(result.stdout)["faults"][0]["message"]
    assert SYSTEM.id is None
