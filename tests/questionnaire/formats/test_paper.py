"""A questionnaire on paper: whole, in one language, with no script and nothing from elsewhere."""

import json
import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import FormatError, Kind, read, write
from kithkin.questionnaire.formats.paper import printed
from tests.questionnaire.drawn import bodies
from tests.questionnaire.formats.qualtrics.whole import survey
from tests.questionnaire.formats.test_wording import ATTACKS


def page(*elements, language=None, **body):
    asked = Questionnaire.from_json({"title": "Survey", "elements": list(elements), **body})
    return printed(asked, language).content.decode()


class Seen(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def ticks(html):
    return html.count('class="round"'), html.count('class="square"'), html.count('class="line"')


ATTRIBUTES = {"class", "href", "scope", "lang", "charset", "name", "content", "http-equiv"}
_TAGS = "html head meta title style body main section h1 h2 h3 div p span ul li br b a table thead tbody tr th td"
TAGS = frozenset(_TAGS.split())
ROWS = {"rows": ["r", "s"], "columns": ["a", "b", "c"]}


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"type": "radiogroup", "choices": ["a", "b"]}, (2, 0, 0)),
        ({"type": "dropdown", "choices": ["a", "b"], "showOtherItem": True}, (3, 0, 1)),
        ({"type": "checkbox", "choices": ["a", "b"], "showNoneItem": True}, (0, 3, 0)),
        ({"type": "ranking", "choices": ["a", "b"]}, (0, 2, 0)),
        ({"type": "boolean"}, (2, 0, 0)),
        ({"type": "rating", "rateMin": 0, "rateMax": 10}, (11, 0, 0)),
        ({"type": "text"}, (0, 0, 1)),
        ({"type": "comment"}, (0, 0, 0)),
        ({"type": "multipletext", "items": [{"name": "a"}, {"name": "b"}]}, (0, 0, 2)),
        ({"type": "matrix", **ROWS}, (6, 0, 0)),
        ({"type": "matrix", "cellType": "checkbox", **ROWS}, (0, 6, 0)),
        ({"type": "matrixdropdown", "rows": ["r"], "columns": [{"name": "c", "cellType": "text"}]}, (0, 0, 1)),
        ({"type": "matrixdynamic", "columns": [{"name": "c", "cellType": "text"}]}, (0, 0, 3)),
        ({"type": "paneldynamic", "templateElements": [{"type": "text", "name": "t"}]}, (0, 0, 1)),
        ({"type": "constantsum", "choices": ["a", "b"]}, (0, 0, 2)),
        ({"type": "maxdiff", "choices": ["a", "b", "c"]}, (6, 0, 0)),
        ({"type": "slider"}, (0, 0, 0)),
        ({"type": "file"}, (0, 0, 0)),
        ({"type": "signaturepad"}, (0, 0, 0)),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_question_can_be_ticked_or_written_on(element, expected):
    html = page({**element, "name": "q", "title": "What?"})
    assert ticks(html) == expected
    assert "What?" in html


def test_questions_are_numbered_and_required_ones_marked():
    html = page(
        {"type": "text", "name": "a", "isRequired": True}, {"type": "html", "name": "h"}, {"type": "text", "name": "b"}
    )
    assert re.findall(r'class="number">(\d+)<', html) == ["1", "2"]
    assert html.count('class="star"') == 1
    assert "Please answer the questions marked with *." in html


FIRST = {"type": "radiogroup", "name": "a", "choices": [{"value": 1, "text": "yes"}, {"value": 2, "text": "no"}]}
SECOND = {"type": "checkbox", "name": "b", "choices": [{"value": 2, "text": "two"}, 3]}
THIRD = {"type": "boolean", "name": "c"}
FOURTH = {
    "type": "matrix",
    "name": "d",
    "columns": [{"value": 1, "text": "good"}],
    "rows": [{"value": "r", "text": "Taste"}],
}
FIFTH = {"type": "text", "name": "e"}


def said(condition, **more):
    """How a condition stands on paper."""
    html = page(FIRST, SECOND, THIRD, FOURTH, FIFTH, {"type": "text", "name": "z", "visibleIf": condition}, **more)
    return unescape(re.search(r'class="condition">(.*?)</p>', html)[1])


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("{a} = 2", "question 1 is “no”"), ("{a} <> 2", "question 1 is not “no”"), ("{e} = 'x'", "question 5 is “x”"),
        ("!({a} = 2) and {b} notempty", "not (question 1 is “no”) and question 2 is answered"),
        ("!(!({b} notempty)) and {b} notempty", "question 2 is answered"),
        ("!(!({a} = 1 or {a} = 2)) and {e} > 3",
         "(question 1 is “yes” or question 1 is “no”) and question 5 is more than 3"),
        ("{a} = 9 or {b} empty", "question 1 is 9 or question 2 is not answered"),
        ("({a} = 1 or {a} = 2) and {e} > 3",
         "(question 1 is “yes” or question 1 is “no”) and question 5 is more than 3"),
        ("{b} contains 2", "question 2 includes “two”"), ("{b} notcontains 2", "question 2 does not include “two”"),
        ("{b} anyof [2, 3]", "question 2 is one of “two”, “3”"), ("{c} = true", "question 3 is “Yes”"),
        ("{d.r} = 1", "question 4 (Taste) is “good”"), ("{e} >= 3", "question 5 is at least 3"),
        ("{e} < 3", "question 5 is less than 3"), ("{e} <= 3", "question 5 is at most 3"),
        ("{e} = {a}", "question 5 is question 1"),
        ("false", "never"), ("sum({e}, 1) > 3", "sum(question 5, 1) > 3"), ("{e} >", "question 5 >"),
        ("{x} = 1", "x is 1"), ("{a} = 2 and '500' > 100", "question 1 is “no”"), ("{a} = 2 and '5' > 100", "never"),
        ("{a} = 2 or 1 = 1", "always"), ("{a} = 2 or 1 = 2", "question 1 is “no”"),
    ],
)  # fmt: skip
def test_condition_stands_in_words(condition, words):
    assert said(condition) == f"Answer only if {words}."


def test_condition_stands_in_the_language_of_the_sheet():
    words = said("{c} = true and {e} empty", language="de", title={"default": "Survey", "de": "Umfrage"})
    assert words == "Nur beantworten, wenn gilt: Frage 3 ist „Ja“ und Frage 5 ist nicht beantwortet."


def test_long_text_of_a_choice_is_cut_between_words():
    long = {**FIRST, "choices": [{"value": 1, "text": "word " * 40}]}
    html = page(long, {"type": "text", "name": "z", "visibleIf": "{a} = 1"})
    assert f"“{('word ' * 16).strip()} …”" in html or f"“{('word ' * 15).strip()} …”" in html


def test_choice_that_only_some_may_tick_says_who():
    choices = ["x", {"value": "y", "visibleIf": "{a} = 1"}]
    html = page(FIRST, {"type": "radiogroup", "name": "q", "choices": choices})
    assert 'y <span class="note">(only if question 1 is “yes”)</span>' in html


def test_what_is_computed_or_never_shown_has_no_number():
    hidden = {"type": "text", "name": "h", "visible": False}
    computed = {"type": "expression", "name": "x", "expression": "1"}
    html = page(FIRST, hidden, computed, FIFTH)
    assert re.findall(r'class="number">(\d+)<', html) == ["1", "2"]


def test_descriptions_of_the_whole_of_pages_and_of_panels_are_there():
    panel = {"type": "panel", "name": "n", "description": "Of the panel", "elements": [FIFTH]}
    asked = {"description": "Of the whole", "pages": [{"name": "p", "description": "Of the page", "elements": [panel]}]}
    html = write(Questionnaire.from_json(asked), "html").content.decode()
    assert re.findall(r'class="description">([^<]*)<', html) == ["Of the whole", "Of the page", "Of the panel"]


def test_long_lists_stand_in_columns_and_long_tables_go_on():
    html = page({"type": "dropdown", "name": "q", "choices": [f"Region {each}" for each in range(30)]},
                {"type": "matrix", "name": "m", "columns": [1], "rows": list(range(20))},
                {"type": "radiogroup", "name": "r", "choices": ["a", "b"]})  # fmt: skip
    assert re.findall(r'class="(choices[^"]*)"', html) == ["choices three", "choices"]
    assert re.findall(r'class="(question[^"]*)"', html) == ["question", "question long", "question"]


def test_answers_of_others_are_named():
    html = page({"type": "text", "name": "a"}, {"type": "text", "name": "b", "title": "Why {a}? {other}"})
    assert "Why [your answer to question 1]? {other}" in html


def test_language_is_switched():
    question = {"type": "text", "name": "a", "title": {"default": "Why?", "de": "Warum?"}, "isRequired": True}
    html = page(question, language="de")
    assert ('lang="de"' in html, "Warum?" in html, "Bitte beantworten" in html, "Why?" in html) == (
        True,
        True,
        True,
        False,
    )


def test_language_that_it_does_not_speak_is_refused():
    with pytest.raises(FormatError, match="Take one of: en"):
        page({"type": "text", "name": "a"}, language="fr")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_comes_onto_paper(attack):
    html = page(
        {"type": "html", "name": "h", "html": attack},
        {
            "type": "radiogroup",
            "name": attack,
            "title": attack,
            "choices": [{"value": attack}, {"value": 1, "text": attack}],
        },
        title=attack,
    )
    seen = Seen()
    seen.feed(html)
    assert seen.tags <= TAGS
    assert {name for name, _ in seen.attributes} <= {
        "class",
        "href",
        "scope",
        "lang",
        "charset",
        "name",
        "content",
        "http-equiv",
    }
    assert [value for name, value in seen.attributes if name == "href" and not value.startswith("https://")] == []


def test_nothing_is_fetched_from_elsewhere():
    html = page({"type": "html", "name": "h", "html": '<p><img src="https://example.org/a.png" alt="A cat"></p>'})
    assert "A cat" in html
    assert "example.org" not in html


def test_type_without_a_form_on_paper_is_told():
    asked = Questionnaire.from_json({"elements": [{"type": "expression", "name": "e", "expression": "1"}]})
    assert [loss.what for loss in write(asked, "html").losses.of(Kind.LOST)] == ["expression e"]


def test_survey_of_another_tool_is_printed():
    html = write(read(json.dumps(survey()).encode()).questionnaire, "html").content.decode()
    assert html.count('class="question"') > 25


@given(bodies)
def test_every_questionnaire_can_be_printed(body):
    assert write(Questionnaire.from_json(body), "html").content.endswith(b"</html>\n")


def test_condition_with_its_value_before_the_question_stands_in_words_too():
    html = page(
        {"type": "radiogroup", "name": "a", "choices": [{"value": "n", "text": "North"}]},
        {"type": "text", "name": "b", "visibleIf": "'n' = {a} and 5 > {c}"},
        {"type": "text", "name": "c"},
    )
    assert "Answer only if question 1 is “North” and question 3 is less than 5." in html


_LARGE = {"rows": list(range(1_000)), "choices": list(range(500)), "columns": [{"name": f"c{at}"} for at in range(50)]}


@pytest.mark.parametrize(
    "element",
    [
        {"type": "matrixdropdown", "name": "m", **_LARGE},
        {"type": "matrix", "name": "m", "rows": list(range(1_500)), "columns": list(range(1_500))},
    ],
)
def test_table_that_multiplies_beyond_what_can_be_printed_is_refused(element):
    with pytest.raises(FormatError, match="On paper it has more than 32 MB"):
        page(element)


def test_a_page_that_is_never_shown_is_not_printed_and_not_counted():
    pages = [{"name": name, "elements": [{"type": "text", "name": name}]} for name in "ab"]
    asked = Questionnaire.from_json({"pages": [pages[0] | {"visible": False}, pages[1]]})
    assert re.findall("<h2>([^<]*)</h2>", printed(asked).content.decode()) == ["Page 1"]


def losses(*elements, language=None, **body):
    asked = Questionnaire.from_json({"title": "Survey", "elements": list(elements), **body})
    return [(each.where, each.what) for each in printed(asked, language).losses if each.kind is not Kind.KEPT]


def test_type_without_a_form_has_no_number():
    html = page({"type": "hologram", "name": "h"}, FIFTH)
    assert re.findall(r'class="number">(\d+)<', html) == ["1"]


def test_what_is_known_only_later_is_dots_and_told():
    asked = {"format": "kithkin.questionnaire", "version": 1, "kithkin": {"embedded": [{"name": "first"}]},
             "body": {"calculatedValues": [{"name": "sum", "expression": "1"}],
                      "elements": [{**FIFTH, "title": "{first}: {sum}"}]}}  # fmt: skip
    exported = printed(Questionnaire.from_json(asked))
    assert "[…]: […]" in exported.content.decode()
    assert [each.where for each in exported.losses.of(Kind.APPROXIMATED)] == ["{first}", "{sum}"]


def test_questions_that_are_asked_again_are_called_by_their_titles():
    inside = [{"type": "text", "name": "n", "title": "Name <1>"},
              {"type": "text", "name": "w", "title": "Does {panel.n} work?", "visibleIf": "{panel.n} notempty"},
              {"type": "html", "name": "h", "html": "<b>{panel.n}</b>"}]  # fmt: skip
    html = page({"type": "paneldynamic", "name": "p", "templateElements": inside})
    assert "Answer only if “Name &lt;1&gt;” is answered." in html.replace("&quot;", '"')
    assert html.count("[Name &lt;1&gt;]") == 2


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [((0, 0), "Please tick all that apply."), ((0, 3), "Please tick at most 3."), ((2, 0), "Please tick at least 2."),
     ((1, 2), "Please tick 1 to 2."), ((2, 2), "Please tick exactly 2.")],
)  # fmt: skip
def test_how_many_boxes_are_ticked_is_said(bounds, sentence):
    fewest, most = bounds
    html = page({**SECOND, "minSelectedChoices": fewest, "maxSelectedChoices": most})
    assert re.findall(r'"note">([^<]*)<', html) == [sentence]


@pytest.mark.parametrize(
    ("more", "told"),
    [({}, []), ({"inputType": "number", "min": 1}, ["/elements/0/min"]),
     ({"inputType": "date", "maxValueExpression": "today()"}, ["/elements/0/maxValueExpression"]),
     ({"validators": [{"type": "email"}]}, ["/elements/0/validators"])],
)  # fmt: skip
def test_that_paper_takes_any_answer_is_told(more, told):
    exported = printed(Questionnaire.from_json({"elements": [{**FIFTH, **more}]}))
    assert [each.where for each in exported.losses.of(Kind.APPROXIMATED)] == told


def test_title_with_an_answer_in_it_is_called_as_it_stands_on_paper():
    yes = {"choices": [{"value": 1, "text": "Yes"}]}
    inside = [{"type": "text", "name": "n", "title": "Name of {first}"},
              {"type": "radiogroup", "name": "a", "title": "Is {panel.n} of age?", **yes},
              {"type": "text", "name": "w", "title": "Where?", "visibleIf": "{panel.a} = 1"},
              {"type": "text", "name": "x", "title": "Like whom?", "visibleIf": "{panel.y} notempty"},
              {"type": "text", "name": "y", "title": "As in {b}"}]  # fmt: skip
    html = page(SECOND, {"type": "paneldynamic", "name": "p", "templateElements": inside}).replace("&quot;", '"')
    assert re.findall(r'"condition">([^<]*)<', html) == [
        "Answer only if “Is [Name of …] of age?” is “Yes”.",
        "Answer only if “As in [your answer to question 1]” is answered.",
    ]


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [("selected", "Only what you chose in question 1."), ("unselected", "Only what you did not choose in question 1."),
     ("all", None)],
)  # fmt: skip
def test_choices_of_another_question_can_be_ticked(mode, sentence):
    taken = {"type": "radiogroup", "name": "f", "choices": ["x"], "choicesFromQuestion": "b"}
    html = page(SECOND, {**taken, "choicesFromQuestionMode": mode})
    assert ticks(html) == (3, 2, 0)
    assert re.findall(r'"note">(Only[^<]*)<', html) == ([sentence] if sentence else [])


def test_rows_of_a_matrix_can_be_ticked_in_another_question():
    assert ticks(page(FOURTH, {"type": "radiogroup", "name": "f", "choicesFromQuestion": "d"})) == (2, 0, 0)


def test_question_with_nothing_to_tick_is_told():
    assert losses({"type": "radiogroup", "name": "f"}) == [("/elements/0/choices", "the choices of f")]


def test_chance_is_told():
    asked = {"format": "kithkin.questionnaire", "version": 1, "body": {"elements": [FIRST, FIFTH]},
             "kithkin": {"randomisation": [{"name": "half", "of": ["a", "e"], "show": 1}]}}  # fmt: skip
    told = printed(Questionnaire.from_json(asked)).losses.of(Kind.APPROXIMATED)
    assert [each.what for each in told] == ["what chance decides in half"]


def test_language_without_our_own_sentences_is_told():
    french = {**FIFTH, "title": {"default": "Why?", "fr": "Pourquoi ?"}}
    assert losses(french, language="fr") == [("/", "our own sentences")]


def test_condition_without_words_is_told_to_stand_as_it_is_written():
    asked = Questionnaire.from_json({"elements": [FIFTH, {**FIRST, "visibleIf": "sum({e}, 1) > 3"}]})
    told = printed(asked).losses.of(Kind.APPROXIMATED)
    assert [each.reason for each in told] == ["it stands on paper as it is written"]


def test_no_head_of_a_table_is_empty():
    html = page({"type": "constantsum", "name": "q", "choices": ["a", "b"]}, {"type": "matrix", "name": "m", **ROWS})
    assert re.findall("<th[^>]*></th>", html) == []


def test_conditions_on_thousands_of_choices_are_printed_in_time():
    choices = [{"value": f"c{place}", "visibleIf": f"{{q}} contains 'c{place + 1}'"} for place in range(10_000)]
    begun = time.process_time()
    printed(Questionnaire.from_json({"elements": [{"type": "checkbox", "name": "q", "choices": choices}]}))
    assert time.process_time() - begun < 5
