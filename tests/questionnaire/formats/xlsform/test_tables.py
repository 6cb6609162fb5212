"""Every column and every row of the tables has a sample that comes in, or goes out, as the row says."""

import pytest

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import Kind, write
from kithkin.questionnaire.formats.xlsform.table import LOGIC, SETTINGS, WRITTEN
from kithkin.questionnaire.formats.xlsform.types import COLUMNS
from tests.questionnaire.formats.xlsform.samples import asked, form, read, row

ASKED = (row("integer", "n"), row("text", "t"), row("date", "d"), row("select_multiple colors", "many"))
REPEAT = (row("begin_repeat", "kids"), row("integer", "age"), row("end_repeat"))


def worst(losses):
    kinds = {each.kind for each in losses}
    return next(kind for kind in (Kind.LOST, Kind.APPROXIMATED, Kind.KEPT) if kind in kinds)


def asks(kind="text", **cells):
    return lambda: asked(*ASKED, row(kind, "z", **cells))


OF_COLUMNS = {
    "type": asks(),
    "name": asks(),
    "label": asks(),
    "hint": asks(hint="Say"),
    "guidance_hint": asks(guidance_hint="More"),
    "relevant": asks(relevant="${n} > 3"),
    "required": asks(required="${n} > 3"),
    "required_message": asks(required="yes", required_message="Please"),
    "constraint": asks(constraint=". != 'x'"),
    "constraint_message": asks(constraint=". != 'x'", constraint_message="No"),
    "calculation": lambda: asked(*ASKED, row("calculate", "z", None, calculation="${n} + 1")),
    "default": asks(default="x"),
    "read_only": asks(read_only="yes"),
    "choice_filter": asks("select_one colors", choice_filter="name != ${t}"),
    "repeat_count": lambda: asked(
        row("begin_repeat", "kids", repeat_count="3"), row("integer", "age"), row("end_repeat")
    ),
    "disabled": asks(disabled="no"),
    "appearance": asks(appearance="multiline"),
    "parameters": asks("range", parameters="start=1 end=5 step=2"),
}
SAMPLES = {
    "every other column": asks(hologram="x"),
    "`label::Deutsch": lambda: asked(
        {"type": "text", "name": "z", "label::English (en)": "A", "label::Deutsch (de)": "B"}
    ),
    "columns of choices": lambda: read(
        form(
            row("text", "c"),
            row("select_one towns", "z", choice_filter="in = ${c}"),
            choices=({"list_name": "towns", "name": "b", "label": "Berlin", "in": "de"},),
        )
    ),
    "`form_title`": lambda: asked(*ASKED, settings={"form_title": "T", "default_language": "de"}),
    "every other setting": lambda: asked(*ASKED, settings={"hologram": "x"}),
    "sheets of entities": lambda: asked(*ASKED, row("csv-external", "z", None)),
    "`${name}`": asks(constraint=". != ${t}"),
    "`and or": asks(relevant="(${n} + 1 > 3 and ${n} mod 2 = 0) or ${n} div 2 <= 1"),
    "conditions that": asks(relevant="pulldata('a', 'b', 'c', 'd')"),
    "constraints that": asks(constraint="once(3)"),
    "calculations that": lambda: asked(*ASKED, row("calculate", "z", None, calculation="once(3)")),
    "calculations in": lambda: asked(
        *ASKED, *REPEAT[:2], row("calculate", "z", None, calculation="${age} + 1"), REPEAT[2]
    ),
    "a constraint of": asks(constraint=". > 3"),
    "`regex(": asks(constraint="regex(., 'a')"),
    "dates with": asks(relevant="${d} + 3 > today() and today() - ${d} > 4"),
    "`/form/name`": asks(relevant="/form/n = 3 or ../n = 4"),
    "`instance(": asks(relevant="instance('x')/root/a = 1"),
    "a computed": lambda: asked(*ASKED, row("begin_repeat", "kids", repeat_count="${n}"), *REPEAT[1:]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_column_has_a_sample_that_comes_along(name):
    assert worst(OF_COLUMNS[name]().losses) is Kind.KEPT


@pytest.mark.parametrize(
    "said",
    [
        each
        for each in (*SETTINGS, *LOGIC)
        if not each.element.endswith("()`")
        and not each.element.strip("`").isidentifier()
        and "-" not in each.element[:5]
    ],
    ids=lambda each: each.element,
)
def test_row_has_a_sample_that_comes_in_as_it_says(said):
    if said.element == "`big-image`":
        return
    (sample,) = [make for start, make in SAMPLES.items() if said.element.startswith(start)]
    assert worst(sample().losses) is said.kind


def writes(*elements, **more):
    return {"elements": [{"name": f"q{place}", **each} for place, each in enumerate(elements)], **more}


_CHOICES = {"choices": ["a", "b"]}
GOING_OUT = {
    "pages, panels": {
        "pages": [
            {"name": "p", "elements": [{"type": "panel", "name": "n", "elements": [{"type": "text", "name": "t"}]}]}
        ]
    },
    "`text`, `comment`": writes(
        *({"type": kind} for kind in ("text", "comment", "slider", "file", "signaturepad")),
        *({"type": kind, **_CHOICES} for kind in ("radiogroup", "dropdown", "checkbox", "tagbox", "ranking")),
        {"type": "html", "html": "x"},
    ),
    "`rating`, `boolean`": writes(
        *({"type": kind} for kind in ("rating", "boolean")),
        *({"type": kind, **_CHOICES} for kind in ("buttongroup", "imagepicker")),
    ),
    "e-mail, address": writes({"type": "text", "inputType": "email"}),
    "`paneldynamic`": writes(
        {"type": "paneldynamic", "templateElements": [{"type": "text", "name": "a"}]},
        {"type": "matrixdynamic", "columns": [{"name": "c", "cellType": "text"}]},
    ),
    "`matrix`, `multipletext`": writes({"type": "matrix", "rows": ["r"], "columns": ["a"]}),
    "a comment beside": writes({"type": "radiogroup", **_CHOICES, "showCommentArea": True}),
    "names that are no word": {"elements": [{"type": "text", "name": "What is it?"}]},
    "values with blanks": writes({"type": "radiogroup", "choices": ["a b"]}),
    "`expression`": writes({"type": "expression", "expression": "1 + 1"}),
    "bounds, lengths": writes(
        {"type": "text", "inputType": "number", "min": 1, "max": 5},
        {"type": "text", "maxLength": 5},
        {"type": "checkbox", "choices": ["a", {"value": "b", "isExclusive": True}]},
    ),
    "conditions of choices": writes(
        {"type": "text"}, {"type": "radiogroup", "choices": ["a", {"value": "b", "visibleIf": "{q0} = 1"}]}
    ),
    "calculated and embedded": writes({"type": "text"}, calculatedValues=[{"name": "c", "expression": "{q0}"}]),
    "`matrixdropdown`": writes({"type": "maxdiff", **_CHOICES}),
    "expressions that": writes({"type": "text"}, {"type": "text", "visibleIf": "age({q0}) > 3"}),
    "bounds that are": writes({"type": "text"}, {"type": "text", "inputType": "number", "minValueExpression": "{q0}"}),
    "choices without any": writes({"type": "file", "maxSize": 3}),
    "a pattern that": writes({"type": "text", "validators": [{"type": "regex", "regex": "a"}]}),
    "a text that lacks": writes({"type": "text", "title": {"default": "x", "de": "y"}, "description": "z"}),
    "HTML": writes({"type": "html", "html": "<b>x</b>"}),
    "descriptions of pages": {
        "pages": [{"name": "p", "description": "d", "elements": [{"type": "text", "name": "t"}]}]
    },
    "the title in other": writes({"type": "text"}, title={"default": "x", "de": "y"}),
    "points, pictures": writes({"type": "radiogroup", "choices": [{"value": 1, "score": 2}, 2]}),
    "settings of the whole": writes({"type": "text"}, maxTextLength=20),
    "types, validators": writes({"type": "text", "validators": [{"type": "tax number"}], "smell": "rose"}),
    "properties that decide": writes({"type": "text", "titleLocation": "left"}),
    "questions with one": writes({"type": "text", "valueName": "v"}, {"type": "text", "valueName": "v"}),
    "triggers, metrics": writes({"type": "text"}, triggers=[{"type": "complete", "expression": "{q0} = 1"}]),
}


@pytest.mark.parametrize("said", WRITTEN, ids=lambda each: each.element)
def test_row_has_a_sample_that_goes_out_as_it_says(said):
    (body,) = [each for start, each in GOING_OUT.items() if said.element.startswith(start)]
    found = write(Questionnaire.from_json(body), "xlsform").losses
    assert (worst(found), found.summary()) == (said.kind, found.summary())
