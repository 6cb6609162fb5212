"""The colours: readable by WCAG's measure, in light and in dark, and named once."""

from __future__ import annotations

import pytest

from kithkin.analysis.charts.flow import STRONGEST
from kithkin.analysis.charts.theme import DARK, LIGHT, Tokens, config, parameters

SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(over: str, under: str, share: float) -> str:
    parts = [
        share * int(over[start : start + 2], 16) + (1 - share) * int(under[start : start + 2], 16)
        for start in (1, 3, 5)
    ]
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@SCHEMES
@pytest.mark.parametrize("text", ["ink", "soft", "kith", "kin"])
def test_words_are_readable_on_paper_and_on_cards(tokens: Tokens, text: str) -> None:
    large_only_on_paper = text == "kin"
    assert contrast(getattr(tokens, text), tokens.card) >= 4.5
    assert contrast(getattr(tokens, text), tokens.paper) >= (3 if large_only_on_paper else 4.5)


@SCHEMES
def test_words_are_readable_on_filled_marks(tokens: Tokens) -> None:
    for fill in (tokens.kith, tokens.kin, tokens.soft):
        assert contrast(tokens.card, fill) >= 4.5
    assert contrast(tokens.ink, tokens.kith_tint) >= 4.5
    assert contrast(tokens.ink, mixed(tokens.kin, tokens.card, STRONGEST)) >= 4.5


@SCHEMES
def test_marks_and_the_focus_ring_stand_out_from_their_ground(tokens: Tokens) -> None:
    for mark in (tokens.kith, tokens.kin, tokens.soft, tokens.focus):
        assert contrast(mark, tokens.card) >= 3
        assert contrast(mark, tokens.paper) >= 3


def test_the_tokens_are_those_of_the_look() -> None:
    assert (LIGHT.kith, LIGHT.kin, DARK.kith, DARK.kin) == ("#0f766e", "#c4502f", "#56bcb0", "#f08f70")
    assert LIGHT.css()["--kith-tint"] == "#dcefec"
    assert {"name": "kin", "value": "#f08f70"} in parameters(DARK)


def test_every_scheme_configures_the_same_things_in_other_colours() -> None:
    assert config(LIGHT).keys() == config(DARK).keys()
    assert config(LIGHT)["axis"]["labelColor"] == "#666b73"
    assert config(DARK)["axis"]["labelColor"] == "#9aa0a8"
