"""The service map: what it says, what it shows to whom, and that no line passes behind a box."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from kithkin.directory.models import Audience, Partner, Unit
from kithkin.directory.models.days import today
from kithkin.directory.pictures.service_map import BOX_WIDTH, map_picture
from kithkin.directory.queries.relations import relations_on
from kithkin.directory.queries.service_map import service_map
from kithkin.directory.services.relations import end_relation
from tests.cast import make_kith, make_unit
from tests.directory.relations.making import everybody_outside, serves, statements


def the_map(cast):
    return service_map(relations_on(cast.alice, today()))


def company_of(cast, departments: int, relations: int) -> list[Unit]:
    """A company with so many departments; the last sixth of them meets the customer."""
    units = [make_unit(f"Department of matters {number}", cast.company) for number in range(departments)]
    chance, pairs = random.Random(7), set()
    facing = units[-departments // 6 :]
    for number, unit in enumerate(facing):
        serves(unit, everybody_outside(), at=f"Touchpoint {number % 8}")
    while len(pairs) < relations - len(facing):
        start, end = sorted(chance.sample(range(departments), 2), reverse=chance.random() < 0.08)
        if (start, end) not in pairs:
            pairs.add((start, end))
            serves(units[start], units[end], f"service {len(pairs) % 20}")
    return units


def test_the_finding_is_counted_from_the_relations(cast):
    serves(cast.it, cast.logistics)
    serves(cast.it, cast.logistics, "training")
    serves(cast.logistics, cast.it, "transport")
    serves(cast.logistics, everybody_outside(), at="Delivery")
    assert the_map(cast).finding() == ("2 departments depend on one another through 3 services; 1 reaches the customer")


def test_the_finding_does_not_claim_a_customer_that_nobody_reaches(cast):
    serves(cast.it, cast.logistics)
    assert the_map(cast).finding() == (
        "2 departments depend on one another through 1 service; none is seen to reach the customer yet"
    )


def test_what_partners_do_and_who_only_faces_out_is_not_counted_as_departments_that_depend_on_one_another(cast):
    freight = Partner.objects.create(name="Freight")
    serves(cast.it, cast.logistics)
    serves(freight, cast.logistics, "transport")
    serves(cast.logistics, freight, "parcels")
    serves(cast.it, cast.bob.person, "a new chair")
    serves(cast.support, everybody_outside(), at="Telephone")
    serves(freight, everybody_outside(), at="Delivery")
    assert the_map(cast).finding() == "2 departments depend on one another through 1 service; 1 reaches the customer"


def test_partners_alone_are_no_departments(cast):
    serves(Partner.objects.create(name="Freight"), cast.logistics, "transport")
    assert the_map(cast).finding() == "No department is seen to reach the customer yet"


def test_kith_are_reached_at_their_touchpoint_and_partners_are_neither_side(cast):
    serves(Partner.objects.create(name="Freight"), cast.logistics, "transport")
    serves(cast.logistics, everybody_outside(), at="Delivery")
    serves(cast.it, everybody_outside(), "self-service")
    standing = {place.name: place.standing.value for place in the_map(cast).places.values()}
    assert standing == {
        "Freight": "partner",
        "Logistics": "unit",
        "Delivery": "outside",
        "IT": "unit",
        "Private customers": "outside",
    }


def test_customers_whom_the_reader_may_not_see_are_one_nameless_box(cast):
    for name in ("Kim", "Lee"):
        serves(cast.it, make_kith(name), f"care for {name[0]}")
    outside = [place.name for place in service_map(relations_on(cast.bob, today())).places.values()]
    assert sorted(outside) == ["IT", "a customer"]
    assert sorted(place.name for place in the_map(cast).places.values()) == ["IT", "Kim", "Lee"]


@pytest.mark.parametrize(("departments", "relations"), [(12, 26), (60, 150)])
def test_no_line_of_the_picture_passes_behind_a_box(cast, departments, relations):
    company_of(cast, departments, relations)
    picture = map_picture(the_map(cast))
    boxes = [(box.x, box.y) for box in picture.boxes]
    width, height = BOX_WIDTH, picture.box_height
    for box in picture.boxes:
        for way in box.ways:
            for x, y in points(way.path):
                behind = [at for at in boxes if at[0] < x < at[0] + width and at[1] < y < at[1] + height]
                assert behind == []


def test_every_place_and_every_way_of_the_map_is_on_the_picture_once(cast):
    company_of(cast, 12, 26)
    found = the_map(cast)
    picture = map_picture(found)
    assert sorted(box.place.key for box in picture.boxes) == sorted(found.places)
    assert sorted((way.way.start, way.way.end) for box in picture.boxes for way in box.ways) == sorted(
        (way.start, way.end) for way in found.ways
    )


def test_who_meets_the_customer_stands_under_its_heading(cast):
    serves(cast.it, cast.logistics)
    serves(cast.logistics, everybody_outside(), at="Delivery")
    picture = map_picture(the_map(cast))
    at = {box.place.name: box.x + BOX_WIDTH // 2 for box in picture.boxes}
    assert {head.text: head.x for head in picture.headings} == {
        "Back office": at["IT"],
        "Front line": at["Logistics"],
        "Touchpoints": at["Delivery"],
    }


def test_a_page_of_sixty_departments_stays_under_a_hundred_kilobytes_and_thirty_statements(cast, visit):
    client = visit("bob")
    serves(cast.it, cast.logistics, "the first")
    few = statements(client, "/serve/?size=50")
    company_of(cast, 60, 150)
    page = client.get("/serve/?size=50").content
    assert len(page) < 100_000
    assert len(client.get("/").content) < 100_000
    assert (statements(client, "/serve/?size=50"), few <= 30) == (few, True)


def test_every_box_and_every_line_is_a_link_with_a_name(cast, visit):
    company_of(cast, 12, 26)
    page = visit("bob").get("/serve/").content.decode()
    svg = ET.fromstring(re.search(r"<svg.*?</svg>", page, re.DOTALL)[0])
    links = [one for one in svg.iter() if one.tag.endswith("a")]
    assert len(links) == len(the_map(cast).places) + len(the_map(cast).ways)
    assert [one for one in links if not one.get("href") or not "".join(one.itertext()).strip()] == []


def test_the_table_says_the_same_as_the_picture(cast, visit):
    serves(cast.it, cast.logistics, "till support", need="Within the hour")
    page = visit("bob").get("/serve/").content.decode()
    table = page[page.index("<table>") : page.index("</table>")]
    assert [word in table for word in ("IT", "Logistics", "till support", "Within the hour")] == [True] * 4


def test_the_only_audience_is_named_once_by_the_legend_and_by_no_box(cast, visit):
    serves(cast.logistics, everybody_outside(), at="Delivery")
    serves(cast.it, everybody_outside(), at="Web shop")
    assert [box.soft for box in map_picture(the_map(cast)).boxes] == [None] * 4
    assert titles(cast) == {"Logistics → Delivery", "IT → Web shop"}
    assert "outside: Private customers" in visit("bob").get("/serve/").content.decode()


def test_of_several_audiences_each_touchpoint_says_for_whom_it_is_and_so_do_its_lines(cast, visit):
    trade = Audience.objects.create(name="Trade")
    serves(cast.logistics, everybody_outside(), at="Delivery")
    serves(cast.it, everybody_outside(), at="Web shop")
    serves(cast.it, trade, at="Web shop")
    soft = {box.place.name: (box.soft and box.soft[0], box.title) for box in map_picture(the_map(cast)).boxes}
    assert soft == {
        "Logistics": (None, ""),
        "IT": (None, ""),
        "Delivery": ("Private customers", ""),
        "Web shop": ("2 audiences", "Web shop, for Private customers, Trade"),
    }
    assert titles(cast) == {
        "Logistics → Delivery, for Private customers",
        "IT → Web shop, for Private customers, Trade (2 relations)",
    }
    assert "outside: " not in visit("bob").get("/serve/").content.decode()


def test_a_name_that_is_cut_is_told_whole_by_the_boxs_title(cast):
    long = "Research and development of new products and their packaging"
    serves(make_unit(long, cast.company), cast.it, "advice")
    assert {box.title for box in map_picture(the_map(cast)).boxes} == {"", long}


def test_around_a_touchpoint_each_department_says_only_whom_it_meets_there(cast):
    serves(cast.it, everybody_outside(), at="Web shop")
    serves(cast.logistics, Audience.objects.create(name="Trade"), at="Web shop")
    found = the_map(cast)
    (key,) = found.outside
    lines = {place.name: place.line for place in found.around(key).places.values()}
    assert lines == {"Web shop": "2 audiences", "IT": "Private customers", "Logistics": "Trade"}


def titles(cast) -> set[str]:
    return {way.title for box in map_picture(the_map(cast)).boxes for way in box.ways}


def test_a_past_day_shows_the_map_of_that_day(cast, visit):
    link = serves(cast.it, cast.logistics, "till support")
    end_relation(link=link, last_day=date(2025, 6, 30))
    seen = {
        day: "till support" in visit("bob").get(f"/serve/?on={day}").content.decode()
        for day in ("2025-06-30", "2025-07-01")
    }
    assert seen == {"2025-06-30": True, "2025-07-01": False}


def test_around_one_department_only_its_neighbours_stand(cast, visit):
    serves(cast.it, cast.logistics, "till support")
    serves(cast.support, cast.company, "reporting")
    page = visit("bob").get(f"/serve/?of=unit-{cast.it.pk}").content.decode()
    table = page[page.index("<table>") : page.index("</table>")]
    assert ("till support" in page, "reporting" in table) == (True, False)


@pytest.mark.parametrize(
    "query", ["of=%00", "of=unit-999999999999999999999", "on=0000-00-00", "on=9999-99-99", "between=a", "between=%00,b",
              "between=unit-1,unit-2,unit-3", "q=%00"]
)  # fmt: skip
def test_nonsense_in_the_address_is_left_aside(cast, visit, query):
    serves(cast.it, cast.logistics)
    assert visit("bob").get(f"/serve/?{query}").status_code == 200


def points(path: str) -> list[tuple[float, ...]]:
    """Points along an SVG path of M, C and H."""
    x = y = 0.0
    found: list[tuple[float, ...]] = []
    for command, text in re.findall(r"([MCH])([^MCH]*)", path):
        numbers = [float(number) for number in text.split()]
        if command == "H":
            numbers = [numbers[0], y]
        ahead = list(zip(numbers[::2], numbers[1::2], strict=True))
        stops = ahead if command == "M" else [(x, y), *ahead]
        found += [bezier(stops, step / 24) for step in range(25)]
        x, y = stops[-1]
    return found


def bezier(stops: list[tuple[float, ...]], t: float) -> tuple[float, ...]:
    """The point at `t` of the curve with these handles, by de Casteljau."""
    while len(stops) > 1:
        stops = [(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) for a, b in pairwise(stops)]
    return stops[0]


def test_around_a_department_every_box_says_what_is_done_however_long_its_name(cast):
    serves(make_unit("Accounts receivable and payable", cast.company), cast.it, "planning")
    found = the_map(cast).around(f"unit-{cast.it.pk}")
    assert [box.soft[0] for box in map_picture(found).boxes if box.soft] == ["planning"]
