"""A published question is a field for good."""

from __future__ import annotations

import pytest

from kithkin.forms.models import Field, FieldKind, Questionnaire
from kithkin.forms.services import FieldChanged, NotPublishable, create_questionnaire, publish_version

pytestmark = pytest.mark.django_db


def body(*elements: dict, **own: object) -> dict:
    return {"format": "kithkin.questionnaire", "version": 1, "body": {"elements": list(elements)}, "kithkin": own}


def published(*elements: dict, **own: object) -> Questionnaire:
    questionnaire = create_questionnaire(title="Guests")
    publish_version(questionnaire=questionnaire, body=body(*elements, **own), by=None)
    return questionnaire


def numbers(questionnaire: Questionnaire) -> list[tuple[str, int]]:
    return list(questionnaire.fields.order_by("number").values_list("name", "number"))


RECOMMEND = {"type": "rating", "name": "recommend", "title": "Would you recommend us?", "rateMin": 0, "rateMax": 10}


def test_a_rating_is_a_score_on_its_scale_and_says_what_it_measures():
    field = published(RECOMMEND, metrics=[{"question": "recommend", "measures": "nps"}]).fields.get()
    assert (field.kind, field.low, field.high, field.measures) == (FieldKind.SCORE, 0, 10, "nps")
    assert field.title == "Would you recommend us?"


def test_the_points_of_a_scale_that_bear_words_keep_them():
    values = [1, {"value": 2, "text": "so so"}, {"value": 3, "text": "good"}]
    field = published({"type": "rating", "name": "food", "rateValues": values}).fields.get()
    assert (field.low, field.high, field.choices) == (1, 3, [["2", "so so"], ["3", "good"]])


def test_each_row_of_a_matrix_is_a_field_of_its_own():
    matrix = {
        "type": "matrix",
        "name": "desk",
        "columns": [1, 2, 3],
        "rows": ["speed", {"value": "tone", "text": "Tone"}],
    }
    metrics = [{"question": "desk", "measures": "service", "dimension": "responsiveness"}]
    fields = published(matrix, metrics=metrics).fields.values_list("name", "title", "kind", "high", "dimension")
    assert list(fields) == [
        ("desk.speed", "speed", "score", 3, "responsiveness"),
        ("desk.tone", "Tone", "score", 3, "responsiveness"),
    ]


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ({"type": "text"}, FieldKind.TEXT),
        ({"type": "comment"}, FieldKind.TEXT),
        ({"type": "text", "inputType": "number"}, FieldKind.NUMBER),
        ({"type": "text", "inputType": "date"}, FieldKind.DAY),
        ({"type": "boolean"}, FieldKind.TRUTH),
        ({"type": "boolean", "valueTrue": "yes", "valueFalse": "no"}, FieldKind.CHOICE),
        ({"type": "dropdown", "choices": ["a", "b"]}, FieldKind.CHOICE),
        ({"type": "checkbox", "choices": ["a", "b"]}, FieldKind.CHOICES),
        ({"type": "ranking", "choices": ["a", "b"]}, FieldKind.CHOICES),
        ({"type": "rating", "rateValues": ["bad", "good"]}, FieldKind.CHOICE),
        ({"type": "slider", "min": 0, "max": 10}, FieldKind.SCORE),
    ],
)
def test_what_a_question_asks_is_the_kind_of_its_field(element: dict, kind: FieldKind):
    assert published({**element, "name": "q"}).fields.get().kind == kind


def test_pictures_and_files_are_no_fields():
    assert not published(
        {"type": "html", "name": "hello", "html": "Hi"}, {"type": "file", "name": "proof"}
    ).fields.exists()


def test_a_known_question_keeps_its_number_and_a_new_one_gets_the_next():
    questionnaire = published({"type": "text", "name": "a"}, {"type": "text", "name": "b"})
    again = body({"type": "text", "name": "c"}, {"type": "text", "name": "b", "title": "B!"})
    assert publish_version(questionnaire=questionnaire, body=again, by=None).number == 2
    assert numbers(questionnaire) == [("a", 1), ("b", 2), ("c", 3)]
    assert list(questionnaire.fields.values_list("name", flat=True)) == ["c", "b", "a"]


def test_the_same_again_is_no_new_version():
    questionnaire = published(RECOMMEND)
    assert publish_version(questionnaire=questionnaire, body=body(RECOMMEND), by=None).number == 1


def test_choices_that_are_no_longer_offered_stay_known():
    questionnaire = published({"type": "dropdown", "name": "by", "choices": ["car", "train"]})
    publish_version(
        questionnaire=questionnaire, body=body({"type": "dropdown", "name": "by", "choices": ["bus", "train"]}), by=None
    )
    assert questionnaire.fields.get().choices == [["bus", "bus"], ["train", "train"], ["car", "car"]]


@pytest.mark.parametrize("other", [{**RECOMMEND, "rateMax": 5}, {"type": "text", "name": "recommend"}])
def test_a_question_cannot_become_another_one(other: dict):
    questionnaire = published(RECOMMEND)
    with pytest.raises(FieldChanged, match="another name"):
        publish_version(questionnaire=questionnaire, body=body(other), by=None)
    assert questionnaire.versions.count() == 1


@pytest.mark.parametrize("bad", ["no json", "[]", {"elements": [{"type": "text", "name": "x" * 300}]}])
def test_what_is_no_questionnaire_is_refused(bad: object):
    with pytest.raises(NotPublishable):
        publish_version(questionnaire=create_questionnaire(title="x"), body=bad, by=None)  # type: ignore[arg-type]
    assert not Field.objects.exists()
