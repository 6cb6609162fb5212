"""What a questionnaire is refused for, one type per cause; each says where, what and what to do."""

from __future__ import annotations

LONGEST_STEP = 200


class QuestionnaireError(ValueError):
    """A questionnaire that cannot be taken. `where` is a JSON pointer (RFC 6901); "" is the whole."""

    def __init__(self, where: str, what: str, advice: str) -> None:
        self.where, self.what, self.advice = where, what, advice
        super().__init__(f"{where}: {what} {advice}" if where else f"{what} {advice}")


class NotJson(QuestionnaireError):
    """The text is no JSON at all."""


class TooLarge(QuestionnaireError):
    """More text, nesting, elements or names than a questionnaire may have."""


class Malformed(QuestionnaireError):
    """JSON, but a property holds something that it cannot hold."""


class NewerVersion(QuestionnaireError):
    """The envelope names a version that this release does not know."""


class BadExpression(QuestionnaireError):
    """An expression cannot be read, so that nobody can say what was meant by it."""


def pointer(where: str, *steps: str | int) -> str:
    """The JSON pointer of something inside `where`. Of a name of a million letters it tells how that begins.

    >>> pointer("/body", "pages", 0, "a/b")
    '/body/pages/0/a~1b'
    """
    for step in steps:
        said = str(step)
        said = said if len(said) <= LONGEST_STEP else f"{said[:LONGEST_STEP]}…"
        where += "/" + (said.replace("~", "~0").replace("/", "~1") if "~" in said or "/" in said else said)
    return where
