"""Drivers, weak link and flow: what the methods find is what the command says, in each of its forms."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.cases import REAL, csv
from tests.cli.running import analyze

from kithkin.analysis import drivers
from kithkin.analysis.flow import analyse
from kithkin.analysis.linkage import weak_links
from kithkin.demo.company import simulate
from kithkin.tables import source, write

SWISS_SHARES = {
    "Agriculture": 0.057091,
    "Examination": 0.171173,
    "Education": 0.260135,
    "Catholic": 0.105570,
    "Infant.Mortality": 0.112766,
}


def document(*words):
    outcome = analyze(*words, "--json")
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


def words_of(*words, **how):
    return " ".join(analyze(*words, **how).out.split())


class TestDrivers:
    @pytest.fixture
    def ratings(self, tmp_path):
        random = np.random.default_rng(1)
        frame = pd.DataFrame(random.integers(1, 6, (300, 3)), columns=["q_speed", "q_price", "q_noise"])
        frame["overall"] = (frame.q_speed + 0.4 * frame.q_price + random.normal(0, 1, 300)).round().clip(1, 5)
        frame["w"] = random.uniform(0.5, 2, 300).round(2)
        frame.to_csv(tmp_path / "ratings.csv", index=False)
        return tmp_path / "ratings.csv"

    def test_document_is_the_report_of_the_method(self, ratings):
        frame = pd.read_csv(ratings)
        expected = drivers.report(
            frame[["q_speed", "q_price", "q_noise"]], frame.overall, frame.w, scale=(1, 5), outcome="overall", draws=200
        )
        found = document(
            "drivers",
            ratings,
            "--outcome",
            "overall",
            "--driver",
            "q_*",
            "--valid",
            "1:5",
            "--weight",
            "w",
            "--bootstrap",
            "200",
        )
        assert {key: found[key] for key in expected.to_dict()} == json.loads(json.dumps(expected.to_dict()))

    def test_columns_on_another_scale_have_their_own_range(self, tmp_path):
        random = np.random.default_rng(2)
        frame = pd.DataFrame(random.integers(1, 6, (200, 2)), columns=["q_a", "q_b"])
        frame["net"] = (frame.q_a + frame.q_b + random.integers(-1, 2, 200)).clip(0, 10)
        frame.loc[0, "net"], frame.loc[1, "q_a"], frame.loc[2, "q_b"] = 99, 6, 7
        frame.to_csv(tmp_path / "r.csv", index=False)
        words = ["drivers", tmp_path / "r.csv", "--outcome", "net", "--driver", "q_*", "--bootstrap", "100"]
        found = document(*words, "--valid", "1:5", "--valid", "net=0:10")
        left = [(one["column"], one["reason"], one["count"]) for one in found["left_out"]]
        assert left == [("q_a", "outside 1:5", 1), ("q_b", "outside 1:5", 1), ("net", "outside 0:10", 1)]
        assert (found["valid"], found["valid_by_column"]) == ([1, 5], {"net": [0, 10]})
        assert all(driver["performance"] is not None for driver in found["drivers"])
        clean = frame.drop(index=[0, 1, 2])
        expected = drivers.report(clean[["q_a", "q_b"]], clean.net, scale=(1, 5), outcome="net", draws=100)
        assert found["r2"]["value"] == pytest.approx(expected.r2.value)

    def test_a_name_wins_over_a_glob_and_drivers_on_two_scales_have_no_performance(self, tmp_path):
        random = np.random.default_rng(2)
        frame = pd.DataFrame(random.integers(1, 8, (200, 3)), columns=["q_a", "q_b", "y"])
        frame.to_csv(tmp_path / "r.csv", index=False)
        words = ["drivers", tmp_path / "r.csv", "--outcome", "y", "--driver", "q_*", "--bootstrap", "100"]
        found = document(*words, "--valid", "q_a=1:7", "--valid", "q_*=1:5", "--valid", "1:6")
        reasons = {one["column"]: one["reason"] for one in found["left_out"]}
        assert reasons == {"q_b": "outside 1:5", "y": "outside 1:6"}
        assert [driver["performance"] for driver in found["drivers"]] == [None, None]

    def test_outcome_and_weight_are_no_drivers_of_themselves(self, ratings):
        found = document(
            "drivers", ratings, "--outcome", "overall", "--driver", "*", "--weight", "w", "--bootstrap", "100"
        )
        assert {driver["name"] for driver in found["drivers"]} == {"q_speed", "q_price", "q_noise"}

    def test_johnson_may_be_asked_for(self, ratings):
        found = document(
            "drivers", ratings, "--outcome", "overall", "--driver", "q_*", "--method", "johnson", "--bootstrap", "100"
        )
        assert found["method"] == "johnson"

    def test_answers_outside_the_range_count_as_missing_and_are_said(self, tmp_path):
        rows = [f"{1 + i % 5},{1 + i * 7 % 5},{i % 6}" for i in range(120)]
        file = csv(tmp_path / "r.csv", "y,a,b", rows)
        found = document(
            "drivers", file, "--outcome", "y", "--driver", "a", "b", "--valid", "1:5", "--bootstrap", "100"
        )
        assert [(left["column"], left["reason"], left["count"]) for left in found["left_out"]] == [
            ("b", "outside 1:5", 20)
        ]
        assert found["left_out"][0]["examples"][0] == {"row": 2, "text": "0"}
        assert found["n"] == 100

    def test_many_rows_go_through_buckets_with_the_same_shares(self, tmp_path):
        random = np.random.default_rng(2)
        frame = pd.DataFrame(random.integers(1, 6, (70_000, 2)), columns=["a", "b"])
        frame["y"] = frame.a * 2 + frame.b + random.integers(0, 3, 70_000)
        file = tmp_path / "many.parquet"
        pq.write_table(pa.Table.from_pandas(frame), file)
        assert sum(1 for _ in source(file).batches()) > 1
        found = document("drivers", file, "--outcome", "y", "--driver", "a", "b", "--bootstrap", "100")
        expected = drivers.lmg(drivers.Moments.from_data(frame[["a", "b"]], frame.y))
        assert {driver["name"]: driver["share"] for driver in found["drivers"]} == pytest.approx(expected.shares)
        assert (found["rows"], found["n"]) == (70_000, 70_000)
        assert "buckets" in found["resampled"]
        buckets = drivers.bucket_moments(frame[["a", "b"]], frame.y)
        whole = drivers.report_from_buckets(buckets, draws=100)
        intervals = {driver.name: (driver.low, driver.high) for driver in whole.drivers}
        assert {driver["name"]: (driver["low"], driver["high"]) for driver in found["drivers"]} == {
            name: pytest.approx(ends) for name, ends in intervals.items()
        }

    @pytest.mark.parametrize("rows", [200, 6_000])
    def test_rows_without_a_usable_weight_are_left_out_and_said(self, tmp_path, rows):
        random = np.random.default_rng(3)
        frame = pd.DataFrame(random.integers(1, 6, (rows, 2)), columns=["a", "b"]).assign(w=1.0)
        frame["y"] = frame.a + random.integers(0, 3, rows)
        frame.loc[:9, "w"] = -1
        frame.loc[10:14, "w"] = None
        frame.to_csv(tmp_path / "w.csv", index=False)
        words = [
            "drivers",
            tmp_path / "w.csv",
            "--outcome",
            "y",
            "--driver",
            "a",
            "b",
            "--weight",
            "w",
            "--bootstrap",
            "100",
        ]
        found = document(*words)
        assert found["n"] == rows - 15
        said = [(left["column"], left["reason"], left["count"]) for left in found["left_out"]]
        assert said == [("w", "missing", 5), ("w", "negative", 10)]

    def test_terminal_says_share_interval_and_n_of_each(self, ratings):
        said = words_of("drivers", ratings, "--outcome", "overall", "--driver", "q_*", "--bootstrap", "100")
        found = document("drivers", ratings, "--outcome", "overall", "--driver", "q_*", "--bootstrap", "100")
        for driver in found["drivers"]:
            interval = f"{100 * driver['low']:.1f} to {100 * driver['high']:.1f}"
            assert f"{driver['name']} {100 * driver['share']:.1f} {interval}" in said
        assert said.startswith("3 drivers explain")

    @pytest.mark.data
    @pytest.mark.skipif(not REAL.exists(), reason="no real data here; KITHKIN_DATA names their folder")
    def test_published_shares_of_swiss_come_out_of_the_file(self):
        columns = ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]
        found = document(
            "drivers", REAL / "swiss.csv", "--outcome", "Fertility", "--driver", *columns, "--bootstrap", "100"
        )
        assert {driver["name"]: driver["share"] for driver in found["drivers"]} == pytest.approx(SWISS_SHARES, abs=1e-6)


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("company")
    made = simulate(seed=4, units=30, periods=12)
    for name in ("links", "outcomes", "service_map"):
        write(folder / f"{name}.csv", getattr(made, name))
    return folder, made


class TestWeakLink:
    def files(self, folder, *extra):
        return ["weak-link", "--links", folder / "links.csv", "--outcomes", folder / "outcomes.csv", *extra]

    def test_document_is_the_report_of_the_method(self, company):
        folder, made = company
        found = document(*self.files(folder, "--map", folder / "service_map.csv", "--seed", "3"))
        expected = weak_links(made.links, made.outcomes, made.service_map, seed=3).to_dict()
        assert found["verdict"] == expected["verdict"]
        assert [link["link"] for link in found["ranked"]] == [link["link"] for link in expected["ranked"]]
        gains = [link["gain"] for link in expected["ranked"]]
        assert [link["gain"] for link in found["ranked"]] == pytest.approx(gains, rel=1e-6)

    def test_weak_link_is_named_first(self, company):
        folder, made = company
        said = words_of(*self.files(folder, "--map", folder / "service_map.csv"))
        assert said.startswith(f"{made.weak_link} costs the outside score most")

    def test_lag_and_seed_are_passed_on(self, company):
        folder, _ = company
        found = document(*self.files(folder, "--lag", "2", "--seed", "9"))
        assert (found["lag"], found["seed"]) == (2, 9)

    def test_gain_is_worded_as_no_cause(self, company):
        folder, _ = company
        said = words_of(*self.files(folder), width=200)
        assert "Gain: points of the outside score that go with closing the link's gap" in said
        assert "would bring" not in said

    def test_every_check_is_said(self, company):
        folder, _ = company
        said = words_of(*self.files(folder))
        for check in document(*self.files(folder))["checks"]:
            assert f"{check['name']}. {' '.join(check['sentence'].split())}" in said

    def test_one_period_is_a_cross_section_that_names_nothing(self, tmp_path):
        random = np.random.default_rng(0)
        rows = [f"u{u},2011,{link},{random.normal():.3f}" for u in range(60) for link in ("a", "b")]
        links = csv(tmp_path / "l.csv", "unit,period,link,score", rows)
        outcomes = csv(tmp_path / "o.csv", "unit,period,score", [f"u{u},2011,{random.normal():.3f}" for u in range(60)])
        found = document("weak-link", "--links", links, "--outcomes", outcomes)
        assert found["verdict"] == "not identifiable"
        said = words_of("weak-link", "--links", links, "--outcomes", outcomes, width=200)
        assert "60 pairs of unit and period from 60 units × 1 period (2011), cross-section" in said


class TestFlow:
    @pytest.fixture
    def events(self, tmp_path):
        rows = [
            "R1,desk,2026-01-05 09:00,yes",
            "R1,network,2026-01-05 12:00,",
            "R1,desk,2026-01-05 13:00,no",
            "R2,desk,2026-01-05 09:00,yes",
            "R2,desk,2026-01-06 09:00,",
        ]
        return csv(tmp_path / "e.csv", "id,team,at,kept", rows)

    def test_hand_overs_waits_and_returns_are_counted(self, events):
        found = document("flow", events, "--case", "id", "--group", "team", "--at", "at", "--met", "kept")
        assert [
            (o["from_group"], o["to_group"], o["volume"], o["waiting"]["median"], o["returns"])
            for o in found["handovers"]
        ] == [
            ("desk", "network", 1, 3.0, 0),
            ("network", "desk", 1, 1.0, 1),
        ]
        assert (found["breach"]["value"], found["breach"]["n"]) == (0.5, 2)

    def test_request_that_no_row_closes_is_not_counted_as_kept(self, tmp_path):
        rows = [
            "R1,desk,2026-01-05 09:00,yes,New",
            "R1,desk,2026-01-06 09:00,yes, Closed",
            "R2,desk,2026-01-05 09:00,yes,New",
        ]
        file = csv(tmp_path / "e.csv", "id,team,at,kept,state", rows)
        words = ["flow", file, "--case", "id", "--group", "team", "--at", "at", "--met", "kept"]
        found = document(*words, "--closed", "state=Closed")
        assert (found["closed"], found["undecided"], found["breach"]["n"]) == ("state=Closed", 1, 1)
        found = document(*words)
        assert (found["closed"], found["undecided"], found["breach"]["n"]) == (None, None, 2)

    def test_day_first_is_read_so(self, tmp_path):
        rows = ["1,IT,03-02-2026 10:00", "1,HR,04-02-2026 10:00"]
        file = csv(tmp_path / "e.csv", "id,team,at", rows)
        found = document("flow", file, "--case", "id", "--group", "team", "--at", "at", "--day-first")
        assert (found["dates_read_as"], found["handovers"][0]["waiting"]["median"]) == ("day-month-year", 24.0)

    def test_times_that_are_none_are_counted_with_their_rows(self, tmp_path):
        rows = ["1,IT,2026-02-03", "1,HR,soon", "1,HR,", "1,HR,2026-02-05"]
        file = csv(tmp_path / "e.csv", "id,team,at", rows)
        found = document("flow", file, "--case", "id", "--group", "team", "--at", "at")
        assert [(left["reason"], left["count"]) for left in found["left_out_values"]] == [
            ("missing", 1),
            ("no date", 1),
        ]
        assert found["left_out_values"][1]["examples"] == [{"row": 3, "text": "soon"}]

    def test_log_read_in_many_parts_is_one_log(self, tmp_path):
        random = np.random.default_rng(5)
        size = 70_000
        frame = pd.DataFrame({
            "id": random.integers(0, 9_000, size).astype(str),
            "team": random.choice(["a", "b", "c", None], size),
            "at": (np.datetime64("2026-01-01T00:00") + random.integers(0, 50_000, size)).astype(str),
            "kept": random.choice(["yes", "no", None], size),
        })  # fmt: skip
        pq.write_table(pa.Table.from_pandas(frame), tmp_path / "log.parquet")
        assert sum(1 for _ in source(tmp_path / "log.parquet").batches()) > 1
        found = document(
            "flow", tmp_path / "log.parquet", "--case", "id", "--group", "team", "--at", "at", "--met", "kept"
        )
        times = pd.to_datetime(frame["at"]).to_numpy()
        expected = analyse(frame.id, frame.team, times, frame.kept).to_dict()
        assert {key: found[key] for key in expected} == json.loads(json.dumps(expected))

    def test_without_a_promise_no_breach_is_shown(self, events):
        said = words_of("flow", events, "--case", "id", "--group", "team", "--at", "at")
        assert "breach" not in said

    @pytest.mark.data
    @pytest.mark.skipif(not REAL.exists(), reason="no real data here; KITHKIN_DATA names their folder")
    def test_breach_by_groups_touched_on_the_real_log(self):
        found = document("flow", REAL / "it_incident_events.csv", "--case", "number", "--group", "assignment_group",
                         "--at", "sys_updated_at", "--met", "made_sla", "--day-first",
                         "--closed", "incident_state=Closed")  # fmt: skip
        shares = [(row["groups"], round(row["breach"]["value"], 2)) for row in found["by_groups_touched"]]
        assert shares == [("1", 0.38), ("2", 0.43), ("3", 0.62), ("4+", 0.80)]
