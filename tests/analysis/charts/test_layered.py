"""The map's geometry: whatever the graph, no line passes behind a box."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.analysis.charts.layered import Box, Drawing, Sizes, drawing

nodes = st.sampled_from("ABCDEFGHIJ")
graphs = st.lists(st.tuples(nodes, nodes), min_size=1, max_size=24)


def inside(box: Box, x: float, y: float) -> bool:
    return box.left + 1e-9 < x < box.right - 1e-9 and box.top < y < box.bottom


def boxes(found: Drawing) -> dict[str, Box]:
    return {box.node: box for box in found.boxes}


@settings(max_examples=150, deadline=None)
@given(graphs)
def test_no_point_of_a_line_lies_within_a_box(edges: list[tuple[str, str]]) -> None:
    found = drawing(edges)
    for route in found.routes:
        for (x1, y1), (x2, y2) in pairwise(route.points):
            for step in range(9):
                at = x1 + (x2 - x1) * step / 8, y1 + (y2 - y1) * step / 8
                assert not any(inside(box, *at) for box in found.boxes)


@settings(max_examples=150, deadline=None)
@given(graphs)
def test_no_box_covers_another_and_all_lie_on_the_sheet(edges: list[tuple[str, str]]) -> None:
    found = drawing(edges)
    for a, b in combinations(found.boxes, 2):
        beside = a.right <= b.left or b.right <= a.left
        assert beside or a.bottom < b.top or b.bottom < a.top
    for box in found.boxes:
        assert 0 <= box.left < box.right <= 1 + 1e-9
        assert -1e-9 <= box.top < box.bottom <= found.height + 1e-9


@settings(max_examples=150, deadline=None)
@given(graphs)
def test_each_edge_is_drawn_once_from_its_provider_to_its_receiver(edges: list[tuple[str, str]]) -> None:
    found = drawing(edges)
    assert sorted(route.edge for route in found.routes) == sorted({edge for edge in edges if edge[0] != edge[1]})
    at = boxes(found)
    for route in found.routes:
        provider, receiver = (at[node] for node in route.edge)
        (x1, y1), (x2, y2) = route.points[0], route.points[-1]
        assert x1 == (provider.left if route.back else provider.right)
        assert x2 == (receiver.right if route.back else receiver.left)
        assert provider.top < y1 < provider.bottom
        assert receiver.top < y2 < receiver.bottom
        assert route.back is (provider.layer > receiver.layer)


@settings(max_examples=150, deadline=None)
@given(graphs, st.integers(2, 4), st.sets(nodes, max_size=3))
def test_no_line_lies_within_a_box_however_few_layers_there_may_be(edges, most: int, last: set[str]) -> None:
    edges = [(start, end) for start, end in edges if start not in last]
    found = drawing(edges, last=last, most=most)
    assert max((box.layer for box in found.boxes), default=0) < most
    for route in found.routes:
        assert route.points[0] == route.stops[0]
        assert route.points[-1] == pytest.approx(route.stops[-1])
        for (x1, y1), (x2, y2) in pairwise(route.points):
            for step in range(9):
                at = x1 + (x2 - x1) * step / 8, y1 + (y2 - y1) * step / 8
                assert not any(inside(box, *at) for box in found.boxes)


@given(graphs, st.sets(nodes, max_size=3))
def test_the_last_have_the_last_layer_to_themselves(edges, last: set[str]) -> None:
    edges = [(start, end) for start, end in edges if start not in last and start != end]
    found = drawing(edges, last=last)
    deepest = max((box.layer for box in found.boxes), default=0)
    served = last & {end for _, end in edges}
    if served:
        assert {box.node for box in found.boxes if box.layer == deepest} == served


@given(graphs)
def test_next_to_the_last_stand_only_those_who_reach_them(edges) -> None:
    edges = [(start, end) for start, end in edges if start not in "ABC" and start != end]
    found = drawing(edges, last="ABC")
    deepest = max((box.layer for box in found.boxes), default=0)
    if deepest > 1 and any(end in "ABC" for _, end in edges):
        at = boxes(found)
        next_to = {node for node, box in at.items() if box.layer == deepest - 1}
        assert next_to == next_to & {start for start, end in edges if end in "ABC"}


def test_who_meets_the_customer_stands_near_the_customer_though_serving_the_back_office_too() -> None:
    found = drawing([("HR", "Shop"), ("Shop", "HR"), ("Shop", "Visit")], last={"Visit"})
    assert {box.node: box.layer for box in found.boxes} == {"HR": 0, "Shop": 1, "Visit": 2}
    assert {route.edge for route in found.routes if route.back} == {("Shop", "HR")}


def test_of_two_layers_put_together_a_line_stays_at_the_right_of_its_boxes() -> None:
    found = drawing([("A", "B"), ("B", "T")], last={"T"}, most=2)
    at = boxes(found)
    (within,) = [route for route in found.routes if route.bow]
    assert (within.edge, at["A"].layer, at["B"].layer) == (("A", "B"), 0, 0)
    assert (within.stops[0][0], within.stops[-1][0]) == (at["A"].right, at["B"].right)
    assert max(x for x, _ in within.points) < at["T"].left


def test_few_lines_are_turned_where_two_serve_each_other() -> None:
    found = drawing([("A", "B"), ("B", "C"), ("C", "A"), ("A", "D"), ("D", "C")])
    assert [route.edge for route in found.routes if route.back] == [("C", "A")]


@given(st.permutations([("A", "B"), ("B", "C"), ("A", "C"), ("D", "C"), ("E", "A")]))
def test_whoever_serves_longest_chains_stands_leftmost_and_the_end_stands_right(edges: list[tuple[str, str]]) -> None:
    layers = {box.node: box.layer for box in drawing(edges).boxes}
    assert layers == {"E": 0, "A": 1, "B": 2, "D": 2, "C": 3}


def test_two_that_serve_each_other_are_drawn_with_one_line_turned() -> None:
    found = drawing([("A", "B"), ("B", "A")])
    assert [(route.edge, route.back) for route in found.routes] == [(("A", "B"), False), (("B", "A"), True)]


def test_lines_that_need_not_cross_do_not() -> None:
    found = drawing([("A", "Z"), ("B", "Y"), ("C", "X")])
    at = boxes(found)
    assert [at["A"].top - at["Z"].top, at["B"].top - at["Y"].top, at["C"].top - at["X"].top] == [0, 0, 0]


def test_a_word_on_a_long_line_stands_on_its_lane_and_on_a_short_one_between_the_boxes() -> None:
    found = drawing([("A", "B"), ("B", "C"), ("A", "C")], Sizes())
    at, middle = boxes(found), {route.edge: route.middle for route in found.routes}
    assert at["B"].left < middle["A", "C"][0] < at["B"].right
    assert at["A"].right < middle["A", "B"][0] < at["B"].left


def test_a_graph_of_nothing_is_an_empty_sheet() -> None:
    assert drawing([("A", "A")]) == Drawing((), (), 0.0)
