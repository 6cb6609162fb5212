import csv
from datetime import datetime, timedelta
from math import comb

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from kithkin.analysis.errors import BadParameter, BadShape, EmptyInput, NotNumeric
from kithkin.analysis.flow import analyse, parse_times
from kithkin.analysis.flow.waits import interval_place
from kithkin.analysis.metrics.intervals import wilson

START = datetime.fromisoformat("2026-01-05 09:00")


def log(*events):
    """Columns of an event log from (case, group, hours after the start[, promise kept]) rows."""
    rows = [(*event, None)[:4] for event in events]
    case, group, hours, met = (list(column) for column in zip(*rows, strict=True))
    return case, group, [START + timedelta(hours=h) for h in hours], met


def handed_over(found):
    return {(h.from_group, h.to_group): (h.volume, h.traces, h.waiting.median, h.returns) for h in found.handovers}


def groups(found):
    return {g.group: g for g in found.groups}


ONE_REQUEST = log(
    ("R1", "desk", 0, True),
    ("R1", "desk", 1, True),
    ("R1", "network", 4, True),
    ("R1", None, 5, True),
    ("R1", "desk", 6, False),
    ("R1", "field", 16, False),
    ("R1", "field", 18, False),
)


def test_a_request_that_comes_back():
    found = analyse(*ONE_REQUEST)

    assert handed_over(found) == {
        ("desk", "network"): (1, 1, 4.0, 0),
        ("network", "desk"): (1, 1, 2.0, 1),
        ("desk", "field"): (1, 1, 10.0, 0),
    }
    desk, field = groups(found)["desk"], groups(found)["field"]
    assert (desk.traces, desk.events, desk.legs, desk.waiting.median, desk.returns) == (1, 3, 2, 7.0, 1)
    assert (field.traces, field.events, field.legs, field.waiting.median, field.returns) == (1, 2, 1, 2.0, 0)
    assert (found.traces, found.events, found.events_without_group, found.returns) == (1, 7, 1, 1)
    assert (found.rework.value, found.breach.value) == (1.0, 1.0)


def test_the_last_row_with_an_answer_decides_whether_the_promise_was_kept():
    found = analyse(*log(("R1", "desk", 0, False), ("R1", "desk", 2, True), ("R1", "desk", 3, None)))

    assert (found.breach.value, found.breach.n) == (0.0, 1)


def test_last_means_latest_not_lowest_in_the_file():
    found = analyse(*log(("R1", "desk", 5, True), ("R1", "desk", 0, False)))

    assert (found.breach.value, found.out_of_order) == (0.0, 1)


OPEN_AND_CLOSED = log(
    ("kept", "desk", 0, True),
    ("kept", "desk", 1, True),
    ("open", "desk", 0, True),
    ("open", "desk", 1, True),
    ("late and open", "desk", 0, True),
    ("late and open", "desk", 1, False),
    ("late", "desk", 0, False),
)
CLOSING = [False, True, False, None, False, False, True]


def test_a_promise_counts_as_kept_only_once_its_trace_is_closed():
    found = analyse(*OPEN_AND_CLOSED, closed=CLOSING)

    assert (found.breach.value, found.breach.n, found.undecided) == (2 / 3, 3, 1)
    assert (
        "1 of 4 requests is not closed and kept the promise so far: that is not known yet, so no share of broken "
        "promises counts it." in found.sentences
    )


def test_without_closing_rows_open_traces_count_and_the_report_says_so():
    found = analyse(*OPEN_AND_CLOSED)

    assert (found.breach.value, found.breach.n, found.undecided) == (0.5, 4, None)
    assert "Requests still open count by their last value; say --closed COL=VALUE to leave them out." in found.sentences


def test_where_every_trace_is_decided_nothing_is_said_of_open_ones():
    found = analyse(*log(("R1", "desk", 0, True)), closed=[True])

    assert found.undecided == 0
    assert not any("closed" in sentence for sentence in found.sentences)


def test_closing_in_another_row_order_is_the_same():
    case, group, at, met = OPEN_AND_CLOSED
    turned = [column[::-1] for column in (case, group, at, met)]

    assert analyse(*turned, closed=CLOSING[::-1]).breach == analyse(*OPEN_AND_CLOSED, closed=CLOSING).breach


def test_closed_of_another_length_is_refused():
    with pytest.raises(BadShape, match="met 7, closed 2"):
        analyse(*OPEN_AND_CLOSED, closed=[True, False])


@pytest.mark.parametrize(("broken", "said"), [(0, "0.0 % of 890 requests (interval 0.0 to 0.4 %)"), (890, "100.0 %")])
def test_an_end_of_an_interval_is_not_rounded_to_never_or_always(broken, said):
    found = analyse(*log(*((f"R{row}", "desk", 0, row >= broken) for row in range(890))))

    assert said in found.sentences[1]


def test_one_is_one_and_thousands_have_a_comma():
    one = analyse(*log(("R1", "desk", 0)))
    far = analyse(*log(("R1", "desk", 0), ("R1", "net", 6764.9)))

    assert one.sentences[0] == "1 request with 1 event passed 1 group in 0 hand-overs."
    assert "6,765 hours in 1 hand-over, median 6,764.9 h." in far.sentences[1]


def test_few_hours_of_waiting_are_not_rounded_to_one_and_none_are_not_told():
    short = analyse(*log(("R1", "desk", 0), ("R1", "net", 0.9)))
    none = analyse(*log(("R1", "desk", 0), ("R1", "net", 0)))

    assert "0.9 hours in 1 hand-over, median 0.9 h." in short.sentences[1]
    assert "waiting" not in " ".join(none.sentences)


def test_traces_with_an_unknown_outcome_count_in_no_breach():
    found = analyse(*log(("R1", "desk", 0, False), ("R2", "desk", 0, None)))

    assert (groups(found)["desk"].traces, groups(found)["desk"].breach.n) == (2, 1)


def test_without_promises_there_is_no_breach():
    case, group, at, _ = ONE_REQUEST
    found = analyse(case, group, at)

    assert found.breach is None
    assert (
        {g.breach for g in found.groups} == {g.q for g in found.groups} == {h.breach for h in found.handovers} == {None}
    )
    assert [row.breach for row in found.by_groups_touched] == [None]
    assert not [said for said in found.sentences if "breach" in said.lower() or "promise" in said]


def test_rows_are_sorted_and_counted_where_they_were_not_in_order():
    shuffled = [3, 0, 6, 1, 5, 2, 4]
    found = analyse(*([column[i] for i in shuffled] for column in ONE_REQUEST))

    assert (found.groups, found.handovers) == (analyse(*ONE_REQUEST).groups, analyse(*ONE_REQUEST).handovers)
    assert found.out_of_order == 3


def test_tied_times_keep_the_order_of_the_file():
    found = analyse(*log(("R1", "b", 0), ("R1", "a", 0), ("R1", "c", 0)))

    assert list(handed_over(found)) == [("a", "c"), ("b", "a")]
    assert found.out_of_order == 0


def test_a_trace_that_makes_a_hand_over_twice_counts_twice_in_volume_and_once_in_traces():
    found = analyse(*log(*(("R1", group, hour, False) for hour, group in enumerate("abab"))))

    assert handed_over(found) == {("a", "b"): (2, 1, 1.0, 1), ("b", "a"): (1, 1, 1.0, 1)}
    assert found.handovers[0].breach.n == 1


def test_rows_of_several_traces_may_be_mixed():
    found = analyse(*log(("R1", "a", 0), ("R2", "b", 1), ("R1", "b", 2), ("R2", "a", 4)))

    assert handed_over(found) == {("a", "b"): (1, 1, 2.0, 0), ("b", "a"): (1, 1, 3.0, 0)}
    assert found.out_of_order == 0


def test_a_row_without_a_group_before_the_first_belongs_to_none():
    found = analyse(*log(("R1", None, 0), ("R1", "desk", 5), ("R1", None, 7), ("R2", None, 0)))

    assert groups(found)["desk"].waiting.median == 2.0
    assert (found.traces, found.traces_without_group, found.events_without_group) == (2, 1, 3)
    assert found.rework.n == 1


def test_blank_groups_and_cases_are_missing():
    found = analyse(["R1", " ", "R1"], ["desk", "desk", ""], log(*[("", "", 0)] * 3)[2])

    assert (found.left_out, found.events, found.events_without_group) == (1, 2, 1)


def test_rows_without_a_time_are_left_out_and_counted():
    case, group, at, met = ONE_REQUEST

    found = analyse([*case, "R9"], [*group, "desk"], [*at, None], [*met, True])

    assert (found.left_out, found.traces) == (1, 1)


def test_breach_by_the_number_of_different_groups():
    ways = {"R1": "aa", "R2": "aba", "R3": "abc", "R4": "abcd", "R5": "abcde", "R6": "b"}
    events = [(case, group, hour, case in {"R1", "R4"}) for case, way in ways.items() for hour, group in enumerate(way)]

    found = analyse(*log(*events))

    told = [(row.groups, row.traces, row.breach.value) for row in found.by_groups_touched]
    assert told == [("1", 2, 0.5), ("2", 1, 1.0), ("3", 1, 1.0), ("4+", 2, 0.5)]


def test_breach_has_wilsons_interval():
    found = analyse(*log(*((f"R{i}", "desk", 0, i >= 15) for i in range(148))))

    desk = groups(found)["desk"].breach
    assert (round(desk.low, 4), round(desk.high, 4), desk.n) == (0.0624, 0.1605, 148)


@pytest.mark.parametrize("n", [1, 5, 6, 9, 30, 101])
def test_the_median_has_the_narrowest_interval_that_covers_often_enough(n):
    found = int(interval_place(np.array([n]), 0.95)[0])

    covers = {k: 1 - 2 * sum(comb(n, i) for i in range(k + 1)) / 2**n for k in range(n // 2)}
    assert found == max((k for k, often in covers.items() if often >= 0.95), default=-1)


@pytest.mark.parametrize(("n", "expected"), [(5, (2.0, None, None)), (6, (2.5, 0.0, 5.0)), (9, (4.0, 1.0, 7.0))])
def test_waiting_shows_its_median_and_interval_whatever_the_order_of_the_rows(n, expected):
    found = analyse(*log(*((f"R{i}", "a", hour) for i in reversed(range(n)) for hour in (0, i))))

    waiting = found.groups[0].waiting
    assert ((waiting.median, waiting.low, waiting.high), waiting.n, waiting.mean) == (expected, n, (n - 1) / 2)


def test_groups_that_breach_more_than_the_rest_are_found_and_corrected_for_looking_often():
    rng = np.random.default_rng(0)
    events = [(f"R{i}", f"G{i % 20}", 0, bool(rng.random() > (0.9 if i % 20 == 7 else 0.3))) for i in range(800)]

    found = analyse(*log(*events))

    assert [g.group for g in found.groups if g.q <= 0.05] == ["G7"]
    said = next(said for said in found.sentences if "more often" in said)
    g7 = groups(found)["G7"]
    assert f"G7 ({100 * g7.breach.value:.0f} % of 40 against {100 * g7.breach_of_rest:.0f} % of the others)" in said


def test_no_group_is_blamed_when_all_breach_alike():
    blamed = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        events = [(f"R{i}", f"G{i % 10}", 0, bool(rng.random() > 0.4)) for i in range(300)]
        blamed += any(g.q <= 0.05 for g in analyse(*log(*events)).groups)

    assert blamed <= 4


def test_q_is_fishers_exact_test():
    events = [(f"R{i}", "a" if i < 8 else "b", 0, i not in {0, 1, 2, 3, 4, 9}) for i in range(20)]

    found = groups(analyse(*log(*events)))

    exact = sum(comb(6, k) * comb(14, 8 - k) for k in range(5, 7)) / comb(20, 8)
    assert found["a"].q == pytest.approx(2 * exact)
    assert (found["a"].breach.value, found["a"].breach_of_rest) == (5 / 8, 1 / 12)


def test_a_group_that_touches_every_trace_has_no_rest_to_compare_with():
    desk = groups(analyse(*log(("R1", "desk", 0, True), ("R2", "desk", 0, False))))["desk"]

    assert (desk.breach_of_rest, desk.q) == (None, None)


@pytest.mark.parametrize(
    "met", [["TRUE", "no", "?"], [1, 0, 3], ["breached"] * 3], ids=["question mark", "number", "word"]
)
def test_a_promise_that_is_neither_yes_nor_no_is_refused(met):
    strange = {"?": "'\\?'", 3: "'3'", "breached": "'breached'"}[met[-1]]
    with pytest.raises(NotNumeric, match=f"met: 1 value.* neither yes nor no .*: {strange}"):
        analyse(["R1"] * 3, ["a"] * 3, [START] * 3, met)


@pytest.mark.parametrize("met", [["TRUE", "False"], ["yes", "NO"], [1, 0], [1.0, 0.0], [True, False], ["Y", "n"]])
def test_promises_may_be_written_in_many_ways(met):
    found = analyse(["R1", "R2"], ["a", "b"], [START] * 2, met)

    assert [groups(found)[name].breach.value for name in "ab"] == [0.0, 1.0]


def test_pandas_arrow_and_lists_are_the_same_log():
    columns = [[str(i % 7) for i in range(60)], [f"G{i * i % 5}" for i in range(60)], [i % 3 > 0 for i in range(60)]]
    at = [START + timedelta(hours=i * 7 % 31) for i in range(60)]
    case, group, met = columns

    plain = analyse(case, group, at, met)
    frame = pd.DataFrame({"case": case, "group": pd.Categorical(group), "at": at, "met": met})
    table = pa.table({"case": case, "group": pa.array(group).dictionary_encode(), "at": at, "met": met})

    assert analyse(*(frame[name] for name in frame)) == plain
    assert analyse(*(table[name] for name in table.column_names)) == plain


def test_columns_of_other_lengths_are_refused():
    with pytest.raises(BadShape, match="case 2, group 1, at 2, met 2"):
        analyse(["R1", "R2"], ["a"], [START] * 2)


def test_a_log_without_a_usable_row_is_refused():
    with pytest.raises(EmptyInput, match="none of 2 rows has a case and a time"):
        analyse([None, "R1"], ["a", "a"], [START, None])


def test_a_log_without_any_group_still_counts_its_traces():
    found = analyse(["R1", "R2"], [None, None], [START] * 2, [True, False])

    assert (found.groups, found.handovers, found.by_groups_touched, found.rework) == ((), (), (), None)
    assert (found.traces, found.breach.value) == (2, 0.5)
    assert str(found)


def test_confidence_outside_0_to_1_is_refused():
    with pytest.raises(BadParameter, match="confidence: 95"):
        analyse(*ONE_REQUEST, confidence=95)


def test_confidence_moves_every_interval():
    columns = log(*((f"R{i}", g, h, i % 3 > 0) for i in range(30) for h, g in ((0, "a"), (i, "b"))))

    found = analyse(*columns, confidence=0.5)

    assert (found.breach.low, found.breach.high) == wilson(1 / 3, 30, 0.5)
    assert found.handovers[0].waiting.high - found.handovers[0].waiting.low < 6


def test_the_report_reads_as_two_tables_and_sentences():
    lines = str(analyse(*ONE_REQUEST)).splitlines()

    assert lines[0].split() == ["group", "requests", "median", "h", "mean", "h", "breach", "returns"]
    assert lines[1].split()[:4] == ["desk", "1", "7.0", "7.0"]
    assert "1 request with 7 events passed 3 groups in 3 hand-overs." in lines
    back = "came back to a group that had held them before (1 return)."
    assert f"100 % of 1 request (interval 21 to 100 %) {back}" in lines


@pytest.mark.data
def test_the_it_desk_breaches_more_the_more_groups_touch_an_incident(data_folder):
    with (data_folder / "it_incident_events.csv").open() as file:
        rows = list(csv.DictReader(file))
    named = [None if row["assignment_group"] == "?" else row["assignment_group"] for row in rows]

    found = analyse(
        [row["number"] for row in rows],
        named,
        parse_times((row["sys_updated_at"] for row in rows), day_first=True).times,
        [row["made_sla"] for row in rows],
    )

    shares = {row.groups: round(100 * row.breach.value) for row in found.by_groups_touched}
    assert shares == {"1": 38, "2": 43, "3": 62, "4+": 80}
    assert (found.events, found.traces, found.traces_without_group, len(found.groups)) == (5998, 890, 3, 61)
