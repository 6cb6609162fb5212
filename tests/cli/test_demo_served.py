"""The simulated company as a running product."""

from __future__ import annotations

import json
import signal
from typing import Any

import pytest
from tests.installations import CAST, QUICK, Installation

from kithkin.cli.demo.serving import Asked
from kithkin.demo.mark import Stage
from kithkin.demo.size import SMALL, WHOLE, Size
from kithkin.demo.structure import WEAK_LINK

ROLES = ["Administrator", "Program manager", "Analyst", "Department head", "Agent", "Employee"]
LOAD = """
{quick}
from kithkin.cli.demo.serving import Asked, loaded
from kithkin.cli.failures import CommandError
from kithkin.demo.loading import company
from kithkin.demo.size import Size
company.load_company.__kwdefaults__["size"] = {size}
try:
    print('\\n'.join(loaded({asked})))
except CommandError as error:
    print("refused:", error)
"""
COUNT = """
import json
from kithkin.demo import mark
from kithkin.insights.models import Outcome
from kithkin.insights.studies.links import kept_links
from kithkin.platform.models import FactChange
from kithkin.servicedesk.models import Moment, Request
from kithkin.surveys.models import Program, Response
print(json.dumps({
    "responses": {str(one): Response.objects.filter(program=one).count() for one in Program.objects.order_by("pk")},
    "requests": Request.objects.count(), "moments": Moment.objects.count(), "outcomes": Outcome.objects.count(),
    "weakest": (kept_links().weakest or {}).get("link"),
    "waiting": FactChange.objects.count(), "stage": mark.read().stage,
}))
"""


def code(asked: Asked | None = None, size: Size = SMALL) -> str:
    return LOAD.format(quick=QUICK, asked=asked or Asked(), size=size)


def load(one: Installation, asked: Asked | None = None, size: Size = SMALL) -> list[str]:
    return one.python(code(asked, size)).splitlines()


def load_until(one: Installation, stop: str) -> int:
    """Load, and be killed where `stop` says; how it ended."""
    killed = one.start(f"import os\nfrom kithkin.demo.loading import company\n{stop}\n{code()}")
    killed.communicate()
    return killed.returncode


def counts(one: Installation) -> dict[str, Any]:
    return json.loads(one.python(COUNT))


@pytest.fixture
def empty(fresh) -> Installation:
    one: Installation = fresh()
    one.migrate()
    return one


def test_company_moves_in_whole_once_and_names_a_log_in_for_each_role(empty):
    first = load(empty, size=WHOLE)
    assert (first[0], first[-1]) == ("Log in as", "with “kithkin demo”.")
    assert [line.strip().rpartition("  ")[0].strip() for line in first[1:-1]] == ROLES
    found = counts(empty)
    assert found["responses"]["Customers of Harbour Street"] == pytest.approx(120_000, rel=0.1)
    assert found["responses"]["Working at Harbour Street"] == pytest.approx(9_000, rel=0.02)
    assert found["requests"] == pytest.approx(60_000, rel=0.02)
    assert (found["outcomes"], found["waiting"], found["stage"]) == (3 * 40 * 24, 0, Stage.LOADED)
    assert found["weakest"] == WEAK_LINK
    assert load(empty) == first


def test_whoever_asks_for_another_company_than_the_one_there_is_told_which_it_is(empty):
    first = load(empty)
    assert load(empty, Asked(seed=1)) == first
    assert load(empty, Asked(weak_link="none"))[-1].startswith(
        "This is the company that was here already (seed 1, weak link IT → Branches: till support); --anew removes it"
    )


def test_another_one_is_loaded_anew(empty):
    load(empty)
    load(empty, Asked(seed=2, weak_link="none", anew=True))
    assert json.loads((empty.home / "simulated.json").read_text())["weak_link"] is None


def test_load_that_was_killed_says_how_to_go_on_and_goes_on_to_the_same_company(empty, fresh):
    stop = "company.load_requests.__globals__['record_requests'] = lambda **_: os.kill(os.getpid(), 9)"
    assert load_until(empty, stop) == -signal.SIGKILL
    here = "Here is a simulated company (seed 1, weak link IT → Branches: till support) that was loaded only in part."
    assert load(empty) == [f"refused: {here} Go on with --resume, or start anew with --anew."]
    assert load(empty, Asked(resume=True))[0] == "Log in as"
    whole: Installation = fresh()
    whole.migrate()
    load(whole)
    assert counts(empty) == counts(whole)


def test_load_that_was_killed_in_the_directory_can_only_start_anew(empty):
    assert load_until(empty, "company.make_log_ins = lambda *_: os.kill(os.getpid(), 9)") == -signal.SIGKILL
    assert load(empty, Asked(resume=True))[0].endswith("that was loaded only in part. Start anew with --anew.")
    assert load(empty, Asked(anew=True))[0] == "Log in as"


def test_installation_of_a_real_company_is_left_alone(empty):
    empty.python(CAST)
    assert load(empty, Asked(anew=True))[0].startswith("refused: The simulated company is only loaded into an empty")
