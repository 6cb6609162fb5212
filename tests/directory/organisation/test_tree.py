"""The tree of a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.directory.organisation.tree import Fault, Node, Problem, Tree

DAY = date(2025, 3, 1)


def tree(*above: tuple[int, str, int | None]) -> Tree:
    return Tree.build(DAY, (Node(unit, name, "team", parent) for unit, name, parent in above))


COMPANY = tree((1, "Company", None), (2, "Logistics", 1), (3, "IT", 1), (4, "Support", 3))


def shown(some: Tree) -> str:
    return " ".join(f"{depth}{node.name}" for node, depth in some.depth_first())


def test_units_stand_in_the_order_of_their_names_below_their_parents():
    assert shown(COMPANY) == "0Company 1IT 2Support 1Logistics"


def test_a_unit_knows_its_way_up_and_all_below():
    assert [node.name for node in COMPANY.path(4)] == ["Company", "IT", "Support"]
    assert COMPANY.below([3]) == {3, 4}
    assert COMPANY.below([3, 1]) == {1, 2, 3, 4}
    assert (COMPANY.parent(4).name, COMPANY.parent(1)) == ("IT", None)


def test_a_unit_that_is_not_open_has_no_way_and_stands_for_itself_alone():
    assert (COMPANY.path(9), COMPANY.below([9]), 9 in COMPANY) == ((), {9}, False)


def test_a_sound_tree_has_no_problems():
    assert COMPANY.problems() == ()


def test_an_orphan_stands_as_a_root_and_is_told():
    broken = tree((1, "Company", None), (4, "Support", 3))
    assert (shown(broken), broken.problems()) == ("0Company 0Support", (Problem(Fault.ORPHAN, (4,)),))


def test_a_ring_is_opened_at_its_first_unit_and_is_told():
    broken = tree((5, "A", 7), (6, "B", 5), (7, "C", 6), (8, "Tail", 7))
    assert (shown(broken), broken.problems()) == ("0A 1B 2C 3Tail", (Problem(Fault.CYCLE, (5, 7, 6)),))


def test_a_unit_with_two_periods_on_one_day_is_told():
    broken = tree((1, "Company", None), (1, "Company again", None))
    assert (shown(broken), broken.problems()) == ("0Company", (Problem(Fault.TWICE, (1,)),))


@given(st.dictionaries(st.integers(1, 12), st.none() | st.integers(1, 14), max_size=12))
def test_whatever_is_handed_in_every_unit_is_shown_once_and_reached_by_its_way(parents):
    some = Tree.build(DAY, (Node(unit, str(unit), "team", parent) for unit, parent in parents.items()))
    order = list(some.depth_first())
    assert sorted(node.id for node, _ in order) == sorted(parents)
    for node, depth in order:
        way = some.path(node.id)
        assert (len(way), way[-1]) == (depth + 1, node)
        assert some.below([node.id]) == {other for other in parents if node in some.path(other)}


@pytest.mark.parametrize("size", [5000])
def test_a_chain_as_long_as_it_likes_is_walked(size):
    chain = tree(*((n, str(n), n - 1 if n else None) for n in range(size)))
    assert (len(list(chain.depth_first())), len(chain.path(size - 1)), chain.problems()) == (size, size, ())
