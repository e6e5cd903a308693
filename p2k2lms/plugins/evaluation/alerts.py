"""The alert rule of a wave: too few have answered after two weeks, in all or in one kabupaten."""

from collections.abc import Iterator
from datetime import date, timedelta

from p2k2lms.core.alerts import TOGETHER, AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.values import wave_title

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
            params = {"title": wave_title(wave), "answered": rate.answered, "asked": rate.asked, "low": low}
            yield Finding(
                f"wave:{wave.id}", wave.unit_id, wave.unit_path, f"/evaluasi/gelombang/{wave.id}", None, params
            )


ALERTS = (
    AlertRule(
        "A-10",
        lazy("{title}: {answered} dari {asked} menjawab; {low} kabupaten di bawah 60 persen"),
        lazy("Kirim pengingat, lalu undi sebagian yang diam untuk ditelepon: yang diam mungkin berbeda."),
        silent_waves,
        name=lazy("Gelombang yang sepi"),
        act=TOGETHER,
        owner="evaluator",
    ),
)
