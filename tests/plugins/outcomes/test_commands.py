"""`stats ...` answers every golden figure from files, without a database, and names what is wrong with a file."""

import json
import shutil

import pytest

from config import for_tests
from p2k2lms.factory import create_app
from p2k2lms.plugins.outcomes.rules import plain
from tests.stats.reference import DATA, GOLDEN, NOT_ASKED, TOLERANCE, apart

CALLS = {
    "items": ("items", "01_item_responses.csv", "01_items.csv"),
    "prepost": ("prepost", "02_prepost.csv"),
    "did.never": ("effect", "03_staggered_panel.csv", "--control", "never"),
    "did.notyet": ("effect", "03_staggered_panel.csv", "--control", "notyet"),
    "did": ("effect", "03_staggered_panel.csv"),
    "survey": ("survey", "04_alumni_frame.csv"),
    "funnel": ("funnel", "05_kabupaten_month.csv"),
    "pchart": ("pchart", "05_series.csv"),
    "suppression": ("suppress", "09_suppression_table.csv"),
    "indicators": ("fieldlog", "10_fieldlog"),
    "time_to_first": ("time", "12_time_to_first.csv"),
    "adjust": ("adjust", "06_class_vs_coaching.csv"),
    "forms": ("equate", "07_form_A.csv", "07_form_B.csv"),
    "fewclusters": ("fewclusters", "08_few_clusters.csv"),
    "honest": ("sensitivity", "03_staggered_panel.csv"),
}
FILES = [(call[0], n, name) for call in CALLS.values() for n, name in enumerate(call[1:]) if name.endswith(".csv")]


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    """A terminal on a platform that has no database."""
    folder = tmp_path_factory.mktemp("no-database")
    app = create_app(for_tests(folder, f"sqlite:///{folder}/none.db"))
    yield app.test_cli_runner()
    assert list(folder.glob("*.db")) == []


@pytest.fixture(scope="module")
def answers(runner):
    """What every command says about its reference file, by the prefix of the golden keys; each is asked once."""
    return {prefix: json.loads(ask(runner, *call).stdout) for prefix, call in CALLS.items()}


def ask(runner, command, *arguments, exit_code=0):
    places = [str(DATA / a) if (DATA / a).exists() else a for a in arguments]
    result = runner.invoke(args=["stats", command, *places])
    assert result.exit_code == exit_code, result.output
    return result


def prefix_of(key):
    return max((p for p in CALLS if key == p or key.startswith(p + ".")), key=len)


@pytest.mark.parametrize("key", [key for key in GOLDEN if key not in NOT_ASKED])
def test_a_golden_figure_is_reached(answers, key):
    assert apart(answers[prefix_of(key)][key], GOLDEN[key], TOLERANCE[key]) == []


def test_a_wrong_figure_would_be_noticed():
    assert apart({"a": [1.0, 2.1]}, {"a": [1, 2]}, 0.01) == ["/a[1]: 2.1, not 2"]
    assert apart({"a": 1, "b": 2}, {"a": 1}, 0.01) == [": other keys"]
    assert apart([1], [1, 2], 0.01) == [": other length"]
    assert apart(None, 1.0, 0.01) == [": None, not 1.0"]


UNTOLD = {
    "adjust": "n n_class naive_difference ols_adjusted ps_coef ps_range_class ps_range_coaching smd_before "
    "smd_ate_weights ess_class ess_coaching ipw_hajek_ate ipw_att aipw_ate aipw_se aipw_se_kabupaten greedy_caliper "
    "greedy_pairs greedy_att",
    "forms": "tucker chained rasch_A_difficulty naive_gain_raw equated_gain_tucker anchor_only_gain",
    "fewclusters": "N C est se p_iid p_cr1_t_Cminus1 cr2 t_obs wild_p_enumerated_512 ri_stat ri_p_126",
    "honest": "event_universal max_pre_jump rows",
}


@pytest.mark.parametrize("prefix", UNTOLD)
def test_figures_without_golden_values_have_their_names(answers, prefix):
    assert set(answers[prefix][prefix]) == set(UNTOLD[prefix].split())
    assert {"did.bacon", "did.imputation_overall", "did.sun_abraham_event"} <= set(answers["did"])


def test_published_figures_of_the_adjusted_comparison(answers):
    found = answers["adjust"]["adjust"]
    rounded = [
        round(found[kind][name], 2) for kind in ("smd_before", "smd_ate_weights") for name in ("tenure_years", "remote")
    ]
    assert rounded == [0.45, -0.52, 0.05, -0.02]
    assert [round(found["ess_class"]), round(found["ess_coaching"]), found["n_class"]] == [169, 174, 199]
    assert found["greedy_pairs"] == 152
    assert round(found["greedy_caliper"], 3) == 0.036


def test_published_figures_of_two_forms(answers):
    found = answers["forms"]["forms"]
    gains = [round(found[key], 2) for key in ("naive_gain_raw", "equated_gain_tucker", "anchor_only_gain")]
    assert gains == [1.63, 0.93, 0.54]
    assert [row["B_raw"] for row in found["tucker"]] == list(range(13))


def test_published_figures_of_few_kabupaten(answers):
    found = answers["fewclusters"]["fewclusters"]
    assert round(found["p_iid"], 3) == 0.001
    honest = [found[key] for key in ("p_cr1_t_Cminus1", "wild_p_enumerated_512", "ri_p_126")] + [found["cr2"]["p"]]
    assert [0.15 <= round(p, 2) <= 0.21 for p in honest] == [True] * 4


def test_published_figures_of_the_sensitivity(answers):
    found = answers["honest"]["honest"]
    at = {row["Mbar"]: row for row in found["rows"]}
    assert round(found["max_pre_jump"], 2) == 1.52
    assert round(at[1.0]["original_estimate"], 2) == 6.73
    assert [round(at[1.0][key], 2) for key in ("ci_lb", "ci_ub")] == [1.46, 12.0]
    assert at[2.0]["ci_lb"] < 0 < at[1.0]["ci_lb"]


def spoilt(tmp_path, name, change):
    """A copy of a reference file with its bytes changed."""
    target = tmp_path / name
    target.write_bytes(change((DATA / name).read_bytes()))
    return str(target)


def refusal(runner, tmp_path, command, place, name, change):
    call = next(c for c in CALLS.values() if c[0] == command and c[1 + place] == name)
    arguments = [*call[1 : 1 + place], spoilt(tmp_path, name, change), *call[2 + place :]]
    result = ask(runner, command, *arguments, exit_code=1)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert name in result.stderr
    return result.stderr


def without_first_column(raw):
    return b"\n".join(line.split(b",", 1)[1] for line in raw.split(b"\n") if b"," in line)


def with_a_word_for_a_number(raw):
    lines = raw.split(b"\n")
    lines[2] = lines[2].rsplit(b",", 1)[0] + b",banyak"
    return b"\n".join(lines)


def ragged(raw):
    lines = raw.split(b"\n")
    lines[3] = lines[3].rsplit(b",", 1)[0]
    return b"\n".join(lines)


@pytest.mark.parametrize(("command", "place", "name"), sorted(set(FILES)))
def test_every_file_may_be_broken_without_a_traceback(runner, tmp_path, command, place, name):
    assert "kolom" in refusal(runner, tmp_path, command, place, name, without_first_column)
    assert "baris 4, kolom" in refusal(runner, tmp_path, command, place, name, ragged)
    assert "kosong" in refusal(runner, tmp_path, command, place, name, lambda raw: b"")
    assert "baris 2: kosong" in refusal(runner, tmp_path, command, place, name, lambda raw: raw.split(b"\n")[0])
    latin = lambda raw: raw.replace(b"\n", b"\n\xe9", 2)  # noqa: E731
    assert "baris 2, kolom 1: huruf tidak terbaca" in refusal(runner, tmp_path, command, place, name, latin)
    assert "baris 3, kolom" in refusal(runner, tmp_path, command, place, name, with_a_word_for_a_number)


def test_a_file_that_is_not_there_is_named(runner):
    for command, *arguments in CALLS.values():
        missing = [a if a.startswith("--") or a in ("never", "notyet") else f"tidak-ada/{a}" for a in arguments]
        result = ask(runner, command, *missing, exit_code=1)
        assert "tidak ada atau tidak bisa dibuka" in result.stderr
        assert result.stdout == ""


@pytest.mark.parametrize(
    "case",
    [
        (
            "prepost",
            "02_prepost.csv",
            b"A,B,13,16,20",
            b"A,B,13,21,20",
            "baris 2, kolom post_raw: lebih besar dari max_raw",
        ),
        ("prepost", "02_prepost.csv", b"\nP02,", b"\nP01,", "baris 3, kolom pendamping: P01 sudah ada di baris 2"),
        ("prepost", "02_prepost.csv", b"A,B,13,16,20", b"A,B,-1,16,20", "kolom pre_raw: -1 di luar batas"),
        ("prepost", "02_prepost.csv", b"A,B,13,16,20", b"A,B,nan,16,20", "kolom pre_raw: bukan angka: nan"),
        ("effect", "03_staggered_panel.csv", b"\n1,1,4,2,", b"\n1,1,4,1,", "kolom month: bulan ini sudah ada untuk 1"),
        (
            "effect",
            "03_staggered_panel.csv",
            b"\n1,1,4,2,",
            b"\n1,1,7,2,",
            "kolom train_month: bulan dilatih 1 berbeda",
        ),
        ("effect", "03_staggered_panel.csv", b"\n1,1,4,2,", b"\n1,1,4,2.5,", "kolom month: bukan bilangan bulat: 2.5"),
        (
            "survey",
            "04_alumni_frame.csv",
            b"3-4,1,56.4",
            b"3-4,1,",
            "kolom pct_apply_if_asked: kosong, padahal menjawab",
        ),
        (
            "survey",
            "04_alumni_frame.csv",
            b"A0002,KALTIM,",
            b"A0002,KALTIX,",
            "kolom province: tidak ada jawaban dari KALTIX",
        ),
        ("survey", "04_alumni_frame.csv", b"3-4,1,56.4", b"3-4,2,56.4", "kolom responded: harus 0 atau 1, bukan 2"),
        ("funnel", "05_kabupaten_month.csv", b"187,148", b"187,188", "kolom groups_met: lebih besar dari groups_due"),
        (
            "suppress",
            "09_suppression_table.csv",
            b"14,9,2,25",
            b"14,9,3,25",
            "baris 2, kolom total: jumlahnya tidak cocok",
        ),
        ("suppress", "09_suppression_table.csv", b"TOTAL,", b"SEMUA,", "kolom kecamatan: baris terakhir harus TOTAL"),
        ("suppress", "09_suppression_table.csv", b",total", b",semua", "kolom terakhir harus total"),
        ("time", "12_time_to_first.csv", b"2026-02-16,2026-02-19", b"2026-02-16,2026-01-19", "first_p2k2: lebih awal"),
        ("time", "12_time_to_first.csv", b"2026-02-16,2026-02-19", b"16/02/2026,", "bukan tanggal (contoh 2026-11-21)"),
        (
            "pchart",
            "05_series.csv",
            b"month,groups_due",
            b"month,month",
            "baris 1, kolom month: judul ini ada dua kali",
        ),
        ("pchart", "05_series.csv", b"\n1,423", b'\n"1,423', "tanda kutip"),
    ],
)
def test_a_cell_that_cannot_be_is_named(runner, tmp_path, case):
    command, name, old, new, said = case
    assert old in (DATA / name).read_bytes()
    result = ask(runner, command, spoilt(tmp_path, name, lambda raw: raw.replace(old, new, 1)), exit_code=1)
    assert said in result.stderr


def test_many_faults_are_told_at_once_but_not_all(runner, tmp_path):
    broken = spoilt(tmp_path, "04_alumni_frame.csv", lambda raw: raw.replace(b",1,", b",1,x"))
    result = ask(runner, "survey", broken, exit_code=1)
    assert result.stderr.count("bukan angka") == 20
    assert "... dan 698 kesalahan lain" in result.stderr


def test_forms_without_a_common_item_are_refused(runner, tmp_path):
    other = spoilt(tmp_path, "07_form_B.csv", lambda raw: raw.replace(b"q", b"z", 5))
    assert "tidak ada butir jangkar" in ask(runner, "equate", "07_form_A.csv", other, exit_code=1).stderr


def test_an_item_that_the_list_does_not_know_is_refused(runner, tmp_path):
    listed = spoilt(tmp_path, "01_items.csv", lambda raw: raw.replace(b"i12,2", b"i13,2"))
    result = ask(runner, "items", "01_item_responses.csv", listed, exit_code=1)
    assert "01_item_responses.csv, baris 1, kolom i12: butir ini tidak ada di 01_items.csv" in result.stderr


def test_nobody_untrained_is_said_and_the_not_yet_trained_still_serve(runner, tmp_path):
    rows = (DATA / "03_staggered_panel.csv").read_bytes().split(b"\n")
    trained = b"\n".join(r for r in rows if not (r.count(b",") == 4 and r.split(b",")[2] == b"0"))
    path = spoilt(tmp_path, "03_staggered_panel.csv", lambda raw: trained)
    assert "belum dilatih" in ask(runner, "effect", path, "--control", "never", exit_code=1).stderr
    assert "tidak dilatih" in ask(runner, "sensitivity", path, exit_code=1).stderr
    found = json.loads(ask(runner, "effect", path, "--control", "notyet").stdout)
    assert found["did.notyet.simple"]["est"] > 0
    assert found["did.sun_abraham_event"] == []


def test_a_folder_with_a_table_missing_names_it(runner, tmp_path):
    copy = shutil.copytree(DATA / "10_fieldlog", tmp_path / "log")
    (copy / "penugasan.csv").unlink()
    result = ask(runner, "fieldlog", str(copy), exit_code=1)
    assert "penugasan.csv" in result.stderr


def test_a_name_that_another_table_does_not_know_is_told(runner, tmp_path):
    copy = shutil.copytree(DATA / "10_fieldlog", tmp_path / "log")
    path = copy / "pertemuan_kelompok.csv"
    path.write_text(path.read_text("utf-8").replace("M03,G2", "M03,G9"), "utf-8")
    result = ask(runner, "fieldlog", str(copy), exit_code=1)
    assert "pertemuan_kelompok.csv, baris 5, kolom kelompok: G9 tidak ada di kelompok.csv" in result.stderr


def test_semicolons_and_decimal_commas_say_the_same(runner, tmp_path, answers):
    name = "06_class_vs_coaching.csv"
    path = spoilt(tmp_path, name, lambda raw: b"\xef\xbb\xbf" + raw.replace(b",", b";").replace(b".", b","))
    assert json.loads(ask(runner, "adjust", path).stdout) == answers["adjust"]


def test_the_order_of_rows_changes_nothing(runner, tmp_path, answers):
    for prefix, call in CALLS.items():
        if call[0] in ("fieldlog", "suppress", "adjust"):  # a table has an order; matching breaks ties by row
            continue
        turned = [spoilt(tmp_path, a, upside_down) if a.endswith(".csv") and "items" not in a else a for a in call[1:]]
        found = json.loads(ask(runner, call[0], *turned).stdout)
        assert apart(ordered(found), ordered(answers[prefix]), 1e-9) == []


def ordered(found):
    """Lists of flagged units follow the file; their order is no answer."""
    return {k: sorted(v) if k.startswith("funnel.flagged") else v for k, v in found.items()}


def upside_down(raw):
    head, *rows = raw.strip().split(b"\n")
    return b"\n".join([head, *rows[::-1]]) + b"\n"


def test_nothing_undefined_reaches_the_reader():
    assert plain.of({"a": [float("nan"), float("inf")], "b": (1, None), "c": True}) == {
        "a": [None, None],
        "b": [1, None],
        "c": True,
    }
