"""How long a questionnaire takes, as the check reckons."""

from kithkin.questionnaire import estimated_minutes
from tests.questionnaire.replayed import asked, found, radio, text


def test_long_questionnaire():
    elements = [{"type": "comment", "name": f"q{number}"} for number in range(30)]
    assert estimated_minutes(asked(*elements)) == 12.5
    assert found(*elements) == [("note", "length", "")]


def test_very_long_questionnaire_is_a_warning():
    assert found(*({"type": "comment", "name": f"q{number}"} for number in range(50))) == [("warning", "length", "")]


def comment(name, **more):
    return {"type": "comment", "name": name, **more}


def test_reading_takes_time():
    assert estimated_minutes(asked({"type": "html", "name": "h", "html": "word " * 240})) == 1.0


def test_what_a_condition_may_hide_counts_half_with_all_that_stands_in_it():
    inner = [comment(f"q{number}") for number in range(24)]
    assert estimated_minutes(asked(*inner)) == 10.0
    assert estimated_minutes(asked(text("a"), panel("p", *inner, visibleIf="{a} = 1"))) == 5.1
    assert estimated_minutes(asked(text("a"), panel("p", *inner, visible=False))) == 0.1


def test_of_what_is_drawn_each_counts_as_often_as_it_is_drawn():
    names = [f"q{number}" for number in range(24)]
    drawn = {"randomisation": [{"name": "some", "of": names, "show": 6}]}
    assert estimated_minutes(asked(*map(comment, names), kithkin=drawn)) == 2.5
    assert found(*map(comment, names), kithkin=drawn) == []


def test_repeated_questions_count_as_often_as_they_must_be_answered():
    repeated = {"type": "paneldynamic", "name": "p", "templateElements": [comment("c")]}
    assert estimated_minutes(asked(repeated)) == 0.8
    assert estimated_minutes(asked(repeated | {"minPanelCount": 6})) == 2.5


def panel(name, *elements, **more):
    return {"type": "panel", "name": name, "elements": list(elements), **more}


def words(many):
    return " ".join(["word"] * many)


def test_ordinary_questions_take_as_long_as_pew_research_plans():
    choices = [{"value": place, "text": words(2)} for place in range(5)]
    ordinary = [radio(f"q{place}", *choices) | {"title": words(14)} for place in range(85)]
    assert 13.5 < estimated_minutes(asked(*ordinary)) < 16.5


def test_rows_of_a_matrix_are_read():
    rows = [{"value": place, "text": words(12)} for place in range(40)]
    columns = [{"value": place, "text": words(2)} for place in range(1, 6)]
    matrix = {"type": "matrix", "name": "q", "title": words(10), "rows": rows, "columns": columns}
    assert estimated_minutes(asked(matrix)) == round((40 * 4 + (480 + 10 + 10) / 4) / 60, 1) == 4.8


def test_choices_of_a_maxdiff_are_read_in_each_set():
    choices = [{"value": place, "text": words(8)} for place in range(12)]
    assert estimated_minutes(asked({"type": "maxdiff", "name": "q", "choices": choices})) == 2.7


def test_panels_count_as_often_as_there_can_be_any():
    panels = {"type": "paneldynamic", "name": "p", "maxPanelCount": 1, "templateElements": [comment("c")]}
    assert estimated_minutes(asked(panels)) == 0.4


def test_tags_are_not_read_and_two_characters_without_spaces_are_a_word():
    tagged = {"type": "html", "name": "h", "html": '<p class="a b c">word</p> ' * 240}
    assert estimated_minutes(asked(tagged)) == 1.0
    assert estimated_minutes(asked({"type": "html", "name": "h", "html": "\u6f22\u5b57" * 240})) == 1.0
