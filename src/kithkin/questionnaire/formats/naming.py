"""Names of questions and values that expressions can speak of, each once."""

from __future__ import annotations

import re

LONGEST = 80
_UNFIT = re.compile(r"[^\w]+")


class Names:
    """Gives names: what another tool called it, without what an expression would stumble over.

    >>> names = Names()
    >>> names.given("Q1.a {x}"), names.given("q1_a_x"), names.given("")
    ('Q1_a_x', 'q1_a_x_2', 'question')
    """

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def given(self, wanted: str, otherwise: str = "question") -> str:
        """A name that nothing else has, whatever the case of its letters."""
        name = _UNFIT.sub("_", wanted).strip("_")[:LONGEST] or otherwise
        if name[0].isdigit():
            name = "q" + name
        return self.exactly(name)

    def exactly(self, name: str) -> str:
        """This name, or with a number behind it where it is taken."""
        found = name
        while found.lower() in self._taken:
            self._taken[name.lower()] = self._taken.get(name.lower(), 1) + 1
            found = f"{name}_{self._taken[name.lower()]}"
        self._taken[found.lower()] = 1
        return found
