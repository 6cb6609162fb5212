"""Whatever comes in as a rule: a rule comes out, or a refusal that names the condition and what is allowed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin.directory.models import AttributeDefinition, Sensitivity
from kithkin.directory.segmentation import refusals
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.parsing import MOST_CONDITIONS, parse
from kithkin.directory.segmentation.sentences import sentence

KITH = {"field": "side", "operator": "is", "value": "kith"}


def deep(levels: int) -> dict:
    rule: dict = {"all": [KITH]}
    for _ in range(levels):
        rule = {"all": [rule]}
    return rule


def one(field: object, operator: object, value: object = None) -> dict:
    return {"all": [{"field": field, "operator": operator, "value": value}]}


@pytest.mark.parametrize(
    ("rule", "refusal", "said"),
    [
        (
            None,
            refusals.RuleMisshapen,
            "The rule: a group is one of “all”, “any” and “none” with a list of conditions.",
        ),
        ({}, refusals.RuleMisshapen, "The rule: a group is one of “all”, “any” and “none” with a list of conditions."),
        ({"all": []}, refusals.RuleMisshapen, "The rule: add at least one condition, or take the group away."),
        (
            {"all": [KITH, {"any": "x"}]},
            refusals.RuleMisshapen,
            "Condition 2: add at least one condition, or take the group away.",
        ),
        (
            {"all": [{**KITH, "sql": "1=1"}]},
            refusals.RuleMisshapen,
            "Condition 1: a condition has “field”, “operator” and “value”, nothing else.",
        ),
        (deep(1000), refusals.RuleTooLarge, "Groups may lie 4 deep, no deeper."),
        (
            {"all": [KITH] * 10_000},
            refusals.RuleTooLarge,
            "A rule may have 60 conditions. Make a segment of a part of them, and use that.",
        ),
        (
            one("password", "is", "x"),
            refusals.UnknownField,
            "Condition 1: there is no field “password” for you. Choose one of the list.",
        ),
        (
            one(["side"], "is"),
            refusals.UnknownField,
            "Condition 1: there is no field “” for you. Choose one of the list.",
        ),
        (
            one("side", "more", "kith"),
            refusals.OperatorNotAllowed,
            "Condition 1 (Side): allowed are “is”, “is not”, “is known”, “is unknown”.",
        ),
        (one("side", "is", "kit"), refusals.ValueNotAllowed, "Condition 1 (Side): give one of: “kith”, “kin”."),
        (one("name", "is", " "), refusals.ValueNotAllowed, "Condition 1 (Name): give a text of 1 to 200 characters."),
        (
            one("name", "is", "x" * 201),
            refusals.ValueNotAllowed,
            "Condition 1 (Name): give a text of 1 to 200 characters.",
        ),
        (one("name", "is", 5), refusals.ValueNotAllowed, "Condition 1 (Name): give a text."),
        (
            one("name", "contains", "a\x00b"),
            refusals.ValueNotAllowed,
            "Condition 1 (Name): the text holds characters that no text has.",
        ),
        (
            one("name", "is", "\ud800"),
            refusals.ValueNotAllowed,
            "Condition 1 (Name): the text holds characters that no text has.",
        ),
        (
            one("country", "is", "D%"),
            refusals.ValueNotAllowed,
            "Condition 1 (Country): give a code as in “DE” or “de”.",
        ),
        (
            one("added", "before", "2026-02-30"),
            refusals.ValueNotAllowed,
            "Condition 1 (Added): give a day between 1800 and 2999, as in 2026-01-31.",
        ),
        (
            one("added", "last_days", 0),
            refusals.ValueNotAllowed,
            "Condition 1 (Added): give a whole number of days from 1 to 36500.",
        ),
        (
            one("added", "between", ["2026-02-01", "2026-01-01"]),
            refusals.ValueNotAllowed,
            "Condition 1 (Added): the first value must not lie behind the second.",
        ),
        (
            one("added", "between", "2026-02-01"),
            refusals.ValueNotAllowed,
            "Condition 1 (Added): give two values, from and to.",
        ),
        (
            one("purchases.number", "more", float("nan")),
            refusals.ValueNotAllowed,
            "Condition 1 (Number of purchases): give a number between −10¹² and 10¹².",
        ),
        (
            one("purchases.number", "more", True),
            refusals.ValueNotAllowed,
            "Condition 1 (Number of purchases): give a number between −10¹² and 10¹².",
        ),
        (one("name", "known", "x"), refusals.ValueNotAllowed, "Condition 1 (Name): “is known” takes no value."),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_what_is_allowed(db, rule, refusal, said):
    with pytest.raises(refusal) as refused:
        parse(rule)
    assert str(refused.value) == said


def test_a_refusal_leads_to_the_condition(db):
    with pytest.raises(refusals.ValueNotAllowed) as refused:
        parse({"all": [KITH, {"any": [KITH, {"field": "name", "operator": "is", "value": ""}]}]})
    assert refused.value.path == (2, 2)


def test_the_most_conditions_are_taken(db):
    assert len(list(parse({"all": [KITH] * MOST_CONDITIONS}).conditions())) == MOST_CONDITIONS


def test_a_rule_is_kept_as_it_was_understood(db):
    rule = {
        "all": [
            {"field": "name", "operator": "contains", "value": "  kim "},
            {"none": [{"field": "added", "operator": "between", "value": ["2026-01-01", "2026-02-01"]}]},
            {"field": "purchases.number", "operator": "more", "value": "2,0"},
            {"field": "email", "operator": "known"},
        ]
    }
    kept = parse(rule).to_json()
    assert kept == {
        "all": [
            {"field": "name", "operator": "contains", "value": "kim"},
            {"none": [{"field": "added", "operator": "between", "value": ["2026-01-01", "2026-02-01"]}]},
            {"field": "purchases.number", "operator": "more", "value": 2},
            {"field": "email", "operator": "known"},
        ]
    }
    assert parse(kept).to_json() == kept


def test_a_rule_reads_as_a_sentence(db):
    rule = parse(
        {
            "all": [
                KITH,
                {
                    "any": [
                        {"field": "country", "operator": "is", "value": "DE"},
                        {"field": "country", "operator": "unknown"},
                    ]
                },
                {"none": [{"field": "purchases.last", "operator": "last_days", "value": 30}]},
            ]
        }
    )
    assert sentence(rule) == (
        "Everybody with: Side is kith, and (Country is “DE” or Country is unknown), "
        "and not (Last purchase is in the last 30 days)."
    )


@pytest.mark.parametrize(("who", "open_to"), [("alice", True), ("percy", False), ("anna", False)])
def test_a_sensitive_attribute_is_a_field_for_administrators_only(cast, who, open_to):
    AttributeDefinition.objects.create(key="faith", label="Faith", sensitivity=Sensitivity.SENSITIVE)
    AttributeDefinition.objects.create(key="shoe", label="Shoe", sensitivity=Sensitivity.RESTRICTED)
    fields = Catalogue(cast.users[who]).fields
    assert ("attribute.faith" in fields, "attribute.shoe" in fields) == (open_to, True)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["side", "is", "kith"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["all", "any", "none", "field", "operator", "value", "x"]), inner, max_size=3)
    ),
    max_leaves=20,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=JSON)
def test_anything_at_all_is_taken_or_refused(db, rule):
    catalogue = Catalogue()
    with suppress(refusals.RuleRefused):
        understood = parse(rule, catalogue)
        assert parse(understood.to_json(), catalogue) == understood
