"""Texts, forms, numbers, sliders, stars, sums, passages, files and signatures."""

from __future__ import annotations

from kithkin.questionnaire.formats.qualtrics.asked import total_of
from kithkin.questionnaire.formats.qualtrics.questions.maker import TEXTS, Maker
from kithkin.questionnaire.formats.qualtrics.raw import Raw, is_on, mapping, number, numbered, ordered, said, whole

_LONG = {"ML", "ESTB"}
_FILES = {
    "DocumentsOnly": ".pdf,.doc,.docx,.odt,.txt,.rtf", "ImagesOnly": "image/*", "PDF": ".pdf", "Graphics": "image/*",
    "SpreadSheet": ".csv,.xls,.xlsx,.ods", "Documents": ".pdf,.doc,.docx,.odt,.txt,.rtf",
}  # fmt: skip


def text(maker: Maker) -> list[Raw]:
    """One line, several lines, or a secret."""
    found = maker.base("comment" if maker.asked.selector in _LONG else "text")
    if maker.asked.selector == "PW":
        found["inputType"] = "password"
    if maker.asked.selector == "AUTO":
        maker.losses.lost(f"{maker.where}/Selector", "suggestions while typing", "they are not in the file")
    shortest, longest = _lengths(maker)
    if shortest:
        found.setdefault("validators", []).append({"type": "text", "minLength": shortest})
    if longest:
        found["maxLength"] = longest
    _content(maker, found)
    default = mapping(mapping(maker.raw.get("DefaultChoices")).get("TEXT")).get("Text")
    if said(default):
        found["defaultValue"] = said(default)
    return [found]


def _lengths(maker: Maker) -> tuple[int | None, int | None]:
    kind = said(maker.settings.get("Type"))
    shortest = whole(maker.settings.get("MinChars")) if kind in {"MinChar", "CharRange"} else None
    longest = whole(maker.settings.get("TotalChars") or maker.settings.get("MaxChars"))
    return shortest, longest if kind in {"TotalChar", "CharRange", "MaxChar"} else None


def _content(maker: Maker, found: Raw) -> None:
    kind, where = said(maker.settings.get("ContentType")), f"{maker.where}/Validation"
    if said(maker.settings.get("Type")) not in {"ContentType", "ValidNumber", "ValidEmail", "ValidDate"} or not kind:
        return
    if kind not in TEXTS:
        maker.losses.lost(where, f"validation as {kind[:40]}", "nothing here corresponds to it")
        return
    added = TEXTS[kind]
    found |= {name: value for name, value in added.items() if name != "validators"}
    found.setdefault("validators", []).extend(added.get("validators", []))
    if not found["validators"]:
        del found["validators"]
    if kind in {"ValidNumber", "Number"}:
        _numeric(maker, found)
    if kind in {"ValidZip", "ValidUSZip", "ValidUSState"}:
        maker.losses.approximated(
            where, f"validation as {kind}", "its form is checked, not whether there is such a one"
        )


def _numeric(maker: Maker, found: Raw) -> None:
    bounds = mapping(maker.settings.get("ValidNumber")) or maker.settings
    low, high = number(bounds.get("Min")), number(bounds.get("Max"))
    found |= {name: value for name, value in {"min": low, "max": high}.items() if value is not None}
    digits = whole(bounds.get("NumDecimals"))
    if said(bounds.get("NumDecimals")).strip() and digits is not None and 0 <= digits <= 10:
        found["step"] = 1 if digits == 0 else round(10**-digits, digits)
    else:
        found["step"] = "any"
    if found["type"] == "comment":
        found["type"] = "text"


def form(maker: Maker) -> list[Raw]:
    """Several short texts."""
    items = []
    for key, choice in ordered(maker.raw.get("Choices"), maker.raw.get("ChoiceOrder")):
        item: Raw = {"name": maker.asked.keys[key], "title": maker.part("Choices", key, choice)}
        validation = said(choice.get("TextEntryValidation"))
        item |= TEXTS.get(validation, {})
        if is_on(choice.get("TextEntryForceResponse")) or maker.is_required():
            item["isRequired"] = True
        items.append(item)
    found = maker.base("multipletext", items=items)
    found.pop("isRequired", None)
    return [found]


def numbers(maker: Maker) -> list[Raw]:
    """Numbers whose sum nothing demands."""
    items = [
        {"name": maker.asked.keys[key], "title": maker.part("Choices", key, choice), "inputType": "number"}
        for key, choice in ordered(maker.raw.get("Choices"), maker.raw.get("ChoiceOrder"))
    ]
    maker.losses.approximated(maker.where, maker.asked.what, "a number for each, since no total is demanded")
    return [maker.base("multipletext", items=items)]


def constant_sum(maker: Maker) -> list[Raw]:
    """Points shared out among choices."""
    choices = maker.choices(values=False)
    found = maker.base("constantsum", choices=choices, total=total_of(maker.raw), **maker.order())
    unit = said(maker.raw.get("ClarifyingSymbol"))
    if unit:
        maker.losses.lost(f"{maker.where}/ClarifyingSymbol", f"the unit {unit[:20]}", "points have no unit here")
    return [found]


def sliders(maker: Maker) -> list[Raw]:
    """A slider for each item; the only item's is the question itself."""
    settings = maker.configuration
    low, high = number(settings.get("CSSliderMin")), number(settings.get("CSSliderMax"))
    low, high = (0 if low is None else low), (100 if high is None else high)
    digits = min(max(whole(settings.get("NumDecimals")) or 0, 0), 6)
    step: float = round(10**-digits, digits) if digits else 1
    lines = number(settings.get("GridLines"))
    if is_on(settings.get("SnapToGrid")) and lines and lines > 0 and high > low:
        step = (high - low) / lines
    if is_on(settings.get("NotApplicable")):
        maker.losses.lost(
            f"{maker.where}/Configuration", 'the box "not applicable"', "a slider may be left out instead"
        )
    ends = {"min": low, "max": high, "step": step, "customLabels": _labels(maker, low, high)}
    return _for_each(maker, "slider", {name: value for name, value in ends.items() if value not in (None, [])})


def stars(maker: Maker) -> list[Raw]:
    """Stars for each item."""
    count = min(max(whole(maker.configuration.get("StarCount")) or 5, 1), 100)
    if said(maker.configuration.get("StarType")) not in {"", "discrete"}:
        maker.losses.approximated(f"{maker.where}/Configuration", "half stars", "whole stars only")
    return _for_each(maker, "rating", {"rateMin": 1, "rateMax": count, "rateType": "stars"})


def _for_each(maker: Maker, kind: str, settings: Raw) -> list[Raw]:
    items = list(ordered(maker.raw.get("Choices"), maker.raw.get("ChoiceOrder")))
    if len(items) <= 1:
        found = maker.base(kind, **settings)
        text = maker.part("Choices", *items[0]) if items else ""
        return [found | ({"description": text} if text else {})]
    made: list[Raw] = [{"type": "html", "name": maker.book.part(maker.name, "text"), "html": maker.passage()}]
    for key, choice in items:
        own = {"name": maker.book.part(maker.name, key), "title": maker.part("Choices", key, choice)}
        shown = maker.logic.expression(choice.get("DisplayLogic"), f"{maker.where}/Choices/{key}", loop=maker.loop)
        made.append(maker.base(kind, **settings) | own | ({"visibleIf": shown} if shown else {}))
    return made


def _labels(maker: Maker, low: float, high: float) -> list[Raw]:
    labels = mapping(maker.raw.get("Labels"))
    texts = [maker.part("Labels", key, mapping(labels[key])) for key in numbered(labels)]
    if len(texts) < 2:
        return []
    step = (high - low) / (len(texts) - 1)
    return [{"value": round(low + step * place, 6), "text": each} for place, each in enumerate(texts) if each]


def passage(maker: Maker) -> list[Raw]:
    """A passage, shown."""
    if said(maker.raw.get("Graphics")):
        maker.losses.lost(
            f"{maker.where}/Graphics", "a picture", "it lies in the library of Qualtrics and not in the file"
        )
    return [{"type": "html", "name": maker.name, "html": maker.passage()}]


def file(maker: Maker) -> list[Raw]:
    """A file."""
    kinds = _FILES.get(said(maker.settings.get("ContentType") or maker.settings.get("FileType")))
    return [maker.base("file", acceptedTypes=kinds)]


def signature(maker: Maker) -> list[Raw]:
    """A signature."""
    return [maker.base("signaturepad")]
