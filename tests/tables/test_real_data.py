"""The real files, read without being told anything about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kithkin import tables

pytestmark = pytest.mark.data


@pytest.mark.parametrize("year", [2017, 2018])
def test_both_years_of_passengers_have_a_score_of_the_same_name(data_folder: Path, year: int) -> None:
    assert tables.source(data_folder / f"sfo_airport_{year}.csv").column("NETPRO") == "NETPRO"


@pytest.mark.parametrize(("year", "nps"), [(2017, 39.8), (2018, 31.0)])
def test_cells_hold_the_passengers_published_score(data_folder: Path, year: int, nps: float) -> None:
    cells = tables.source(data_folder / f"sfo_airport_{year}.csv").cells("NETPRO", valid=(0, 10)).table.to_pandas()
    promoters, detractors = cells.n[cells.score >= 9].sum(), cells.n[cells.score <= 6].sum()
    assert round(100 * (promoters - detractors) / cells.n.sum(), 1) == nps


def test_blank_scores_of_passengers_are_counted_and_three_shown(data_folder: Path) -> None:
    refused = tables.source(data_folder / "sfo_airport_2018.csv").cells("NETPRO", valid=(0, 10)).refused
    assert refused == (tables.Refusal("NETPRO", tables.Reason.OUTSIDE, 159, ((17, "11"), (18, "11"), (19, "11"))),)


def test_question_marks_of_the_incident_log_are_missing(data_folder: Path) -> None:
    read = tables.source(data_folder / "it_incident_events.csv").read(["number", "assignment_group"])
    assert (read.table.num_rows, read.refused) == (5998, ())
    assert "?" not in read.table["assignment_group"].to_pylist()


def test_the_wide_school_survey_is_read_by_its_tabs(data_folder: Path) -> None:
    schools = tables.source(data_folder / "nyc_schools_2011.tsv")
    assert (len(schools.columns), schools.columns[0]) == (1942, "dbn")
    read = schools.read(["dbn", "saf_t_11"], numbers=["saf_t_11"])
    assert (read.table.num_rows, [refusal.reason for refusal in read.refused]) == (455, [tables.Reason.CUT_OFF])
