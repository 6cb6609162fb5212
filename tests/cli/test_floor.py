"""`--floor` hides small groups, and what would tell them, from every form of the answer."""

import json

import numpy as np
import pytest
from scipy.optimize import linprog
from tests.cli.cases import csv, nps_rows
from tests.cli.running import analyze, refusal

from kithkin.analysis import metrics
from kithkin.cli.scores.counted import Question, count, table_of

REASON = "fewer than 5 people, or needed to protect such a group"


@pytest.fixture
def desks(tmp_path):
    rows = (
        nps_rows(20, 10, 10, "IT")
        + nps_rows(10, 10, 10, "HR")
        + nps_rows(3, 2, 4, "Legal")
        + nps_rows(1, 0, 2, "Board")
    )
    return csv(tmp_path / "desks.csv", "score,desk", rows)


def groups_of(file, *words):
    out = analyze("scores", file, "--score", "score", "--metric", "nps", "--by", "desk", "--json", *words).out
    return {group["keys"]["desk"]: group for group in json.loads(out)["breakdowns"][0]["groups"]}


def test_without_a_floor_the_small_group_is_shown(desks):
    assert groups_of(desks)["Board"]["n"] == 3


def test_group_under_the_floor_is_hidden_with_its_reason(desks):
    board = groups_of(desks, "--floor", "5")["Board"]
    assert (board["state"], board["n"], board["estimate"], board["reason"]) == ("hidden", None, None, REASON)


def test_small_group_cannot_be_had_by_subtraction(desks):
    groups = groups_of(desks, "--floor", "5")
    hidden = [name for name, group in groups.items() if group["n"] is None]
    assert len(hidden) >= 2
    assert "Board" in hidden


def test_terminal_says_hidden_and_why(desks):
    out = analyze("scores", desks, "--score", "score", "--metric", "nps", "--by", "desk", "--floor", "5").out
    board = next(line for line in out.splitlines() if "Board" in line)
    assert board.split() == ["Board", "hidden"]
    assert f"2 of 4 groups of desk hidden: {REASON}." in " ".join(out.split())


def test_hidden_group_enters_no_comparison(desks):
    out = analyze("scores", desks, "--score", "score", "--metric", "nps", "--by", "desk", "--json", "--floor", "5").out
    found = json.loads(out)["breakdowns"][0]
    hidden = {group["keys"]["desk"] for group in found["groups"] if group["n"] is None}
    compared = {name for pair in found["comparisons"] for name in (pair["a"], pair["b"])}
    assert not hidden & compared


def test_report_holds_no_figure_of_a_hidden_group(desks, tmp_path):
    out = tmp_path / "report.html"
    words = ["scores", desks, "--score", "score", "--metric", "nps", "--by", "desk", "--html", out]
    figure = f"{metrics.nps_from_counts({10: 1, 2: 2}).value:.4f}"
    assert analyze(*words).status == 0
    assert figure in out.read_text("utf-8").replace("−", "-")
    assert analyze(*words, "--floor", "5").status == 0
    assert figure not in out.read_text("utf-8").replace("−", "-")
    assert "Board" in out.read_text("utf-8")


def test_all_hidden_says_so_and_shows_nothing(tmp_path):
    file = csv(tmp_path / "few.csv", "score,desk", ["10,IT", "3,IT"])
    outcome = analyze("scores", file, "--score", "score", "--metric", "nps", "--floor", "5")
    assert outcome.status == 0
    assert " ".join(outcome.out.split()).startswith(f"NPS of score is not shown: {REASON}.")
    assert "n = 2" not in outcome.out


def test_group_where_all_say_the_same_is_capped(tmp_path):
    rows = nps_rows(20, 10, 10, "IT") + nps_rows(20, 10, 10, "HR") + nps_rows(7, 0, 0, "Legal")
    groups = groups_of(csv(tmp_path / "d.csv", "score,desk", rows), "--floor", "5")
    assert (groups["Legal"]["state"], groups["Legal"]["n"], groups["Legal"]["estimate"]) == ("capped", 7, None)


def test_capped_score_cannot_be_had_by_subtraction(tmp_path):
    rows = nps_rows(20, 10, 10, "IT") + nps_rows(20, 10, 10, "HR") + nps_rows(7, 0, 0, "Legal")
    file = csv(tmp_path / "d.csv", "score,desk", rows)
    out = analyze("scores", file, "--score", "score", "--metric", "nps", "--by", "desk", "--json", "--floor", "5").out
    found = json.loads(out)
    withheld = [group for group in [found["overall"], *found["breakdowns"][0]["groups"]] if group["estimate"] is None]
    assert len(withheld) >= 2


def test_what_rests_on_the_spread_of_the_answers_is_withheld(tmp_path):
    """An interval, shares or a top-two figure could be subtracted to tell of a hidden group what its mean does not."""
    file = csv(tmp_path / "e.csv", "effort", ["7"] * 30 + ["1"] + ["4"] * 20)
    words = ["scores", file, "--score", "effort", "--metric", "ces", "--json"]
    assert json.loads(analyze(*words).out)["overall"]["estimate"]["histogram"]["1"] == 1
    protected = json.loads(analyze(*words, "--floor", "5").out)["overall"]["estimate"]
    assert {"histogram", "shares", "top2"} & set(protected) == set()


@pytest.mark.parametrize(("metric", "valid"), [("nps", ()), ("ces", ()), ("mean", ("--valid", "0:10"))])
def test_under_a_floor_equal_n_and_mean_give_equal_documents_whatever_the_answers(tmp_path, metric, valid):
    """Six people who all said the middle, against three at each side of it."""
    middle, apart = {"nps": ("7", ("10", "0")), "ces": ("4", ("6", "2")), "mean": ("5", ("2", "8"))}[metric]
    documents = []
    for answers in ([middle] * 6, [*apart] * 3):
        rows = [f"{answer},A" for answer in answers] + [f"{apart[0]},B", f"{apart[1]},B"] * 10
        file = csv(tmp_path / "d.csv", "score,team", rows)
        words = [
            "scores",
            file,
            "--score",
            "score",
            "--metric",
            metric,
            *valid,
            "--by",
            "team",
            "--floor",
            "5",
            "--json",
        ]
        documents.append(analyze(*words).out)
    assert documents[0] == documents[1]


def test_under_a_floor_the_score_itself_is_the_same(desks):
    words = ["scores", desks, "--score", "score", "--metric", "nps", "--json"]
    plain, floored = (
        json.loads(analyze(*words, *floor).out)["overall"]["estimate"] for floor in ([], ["--floor", "5"])
    )
    assert (floored["value"], floored["n"]) == (pytest.approx(plain["value"]), plain["n"])
    assert (floored["low"] <= plain["low"], floored["high"] >= plain["high"]) == (True, True)


def test_departments_within_divisions_cannot_be_had_by_subtraction(tmp_path):
    """N less its shown departments must never leave fewer than the floor."""
    sizes = {("N", "N0"): 2, ("N", "N1"): 25, ("N", "N2"): 7, ("S", "S0"): 3, ("S", "S1"): 4, ("S", "S2"): 2}
    rows = [f"{6 + place % 4},{division},{team}" for (division, team), n in sizes.items() for place in range(n)]
    file = csv(tmp_path / "d.csv", "score,division,dept", rows)
    words = ["scores", file, "--score", "score", "--metric", "mean", "--valid", "0:10", "--by", "division", "dept"]
    divisions, departments, _ = json.loads(analyze(*words, "--floor", "5", "--json").out)["breakdowns"]
    shown = {group["keys"]["dept"]: group["n"] for group in departments["groups"] if group["n"] is not None}
    for group in divisions["groups"]:
        name = group["keys"]["division"]
        left = (group["n"] or 0) - sum(n for team, n in shown.items() if team[0] == name)
        assert group["n"] is None or left == 0 or left >= 5


def test_waves_are_not_taken_under_a_floor_since_they_may_share_people(desks, tmp_path):
    outcome = analyze("scores", desks, desks, "--score", "score", "--metric", "nps", "--floor", "5")
    assert " ".join(refusal(outcome).split()) == (
        "--floor takes one file: waves that share people give them away by subtraction. If the waves are different "
        "people, put them into one file with a column for the wave, and name it in --by; else show one wave only."
    )


def test_weights_are_not_taken_under_a_floor(tmp_path):
    file = csv(tmp_path / "w.csv", "score,w", [f"{score},{w}" for score, w in zip("9873651", "1000000", strict=True)])
    outcome = analyze("scores", file, "--score", "score", "--metric", "nps", "--weight", "w", "--floor", "5")
    assert " ".join(refusal(outcome).split()) == (
        "--floor goes without --weight: one heavy weight can make a group's score one person's answer. Leave --weight "
        "out, and say that the scores are not weighted."
    )


def test_a_refusal_under_a_floor_shows_no_single_answer(tmp_path):
    file = csv(tmp_path / "d.csv", "score", nps_rows(20, 10, 10))
    outcome = analyze("scores", file, "--score", "score", "--metric", "nps", "--valid", "100:101", "--floor", "5")
    assert "(" not in refusal(outcome).split("left to measure")[1]


def test_single_rows_that_were_left_out_are_not_shown(tmp_path):
    file = csv(tmp_path / "d.csv", "score", [*nps_rows(20, 10, 10), "99"])
    words = ["scores", file, "--score", "score", "--metric", "nps", "--valid", "0:10", "--json"]
    assert json.loads(analyze(*words).out)["files"][0]["left_out"][0]["examples"] == [{"row": 42, "text": "99"}]
    assert json.loads(analyze(*words, "--floor", "5").out)["files"][0]["left_out"][0]["examples"] == []


def test_combinations_with_margins_are_protected_together(tmp_path):
    rows = [row for desk in "ABC" for site in "xyz" for row in nps_rows(4, 2, 3, desk, site)]
    rows = rows[:-7]  # the last corner keeps two people
    file = csv(tmp_path / "d.csv", "score,desk,site", rows)
    out = analyze(
        "scores", file, "--score", "score", "--metric", "nps", "--by", "desk", "site", "--json", "--floor", "5"
    ).out
    cross = json.loads(out)["breakdowns"][2]["groups"]
    hidden = [(group["keys"]["desk"], group["keys"]["site"]) for group in cross if group["n"] is None]
    assert ("C", "z") in hidden
    assert len(hidden) >= 4


def test_mean_without_a_scale_cannot_be_protected(desks):
    outcome = analyze("scores", desks, "--score", "score", "--metric", "mean", "--floor", "5")
    assert refusal(outcome) == "--floor with --metric mean needs the scale of the answers: add --valid LO:HI."


def bounds(published, hidden, atoms):
    """What the shown counts leave open for a hidden one: its least and greatest value, no count being below zero."""
    rows = [[float(matches(atom, keys)) for atom in atoms] for keys, _ in published]
    given = [n for _, n in published]
    target = np.array([float(matches(atom, hidden)) for atom in atoms])
    ends = [linprog(sign * target, A_eq=rows or None, b_eq=given or None, bounds=(0, 1000)) for sign in (1, -1)]
    assert all(end.status == 0 for end in ends)
    return ends[0].fun, -ends[1].fun


def matches(atom, keys):
    return all(atom[column] == label for column, label in keys.items())


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("floor", ["1", "5"])
def test_subtraction_over_all_shown_cells_finds_small_groups_only_without_a_floor(tmp_path, seed, floor):
    random = np.random.default_rng(seed)
    sizes = {(a, b): int(random.integers(1, 15)) for a in "ABC" for b in "xyz"}
    sizes["A", "x"] = 2
    rows = [f"{random.integers(0, 11)},{a},{b}" for (a, b), n in sizes.items() for _ in range(n)]
    file = csv(tmp_path / "d.csv", "score,a,b", rows)
    words = ["scores", file, "--score", "score", "--metric", "nps", "--by", "a", "b", "--floor", floor, "--json"]
    found = json.loads(analyze(*words).out)
    cells = [(group["keys"], group["n"]) for breakdown in found["breakdowns"] for group in breakdown["groups"]]
    cells.append(({}, found["overall"]["n"]))
    atoms = [{"a": a, "b": b} for a, b in sizes]
    published = [(keys, n) for keys, n in cells if n is not None]
    known = [bounds(published, keys, atoms) for keys, _ in cells]
    told = [round(low) for low, high in known if high - low < 1e-6]
    assert any(0 < n < 5 for n in told) == (floor == "1")


@pytest.mark.parametrize(
    ("metric", "scale", "score"),
    [("nps", range(11), lambda a: metrics.nps(a).value / 100), ("csat", range(1, 6), lambda a: metrics.csat(a).value),
     ("ces", range(1, 8), lambda a: metrics.ces(a).value)],
)  # fmt: skip
def test_what_is_protected_is_what_is_shown(tmp_path, metric, scale, score):
    """A group per possible answer, of three who gave it: the protected sum over n is the score of that answer."""
    file = csv(tmp_path / "all.csv", "score,answer", [f"{answer},{answer}" for answer in [*scale] * 3])
    table = table_of(count([file], Question("score", metric, by=("answer",))), ("answer",))
    found = dict(zip(map(int, table["d0"]), table["score"] / table["n"], strict=True))
    assert found == {answer: score([answer]) for answer in scale}
