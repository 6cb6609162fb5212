"""Patterns as JavaScript has them, in time that never explodes."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.questionnaire.replaying.patterns import Pattern, pattern


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("b", "abc", True),
        ("^b", "abc", False),
        ("^[a-c]+$", "abc", True),
        (r"^\d{5}$", "12345", True),
        (r"^\d{5}$", "1234", False),
        (r"^\d{2,3}$", "1234", False),
        (r"^(?=.*\d)(?=.*[a-z]).{4,}$", "ab1c", True),
        (r"^(?=.*\d)(?=.*[a-z]).{4,}$", "abcd", False),
        (r"^(?!admin)", "administrator", False),
        (r"\bcat\b", "a cat sat", True),
        (r"\bcat\b", "concat", False),
        (r"^[^@\s]+@[^@\s]+$", "a@b", True),
        (r"^\u0041\x42$", "AB", True),
        (r"^\p{L}+$", "Zürich", True),
        (r"^(?<year>\d{4})-\d\d$", "2026-11", True),
        (r"^a{,3}$", "a{,3}", True),
        (r"^[\w.-]+$", "a.b-c", True),
        ("", "", True),
    ],
)
def test_what_is_found(source, text, found):
    assert pattern(source).is_in(text) is found


def test_small_and_capital_letters_may_be_alike():
    assert pattern("^[a-c]X$", alike=True).is_in("Bx")


@pytest.mark.parametrize(
    "source", [r"(a)\1", "(?<=a)b", "(", ")", "*", "a{99999}", "(a{100}){100}", "[b-a]", "(" * 100, "a{2}{3}"]
)
def test_what_cannot_be_checked_is_named(source):
    assert isinstance(pattern(source), str)


@pytest.mark.parametrize("source", ["(a+)+$", "^(a|a)*$", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_pattern_that_explodes_elsewhere_is_quick(source):
    assert not pattern(source).is_in("a" * 10_000 + "!")


@pytest.mark.parametrize(
    "source",
    [
        "(?:(?:(?:){9999}){9999}){9999}",
        "(?:(?=(?:(?=a{2000})){2000})){2000}",
        "a" + "{1}" * 2_000,
        "[" + "a-b" * 100_000 + "]",
    ],
)
def test_pattern_that_is_made_of_endless_repetitions_is_refused(source):
    assert isinstance(pattern(source), str)


@pytest.mark.parametrize("source", ["^(?:(?=.*$)a)*b", "(?=.*$)b", "[" + "b" * 5_000 + "]"])
def test_looking_ahead_from_everywhere_takes_a_bounded_time(source):
    begun = time.process_time()
    assert not pattern(source).is_in("a" * 60_000)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(("text", "found"), [("Password1" + "x" * 5_000, True), ("password1" + "x" * 5_000, False)])
def test_looking_ahead_once_reads_long_texts(text, found):
    assert pattern(r"^(?=.*[A-Z])(?=.*\d).{8,}$").is_in(text) is found


_letters = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", "(?:ab|b)"])
_parts = st.builds(str.__add__, _letters, st.sampled_from(["", "*", "+", "?", "{1,2}"]))
_places = st.sampled_from(["^", "$", r"\b", "(?=a)", "(?!b)"])
_sources = st.lists(_parts | _places, max_size=5).map("".join)


@given(_sources, st.text("ab1-", max_size=8))
@settings(deadline=None)
def test_it_finds_what_python_finds(source, text):
    found = pattern(source)
    assert isinstance(found, Pattern)
    assert found.is_in(text) is (re.search(source, text) is not None)
