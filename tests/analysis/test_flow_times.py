from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.analysis.errors import NotATime
from kithkin.analysis.flow import ReadAs, Refused, parse_times
from kithkin.analysis.flow.times import MISSING, instants

moment = datetime.fromisoformat
NAIVE = st.datetimes(moment("1900-01-01"), moment("2200-01-01"))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def read(*texts, day_first=False):
    return parse_times(texts, day_first).times.tolist()


@given(st.lists(NAIVE, min_size=1))
def test_iso_text_reads_back(moments):
    assert read(*(each.isoformat() for each in moments)) == moments


@given(NAIVE, ZONES)
def test_a_zone_is_taken_off(naive, zone):
    aware = naive.replace(tzinfo=zone)

    assert read(aware.isoformat()) == [aware.astimezone(UTC).replace(tzinfo=None)]


@given(NAIVE)
def test_day_first_text_reads_back(naive):
    naive = naive.replace(second=0, microsecond=0)

    assert read(naive.strftime("%d-%m-%Y %H:%M"), day_first=True) == [naive]


@pytest.mark.parametrize(
    "text",
    ["2016-02-29 13:05:00", "2016-02-29T13:05Z", "2016/02/29 13:05", "2016-02-29 14:05+01:00", "2016-02-29 1:05 PM"],
)
def test_ways_to_write_the_same_moment(text):
    assert read(text) == [moment("2016-02-29 13:05")]


@pytest.mark.parametrize(
    "text", ["29-02-2016 00:30", "29/2/2016 0:30", "29.02.2016 12:30 am", " 29.02.2016  00:30:00 "]
)
def test_ways_to_write_the_same_moment_day_first(text):
    assert read(text, day_first=True) == [moment("2016-02-29 00:30")]


def test_a_date_without_a_time_is_its_midnight():
    assert read("2016-02-29") == [moment("2016-02-29")]


def test_a_column_with_the_day_first_is_refused_unless_said_so():
    with pytest.raises(NotATime, match=r"'29-02-2016' has the day first.*day_first=True"):
        parse_times(["01-02-2016 01:16", "29-02-2016 01:16"])


def test_a_column_that_can_be_read_both_ways_is_refused():
    with pytest.raises(NotATime, match=r"'01-02-2016' could be read day first or month first.*day_first=True"):
        parse_times(["01-02-2016", "03-02-2016"])


def test_a_column_that_can_only_be_month_first_is_read_so():
    found = parse_times(["03/02/2016", "02/29/2016"])

    assert found.read_as is ReadAs.MONTH_FIRST
    assert found.times.tolist() == [moment("2016-03-02"), moment("2016-02-29")]


def test_day_first_reads_every_value_so_and_refuses_the_month_13():
    found = parse_times(["03/02/2016", "02/29/2016"], day_first=True)

    assert found.times.tolist() == [moment("2016-02-03"), None]
    assert found.refused == (Refused(1, "02/29/2016"),)


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2016",
        "2015-02-29",
        "2016-13-01",
        "2016-02-01 24:00",
        "2016-02-01 10:60",
        "2016-02-01 10:00:60",
        "29-02-16",
        "2016-02-01 13:00 PM",
        "2016-02-01 0:10 AM",
        "2016-02-01 10",
        "2016-02/01",
        "2016-02-01 10:00 o'clock",
        "31.04.2016",
    ],
)
def test_what_is_no_date_is_refused_with_its_row(text):
    found = parse_times(["2016-02-28", text, None, " "], day_first=True)

    assert found.refused == (Refused(1, text),)
    assert (found.missing, np.isnat(found.times).tolist()) == (2, [False, True, True, True])


def test_numbers_that_are_no_date_either_way_say_nothing_about_the_order():
    found = parse_times(["2016-02-28", "45-45-2016"])

    assert (found.read_as, found.refused) == (ReadAs.ISO, (Refused(1, "45-45-2016"),))


def test_fractions_of_a_second_are_decimal():
    assert read("2016-02-28 10:00:00.5", "2016-02-28T10:00:00,25", "2016-02-28 10:00:00.123456789") == [
        moment("2016-02-28 10:00:00.500000"),
        moment("2016-02-28 10:00:00.250000"),
        moment("2016-02-28 10:00:00.123456"),
    ]


def test_zones_on_some_values_only_are_refused():
    with pytest.raises(NotATime, match="1 name a zone and 2 do not"):
        parse_times(["2016-02-28 10:00Z", "2016-02-28 10:00", "2016-02-28"])


def test_parsed_times_read_as_a_line():
    assert str(parse_times(["2016-02-28", "soon", ""])) == (
        "3 dates read as year-month-day, 1 missing, 1 refused (row 1: 'soon')"
    )


MOMENT = moment("2016-02-29 12:00")


@pytest.mark.parametrize(
    "values",
    [
        np.array([MOMENT, "NaT"], "datetime64[h]"),
        np.array([MOMENT, "NaT"], "datetime64[ns]"),
        pd.Series([MOMENT, None]),
        pd.Series([MOMENT, None]).dt.tz_localize("UTC").dt.tz_convert("Asia/Tokyo"),
        pa.array([MOMENT, None], pa.timestamp("s")),
        pa.chunked_array([[MOMENT], [None]], pa.timestamp("ns")),
        [MOMENT, None],
        [MOMENT.replace(tzinfo=UTC).astimezone(timezone(timedelta(hours=-5))), None],
    ],
)
def test_points_in_time_of_any_kind_are_the_same_instant(values):
    assert instants(values).tolist() == [1_456_747_200_000_000, MISSING]


def test_dates_are_midnights_and_nothing_is_missing():
    assert instants([date(1970, 1, 2)]).tolist() == [86_400_000_000]
    assert instants([None]).tolist() == [MISSING]


@pytest.mark.parametrize("values", [["2016-02-29"], [3.5], [True], pa.array([1]), [MOMENT, "soon"]])
def test_text_and_numbers_are_no_points_in_time(values):
    with pytest.raises(NotATime, match="points in time"):
        instants(values)
