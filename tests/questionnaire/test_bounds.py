"""However a questionnaire is made, it is checked and replayed in bounded time."""

from __future__ import annotations

import time

from kithkin.questionnaire import Kind, Questionnaire, check
from kithkin.questionnaire.replaying.session import MOST_LETTERS, MOST_LETTERS_TOGETHER
from tests.questionnaire.replayed import asked, run

SECONDS = 4
"""Of the processor. It takes a quarter of that, and took five times that while names were looked for one by one."""


def ring(count: int) -> Questionnaire:
    names = [f"e{place}" for place in range(count)]
    return asked(
        *({"type": "expression", "name": own, "expression": _sum(set(names) - {own})} for own in names),
    )


def _sum(names: set[str]) -> str:
    return " + ".join(f"{{{name}}}" for name in sorted(names))


def test_four_hundred_values_that_name_one_another_are_checked_in_time():
    begun = time.process_time()
    found = check(ring(400))
    assert time.process_time() - begun < SECONDS
    assert [each.kind for each in found] == [Kind.CYCLE]


def test_four_hundred_values_that_name_one_another_are_replayed_in_time():
    begun = time.process_time()
    found = run(ring(400))
    assert time.process_time() - begun < SECONDS
    assert (len(found.visible), found.complete) == (400, True)


LONG = {"a": "x" * 5_000}


def test_text_that_answers_make_too_long_is_shortened_and_told():
    body = [{"type": "text", "name": "a"}, {"type": "html", "name": "h", "html": "{a}" * 1_000}]
    found = run(asked(*body), LONG)
    html = found.pages[0].elements[1].html
    assert (len(html), html[-2:], found.shortened) == (MOST_LETTERS, "x…", ("h",))


def test_all_texts_together_are_shortened_and_told():
    count = MOST_LETTERS_TOGETHER // MOST_LETTERS + 3
    body = [{"type": "html", "name": f"h{place}", "html": "{a}" * 1_000} for place in range(count)]
    found = run(asked({"type": "text", "name": "a"}, *body), LONG)
    letters = sum(len(each.html) for each in found.pages[0].elements)
    assert MOST_LETTERS_TOGETHER <= letters < MOST_LETTERS_TOGETHER + 3 * 3_001
    assert len(found.shortened) == count


def test_texts_with_short_answers_stay_whole():
    found = run(asked({"type": "text", "name": "a", "title": "Is it {a}?"}), {"a": "so"})
    assert (found.pages[0].elements[0].title, found.shortened) == ("Is it so?", ())
