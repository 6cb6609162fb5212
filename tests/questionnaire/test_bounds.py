"""However a questionnaire is made, it is checked and replayed in bounded time."""

from __future__ import annotations

import time

import pytest

from kithkin.questionnaire import Kind, Questionnaire, TooLarge, check
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


def test_choices_that_many_columns_take_from_their_matrix_are_bounded():
    columns = [{"name": f"c{place}"} for place in range(301)]
    with pytest.raises(TooLarge, match="share more than 300,000 choices"):
        asked({"type": "matrixdropdown", "name": "m", "rows": [1], "choices": list(range(1_000)), "columns": columns})


def test_text_that_lacks_many_languages_names_a_few():
    title = {f"l{place}": "x" for place in range(500)}
    found = [each.what for each in check(asked({"type": "text", "name": "t", "title": title}, title="Own"))]
    assert "There is no l0, l1, l10, l100, l101, l102, l103, l104 and 492 more languages for 'Own'." in found


@pytest.mark.parametrize(
    ("element", "what"),
    [
        (
            {"rows": list(range(100)), "columns": [{"name": f"c{at}"} for at in range(20)], "choices": [*range(600)]},
            "offer more than 1,000,000 choices",
        ),
        (
            {"rows": list(range(1_500)), "columns": [{"name": f"c{at}", "cellType": "text"} for at in range(250)]},
            "more than 300,000 questions",
        ),
    ],
)
def test_table_that_multiplies_is_not_replayed_without_end(element, what):
    with pytest.raises(TooLarge, match=what):
        run(asked({"type": "matrixdropdown", "name": "m", **element}))
