"""A block as pages: page breaks, skip logic, randomised questions, and rounds of loop and merge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.conditions import ALWAYS, NEVER, all_of, answer, any_of, negated
from kithkin.questionnaire.formats.qualtrics.asked import Asked, Family
from kithkin.questionnaire.formats.qualtrics.book import Book, Loop
from kithkin.questionnaire.formats.qualtrics.logic import Logic, source_of
from kithkin.questionnaire.formats.qualtrics.piping import Piping
from kithkin.questionnaire.formats.qualtrics.questions import elements
from kithkin.questionnaire.formats.qualtrics.raw import Raw, inner, listed, mapping, numbered, ordered, said, whole
from kithkin.questionnaire.formats.wording import plainly

MOST_ROUNDS = 100
MOST_REPEATED = 10_000
_ROUNDS_OF_A_NUMBER = 10
_MOST_SKIPS = 20
"""Skips that a question is asked by, one by one; of more, those that lead to one place are said together."""


@dataclass
class Built:
    """Pages of a block, what is randomised in it, and when the survey ends within it."""

    pages: list[Raw] = field(default_factory=list)
    drawn: list[Raw] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


class Blocks:
    """Makes pages of blocks."""

    def __init__(self, book: Book, logic: Logic, piping: Piping) -> None:
        self.book, self.logic, self.piping = book, logic, piping
        self.used: set[str] = set()
        self._repeated = 0

    def built(self, block: Raw) -> Built:
        """The pages of a block; of one that is looped over, those of each round."""
        options = inner(block, "Options")
        where = said(block.get("ID"))
        self.book.losses.element(where, f"block {said(block.get('Description'))[:60]}".strip())
        again = where in self.used
        self.used.add(where)
        if again and not self._fits_again(block, where):
            return Built()
        looped = said(options.get("Looping")) not in {"", "None"}
        built = self._rounds(block, where, options) if looped else self._once(block, where, None)
        return self._asked_again(built, where) if again else built

    def _fits_again(self, block: Raw, where: str) -> bool:
        size = max(1, len(listed(block.get("BlockElements"))))
        if self._repeated + size > MOST_REPEATED:
            reason = f"{MOST_REPEATED:,} questions are asked again already, and more do not fit"
            self.book.losses.lost(where, "a block that stands in the flow once more", reason)
            return False
        self._repeated += size
        return True

    def _asked_again(self, built: Built, where: str) -> Built:
        """A block that stands in the flow more than once asks under other names for the same answers."""
        renamed: dict[str, str] = {}
        for element in _within(built.pages):
            name = element["name"]
            renamed[name] = element["name"] = self.book.names.given(f"{name}_again")
            if element["type"] not in {"panel", "html"}:
                element.setdefault("valueName", name)
        for each in built.drawn:
            each["of"] = [renamed.get(name, name) for name in each["of"]]
        reason = "it stands in the flow more than once: its questions have other names there and the same answers"
        self.book.losses.kept(where, "a block", reason)
        return built

    def _once(self, block: Raw, where: str, loop: Loop | None) -> Built:
        built = Built()
        label = said(block.get("Description")) or where
        page = self._page(label, loop)
        skips: list[tuple[str, str]] = []
        for item in listed(block.get("BlockElements")):
            element = mapping(item)
            if said(element.get("Type")) == "Page Break":
                built.pages.append(page)
                page = self._page(label, loop)
                continue
            asked = self.book.asked.get(said(element.get("QuestionID")))
            if asked is None:
                self._tell_missing(element, where)
                continue
            skips = [(goal, condition) for goal, condition in skips if goal != asked.qid]
            made = self._element(asked, [negated(condition) for _, condition in skips], loop)
            if made is not None:
                page["elements"].append(made)
            skips += self._skips(element, asked, built, loop)
            skips = self._together(skips) if len(skips) > _MOST_SKIPS else skips
        built.pages = [each for each in [*built.pages, page] if each["elements"]]
        self._randomise(mapping(block.get("Options")), where, built)
        return built

    def _together(self, skips: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Skips by their goals: thousands to the end of a block would else stand at each question after them."""
        by_goal: dict[str, list[str]] = {}
        for goal, condition in skips:
            by_goal.setdefault(goal, []).append(condition)
        return [(goal, self.book.shortened(any_of(conditions)) or ALWAYS) for goal, conditions in by_goal.items()]

    def _page(self, label: str, loop: Loop | None) -> Raw:
        return {"name": self.book.names.given(f"{label}_{loop.number}" if loop else label, "page"), "elements": []}

    def _tell_missing(self, element: Raw, where: str) -> None:
        qid = said(element.get("QuestionID"))
        if said(element.get("Type")) == "Question" or qid:
            self.book.losses.lost(f"{where}/{qid}", f"question {qid}", "the file does not hold it")
        else:
            what = f"a part of a block of type {said(element.get('Type'))[:40]!r}"
            self.book.losses.lost(where, what, "nothing here corresponds to it")

    def _element(self, asked: Asked, conditions: list[str], loop: Loop | None) -> Raw | None:
        made = elements(self.book, self.logic, self.piping, asked, loop)
        if not made:
            return None
        shown = self.logic.expression(asked.display_logic, f"{asked.qid}/DisplayLogic", loop=loop)
        whole_condition = self.book.shortened(self.book.written(all_of([shown, *conditions]) or ""))
        name = self.book.name(asked, loop)
        found: Raw = made[0]
        if len(made) > 1:
            found = {"type": "panel", "name": self.book.part(name, "panel"), "elements": made}
        if whole_condition:
            found["visibleIf"] = all_of([found.get("visibleIf"), whole_condition])
        return found

    def _skips(self, element: Raw, asked: Asked, built: Built, loop: Loop | None) -> list[tuple[str, str]]:
        found = []
        raws = listed(element.get("SkipLogic")) or listed(asked.raw.get("SkipLogic"))
        for raw in (mapping(each) for each in raws):
            goal = said(raw.get("SkipToDestination"))
            condition = self.logic.skip(raw, f"{asked.qid}/SkipLogic", loop)
            if condition == NEVER:
                continue
            if goal in {"ENDOFSURVEY", "SURVEY_END", "EndOfSurvey"}:
                built.ended.append(condition)
                goal = "ENDOFBLOCK"
            elif goal != "ENDOFBLOCK" and goal not in self.book.asked:
                reason = "its goal is not in the survey"
                self.book.losses.lost(f"{asked.qid}/SkipLogic", f"skipping to {goal[:40]}", reason)
                continue
            found.append((goal, condition))
        return found

    def _randomise(self, options: Raw, where: str, built: Built) -> None:
        mode = said(options.get("RandomizeQuestions"))
        if mode.lower() in {"", "false", "none"}:
            return
        chance = mapping(options.get("Randomization"))
        advanced = mapping(chance.get("Advanced"))
        if len(built.pages) > 1:
            reason = "they are shuffled on each page, since there are page breaks between them"
            self.book.losses.approximated(where, "questions shuffled over a block", reason)
        if mode == "RandomWithXPerPage":
            self.book.losses.approximated(where, "questions shuffled, some on a page", "they stay on their page")
        if mode in {"RandomWithOnlyX", "Advanced"}:
            self._draw(advanced, chance, where, built)
            return
        for page in built.pages:
            page["questionsOrder"] = "random"

    def _draw(self, advanced: Raw, chance: Raw, where: str, built: Built) -> None:
        """Some of the questions, or all but those in fixed places."""
        hidden = set(map(said, listed(advanced.get("Undisplayed"))))
        fixed = set(map(said, listed(advanced.get("FixedOrder")))) | hidden
        if hidden:
            self.book.losses.approximated(where, "questions that are never shown", "they are hidden")
        show = whole(advanced.get("TotalRandSubset") or chance.get("TotalRandSubset"))
        of = {name: asked.qid for asked in self.book.asked.values() for name in (asked.name, f"{asked.name}_panel")}
        for page in built.pages:
            movable, rest = list[Raw](), list[Raw]()
            for element in page["elements"]:
                qid = of.get(element["name"], "")
                if qid in hidden:
                    element["visible"] = False
                (rest if qid in fixed else movable).append(element)
            if len(movable) > 1:
                if fixed - hidden:
                    reason = "those that are shuffled stand together, after those in fixed places"
                    self.book.losses.approximated(where, "an order with fixed places", reason)
                page["elements"] = [*rest, *movable]
                built.drawn.append(drawn(self.book, f"{page['name']}_order", movable, show))

    def _rounds(self, block: Raw, where: str, options: Raw) -> Built:
        loop_options = mapping(options.get("LoopingOptions"))
        whole_block = Built()
        inside = frozenset(said(mapping(each).get("QuestionID")) for each in listed(block.get("BlockElements")))
        rounds = list(self._each(said(options.get("Looping")), loop_options, inside, where))
        size = len(inside)
        if len(rounds) > MOST_ROUNDS or self._repeated + len(rounds) * size > MOST_REPEATED:
            room = max(0, min(MOST_ROUNDS, (MOST_REPEATED - self._repeated) // max(1, size)))
            self.book.losses.lost(where, f"{len(rounds) - room} rounds of a loop", f"only {room} fit")
            rounds = rounds[:room]
        self._repeated += len(rounds) * size
        units = []
        for loop, condition in rounds:
            built = self._once(block, where, loop)
            for page in built.pages:
                page["visibleIf"] = all_of([page.get("visibleIf"), self.book.shortened(condition)])
                if page["visibleIf"] is None:
                    del page["visibleIf"]
            whole_block.pages += built.pages
            whole_block.drawn += built.drawn
            whole_block.ended += [all_of([condition, each]) or ALWAYS for each in built.ended]
            units.append(built.pages)
        reason = f"asked in {len(rounds)} rounds, each with questions of its own, named with loop and a number"
        self.book.losses.kept(where, f"loop and merge of {said(block.get('Description'))[:60] or where}", reason)
        self._shuffle(said(loop_options.get("Randomization")), loop_options, where, units, whole_block)
        return whole_block

    def _shuffle(self, mode: str, options: Raw, where: str, units: list[list[Raw]], built: Built) -> None:
        if mode in {"", "None"}:
            return
        show = whole(options.get("TotalRandSubset")) if mode in {"Subset", "SubSet"} else None
        if all(len(pages) == 1 for pages in units) and len(units) > 1:
            built.drawn.append(
                drawn(self.book, f"{built.pages[0]['name']}_rounds", [pages[0] for pages in units], show)
            )
        elif len(units) > 1:
            self.book.losses.lost(where, "rounds of a loop in an order by chance", "a round has several pages")

    def _each(self, kind: str, options: Raw, inside: frozenset[str], where: str) -> Iterator[tuple[Loop, str | None]]:
        fields = mapping(options.get("Static"))
        if kind == "Static":
            for key in numbered(fields):
                yield Loop(_numbered(key), _fields(fields[key]), inside), None
            return
        locator = said(options.get("ChoiceGroupLocator") or options.get("Locator"))
        qid = said(options.get("QID")) or source_of({"DynamicChoices": {"Locator": locator}})
        source = self.book.asked.get(qid)
        if kind != "Question" or source is None:
            reason = f"nothing here corresponds to its source {kind[:40]} {qid[:40]}"
            self.book.losses.lost(where, "loop and merge", f"{reason}; the block is asked once")
            yield Loop(1, {}, inside), None
        elif "NumericResponse" in locator or source.family is Family.TEXT:
            yield from self._counted(source, fields, inside, where)
        else:
            yield from self._chosen(source, locator, fields, inside, where)

    def _counted(
        self, source: Asked, fields: Raw, inside: frozenset[str], where: str
    ) -> Iterator[tuple[Loop, str | None]]:
        settings = inner(source.raw, "Validation", "Settings", "ValidNumber")
        most = whole(settings.get("Max")) or max(len(fields), _ROUNDS_OF_A_NUMBER)
        most = max(1, min(most, MOST_ROUNDS))
        self.book.losses.approximated(where, "as many rounds as a number says", f"at most {most}")
        for place in range(1, most + 1):
            own = _fields(fields.get(str(place)))
            yield Loop(place, {"1": str(place), **own}, inside), f"{answer(source.name)} >= {place}"

    def _chosen(
        self, source: Asked, locator: str, fields: Raw, inside: frozenset[str], where: str
    ) -> Iterator[tuple[Loop, str | None]]:
        mode = locator.partition("?")[0].rpartition("/")[2]
        if mode not in {"SelectedChoices", "UnselectedChoices", "AllChoices", "DisplayedChoices", ""}:
            self.book.losses.approximated(where, f"a loop over {mode[:60]}", "a round for each choice that was chosen")
        for key, choice in ordered(source.raw.get("Choices"), source.raw.get("ChoiceOrder")):
            own = _fields(fields.get(key))
            text = self.piping.text(plainly(said(choice.get("Display"))), where)
            loop = Loop(_numbered(key), {"1": text, **{name: value for name, value in own.items() if value}}, inside)
            chosen = self.logic.chosen(source, source.name, key)
            if mode in {"AllChoices", "DisplayedChoices"}:
                yield loop, None
            else:
                yield loop, negated(chosen) if mode == "UnselectedChoices" else chosen


def _within(containers: list[Raw]) -> Iterator[Raw]:
    for container in containers:
        for element in container["elements"]:
            yield element
            if "elements" in element:
                yield from _within([element])


def drawn(book: Book, name: str, units: list[Raw], show: int | None) -> Raw:
    """What is drawn from, in our own part."""
    found: Raw = {"name": book.names.given(name), "of": [unit["name"] for unit in units], "shuffle": True}
    return found | ({"show": show} if show and 0 < show < len(units) else {})


def _fields(raw: Any) -> dict[str, str]:
    return {key: said(value) for key, value in mapping(raw).items()}


def _numbered(key: str) -> int:
    digits = "".join(letter for letter in key if letter.isascii() and letter.isdigit())[:6]
    return int(digits or 0)
