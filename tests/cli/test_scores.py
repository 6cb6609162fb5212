"""`analyze scores` says what metrics computes, for all, by group and by wave."""

import json
from itertools import islice
from pathlib import Path
from string import ascii_uppercase

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.cases import REAL, csv, nps_rows, real_data
from tests.cli.running import analyze, process, refusal

from kithkin.analysis import metrics
from kithkin.cli.scores.counted import wave_names
from kithkin.cli.scores.view import lettering


@pytest.fixture
def survey(tmp_path):
    return csv(tmp_path / "survey.csv", "score", nps_rows(60, 25, 15))


@pytest.fixture
def two_desks(tmp_path):
    rows = nps_rows(60, 25, 15, "IT") + nps_rows(20, 30, 50, "HR")
    return csv(tmp_path / "desks.csv", "score,desk", rows)


def answer(*words):
    return json.loads(analyze("scores", *words, "--json").out)


def test_published_nps_is_shown_with_its_interval_and_n(survey):
    out = analyze("scores", survey, "--score", "score", "--metric", "nps").out
    assert " ".join(out.splitlines()[0].split()) == "NPS of score is 45.0 (95 % interval 29.3 to 58.0, n = 100)."


def test_json_holds_the_estimate_of_metrics(survey):
    expected = metrics.nps([10] * 60 + [8] * 25 + [2] * 15).to_dict()
    assert answer(survey, "--score", "score", "--metric", "nps")["overall"]["estimate"] == expected


@pytest.mark.parametrize(
    ("metric", "valid", "expected"),
    [
        ("csat", "1:5", metrics.csat),
        ("csat", "0:10", lambda a: metrics.csat(a, scale=(0, 10))),
        ("ces", "1:7", metrics.ces),
        ("mean", "1:5", lambda a: metrics.mean(a, scale=(1, 5))),
    ],
)
def test_each_metric_equals_its_function(tmp_path, metric, valid, expected):
    answers = [5, 4, 4, 3, 1, 2, 5, 5]
    file = csv(tmp_path / "a.csv", "a", list(map(str, answers)))
    found = answer(file, "--score", "a", "--metric", metric, f"--valid={valid}")["overall"]["estimate"]
    wanted = json.loads(json.dumps(expected(answers).to_dict()))
    for key in ("value", "low", "high", "n", "n_effective", "metric"):
        assert found[key] == pytest.approx(wanted[key])


def test_mean_needs_no_scale(tmp_path):
    file = csv(tmp_path / "a.csv", "hours", ["1.5", "20", "3"])
    found = answer(file, "--score", "hours", "--metric", "mean")["overall"]["estimate"]
    assert found["value"] == pytest.approx(24.5 / 3)
    assert found["scale"] is None


def test_weights_count(tmp_path):
    rows = ["10,1", "10,3", "3,2", "8,1"]
    file = csv(tmp_path / "w.csv", "a,w", rows)
    found = answer(file, "--score", "a", "--metric", "nps", "--weight", "w")["overall"]["estimate"]
    expected = metrics.nps([10, 10, 3, 8], [1, 3, 2, 1])
    assert found["value"] == pytest.approx(expected.value)
    assert found["n_effective"] == pytest.approx(49 / 15)


def test_rows_without_a_weight_are_left_out_and_said(tmp_path):
    file = csv(tmp_path / "w.csv", "a,w", ["10,1", "10,", "3,2", "8,-1"])
    found = answer(file, "--score", "a", "--metric", "nps", "--weight", "w")
    assert found["overall"]["n"] == 2
    assert [(left["column"], left["reason"], left["count"]) for left in found["files"][0]["left_out"]] == [
        ("w", "missing", 1),
        ("w", "negative", 1),
    ]


def test_answers_outside_the_valid_range_are_counted_and_said(tmp_path):
    file = csv(tmp_path / "a.csv", "a,b", ["10,x"] * 5 + ["11,x"] * 3 + [",x"])
    out = analyze("scores", file, "--score", "a", "--metric", "nps", "--valid", "0:10").out
    assert "4 of 9 rows left out: 1 missing in a; 3 outside 0:10 in a (11)." in " ".join(out.split())


def test_row_cut_off_at_the_end_is_used_in_part_and_not_counted_as_left_out(tmp_path):
    file = tmp_path / "cut.csv"
    file.write_text("a,b,c\n10,1,x\n9,2,y\n2,,z\n8,5", "utf-8")
    said = " ".join(analyze("scores", file, "--score", "a", "--metric", "nps").out.split())
    assert "n = 4" in said
    assert "left out" not in said
    assert said.endswith("1 row is cut off at the end of the file, and was used as far as it goes.")


def test_sentences_of_the_document_are_those_of_the_terminal(tmp_path):
    first = csv(tmp_path / "w_2017.csv", "score,desk", nps_rows(60, 25, 15, "IT") + nps_rows(20, 30, 50, "HR"))
    then = csv(tmp_path / "w_2018.csv", "score,desk", nps_rows(20, 25, 55, "IT") + nps_rows(20, 30, 50, "HR"))
    words = [first, then, "--score", "score", "--metric", "nps", "--by", "desk"]
    sentences = answer(*words)["sentences"]
    said = " ".join(analyze("scores", *words).out.split())
    assert len(sentences) == 3
    assert all(" ".join(sentence.split()) in said for sentence in sentences)
    assert sentences[0].startswith("NPS is 7.5 (n = 200) in 2017, −32.5 (n = 200) in 2018: a change")
    assert sentences[2] == "NPS changed in 1 of 2 groups of desk: IT."


def test_two_groups_have_their_difference_judged(two_desks):
    out = analyze("scores", two_desks, "--score", "score", "--metric", "nps", "--by", "desk").out
    first = " ".join(out.split("\n\n")[0].split())
    assert first.startswith(
        "NPS is 45.0 (n = 100) for IT and −30.0 (n = 100) for HR: they differ (−75.0 points, 95 % interval −"
    )


def test_two_groups_alike_are_not_told_apart(tmp_path):
    rows = nps_rows(60, 25, 15, "IT") + nps_rows(58, 25, 17, "HR")
    file = csv(tmp_path / "d.csv", "score,desk", rows)
    out = analyze("scores", file, "--score", "score", "--metric", "nps", "--by", "desk").out
    assert "no difference can be told" in " ".join(out.split())


def test_many_groups_carry_letters_of_those_they_lie_above(tmp_path):
    rows = nps_rows(90, 5, 5, "x") + nps_rows(88, 6, 6, "y") + nps_rows(5, 5, 90, "z")
    file = csv(tmp_path / "d.csv", "score,desk", rows)
    lines = analyze("scores", file, "--score", "score", "--metric", "nps", "--by", "desk", width=100).out.splitlines()
    marks = {line[0]: line.split()[1:2] + line.split()[7:8] for line in lines if line[:2] in {"x ", "y ", "z "}}
    assert marks["x"] == ["A", "C"]
    assert marks["y"] == ["B", "C"]
    assert marks["z"][0] == "C"
    assert marks["z"][1:] != ["A"]


@pytest.mark.parametrize(("how", "alone"), [(("--metric", "mean"), 1), (("--metric", "nps", "--floor", "5"), 4)])
def test_letters_go_to_the_groups_that_have_a_score(tmp_path, how, alone):
    """The scored groups come last of forty, behind those that are too small to have a score."""
    rows = [f"{score},a{place:02d}" for place in range(30) for score in "9738"[:alone]]
    rows += [row for place in range(9) for row in nps_rows(16, 14, 10, f"z{place}")] + nps_rows(2, 2, 36, "z9")
    words = [csv(tmp_path / "d.csv", "score,team", rows), "--score", "score", "--by", "team", *how]
    shown = [group["keys"]["team"] for group in answer(*words)["breakdowns"][0]["groups"] if group["estimate"]]
    assert (shown[0], shown[-1], len(shown)) == ("z0", "z9", 10)
    lines = analyze("scores", *words, width=120).out.splitlines()
    cells = {line.split()[0]: line.split()[1:] for line in lines if line[:2] in shown}
    assert {team: letter for team, (letter, *_) in cells.items()} == dict(zip(shown, "ABCDEFGHIJ", strict=True))
    assert "J" in cells["z0"]


def test_letters_go_on_after_the_last_one():
    assert [*islice(lettering(), 28)] == [*ascii_uppercase, "AA", "AB"]


def test_more_than_twenty_groups_are_held_against_the_rest(tmp_path):
    rows = [row for team in range(24) for row in nps_rows(20, 10, 10, f"t{team:02d}")] + nps_rows(2, 2, 60, "bad")
    found = answer(csv(tmp_path / "d.csv", "score,team", rows), "--score", "score", "--metric", "nps", "--by", "team")
    comparisons = found["breakdowns"][0]["comparisons"]
    assert {pair["b"] for pair in comparisons} == {"the rest"}
    bad = next(pair for pair in comparisons if pair["a"] == "bad")
    rest = metrics.nps_from_counts({10: 480, 8: 240, 2: 240})
    assert bad["discovery"] is True
    assert bad["difference"]["value"] == pytest.approx(metrics.nps_from_counts({10: 2, 8: 2, 2: 60}).value - rest.value)


def test_groups_are_those_of_a_naive_count(tmp_path):
    random = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "s": random.integers(0, 11, 400),
            "a": random.choice(["x", "y"], 400),
            "b": random.choice(["1", "2", "3"], 400),
        }
    )
    file = tmp_path / "f.csv"
    frame.to_csv(file, index=False)
    found = answer(file, "--score", "s", "--metric", "nps", "--by", "a", "--by", "b")
    assert [breakdown["by"] for breakdown in found["breakdowns"]] == [["a"], ["b"], ["a", "b"]]
    for group in found["breakdowns"][2]["groups"]:
        scores = frame[(frame.a == group["keys"]["a"]) & (frame.b == group["keys"]["b"])].s
        value = 100 * ((scores >= 9).mean() - (scores <= 6).mean())
        assert (group["n"], group["estimate"]["value"]) == (len(scores), pytest.approx(value))
    assert len(found["breakdowns"][2]["groups"]) == 6


def test_by_takes_several_columns_after_one_flag(two_desks):
    once = answer(two_desks, "--score", "score", "--metric", "nps", "--by", "desk", "score")
    assert once["by"] == ["desk", "score"]


def test_missing_group_has_a_row_of_its_own(tmp_path):
    file = csv(tmp_path / "d.csv", "score,desk", ["10,IT", "9,", "3,NA"])
    groups = answer(file, "--score", "score", "--metric", "nps", "--by", "desk")["breakdowns"][0]["groups"]
    assert [(group["keys"]["desk"], group["n"]) for group in groups] == [("IT", 1), (None, 2)]


def test_groups_that_are_numbers_stand_in_their_order(tmp_path):
    file = csv(tmp_path / "d.csv", "score,age", ["10,10", "9,9", "3,x", "3,2"])
    groups = answer(file, "--score", "score", "--metric", "nps", "--by", "age")["breakdowns"][0]["groups"]
    assert [group["keys"]["age"] for group in groups] == ["2", "9", "10", "x"]


def test_group_that_cannot_be_measured_spoils_no_other(tmp_path):
    file = csv(tmp_path / "d.csv", "score,desk", ["10,IT", "9,IT", "3,HR"])
    groups = answer(file, "--score", "score", "--metric", "mean", "--by", "desk")["breakdowns"][0]["groups"]
    assert [(group["state"], group["n"]) for group in groups] == [("not measurable", 1), ("shown", 2)]


@pytest.fixture
def waves(tmp_path):
    csv(tmp_path / "survey_2024.csv", "score,desk", nps_rows(60, 25, 15, "IT") + nps_rows(30, 40, 30, "HR"))
    csv(tmp_path / "survey_2025.csv", "score ,desk", nps_rows(30, 25, 45, "IT") + nps_rows(30, 40, 30, "HR"))
    return tmp_path / "survey_2024.csv", tmp_path / "survey_2025.csv"


def test_two_files_are_two_waves_and_the_change_is_judged(waves):
    out = analyze("scores", *waves, "--score", "score", "--metric", "nps").out
    first = " ".join(out.split("\n\n")[0].split())
    assert first.startswith(
        "NPS is 22.5 (n = 200) in 2024, −7.5 (n = 200) in 2025: a change (−30.0 points, 95 % interval −"
    )


def test_where_no_group_is_told_to_have_changed_none_is_said_to_have_stood_still(tmp_path, waves):
    out = " ".join(
        analyze(
            "scores",
            waves[0],
            csv(tmp_path / "survey_2026.csv", "score,desk", nps_rows(58, 26, 16, "IT") + nps_rows(30, 41, 29, "HR")),
            "--score",
            "score",
            "--metric",
            "nps",
            "--by",
            "desk",
        ).out.split()
    )
    assert "No change of NPS can be told in any of 2 groups of desk (Benjamini–Hochberg)." in out


def test_each_group_is_held_against_itself_between_two_waves(waves):
    found = answer(*waves, "--score", "score", "--metric", "nps", "--by", "desk")
    cross = found["breakdowns"][2]
    assert cross["by"] == ["file", "desk"]
    assert [(pair["a"], pair["b"], pair["discovery"]) for pair in cross["comparisons"]] == [
        ("2025 · HR", "2024 · HR", False),
        ("2025 · IT", "2024 · IT", True),
    ]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (("stores", "offices"), ["stores", "offices"]),
        (("may responses", "june responses"), ["may", "june"]),
        (("answers 2017", "answers 2018"), ["2017", "2018"]),
        (("2017", "2018"), ["2017", "2018"]),
        (("q.1-north_a", "q.1-south_a"), ["north", "south"]),
    ],
)
def test_waves_are_called_by_what_their_names_do_not_share(files, names):
    assert wave_names([Path(f"{file}.csv") for file in files]) == names


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    files = []
    for year in ("2024", "2025"):
        (tmp_path / year).mkdir()
        files.append(csv(tmp_path / year / "s.csv", "score", nps_rows(6, 2, 2)))
    names = [wave["name"] for wave in answer(*files, "--score", "score", "--metric", "nps")["files"]]
    assert names == [str(file) for file in files]


def test_parquet_gives_the_same_document(two_desks, tmp_path):
    file = tmp_path / "desks.parquet"
    pq.write_table(pa.Table.from_pandas(pd.read_csv(two_desks)), file)
    words = ["--score", "score", "--metric", "nps", "--by", "desk"]
    one, other = answer(two_desks, *words), answer(file, *words)
    assert one["breakdowns"] == other["breakdowns"]


def test_narrow_terminal_still_says_figure_interval_and_n(two_desks):
    out = analyze("scores", two_desks, "--score", "score", "--metric", "nps", "--by", "desk", width=40).out
    assert max(map(len, out.splitlines())) <= 40
    assert "NPS 45.0 · 95 % interval 29.3 to 58.0" in " ".join(out.split()).replace("\u00a0", " ")


def test_ascii_terminal_loses_no_figure(two_desks):
    out = analyze("scores", two_desks, "--score", "score", "--metric", "nps", "--by", "desk").out
    assert "█" in out
    plain = process(
        "analyze",
        "scores",
        two_desks,
        "--score",
        "score",
        "--metric",
        "nps",
        "--by",
        "desk",
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert plain.stdout.isascii()
    assert "-30.0" in plain.stdout
    assert "###" in plain.stdout


@pytest.fixture
def many_teams(tmp_path):
    rows = [row for team in range(60) for row in nps_rows(20, 10, 10, f"t{team:02d}")] + nps_rows(2, 2, 26, "zz")
    return csv(tmp_path / "d.csv", "score,team", rows)


def test_of_very_many_groups_those_that_stand_out_come_first(many_teams):
    lines = analyze("scores", many_teams, "--score", "score", "--metric", "nps", "--by", "team").out.splitlines()
    table = lines.index(next(line for line in lines if line.startswith("team")))
    assert lines[table + 1].split()[0] == "zz"
    assert "40 of 61 groups: those that stand out, then the largest." in lines


def test_report_of_very_many_groups_says_which_stand_out(many_teams, tmp_path):
    report = tmp_path / "r.html"
    outcome = analyze("scores", many_teams, "--score", "score", "--metric", "nps", "--by", "team", "--html", report)
    assert outcome.status == 0
    assert "1 of 61 groups of team differ in NPS from the rest: zz below." in report.read_text("utf-8")


def test_effort_shows_the_top_two_points_beside_the_mean(tmp_path):
    file = csv(tmp_path / "e.csv", "effort", ["7", "6", "6", "5", "2"])
    out = " ".join(analyze("scores", file, "--score", "effort", "--metric", "ces").out.split())
    assert "Of everybody, the top two points: 60.0 % (95 % interval 23.1 to 88.2 %, n = 5)." in out


class TestOnRealPassengers:
    pytestmark = real_data

    def test_nps_of_2017_and_2018_is_the_published_one(self):
        files = REAL / "sfo_airport_2017.csv", REAL / "sfo_airport_2018.csv"
        found = answer(*files, "--score", "NETPRO", "--metric", "nps", "--valid", "0:10")
        values = [round(group["estimate"]["value"], 1) for group in found["breakdowns"][0]["groups"]]
        assert values == [39.8, 31.0]
        (pair,) = found["breakdowns"][0]["comparisons"]
        assert (pair["a"], pair["b"], pair["changed"]) == ("2018", "2017", True)

    def test_answers_beyond_the_scale_are_an_error_that_says_how_to_mend_it(self):
        outcome = analyze("scores", REAL / "sfo_airport_2018.csv", "--score", "NETPRO", "--metric", "nps")
        message = refusal(outcome)
        assert "159 of 2,809 answers are not whole numbers from 0 to 10: 11 (159×)" in message
        assert message.endswith("On the command line: --valid 0:10 leaves the others out and counts them.")
