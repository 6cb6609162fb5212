"""What a printed questionnaire says of its own, in the languages that respondents read."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A sentence of ours."""

    PAGE = "page"
    REQUIRED = "required"
    ONLY_IF = "only if"
    ONE = "one"
    SEVERAL = "several"
    SO_MANY = "so many"
    NO_MORE = "no more"
    NO_FEWER = "no fewer"
    FROM_TO = "from to"
    RANK = "rank"
    SHARE = "share"
    BEST = "best"
    WORST = "worst"
    AGAIN = "again"
    FILE = "file"
    SIGNATURE = "signature"
    COMMENT = "comment"
    YES = "yes"
    NO = "no"
    ANSWER = "answer"
    TOTAL = "total"
    IS = "is"
    IS_NOT = "is not"
    MORE = "more"
    AT_LEAST = "at least"
    LESS = "less"
    AT_MOST = "at most"
    HAS = "has"
    LACKS = "lacks"
    ONE_OF = "one of"
    NONE_OF = "none of"
    QUESTION = "question"
    QUOTED = "quoted"
    ALWAYS = "always"
    NEVER = "never"
    SHOWN_IF = "shown if"
    NOT = "not"
    AND = "and"
    OR = "or"
    ANSWERED = "answered"
    NOT_ANSWERED = "not answered"
    CHOSEN_IN = "chosen in"
    NOT_CHOSEN_IN = "not chosen in"


_ENGLISH = {
    Word.PAGE: "Page {}", Word.REQUIRED: "Please answer the questions marked with *.",
    Word.ONLY_IF: "Answer only if {}.", Word.ONE: "Please tick one.", Word.SEVERAL: "Please tick all that apply.",
    Word.SO_MANY: "Please tick exactly {}.", Word.NO_MORE: "Please tick at most {}.",
    Word.NO_FEWER: "Please tick at least {}.", Word.FROM_TO: "Please tick {} to {}.",
    Word.RANK: "Please number them, 1 being the first.", Word.SHARE: "Please share out {} points.",
    Word.BEST: "Best", Word.WORST: "Worst", Word.AGAIN: "Please answer for each; take more sheets where you need them.",
    Word.FILE: "Please attach it.", Word.SIGNATURE: "Signature", Word.COMMENT: "Comment", Word.YES: "Yes",
    Word.NO: "No", Word.ANSWER: "your answer to question {}", Word.TOTAL: "Total", Word.IS: "is", Word.IS_NOT: "is not",
    Word.MORE: "is more than", Word.AT_LEAST: "is at least", Word.LESS: "is less than", Word.AT_MOST: "is at most",
    Word.HAS: "includes", Word.LACKS: "does not include", Word.ONE_OF: "is one of", Word.NONE_OF: "is none of",
    Word.QUESTION: "question {}", Word.QUOTED: "“{}”", Word.ALWAYS: "always", Word.NEVER: "never",
    Word.SHOWN_IF: "only if {}",
    Word.NOT: "not", Word.AND: "and", Word.OR: "or", Word.ANSWERED: "is answered", Word.NOT_ANSWERED: "is not answered",
    Word.CHOSEN_IN: "Only what you chose in question {}.",
    Word.NOT_CHOSEN_IN: "Only what you did not choose in question {}.",
}  # fmt: skip
_GERMAN = {
    Word.PAGE: "Seite {}", Word.REQUIRED: "Bitte beantworten Sie die Fragen mit *.",
    Word.ONLY_IF: "Nur beantworten, wenn gilt: {}.",
    Word.ONE: "Bitte eines ankreuzen.", Word.SEVERAL: "Bitte alles Zutreffende ankreuzen.",
    Word.SO_MANY: "Bitte genau {} ankreuzen.", Word.NO_MORE: "Bitte höchstens {} ankreuzen.",
    Word.NO_FEWER: "Bitte mindestens {} ankreuzen.", Word.FROM_TO: "Bitte {} bis {} ankreuzen.",
    Word.RANK: "Bitte nummerieren; 1 ist das Erste.", Word.SHARE: "Bitte verteilen Sie {} Punkte.",
    Word.BEST: "Am besten", Word.WORST: "Am schlechtesten",
    Word.AGAIN: "Bitte für jedes beantworten; nehmen Sie weitere Blätter, wo nötig.",
    Word.FILE: "Bitte beilegen.", Word.SIGNATURE: "Unterschrift", Word.COMMENT: "Anmerkung", Word.YES: "Ja",
    Word.NO: "Nein", Word.ANSWER: "Ihre Antwort auf Frage {}", Word.TOTAL: "Summe", Word.IS: "ist",
    Word.IS_NOT: "ist nicht",
    Word.MORE: "ist größer als", Word.AT_LEAST: "ist mindestens", Word.LESS: "ist kleiner als",
    Word.AT_MOST: "ist höchstens", Word.HAS: "enthält", Word.LACKS: "enthält nicht", Word.ONE_OF: "ist eines von",
    Word.NONE_OF: "ist keines von", Word.QUESTION: "Frage {}", Word.QUOTED: "„{}“", Word.ALWAYS: "immer",
    Word.NEVER: "nie", Word.SHOWN_IF: "nur wenn: {}",
    Word.NOT: "nicht", Word.AND: "und", Word.OR: "oder", Word.ANSWERED: "ist beantwortet",
    Word.NOT_ANSWERED: "ist nicht beantwortet", Word.CHOSEN_IN: "Nur, was Sie in Frage {} gewählt haben.",
    Word.NOT_CHOSEN_IN: "Nur, was Sie in Frage {} nicht gewählt haben.",
}  # fmt: skip
_BY_LANGUAGE = {"en": _ENGLISH, "de": _GERMAN}


def speaks(language: str) -> bool:
    """Whether our own sentences are there in a language."""
    return language.partition("-")[0] in _BY_LANGUAGE


def spoken(word: Word, language: str, *values: object) -> str:
    """A sentence in a language; in English where there is none of ours.

    >>> spoken(Word.PAGE, "de-AT", 2)
    'Seite 2'
    """
    return _BY_LANGUAGE.get(language.partition("-")[0], _ENGLISH)[word].format(*values)
