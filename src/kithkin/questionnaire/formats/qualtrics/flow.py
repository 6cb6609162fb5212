"""The survey flow as pages in a row: each knows when it is shown, and what ended before it."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.conditions import ALWAYS, NEVER, all_of, any_of, is_readable, literal, negated
from kithkin.questionnaire.formats.qualtrics.blocks import Blocks, drawn
from kithkin.questionnaire.formats.qualtrics.book import Book
from kithkin.questionnaire.formats.qualtrics.logic import Logic
from kithkin.questionnaire.formats.qualtrics.piping import Piping
from kithkin.questionnaire.formats.qualtrics.raw import Raw, is_on, listed, mapping, said, whole

DEEPEST = 40
_ELSEWHERE = {
    "WebService": "nothing is asked of another server while somebody answers",
    "Authenticator": "who may answer is decided by the invitation",
    "TableOfContents": "pages are answered in their order",
    "ReferenceSurvey": "it lies in the library of Qualtrics and not in the file",
    "SupplementalData": "it lies in the library of Qualtrics and not in the file",
    "Conjoint": "conjoint designs are not asked here",
    "Quota": "what happens at a full quota stands with the quota itself",
}


class Flow:
    """Walks the flow. `ended` is when the survey has ended before the place where the walk is."""

    def __init__(self, book: Book, logic: Logic, piping: Piping) -> None:
        self.book, self.logic, self.piping = book, logic, piping
        self.blocks = Blocks(book, logic, piping)
        self.pages: list[Raw] = []
        self.drawn: list[Raw] = []
        self.endings: list[Raw] = []
        self.ended: str | None = None
        self.sets: dict[str, list[tuple[str | None, str]]] = {}
        self.brought: dict[str, None] = {}
        self._arm: list[Raw] | None = None

    def walk(self, items: list[Any], when: str | None = None, depth: int = 0) -> None:
        """Each element of the flow in its order; `when` is the condition of the branches around it."""
        if depth > DEEPEST:
            self.book.losses.lost("flow", "a part of the flow", f"it is nested more than {DEEPEST} levels deep")
            return
        for item in map(mapping, items):
            self._step(item, said(item.get("Type")), when, depth)

    def _step(self, item: Raw, kind: str, when: str | None, depth: int) -> None:
        where = said(item.get("FlowID")) or "flow"
        inside = listed(item.get("Flow"))
        match kind:
            case "Block" | "Standard" | "Default" | "":
                self._block(item, where, when)
            case "Branch":
                self.book.losses.element(where, f"branch {said(item.get('Description'))[:60]}".strip())
                otherwise = NEVER if _ends(inside) else ALWAYS
                condition = self.logic.expression(item.get("BranchLogic"), where, otherwise=otherwise)
                self.walk(inside, self.book.shortened(all_of([when, condition])), depth + 1)
            case "Group" | "Root":
                self.walk(inside, when, depth + 1)
            case "BlockRandomizer" | "Randomizer":
                self.book.losses.element(where, "a randomiser")
                self._randomised(item, where, inside, when, depth)
            case "EmbeddedData":
                self._embedded(item, where, when)
            case "EndSurvey":
                self._end(item, where, when)
            case _:
                reason = _ELSEWHERE.get(kind, "nothing here corresponds to it")
                self.book.losses.lost(where, f"an element of the flow of type {kind[:40]}", reason)
                self.walk(inside, when, depth + 1)

    def _block(self, item: Raw, where: str, when: str | None) -> None:
        block = self.book.survey.blocks.get(said(item.get("ID") or item.get("BlockID")))
        if block is None:
            self.book.losses.lost(where, f"block {said(item.get('ID'))[:40]}", "the file does not hold it")
            return
        built = self.blocks.built(block)
        condition = self.book.shortened(all_of([when, negated(self.ended) if self.ended else None]))
        for page in built.pages:
            self._show(page, condition)
        self.pages += built.pages
        self.drawn += built.drawn
        for each in built.ended:
            self._ends_when(all_of([when, each]))

    def _show(self, page: Raw, condition: str | None) -> None:
        shown = all_of([condition, page.pop("visibleIf", None)])
        if shown:
            page["visibleIf"] = shown

    def _ends_when(self, condition: str | None) -> None:
        ended = any_of([self.ended, condition]) if self.ended else condition
        self.ended = self.book.shortened(ended or ALWAYS)

    def _randomised(self, item: Raw, where: str, inside: list[Any], when: str | None, depth: int) -> None:
        """Each arm as one page, or one page made of several, so that it is drawn as a whole."""
        outer, units = (self.pages, self._arm), []
        for arm in inside:
            self.pages, self._arm = [], []
            self.walk([arm], when, depth + 1)
            self._put_values(where)
            if self.pages:
                units.append(self._one(self.pages, where))
        self.pages, self._arm = outer
        self.pages += units
        show = whole(item.get("SubSet"))
        if len(units) > 1:
            self.drawn.append(drawn(self.book, "drawn", units, show))
            if not is_on(item.get("EvenPresentation")):
                self.book.losses.kept(where, "a randomiser", "arms are presented evenly here")
        if len(units) < len(inside):
            self.book.losses.approximated(where, "a randomiser", "arms that show nothing are not drawn")

    def _put_values(self, where: str) -> None:
        """Values that an arm sets are computed on its page, so that they are there only when it is drawn."""
        if not self._arm:
            return
        reason = "it is computed on the arm's page, which shows it"
        self.book.losses.approximated(where, "embedded data set in a randomiser", reason)
        if not self.pages:
            self.pages.append({"name": self.book.names.given("arm"), "elements": []})
        self.pages[0]["elements"] += self._arm

    def _one(self, pages: list[Raw], where: str) -> Raw:
        if len(pages) == 1:
            return pages[0]
        reason = "an arm of several pages is one page, so that it is drawn as a whole"
        self.book.losses.approximated(where, "page breaks in a randomiser", reason)
        return {
            "name": self.book.names.given(f"{pages[0]['name']}_arm"),
            "elements": [{"type": "panel", **page} for page in pages],
        }

    def _embedded(self, item: Raw, where: str, when: str | None) -> None:
        for field in map(mapping, listed(item.get("EmbeddedData"))):
            label = said(field.get("Field"))
            if not label:
                continue
            self.book.losses.element(f"{where}/{label[:80]}", f"embedded field {label[:80]}")
            name = self.book.field(label)
            if said(field.get("Value")) == "":
                self.brought[name] = None
                continue
            text = said(field.get("Value"))
            value = self.piping.expression(text) if "${" in text or "$e{" in text else literal(text)
            if value is None:
                reason = f"its value {text[:80]} has no expression here"
                self.book.losses.lost(f"{where}/{label[:80]}", f"embedded field {label[:80]}", reason)
            elif self._arm is not None:
                question: Raw = {
                    "type": "expression",
                    "name": self.book.names.given(f"{name}_drawn"),
                    "valueName": name,
                }
                self._arm.append({**question, "title": name, "expression": value})
            else:
                condition = all_of([when, negated(self.ended) if self.ended else None])
                self.sets.setdefault(name, []).append((condition, value))

    def _end(self, item: Raw, where: str, when: str | None) -> None:
        self.book.losses.element(where, "an end of the survey")
        options = mapping(item.get("Options"))
        ending = ending_of(options, self.book, self.piping, where)
        condition = all_of([when, negated(self.ended) if self.ended else None])
        if ending or condition:
            self.endings.append({**({"when": condition} if condition else {}), **ending})
        self._ends_when(when)

    def values(self) -> tuple[list[Raw], list[Raw], list[Raw]]:
        """Embedded values, calculated values and triggers for what the flow sets."""
        embedded: list[Raw] = [{"name": name} for name in self.brought if not self._is_overridden(name)]
        calculated: list[Raw] = []
        triggers: list[Raw] = []
        for name, sets in self.sets.items():
            if name in self.brought and not self._is_overridden(name):
                triggers += [_trigger(name, condition, value) for condition, value in sets]
                reason = "it is set only where the invitation brought nothing"
                self.book.losses.approximated(f"field {name}", f"embedded field {name} set in a branch", reason)
                continue
            found = literal("")
            for condition, value in sets:
                found = value if condition is None else f"iif({condition}, {value}, {found})"
            if is_readable(found):
                calculated.append({"name": name, "expression": found, "includeIntoResult": True})
            else:
                reason = "it is set in more places than one expression holds: here the invitation must bring it"
                self.book.losses.lost(f"field {name}", f"embedded field {name}", reason)
        known = {each["name"] for each in [*embedded, *calculated]}
        arms = {element["valueName"] for page in self.pages for element in page["elements"] if "valueName" in element}
        loose = set(self.book.fields.values()) - known - arms
        return [*embedded, *({"name": name} for name in sorted(loose))], calculated, triggers

    def _is_overridden(self, name: str) -> bool:
        return any(condition is None for condition, _ in self.sets.get(name, ()))


def ending_of(options: Raw, book: Book, piping: Piping, where: str) -> Raw:
    """Where a respondent goes at an end, and what does not come along of it."""
    found: Raw = {}
    address = said(options.get("EOSRedirectURL"))
    if said(options.get("SurveyTermination")) == "Redirect" and address:
        if address.lower().startswith(("http://", "https://")):
            found["url"] = piping.text(address, where)
        else:
            book.losses.lost(where, f"the address {address[:80]}", "only http and https lead on from here")
    if said(options.get("SurveyTermination")) == "DisplayMessage" or said(options.get("EOSMessage")):
        book.losses.lost(where, "a message at the end", "it lies in the library of Qualtrics and not in the file")
    for name, what in (("ResponseFlag", "a flag of the answers"), ("IgnoreResponse", "not storing the answers")):
        if options.get(name) not in (None, "", "Default", "No", False):
            book.losses.lost(where, what, "all answers are stored alike")
    return found


def _trigger(name: str, condition: str | None, value: str) -> Raw:
    return {"type": "runexpression", "expression": condition or ALWAYS, "setToName": name, "runExpression": value}


def _ends(items: list[Any], depth: int = 0) -> bool:
    return depth < DEEPEST and any(
        said(mapping(item).get("Type")) == "EndSurvey" or _ends(listed(mapping(item).get("Flow")), depth + 1)
        for item in items
    )
