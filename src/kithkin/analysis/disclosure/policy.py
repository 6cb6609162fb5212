"""The promise a program makes about small groups, and the numbers that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kithkin.analysis.errors import BadParameter
from kithkin.analysis.results import Result


class Relation(Enum):
    """How the people of an earlier release stand to those counted now.

    `UNSTATED` is protected as if it could be either, so it is the safe choice and the default.
    """

    UNSTATED = "unstated"
    SAME = "same people"
    CUMULATIVE = "people added since"


@dataclass(frozen=True)
class Policy(Result):
    """No group of 1 … floor − 1 people is shown, nor can be worked out.

    `cap_below`: a score of fewer people than this is blurred where it would tell something about each one of them,
    which is so when their mean lies within (high − low)/n of an end of the scale. 0 switches the cap off.
    """

    floor: int = 5
    cap_below: int = 10

    def __post_init__(self) -> None:
        for name, value in (("floor", self.floor), ("cap_below", self.cap_below)):
            if isinstance(value, bool) or not isinstance(value, int):
                raise BadParameter(f"{name}: expected a whole number of people, got {value!r}.")
        if self.floor < 1:
            raise BadParameter(f"floor: {self.floor} protects nobody. Give 1 (no protection) or more; 5 is usual.")
        if self.cap_below < 0:
            raise BadParameter(f"cap_below: {self.cap_below} is below zero. Give 0 to switch the cap off.")

    @classmethod
    def sensitive(cls) -> Policy:
        """The policy for comments and sensitive attributes: at least 10 people.

        >>> Policy.sensitive().floor
        10
        """
        return cls(floor=10, cap_below=10)

    @property
    def reason(self) -> str:
        """Why a cell is hidden: one text for every hidden cell, since two would tell the small from the rest."""
        return f"fewer than {self.floor} people, or needed to protect such a group"
