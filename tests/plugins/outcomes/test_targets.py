"""The target of an indicator is its own until a unit sets another, which holds for what lies below; both databases."""

import csv
import io
import json
import re

import pytest

from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.core.settings import choose
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes import service
from tests.conftest import an_actor
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.identity import as_actor, someone
from tests.factories.outcomes import figure

KEY, PROVINCE, SELAT, BESIDE = "target.L3-01", "62", "62.03.01", "62.04"


def sets(code: str, text: str, key: str = KEY) -> None:
    choose(an_actor(1, "admin"), identity.unit_by_code(code).id, key, text)


def told(code: str, key: str = "L3-01") -> tuple[int | None, str | None]:
    """The target in the report of a unit, and the code of the unit that set it."""
    (cells,) = (line.cells() for line in service.report(code, None)[1] if line.figure.indicator.id == key)
    return cells["target"], cells["target_from"]


@pytest.fixture
def field(app):
    the_unit(KAPUAS)
    figure(KAPUAS, "L3-01", 195, 240)


def test_the_nearest_unit_that_set_a_target_is_told_with_it(both):
    the_unit(KAPUAS)
    assert told(SELAT) == (90, None)
    sets(PROVINCE, "85")
    assert [told(code) for code in ("R4", PROVINCE, KAPUAS, SELAT)] == [(90, None), (85, "62"), (85, "62"), (85, "62")]
    sets(KAPUAS, "70")
    assert [told(code) for code in (PROVINCE, SELAT, BESIDE)] == [(85, "62"), (70, KAPUAS), (85, "62")]
    sets(KAPUAS, "0")
    assert told(SELAT) == (0, KAPUAS)
    sets(KAPUAS, "")
    assert told(SELAT) == (85, "62")


def test_a_reader_is_told_the_same_as_who_runs_the_platform(both):
    the_unit(KAPUAS)
    sets("R4", "77")
    reader = as_actor(someone("koordinator", KAPUAS))
    lines = {line.figure.indicator.id: line for line in service.report(KAPUAS, None, reader)[1]}
    assert (lines["L3-01"].aim.value, lines["L3-01"].aim.unit.kemendagri_code) == (77, "R4")
    assert lines["L3-04"].aim.unit is None


@pytest.mark.parametrize("text", ["101", "-1", "8,5", "banyak", "123456"])
def test_what_can_be_no_target_is_refused(both, text):
    the_unit(KAPUAS)
    with pytest.raises(Invalid):
        sets(KAPUAS, text)
    assert told(KAPUAS) == (90, None)


@pytest.mark.parametrize("key", ["target.L1-01", "target.X-99"])
def test_what_is_not_counted_has_no_target_to_set(both, key):
    the_unit(KAPUAS)
    with pytest.raises(Invalid):
        sets(KAPUAS, "80", key)


def test_an_admin_sets_it_for_own_units_alone(both):
    the_unit(KAPUAS)
    admin = as_actor(someone("admin", KAPUAS))
    identity.choose_settings(admin, identity.unit_by_code(KAPUAS).id, {KEY: "80"})
    assert told(SELAT) == (80, KAPUAS)
    for role, code in (("admin", BESIDE), ("koordinator", KAPUAS), ("evaluator", "R4"), ("supervisor", KAPUAS)):
        with pytest.raises((NotAllowed, NotFound)):
            identity.choose_settings(as_actor(someone(role, code)), identity.unit_by_code(KAPUAS).id, {KEY: "10"})
    assert told(SELAT) == (80, KAPUAS)


def test_pages_and_files_say_the_target_and_where_it_was_set(field, sign_in):
    page = sign_in(as_actor(someone("koordinator", KAPUAS)))
    one = f"/dampak/wilayah/{KAPUAS}/angka/L3-01"
    assert "90% (bawaan)" in page.get(one).text
    sets(PROVINCE, "85")
    name = identity.unit_by_code(PROVINCE).name
    assert f"85% (ditetapkan di {name})" in page.get(one).text
    assert f"sasaran 85%, ditetapkan di {name}" in page.get(f"/dampak/wilayah/{KAPUAS}").text
    assert "Ubah sasaran" not in page.get(one).text
    rows = csv.DictReader(io.StringIO(page.get(f"/dampak/wilayah/{KAPUAS}/laporan.csv").data.decode("utf-8-sig")))
    assert [(row["target"], row["target_from"]) for row in rows if row["indicator"] == "L3-01"] == [("85", "62")]
    assert page.get(f"/dampak/wilayah/{KAPUAS}/laporan.pdf").data.startswith(b"%PDF")


def test_the_command_says_it_too(app, field):
    sets(PROVINCE, "85")
    said = app.test_cli_runner().invoke(args=["outcomes", "report", "--unit", KAPUAS, "--format", "json"]).stdout
    (line,) = (one for one in json.loads(said)["indicators"] if one["indicator"] == "L3-01")
    assert (line["target"], line["target_from"]) == (85, "62")


def test_an_admin_comes_from_the_figure_to_the_form_and_faults_stand_beside_their_fields(field, sign_in):
    page = sign_in(as_actor(someone("admin", KAPUAS)))
    url = f"/kelola/wilayah/{identity.unit_by_code(KAPUAS).id}/pengaturan"
    assert f'href="{url}#{KEY}"' in page.get(f"/dampak/wilayah/{KAPUAS}/angka/L3-01").text
    assert '<summary><span class="grow">Sasaran indikator</span>' in page.get(url).text
    wrong = page.post(url, data={KEY: "101", "target.L3-04": "banyak"})
    assert wrong.status_code == 422
    assert f'id="{KEY}-salah">Paling besar 100.' in wrong.text
    assert 'id="target.L3-04-salah">Isi dengan angka bulat.' in wrong.text
    assert re.search(r"<details[^>]* open>", wrong.text)
    assert page.post(url, data={KEY: "75"}).status_code == 303
    assert f'name="{KEY}" maxlength="500" value="75"' in page.get(url).text
    assert told(SELAT) == (75, KAPUAS)
