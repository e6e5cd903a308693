"""A month that is frozen can be computed again from its file alone, and a changed byte is found."""

import json

import numpy as np
import pytest

from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes import service
from p2k2lms.plugins.outcomes.rules import analysis, cube, public, release
from p2k2lms.plugins.outcomes.rules import plan as plans
from p2k2lms.stats.world import World, make
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.identity import as_actor, someone
from tests.factories.worlds import SMALL, a_field, a_plan, cube_columns, this_month


@pytest.fixture(scope="module")
def packed():
    plan, columns = a_plan(last=24_300, first=24_287), cube_columns(make(SMALL, 3), last=24_300)
    rows = list(zip(*columns, strict=True))
    text = cube.spelled(rows)
    return release.pack(plan.body(), text, analysis.result(plan, cube.read(text)))


def test_the_same_things_make_the_same_bytes_and_agree(packed):
    assert release.faults_of(packed) == []
    assert len(packed) < 60_000


def test_any_changed_byte_is_found(packed):
    for place in range(0, len(packed), max(1, len(packed) // 400)):
        spoiled = bytearray(packed)
        spoiled[place] ^= 1
        assert release.faults_of(bytes(spoiled)) == ["seal"]


def test_a_figure_that_does_not_follow_from_the_cube_is_named_though_the_seal_is_right(packed):
    parts = release._parts(packed)
    told = json.loads(parts[release.FIGURES])
    told["effect"]["est"] += 0.5
    forged = release.pack(json.loads(parts[release.PLAN]), parts[release.CUBE], told)
    assert release.faults_of(forged) == ["effect.est"]


@pytest.mark.parametrize("content", [b"", b"bukan berkas", b"PK" * 100])
def test_what_is_no_release_is_never_said_to_agree(content):
    assert release.faults_of(content) == ["seal"]
    with pytest.raises(ValueError, match="bukan rilis"):
        release.faults_of(content + release.seal_of(content))


def test_every_column_of_the_cube_has_a_meaning():
    assert tuple(release.MEANS) == cube.Columns._fields


def a_file_of_few() -> bytes:
    """A frozen month of sixty people in twelve kabupaten, each seen at a visit and told of by families."""
    plan, made = a_plan(last=24_300, first=24_287), make(World(**vars(SMALL) | {"people": 60}), 3)
    columns = cube_columns(made, last=24_300)
    seen = {name: getattr(columns, name.replace("seen", "met")) for name in ("n_seen", "sum_seen", "sq_seen")}
    does = {name: getattr(columns, name.replace("does", "met")) for name in ("n_does", "sum_does", "sq_does")}
    text = cube.spelled(zip(*columns._replace(**seen, **does), strict=True))
    return release.pack(plan.body(), text, analysis.result(plan, cube.read(text)))


def test_a_cell_of_one_person_stays_in_the_file_which_says_whose_it_is_and_is_never_published():
    """Kept because errors by kabupaten and the check by anybody need each cell; nothing of it goes further."""
    plan, packed = a_plan(last=24_300, first=24_287), a_file_of_few()
    parts = release._parts(packed)
    columns = cube.read(parts[release.CUBE])
    assert all((getattr(columns, name) == 1).any() for name in ("n_met", "n_seen", "n_does"))
    assert release.faults_of(packed) == []
    assert release.plan_sha(packed) == plans.sha_of(plan.body())
    assert "bukan untuk umum: satu sel bisa berisi satu orang" in parts[release.CODEBOOK].splitlines()[1]
    told = public.effect_of(release.figures_of(packed))
    assert set(told) <= {"verdict", "falls", "effect", "corrected", "times_more", "sizes"}
    assert set(told["sizes"]) == {"trained", "untrained", "kabupaten"}
    assert {name for name in cube.Columns._fields if f'"{name}"' in json.dumps(told)} == {"kabupaten"}  # how many
    assert not [place for place in np.unique(columns.kabupaten) if str(place) in json.dumps(told)]
    assert all(told["sizes"][name] % public.NEAREST == 0 for name in public.SIZES)


def test_a_month_is_frozen_once_and_checked_by_the_command(both, tmp_path):
    the_unit(KAPUAS)
    actor = as_actor(someone("evaluator", "R4"))
    a_field()
    plan_id = service.register(actor, a_plan(), identity.unit_by_code("R4").id)
    with pytest.raises(Invalid):
        service.release(actor, plan_id)
    service.run(plan_id)
    run = both.test_cli_runner()
    file = tmp_path / "rilis.zip"
    made = json.loads(run.invoke(args=["outcomes", "release", "--plan", str(plan_id), "--out", str(file)]).stdout)
    last = this_month() - 1
    assert made["month"] == f"{(last - 1) // 12}-{(last - 1) % 12 + 1:02d}"
    with pytest.raises(Conflict):
        service.release(actor, plan_id)
    assert service.release_file(actor, plan_id, service.releases(plan_id)[0].id)[1] == file.read_bytes()
    told = run.invoke(args=["outcomes", "verify", str(file)])
    assert (told.exit_code, json.loads(told.stdout)["agrees"]) == (0, True)
    assert json.loads(told.stdout)["plan"] == service.plan(actor, plan_id).sha
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert run.invoke(args=["outcomes", "verify", str(file)]).exit_code == 1
    with pytest.raises(NotFound):
        service.release_file(as_actor(someone("evaluator", "62")), plan_id, 1)


def test_the_file_of_a_frozen_month_is_held_by_evaluators_of_the_unit_of_its_plan_alone(app):
    """The nation holds that of its own plan: cells by kabupaten, never below, and no row of a person."""
    the_unit(KAPUAS)
    ministry, centre = as_actor(someone("evaluator", "ID")), as_actor(someone("evaluator", "R4"))
    a_field()
    plan_id = service.register(ministry, a_plan(), identity.unit_by_code("ID").id)
    service.run(plan_id)
    made = service.release(ministry, plan_id)
    _card, content = service.release_file(ministry, plan_id, made.id)
    places = {str(code) for code in cube.read(release._parts(content)[release.CUBE]).kabupaten}
    assert {identity.unit_by_code(code).level for code in places} == {"kabupaten"}
    with pytest.raises(NotFound):
        service.release_file(centre, plan_id, made.id)
    with pytest.raises(NotAllowed):
        service.release_file(as_actor(someone("koordinator", "62.03")), plan_id, made.id)
