"""What belongs to the survey as a whole: welcome and end, promises, random groups."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.limesurvey.structure import Survey
from kithkin.questionnaire.formats.limesurvey.wording import Wording
from kithkin.questionnaire.formats.losses import Losses

Raw = dict[str, Any]
_SETTINGS = (
    ("startdate", "the day on which it begins", "a program says how long it runs"),
    ("expires", "the day on which it ends", "a program says how long it runs"),
    ("emailnotificationto", "a mail to somebody for each answer", "mail is a rule of the program"),
    ("emailresponseto", "a mail to somebody with each answer", "mail is a rule of the program"),
    ("usecookie", "one answer for each browser", "the invitation lets people in once"),
    ("printanswers", "answers to print at the end", "respondents get no copy to print"),
    ("publicstatistics", "results for everybody at the end", "results are shown to those who may see them"),
)


def greeting(survey: Survey, wording: Wording, losses: Losses) -> Raw:
    """Title, welcome and end of the survey; its first pages are under `pages`."""
    texts, found = survey.texts, Raw()
    for name, key in (("title", "surveyls_title"), ("description", "surveyls_description")):
        if said := wording.plain(texts.get(key, {}), f"/survey/{name}", f"the {name}"):
            found[name] = said
    elements = []
    for name, key in (("welcome_text", "surveyls_welcometext"), ("privacy_notice", "surveyls_policy_notice")):
        if name == "privacy_notice" and survey.settings.get("showsurveypolicynotice", "") in {"", "0"}:
            continue
        if said := wording.html(texts.get(key, {}), f"/survey/{name}", f"the {name}"):
            elements.append({"type": "html", "name": f"kithkin_{name}", "html": said})
            losses.element(f"/survey/{name}", f"the {name.replace('_', ' ')}")
            if name == "privacy_notice":
                reason = "it is shown on the first page; nobody has to tick that it was read"
                losses.approximated(f"/survey/{name}", "the privacy notice", reason)
    if elements:
        found["pages"] = [{"name": "kithkin_welcome", "elements": elements}]
    if said := wording.html(texts.get("surveyls_endtext", {}), "/survey/end", "the end"):
        found["completedHtml"] = said
    return found | _address(survey, losses)


def _address(survey: Survey, losses: Losses) -> Raw:
    texts = survey.texts
    urls = {url.strip() for url in texts.get("surveyls_url", {}).values() if url.strip()}
    for url in sorted(urls)[:1]:
        if url.startswith(("https://", "http://")) and survey.settings.get("autoredirect") == "Y":
            return {"navigateToUrl": url}
        losses.lost("/survey/url", f"the address {url[:80]!r} at the end", "nobody is sent there by itself")
    return {}


def promises(survey: Survey, losses: Losses) -> Raw:
    """What of the settings is our own part; the rest that matters is told."""
    settings, found = survey.settings, Raw()
    if settings.get("anonymized") == "Y":
        found["identity"] = "anonymous"
        losses.kept("/survey/anonymized", "anonymous answers", "what is promised is what Kithkin calls anonymous")
    form = {"A": "all on one page", "S": "one question a page"}.get(settings.get("format", ""))
    if form:
        losses.approximated("/survey/format", form, "each group is a page")
    if settings.get("allowprev") == "N":
        losses.approximated("/survey/allowprev", "no way back", "one can always go back")
    for name, what, reason in _SETTINGS:
        if settings.get(name, "").strip() not in {"", "N", "0", "inherit"}:
            losses.lost(f"/survey/{name}", what, reason)
    mails = [name for name in survey.texts if "email" in name and any(survey.texts[name].values())]
    if mails:
        losses.lost("/survey/mails", "invitations, reminders and other mails", "a questionnaire has no mails")
    return found


def shuffled(members_of: dict[str, list[tuple[str, str]]], losses: Losses) -> list[Raw]:
    """Random groups, whose members are pairs of a page and a name: each is shuffled within its page."""
    found = []
    for key, members in members_of.items():
        pages = {page for page, _ in members}
        if len(pages) > 1:
            what = f"the random group {key[2:]}"
            losses.approximated("/survey/random", what, "questions are shuffled within their page only")
        for place, page in enumerate(sorted(pages)):
            names = [name for each, name in members if each == page]
            if len(names) > 1:
                own = f"{key[2:]} {place + 1}" if len(pages) > 1 else key[2:]
                found.append({"name": own, "of": names})
    return found
