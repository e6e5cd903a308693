"""Pages of figures: whose units, what they are made of, small ones hidden, and never a 0 for what is not counted."""

import csv
import io
import json
import re

import pytest
from sqlalchemy import text

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.plugins.indicators.rules import months_back
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.identity import a_person, as_actor, someone
from tests.factories.outcomes import figure

MOST_QUERIES = 6
L301 = "/dampak/wilayah/{}/angka/L3-01"


def reader(role, code):
    the_unit(KAPUAS)
    return as_actor(someone(role, code))


@pytest.fixture
def field(app):
    """Two kabupaten of Kalimantan Tengah and their kecamatan, one of them small."""
    the_unit(KAPUAS)
    for code, met, due, people in (
        ("ID", 300, 400, 80),
        ("R4", 300, 400, 80),
        ("62", 200, 250, 48),
        ("63", 100, 150, 32),
        ("62.03", 195, 240, 45),
        ("62.04", 5, 10, 3),
        ("62.03.01", 190, 232, 44),
        ("62.03.09", 5, 8, 1),
    ):
        figure(code, "L3-01", met, due, people)


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_a_figure_stands_with_all_that_it_is_made_of(field, sign_in):
    page = sign_in(reader("koordinator", KAPUAS)).get(L301.format(KAPUAS))
    assert page.status_code == 200
    said = words_of(page)
    assert "Kelompok yang bertemu: 81,2%" in said
    assert "195 dari 240" in said
    for part in (
        "Pembilang 195",
        "Penyebut 240",
        "Orang di baliknya 45",
        "Tidak ada datanya 1",
        "Diketahui per 20 November",
    ):
        assert part in said
    assert "Selat" in said
    assert "5 dari 8" not in said
    assert "62,5%" in said  # the koordinator may see the people, so a small place too


def test_what_is_not_counted_or_was_not_due_is_said_and_never_a_0(field, sign_in):
    said = words_of(sign_in(reader("koordinator", KAPUAS)).get(f"/dampak/wilayah/{KAPUAS}"))
    assert "Ingatan enam bulan L2-08 belum dihitung" in said
    assert "Kehadiran keluarga keluarga yang hadir tidak ada kewajiban" in said
    later = words_of(sign_in(reader("koordinator", KAPUAS)).get(f"/dampak/wilayah/{KAPUAS}/angka/L2-08"))
    assert "Belum dihitung tidak sama dengan nol" in later


def test_a_month_of_which_nothing_is_known_is_not_a_month_without_duty(field, sign_in):
    page = sign_in(reader("koordinator", KAPUAS))
    now = words_of(page.get(f"/dampak/wilayah/{KAPUAS}"))
    assert "Diketahui per 20 November" in now
    assert "tidak ada catatan" not in now
    for address in (f"/dampak/wilayah/{KAPUAS}?bulan=2019-01", f"{L301.format(KAPUAS)}?bulan=2019-01"):
        then = words_of(page.get(address))
        assert "Tidak ada catatan pada masa ini. Belum diketahui tidak sama dengan nol." in then
        assert "tidak ada kewajiban" not in then
    lines = json.loads(page.get(f"/dampak/wilayah/{KAPUAS}/laporan.json?bulan=2019-01").text)["indicators"]
    assert {line["state"] for line in lines} == {"tanpa_catatan", "nanti"}
    assert {line["value"] for line in lines} == {None}


def test_what_stands_beside_a_figure_is_told_as_a_share_and_alone_as_not_known(field, sign_in):
    figure(KAPUAS, "L4-02", 60, 80, missing=20)
    figure("62.03.01", "L4-02", 0, 0, missing=50)
    page = sign_in(reader("koordinator", KAPUAS))
    said = words_of(page.get(f"/dampak/wilayah/{KAPUAS}/angka/L4-02"))
    assert "Jangkauan tiga bulan: 75,0%" in said
    assert "Tidak ada datanya 20 (20,0%)" in said
    unknown = words_of(page.get("/dampak/wilayah/62.03.01/angka/L4-02"))
    assert "Jangkauan tiga bulan: belum diketahui" in unknown
    assert "Belum diketahui tidak sama dengan nol" in unknown


@pytest.mark.parametrize(
    ("role", "home", "code", "status"),
    [
        ("koordinator", KAPUAS, "62.03.01", 200),
        ("koordinator", KAPUAS, "62", 404),
        ("koordinator", KAPUAS, "63.03", 404),
        ("supervisor", KAPUAS, "62.03.01", 200),
        ("pendamping", KAPUAS, KAPUAS, 200),
        ("pendamping", KAPUAS, "62.03.01", 404),
        ("evaluator", "R4", "62.03", 200),
        ("evaluator", "R4", "62.03.01", 404),
        ("evaluator", "ID", "62.03", 200),
        ("evaluator", "ID", "62.03.01", 404),
        ("admin", "ID", "62.03.01", 404),
    ],
)
def test_own_units_and_below_but_the_nation_stops_at_kabupaten(field, sign_in, role, home, code, status):
    page = sign_in(reader(role, home))
    for address in (f"/dampak/wilayah/{code}", L301.format(code), f"/dampak/wilayah/{code}/laporan.json"):
        assert page.get(address).status_code == status


def test_small_places_are_hidden_with_one_that_would_betray_them(field, sign_in):
    page = sign_in(reader("evaluator", "R4")).get(L301.format("62"))
    said = words_of(page)
    assert said.count("disembunyikan (terlalu sedikit)") == 2
    assert page.text.count('<td colspan="5"') == 2  # one cell says it, and no row of dots under names of figures
    assert "81,2%" not in said
    assert "50,0%" not in said
    own = words_of(sign_in(reader("evaluator", "R4")).get(L301.format("62.04")))
    assert "disembunyikan" in own
    assert "Pembilang" not in own.partition("Tabel")[0]


def test_the_first_page_leads_to_the_own_unit_and_says_when_there_is_none(field, sign_in):
    assert sign_in(reader("koordinator", KAPUAS)).get("/dampak").location == f"/dampak/wilayah/{KAPUAS}"
    assert "Belum ada wilayah" in sign_in(as_actor(a_person())).get("/dampak").text


def test_charts_have_a_title_that_says_what_they_show(field, sign_in):
    for n, month in enumerate(months_back(clock.today(), 14)[:12]):
        figure(KAPUAS, "L3-01", 188 + n * 5 % 13, 240, month=month)
    for n, code in enumerate(("63.01", "63.03", "63.04", "63.05", "63.06", "63.08", "63.07")):
        figure(code, "L3-01", 190 + n if code != "63.07" else 40, 240)
    time = sign_in(reader("koordinator", KAPUAS)).get(L301.format(KAPUAS)).text
    assert "<title>Naik turunnya masih dalam kisaran biasa</title>" in time
    assert time.count('class="doubt"') == 2
    region = sign_in(reader("evaluator", "R4")).get(L301.format("R4")).text
    assert "Satu petak satu kabupaten atau kota, 42 semuanya" in region
    assert len(re.findall('<g class="tile', region)) == 42
    assert "Bukan peringkat: " in region
    assert 'class="hl"' in region.partition("di luar corong")[2]


@pytest.mark.parametrize("code", ["ID", "R4", "62", "62.03", "62.03.01"])
def test_pages_ask_little(field, sign_in, count_queries, code):
    page = sign_in(reader("evaluator", "ID") if code in ("ID", "R4") else reader("koordinator", "62"))
    for address in (f"/dampak/wilayah/{code}", L301.format(code)):
        with count_queries() as seen:
            assert page.get(address).status_code == 200
        assert len(seen) <= MOST_QUERIES, seen


def test_a_month_that_runs_says_so_and_none_lies_ahead(field, sign_in):
    page = sign_in(reader("koordinator", KAPUAS))
    here = f"{clock.today():%Y-%m}"
    for month in (here, "2999-01", "kapan"):
        running = "Bulan ini masih berjalan" in page.get(f"/dampak/wilayah/{KAPUAS}?bulan={month}").text
        assert running == (month != "kapan")


def test_an_indicator_that_nobody_declares_does_not_exist(field, sign_in):
    assert sign_in(reader("koordinator", KAPUAS)).get(f"/dampak/wilayah/{KAPUAS}/angka/X-99").status_code == 404


def test_the_report_comes_in_four_forms_and_hides_as_the_page_does(field, sign_in):
    page = sign_in(reader("evaluator", "R4"))
    lines = {line["indicator"]: line for line in page.get("/dampak/wilayah/R4/laporan.json").json["indicators"]}
    assert (lines["L3-01"]["numerator"], lines["L3-01"]["denominator"], lines["L3-01"]["value"]) == (300, 400, 75)
    assert (lines["L2-08"]["value"], lines["L2-08"]["state"]) == (None, "nanti")
    hidden = {line["indicator"]: line for line in page.get("/dampak/wilayah/62.04/laporan.json").json["indicators"]}
    assert (hidden["L3-01"]["numerator"], hidden["L3-01"]["state"]) == (None, "disembunyikan")
    rows = list(csv.DictReader(io.StringIO(page.get("/dampak/wilayah/R4/laporan.csv").data.decode("utf-8-sig"))))
    assert rows[0].keys() >= {"indicator", "numerator", "denominator", "n_people", "missing", "as_of"}
    assert page.get("/dampak/wilayah/R4/laporan.xlsx").data.startswith(b"PK")
    assert page.get("/dampak/wilayah/R4/laporan.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(("form", "begins"), [("json", b"{"), ("csv", b""), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_command_writes_each_form_where_nobody_is_signed_in(app, field, form, begins):
    done = app.test_cli_runner().invoke(args=["outcomes", "report", "--unit", "62", "--format", form])
    assert (done.exit_code, done.exception) == (0, None)
    assert done.stdout_bytes.startswith(begins)
    assert len(done.stdout_bytes) > 1000


def test_the_command_prints_the_report_of_a_unit(app, field):
    run = app.test_cli_runner()
    told = json.loads(run.invoke(args=["outcomes", "report", "--unit", "62", "--format", "json"]).stdout)
    assert (told["unit"], {line["indicator"]: line["numerator"] for line in told["indicators"]}["L3-01"]) == ("62", 200)
    lost = run.invoke(args=["outcomes", "report", "--unit", "99"])
    assert lost.exit_code == 1
    assert "Tidak ada wilayah dengan kode 99." in lost.output


def test_no_page_reads_a_large_table_from_end_to_end(field, sign_in, count_queries):
    page = sign_in(reader("koordinator", "62"))
    with count_queries() as seen:
        for address in ("/dampak/wilayah/62", L301.format("62"), L301.format("62.03.01")):
            assert page.get(address).status_code == 200
    reads = [sql for sql in seen if "indicators_indicator_month" in sql]
    assert reads
    for sql in reads:
        plans = db.session.execute(text("EXPLAIN QUERY PLAN " + sql.replace("?", "1"))).all()
        assert [row[3] for row in plans if row[3].startswith("SCAN indicators_indicator_month")] == []


def test_figures_stand_by_how_people_were_prepared_with_a_word_of_caution(field, sign_in):
    for arm, met, due, people in (("kelas", 90, 100, 20), ("belum", 105, 140, 25)):
        figure(KAPUAS, "L3-01", met, due, people, stratum=arm)
    said = words_of(sign_in(reader("koordinator", KAPUAS)).get(L301.format(KAPUAS)))
    assert "Sudah diklat 90,0% 90 100 20" in said
    assert "Belum 75,0%" in said
    assert "belum tentu karena pelatihan" in said
