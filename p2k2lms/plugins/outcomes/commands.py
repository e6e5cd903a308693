"""`stats ...`: the evaluation engine on files; `outcomes ...`: figures of units. Faults go to stderr."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from p2k2lms.core.commands import answers_without_database
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.outcomes import files, service
from p2k2lms.plugins.outcomes.figures import effects, field, learning, log
from p2k2lms.plugins.outcomes.rules import plain
from p2k2lms.plugins.outcomes.rules import release as releases
from p2k2lms.plugins.outcomes.rules import truth as truths
from p2k2lms.stats.did import CONTROLS

FILE = click.Path(path_type=Path)

outcomes_group = AppGroup("outcomes", help="Figures of units, counted from training and field.")
stats = AppGroup("stats", help="The evaluation engine on CSV files; needs no database.")


@stats.command("items")
@click.argument("responses", type=FILE)
@click.argument("items", type=FILE)
@answers_without_database
def items(responses: Path, items: Path) -> None:
    """How well a test and each of its items work."""
    _say(learning.items(responses, items))


@stats.command("prepost")
@click.argument("file", type=FILE)
@click.option(
    "--reliability", type=click.FloatRange(0, 1, max_open=True), default=learning.RELIABILITY, show_default=True
)
@click.option("--cut", type=float, default=learning.CUT, show_default=True, help="Percent at which one passes.")
@click.option(
    "--below", type=float, default=learning.CALLED_BELOW, show_default=True, help="Had only these been called."
)
@answers_without_database
def prepost(file: Path, reliability: float, cut: float, below: float) -> None:
    """Gain from the test before to the test after."""
    _say(learning.gains(file, reliability, cut, below))


@stats.command("effect")
@click.argument("panel", type=FILE)
@click.option("--control", type=click.Choice(CONTROLS), default="notyet", show_default=True)
@click.option("--anticipation", type=click.IntRange(0), default=0, show_default=True, help="Months before that count.")
@answers_without_database
def effect(panel: Path, control: str, anticipation: int) -> None:
    """The effect of training against those never, or not yet, trained."""
    _say(effects.effect(panel, control, anticipation))


@stats.command("survey")
@click.argument("frame", type=FILE)
@answers_without_database
def survey(frame: Path) -> None:
    """What a survey says when not everybody answered."""
    _say(field.survey(frame))


@stats.command("funnel")
@click.argument("file", type=FILE)
@answers_without_database
def funnel(file: Path) -> None:
    """Which places differ by more than chance and ordinary variety."""
    _say(field.funnel(file))


@stats.command("pchart")
@click.argument("file", type=FILE)
@answers_without_database
def pchart(file: Path) -> None:
    """When a share over months has really changed."""
    _say(field.series(file))


@stats.command("equate")
@click.argument("form_a", type=FILE)
@click.argument("form_b", type=FILE)
@answers_without_database
def equate(form_a: Path, form_b: Path) -> None:
    """Form B on the scale of form A."""
    _say(learning.forms(form_a, form_b))


@stats.command("adjust")
@click.argument("file", type=FILE)
@answers_without_database
def adjust(file: Path) -> None:
    """Class against coaching, adjusted for what is known of the people."""
    _say(effects.adjust(file))


@stats.command("fewclusters")
@click.argument("file", type=FILE)
@answers_without_database
def fewclusters(file: Path) -> None:
    """How sure a difference is that few kabupaten decide."""
    _say(effects.few_clusters(file))


@stats.command("suppress")
@click.argument("table", type=FILE)
@click.option("--k", type=click.IntRange(2), default=field.SMALLEST, show_default=True)
@answers_without_database
def suppress(table: Path, k: int) -> None:
    """Which counts of a table must be hidden so that none below K can be worked out."""
    _say(field.hidden_cells(table, k))


@stats.command("fieldlog")
@click.argument("folder", type=FILE)
@answers_without_database
def fieldlog(folder: Path) -> None:
    """Monthly indicators from the eight tables of a field log."""
    _say(log.fieldlog(folder))


@stats.command("time")
@click.argument("file", type=FILE)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Last day that is known; unsaid: end of the last month."
)
@answers_without_database
def time(file: Path, as_of: datetime | None) -> None:
    """Days from being ready to leading the first P2K2."""
    _say(field.waiting(file, as_of.date() if as_of else None))


@stats.command("sensitivity")
@click.argument("panel", type=FILE)
@click.option("--cohort", type=int, help="Training month; unsaid: the middle one.")
@answers_without_database
def sensitivity(panel: Path, cohort: int | None) -> None:
    """How much hidden drift the effect on one cohort stands."""
    _say(effects.sensitivity(panel, cohort))


@outcomes_group.command("report")
@click.option("--unit", "code", required=True, help="Kemendagri code; R4 is Regional IV, ID the nation.")
@click.option("--format", "form", type=click.Choice(sorted(files.TYPES)), default="json", show_default=True)
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="Unsaid: the last whole month.")
def report(code: str, form: str, month: datetime | None) -> None:
    """Every indicator of a unit, with numerator, denominator, people, what is missing, and as of when."""
    try:
        unit, lines = service.report(code, month.date() if month else None)
    except NotFound as unknown:
        raise click.ClickException(_("Tidak ada wilayah dengan kode %(code)s.", code=code)) from unknown
    click.echo(files.made(form, unit, lines), nl=False)


@outcomes_group.command("release")
@click.option("--plan", "plan_id", type=int, required=True, help="The number of the plan.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Also write the file here.")
def release(plan_id: int, out: Path | None) -> None:
    """Freeze a plan at the last month of its cube, once for a month."""
    try:
        card = service.freeze(plan_id)
    except NotFound as unknown:
        raise click.ClickException(_("Rencana %(plan)s tidak ada.", plan=plan_id)) from unknown
    except (Invalid, Conflict) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if out:
        out.write_bytes(service.frozen_file(plan_id, card.id))
    _say({"plan": plan_id, "month": f"{card.month:%Y-%m}", "seal": card.sha})


@outcomes_group.command("verify")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@answers_without_database
def verify(file: Path) -> None:
    """Compute the figures of a release again from its cube alone; exit 1 when something does not agree."""
    content = file.read_bytes()
    try:
        faults = releases.faults_of(content)
    except ValueError as problem:
        raise click.ClickException(str(problem)) from None
    _say({"agrees": not faults, "faults": faults, "plan": "" if faults else releases.plan_sha(content)})
    if faults:
        raise click.exceptions.Exit(1)


@outcomes_group.command("truth")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--plan", "plan_id", type=int, required=True, help="The number of the plan.")
def truth(file: Path, plan_id: int) -> None:
    """What a plan came to beside the hidden truth of a synthetic world; exit 1 when its interval misses it."""
    try:
        told = service.compare(plan_id, truths.read(file.read_text("utf-8")))
    except ValueError as problem:
        raise click.ClickException(str(problem)) from None
    if told is None:
        raise click.ClickException(_("Rencana %(plan)s belum punya taksiran.", plan=plan_id))
    _say(told)
    if not told["within"]:
        raise click.exceptions.Exit(1)


def _say(figures: dict[str, Any]) -> None:
    click.echo(json.dumps(plain.of(figures), ensure_ascii=False, allow_nan=False, indent=1))
