"""Why a rule is not taken. Each message names the condition, what is wrong with it and what is allowed."""

from __future__ import annotations


class RuleRefused(ValueError):
    """A rule that cannot be understood; `path` leads to the part, as positions from the top."""

    def __init__(self, message: str, path: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.path = path


class RuleTooLarge(RuleRefused):
    """More conditions, or deeper groups, than a person can read."""


class RuleMisshapen(RuleRefused):
    """Not a tree of groups and conditions."""


class UnknownField(RuleRefused):
    """No such field, or none that this user may use."""


class OperatorNotAllowed(RuleRefused):
    """The field is not compared like this."""


class ValueNotAllowed(RuleRefused):
    """The value is not of the field's kind."""


class RuleInCircle(RuleRefused):
    """A segment that would be made of itself."""
