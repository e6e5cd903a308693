"""The alert rule of a wave: too few have answered after two weeks, in all or in one kabupaten."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from p2k2lms.core.alerts import TOGETHER, AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.values import scheduled_title

AFTER = timedelta(days=14)
LEAST, LEAST_OF_ONE = 70, 60


def silent_waves(today: date) -> Iterator[Finding]:
    """A-10: from the fourteenth day on below 70 percent, or below 60 in some kabupaten."""
    running = [wave for wave in read.running(today) if wave.opens <= today - AFTER]
    rates = read.rates(wave.id for wave in running)
    for wave in running:
        rate = rates.get(wave.id)
        if rate is None or not rate.asked:
            continue
        low = sum(one.percent < LEAST_OF_ONE for one in read.standing(wave.id)[0])
        if rate.percent < LEAST or low:
            params = {**_called(wave), "answered": rate.answered, "asked": rate.asked, "low": low}
            yield Finding(
                f"wave:{wave.id}", wave.unit_id, wave.unit_path, f"/evaluasi/gelombang/{wave.id}", None, params
            )


def _called(wave: Wave) -> dict[str, Any]:
    """What a wave is called: as its maker wrote it, or of what the schedule makes its name."""
    if wave.made_by is not None:
        return {"title": wave.title}
    return {"code": wave.code, "first": wave.anchor.isoformat()}


def in_words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The name of a wave of the schedule in the language of the reader."""
    if "first" not in params:
        return params
    return {**params, "title": scheduled_title(params["code"], date.fromisoformat(params["first"]))}


ALERTS = (
    AlertRule(
        "A-10",
        lazy("{title}: {answered} dari {asked} menjawab; {low} kabupaten di bawah 60 persen"),
        lazy("Kirim pengingat, lalu undi sebagian yang diam untuk ditelepon: yang diam mungkin berbeda."),
        silent_waves,
        name=lazy("Gelombang yang sepi"),
        act=TOGETHER,
        owner="evaluator",
        words=in_words,
    ),
)
