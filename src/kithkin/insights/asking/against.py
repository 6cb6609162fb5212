"""What is called a difference: each group held against all others together."""

from __future__ import annotations

from collections.abc import Sequence

from kithkin.analysis.metrics import compare_with_rest
from kithkin.analysis.results import Estimate
from kithkin.insights.asking.answers import Group


def against_the_rest(judged: Sequence[tuple[Group, Estimate]]) -> dict[tuple[str, ...], bool]:
    """Of each group, by its members, whether it differs from the rest that stands beside it (Holm over all of them).

    By members, since two units can bear one name.
    """
    pairs = [(group.label, "", group.estimate, rest) for group, rest in judged if group.estimate is not None]
    if not pairs:
        return {}
    told = [group.members for group, _rest in judged if group.estimate is not None]
    return {members: pair.changed for members, pair in zip(told, compare_with_rest(pairs).pairs, strict=True)}
