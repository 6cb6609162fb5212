import numpy as np
import pytest

from kithkin.analysis.errors import BadShape
from kithkin.analysis.linkage.panel import build
from kithkin.analysis.linkage.service_map import reach


def _panel(*links):
    rows = {"unit": ["a"] * len(links), "period": [1] * len(links), "link": list(links), "score": [1.0] * len(links)}
    return build(rows, {"unit": ["a"], "period": [1], "score": [1.0]})


CHAIN = _panel("Buying → Logistics", "Logistics → Branches", "Tax → Board")
MAP = {
    "provider": ["Buying", "Logistics", "Branches", "Logistics", "Tax"],
    "receiver": ["Logistics", "Branches", "Visit", "Delivery", "Board"],
    "responses": [None, None, 70, 30, None],
}


def test_a_link_is_not_held_constant_against_what_lies_downstream():
    assert reach(CHAIN).adjust.tolist() == [[True, False, True], [True, True, True], [True, True, True]]


def test_exposure_is_the_share_of_answers_that_the_link_reaches():
    assert reach(CHAIN, MAP).exposure.tolist() == [1.0, 0.7, 0.0]


def test_without_figures_every_touchpoint_counts_alike():
    without = {key: MAP[key][:4] for key in ("provider", "receiver")}
    assert reach(CHAIN, without).exposure.tolist() == [1.0, 0.5, 1.0]


def test_a_receiver_that_is_not_on_the_map_is_said():
    found = reach(CHAIN, {key: MAP[key][:4] for key in MAP})
    assert (found.unplaced, found.known) == (("Tax → Board",), True)


def test_without_a_map_every_link_reaches_everybody():
    found = reach(CHAIN)
    assert (found.exposure.tolist(), found.known) == ([1.0, 1.0, 1.0], False)


def test_links_that_feed_each_other_are_downstream_of_each_other():
    assert np.array_equal(reach(_panel("A → B", "B → A")).adjust, np.eye(2, dtype=bool))


@pytest.mark.parametrize(
    ("service_map", "message"),
    [
        ({"provider": ["A", "B"], "receiver": ["B", "A"]}, "nobody is outside"),
        ({"provider": [None], "receiver": ["B"]}, "no row has a provider and a receiver"),
        ({"provider": ["A"], "receiver": ["B"], "responses": [-1]}, "below zero"),
        ({"provider": ["A"]}, "no column 'receiver'"),
    ],
)
def test_a_map_that_cannot_be_used_is_refused(service_map, message):
    with pytest.raises(BadShape, match=message):
        reach(CHAIN, service_map)
