"""How many rows a page of figures reads, however many other figures stand in the table."""

from datetime import date

from sqlalchemy import text

from p2k2lms.core import bulk, clock, indicators
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.indicators import service
from p2k2lms.plugins.indicators.models import IndicatorMonth
from tests import databases
from tests.factories.identity import the_units

LAST, OTHERS = date(2026, 10, 1), 32


def test_one_figure_of_many_places_is_found_by_its_key(postgres_app):
    with databases.clean(postgres_app):
        units, one = list(the_units().values()), indicators.declared()["L3-01"]
        sums = {"version": one.version, "stratum": "", "numerator": 1, "denominator": 2, "n_people": 3, "missing": 0}
        named = [one.id, *(f"X-{n}" for n in range(OTHERS))]
        months = service.months_up_to(LAST, 2)
        with unit_of_work("test.figures"):
            rows = ({"unit_id": u, "indicator": key, "month": m} for u in units for key in named for m in months)
            bulk.write(IndicatorMonth, ({**row, **sums, "as_of": clock.now()} for row in rows))
            db.session.execute(text("ANALYZE indicators_indicator_month"))
        read = databases.most_rows(lambda: service.figures(units, [one], LAST))
        assert service.figures(units, [one], LAST)[units[-1], one.id].counts.denominator == 2 * one.window
    assert len(units) <= read <= 2 * len(units)
