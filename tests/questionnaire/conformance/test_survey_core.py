"""What a respondent meets in survey-core, our replay finds: what is shown, needed, enabled, wrong, and what is stored.

KITHKIN_CONFORMANCE draws so many questionnaires with answers in place of the usual number, and KITHKIN_CONFORMANCE_SEED
others than the usual ones.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.questionnaire.conformance.breaking import BROKEN
from tests.questionnaire.conformance.drawing import case
from tests.questionnaire.conformance.overlooking import PROPERTIES, TRIGGERS, VALIDATORS, overlooked, without
from tests.questionnaire.conformance.sides import Told, ours, theirs

SEED = int(os.environ.get("KITHKIN_CONFORMANCE_SEED", "20261125"))
MANY = int(os.environ.get("KITHKIN_CONFORMANCE", "2000"))
Met = list[tuple[dict[str, Any], Told]]


@pytest.fixture(scope="module")
def met() -> Met:
    """Questionnaires with answers, and what respondents met."""
    cases = [case(SEED + place) for place in range(MANY)]
    return list(zip(cases, theirs(cases), strict=True))


def differing(met: Met) -> Iterator[dict[str, Any]]:
    """Where we find something else."""
    for one, said in met:
        found = ours(one)
        if found != said:
            yield {"case": one, "theirs": said, "ours": found}


def test_respondents_meet_the_same(met: Met):
    different = list(differing(met))
    assert different == [], f"{len(different)} of {len(met)}: {json.dumps(different[0])}"


def caught(met: Met, read: Any) -> bool:
    """Whether a replay of what `read` makes of a case differs anywhere."""
    return any(ours(one | {"body": read(one["body"])}) != said for one, said in met)


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_replay_that_overlooks_a_property_is_caught(met: Met, name: str):
    assert caught(met, lambda body: overlooked(body, name))


@pytest.mark.parametrize("kind", TRIGGERS)
def test_a_replay_that_overlooks_a_trigger_is_caught(met: Met, kind: str):
    assert caught(met, lambda body: without(body, "triggers", kind))


@pytest.mark.parametrize("kind", VALIDATORS)
def test_a_replay_that_overlooks_a_rule_is_caught(met: Met, kind: str):
    assert caught(met, lambda body: without(body, "validators", kind))


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_replay_is_caught(met: Met, monkeypatch: pytest.MonkeyPatch, how: str):
    BROKEN[how](monkeypatch)
    assert caught(met, lambda body: body)
