"""The colours stand out enough, in the light and in the dark."""

from __future__ import annotations

import pytest

from kithkin.platform.tokens import contrast, tokens

BY_NAME = {token.name: token for token in tokens()}


@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize(
    ("name", "least"),
    [("ink", 7), ("soft", 4.5), ("kin-ink", 4.5), ("focus", 4.5), ("kith", 4.5), ("edge", 3), ("kin", 3)],
)
def test_a_colour_stands_out_from_its_ground(name, least, ground):
    token, under = BY_NAME[name], BY_NAME[ground]
    assert contrast(token.light, under.light) >= least
    assert contrast(token.dark, under.dark) >= least


def test_every_colour_of_the_sheet_is_read():
    assert list(BY_NAME) == [
        "paper", "card", "ink", "soft", "line", "edge", "kith", "kith-tint", "kin", "kin-ink", "kin-tint", "focus",
    ]  # fmt: skip
