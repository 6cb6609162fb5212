"""Units as points: one figure to the right, the other upwards."""

from __future__ import annotations

from kithkin.analysis.association import association
from kithkin.analysis.charts.picture import Form
from kithkin.analysis.charts.scatter import MOST, Point, scatter
from kithkin.analysis.charts.theme import LIGHT
from tests.analysis.charts.drawn import marks, valid, words

POINTS = [Point(f"School {n}", float(n), n + (-1.0) ** n, 20 + n, None) for n in range(12)]
NAMES = ("Safety, teachers", "Safety, parents")
FOUND = association([one.x for one in POINTS], [one.y for one in POINTS])


def drawn(points):
    spec = scatter(points, NAMES, FOUND).spec(Form.WIDE)
    return spec["datasets"][spec["layer"][0]["data"]["name"]]


def test_each_unit_is_a_point_and_the_axes_say_what_they_are():
    picture = scatter(POINTS, NAMES, FOUND)
    valid(picture)
    for form in Form:
        assert marks(picture, LIGHT.kith, form) == 12
        assert set(NAMES) <= set(words(picture, form))


def test_it_says_the_same_to_who_does_not_see_it():
    assert scatter(POINTS, NAMES, FOUND).description == (
        f"Safety, teachers against Safety, parents, 12 units: r = {FOUND.r:.2f} ({FOUND.low:.2f} to {FOUND.high:.2f})."
    )


def test_a_point_tells_its_unit_and_of_how_many_it_is():
    rows = drawn(POINTS)
    assert rows[0] == {"name": "School 0", "x": 0.0, "y": 1.0, "said": "0.00 (n = 20) → 1.00"}


def test_very_many_points_are_thinned_and_none_at_all_is_drawn():
    many = [Point(str(n), float(n), float(n % 7)) for n in range(3 * MOST)]
    assert len(drawn(many)) == MOST
    valid(scatter([], NAMES, FOUND))
