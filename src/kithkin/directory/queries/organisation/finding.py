"""Units, as the search over everything finds them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from kithkin.directory.organisation.tree import Tree
from kithkin.directory.queries.organisation.trees import tree_of_today
from kithkin.platform.models import User
from kithkin.platform.registries.search import Hit
from kithkin.platform.text import fold

MOST_STEPS = 4


def find_units(user: User, text: str, limit: int) -> Sequence[Hit]:  # noqa: ARG001 (everybody sees every unit)
    """The units of today whose name or code holds the text; those that begin with it first."""
    wanted, tree = fold(text), tree_of_today()
    hits = [node for node, _ in tree.depth_first() if wanted in fold(node.name) or wanted == fold(node.code)]
    best = sorted(hits, key=lambda node: not fold(node.name).startswith(wanted))[:limit]
    return [Hit(node.name, _way(tree, node.id), reverse("unit", args=[node.id])) for node in best]


def _way(tree: Tree, unit: int) -> str:
    return " › ".join(above.name for above in tree.path(unit)[:-1][-MOST_STEPS:])
