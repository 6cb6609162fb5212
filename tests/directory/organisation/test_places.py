"""Lines of a file find their places in a tree, or are told why they have none."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kithkin.directory.imports.organisation.places import UnitLine, place, steps
from kithkin.directory.organisation.tree import Node, Tree

DAY = date(2026, 1, 1)
EMPTY = Tree.build(DAY, [])
COMPANY = Tree.build(DAY, [Node(1, "Company", "division", None, "C"), Node(2, "IT", "team", 1, "IT")])


def shown(lines: list[UnitLine], tree: Tree = EMPTY) -> tuple[list[str], dict[int, str]]:
    """The placed units as "name below name", in the order in which they are made."""
    places = place(lines, tree)
    names = {one.key: one.name for one in places.placed} | {node.id: node.name for node in tree.nodes.values()}
    placed = [f"{one.name} < {names[one.parent]}" if one.parent is not None else one.name for one in places.placed]
    return placed, places.refused


def test_parents_may_come_after_their_children():
    lines = [
        UnitLine(2, "Support", parent="IT"),
        UnitLine(3, "IT", parent="Company"),
        UnitLine(4, "Company", parent=""),
    ]
    assert shown(lines) == (["Company", "IT < Company", "Support < IT"], {})


def test_a_parent_is_named_by_its_code_or_its_name():
    lines = [UnitLine(2, "Company", "C1"), UnitLine(3, "IT", "I1", "C1"), UnitLine(4, "Support", "S1", "it")]
    assert shown(lines) == (["Company", "IT < Company", "Support < IT"], {})


def test_a_path_makes_the_units_on_its_way():
    lines = [UnitLine(2, "Support", path="Company / IT / Support"), UnitLine(3, "Payroll", path="Company / HR")]
    assert shown(lines) == (
        ["Company", "IT < Company", "Support < IT", "HR < Company", "Payroll < HR"],
        {},
    )


def test_a_path_may_be_written_in_several_ways():
    assert [steps(text) for text in ("A / B", "A > B", "A/B", "A › B", "R/D > B", " A / ")] == [
        ["A", "B"],
        ["A", "B"],
        ["A", "B"],
        ["A", "B"],
        ["R/D", "B"],
        ["A"],
    ]


def test_a_ring_is_told_by_names_and_lines_on_each_of_its_lines():
    lines = [
        UnitLine(9, "IT", parent="Support"),
        UnitLine(14, "Support", parent="IT"),
        UnitLine(15, "Tail", parent="IT"),
    ]
    assert shown(lines) == (
        [],
        {
            9: "“IT” lies below “Support” (line 14), which lies below “IT”.",
            14: "“Support” lies below “IT” (line 9), which lies below “Support”.",
            15: "It lies below line 9, which has no place.",
        },
    )


def test_a_unit_below_itself_is_told():
    assert shown([UnitLine(2, "IT", parent="IT")]) == ([], {2: "“IT” lies below itself."})


def test_a_ring_through_a_unit_that_is_there_is_told():
    lines = [UnitLine(2, "Company", "C", parent="Support"), UnitLine(3, "Support", parent="IT")]
    placed, refused = shown(lines, COMPANY)
    assert placed == []
    assert refused[2] == "“Company” lies below “Support” (line 3), which lies below “IT”, which lies below “Company”."


def test_a_ring_through_a_unit_that_stays_since_its_own_line_is_refused_is_told():
    lines = [UnitLine(2, "A", parent="A"), UnitLine(3, "E", "IT", parent="A"), UnitLine(4, "Company", parent="E")]
    assert shown(lines, COMPANY) == (
        [],
        {
            2: "“A” lies below itself.",
            3: "It lies below line 2, which has no place.",
            4: "“Company” lies below “IT”, which lies below “Company”.",
        },
    )


def test_an_orphan_is_told_with_all_below_it():
    lines = [UnitLine(2, "Support", parent="Nowhere"), UnitLine(3, "Desk", parent="Support"), UnitLine(4, "Company")]
    assert shown(lines) == (
        ["Company"],
        {
            2: "“Nowhere” above it is neither in this file nor a unit of today. Add a line for it.",
            3: "It lies below line 2, which has no place.",
        },
    )


def test_a_unit_that_is_there_is_found_and_new_ones_stand_below_it():
    lines = [UnitLine(2, "Technology", "IT"), UnitLine(3, "Support", parent="IT")]
    assert shown(lines, COMPANY) == (["Technology < Company", "Support < IT"], {})


def test_two_lines_of_one_unit_are_told():
    lines = [UnitLine(2, "IT", "IT"), UnitLine(3, "Technology", "it")]
    assert shown(lines, COMPANY)[1] == {3: "Line 2 is about the same unit. Give each its own code."}


def test_a_name_that_several_lines_have_needs_a_code():
    lines = [
        UnitLine(2, "A", parent=""),
        UnitLine(3, "Desk", parent="A"),
        UnitLine(4, "Desk", parent=""),
        UnitLine(5, "Chair", parent="Desk"),
    ]
    assert shown(lines)[1] == {5: "“Desk” may be line 3, 4. Write the code."}


NAMES = st.sampled_from(["A", "B", "C", "D", "E", "Company", "IT"])


@given(
    st.lists(st.tuples(NAMES, st.sampled_from(["", "", "1", "2", "IT"]), st.none() | NAMES | st.just("")), max_size=9)
)
def test_whatever_a_file_says_the_placed_form_a_forest_and_every_line_is_answered(rows):
    lines = [UnitLine(number, name, code, above) for number, (name, code, above) in enumerate(rows, 2)]
    places = place(lines, COMPANY)
    made = {one.key: one.parent for one in places.placed}
    tree = {node.id: node.parent for node in COMPANY.nodes.values()} | made
    seen = set(COMPANY.nodes)
    for one in places.placed:
        assert one.parent is None or one.parent in seen
        seen.add(one.key)
    for start in tree:
        steps_taken, here = 0, start
        while here is not None:
            here, steps_taken = tree[here], steps_taken + 1
            assert steps_taken <= len(tree)
    assert {one.line for one in places.placed} | places.refused.keys() == {line.number for line in lines}
    assert not {one.line for one in places.placed} & places.refused.keys()


@given(st.lists(st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=4), max_size=8))
def test_whatever_the_paths_each_way_leads_to_one_unit(paths):
    lines = [UnitLine(number, path[-1], path=" / ".join(path)) for number, path in enumerate(paths, 2)]
    places = place(lines, EMPTY)
    above = {one.key: one for one in places.placed}

    def way(key):
        return [*way(above[key].parent), above[key].name] if key is not None else []

    ways = [tuple(way(key)) for key in above]
    wanted = {tuple(path[:n]) for path in paths for n in range(1, len(path) + 1)}
    assert sorted(ways) == sorted(wanted)
