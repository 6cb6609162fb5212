"""A questionnaire on paper: whole, in one language, with no script and nothing from elsewhere."""

import json
import re
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


def test_condition_stands_in_words_with_the_question_it_speaks_of():
    html = page({"type": "text", "name": "a"}, {"type": "text", "name": "b", "visibleIf": "{a} = 'x'"})
    assert "Only if [1] = &#x27;x&#x27;" in html


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{a} = 2", "Only if [1] is “no”"),
        ("!({a} = 2) and {b} notempty", "Only if not([1] is “no”) and [2] is answered"),
        ("{a} = 9 or {b} empty", "Only if [1] = 9 or [2] is not answered"),
        ("{b} contains 2", "Only if [2] has “two”"),
    ],
)
def test_condition_names_choices_by_their_texts(condition, said):
    first = {"type": "radiogroup", "name": "a", "choices": [{"value": 1, "text": "yes"}, {"value": 2, "text": "no"}]}
    second = {"type": "checkbox", "name": "b", "choices": [{"value": 2, "text": "two"}]}
    assert said in page(first, second, {"type": "text", "name": "c", "visibleIf": condition})


def test_answers_of_others_are_named():
    html = page({"type": "text", "name": "a"}, {"type": "text", "name": "b", "title": "Why {a}? {other}"})
    assert "Why [your answer to 1]? {other}" in html


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
