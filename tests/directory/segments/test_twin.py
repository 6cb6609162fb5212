"""A rule finds in the database whom its plain twin finds in Python: on random companies, with random rules."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kithkin.directory.queries.segments import fitting
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.parsing import parse
from tests.directory.segments import twin
from tests.directory.segments.worlds import build, conditions, person_plans, rules

IN_ONE_DATABASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]

AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)


@pytest.mark.parametrize("made", [conditions, rules], ids=["single conditions", "whole trees"])
@settings(max_examples=25, suppress_health_check=IN_ONE_DATABASE, phases=AS_FOUND)
@given(plans=st.lists(person_plans(), min_size=1, max_size=5), data=st.data())
def test_the_database_and_the_twin_agree(db, made, plans, data):
    with transaction.atomic():
        world = build(plans)
        catalogue = Catalogue()
        about = twin.About(below={unit.pk: {unit.pk} for unit in world.units}, kinds=world.kinds)
        for _ in range(12):
            part = data.draw(made(world))
            rule = part if "field" not in part else {data.draw(st.sampled_from(["all", "none"])): [part]}
            found = set(fitting(parse(rule, catalogue)).values_list("pk", flat=True))
            assert found == twin.members(rule, world.people, about), rule
        transaction.set_rollback(True)
