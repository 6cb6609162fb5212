"""How the command reads what people write."""

import pytest

from kithkin.cli.failures import CommandError
from kithkin.cli.options import Ranges, parse_range
from kithkin.cli.scores import Listing


@pytest.mark.parametrize(
    ("text", "ends"),
    [("0:10", (0, 10)), ("-3:2.5", (-3, 2.5)), (" 1 : 5 ", (1, 5)), ("5:5", (5, 5)), (None, None)],
)
def test_range_is_read(text, ends):
    assert parse_range(text) == ends


@pytest.mark.parametrize("text", ["", "5", "0:10:20", "a:b", "0-10", ":", "nan:3", "0:inf", "-inf:5"])
def test_what_is_no_range_is_refused_with_an_example(text):
    with pytest.raises(CommandError, match="such as 0:10"):
        parse_range(text)


def test_range_turned_round_is_refused():
    with pytest.raises(CommandError, match="lowest must not be above the highest"):
        parse_range("10:0")


def spelled_out(*words: str) -> list[str]:
    return Listing(name="scores").spelled_out(list(words))


def test_several_values_after_one_flag_are_each_its_own():
    assert spelled_out("f.csv", "--by", "a", "b", "--score", "s") == [
        "f.csv", "--by", "a", "--by", "b", "--score", "s",
    ]  # fmt: skip


def test_repeated_flags_stay_as_they_are():
    assert spelled_out("--by", "a", "--by", "b") == ["--by", "a", "--by", "b"]


def test_equals_sign_counts_as_the_first_value():
    assert spelled_out("--by=a", "b") == ["--by=a", "--by", "b"]


def test_values_of_other_options_are_left_alone():
    assert spelled_out("--score", "a", "b.csv", "--by", "c") == ["--score", "a", "b.csv", "--by", "c"]


def test_file_that_exists_is_a_file_even_after_by(tmp_path):
    survey = tmp_path / "survey.csv"
    survey.write_text("a\n1\n")
    assert spelled_out("--by", "a", str(survey), "b") == ["--by", "a", str(survey), "b"]


def test_column_named_like_a_file_is_a_column_right_after_the_flag(tmp_path):
    survey = tmp_path / "survey.csv"
    survey.write_text("a\n1\n")
    assert spelled_out("--by", str(survey)) == ["--by", str(survey)]


def test_words_after_a_double_dash_are_left_alone():
    assert spelled_out("--by", "a", "--", "b", "c") == ["--by", "a", "--", "b", "c"]


@pytest.mark.parametrize("given", [["1:5", "0:10"], ["a=1:5", "a=0:10"], ["=0:10"], ["a=1"], ["a="]])
def test_ranges_that_contradict_or_lack_an_end_are_refused(given):
    with pytest.raises(CommandError, match="--valid"):
        Ranges.parse(given)


def test_ranges_are_for_every_column_or_for_those_named():
    assert Ranges.parse(["q*=1:7", "1:5", "NET=0:10"]) == Ranges((1, 5), (("q*", (1, 7)), ("NET", (0, 10))))
