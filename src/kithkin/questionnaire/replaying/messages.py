"""What respondents are told, in English and German; a questionnaire's own words come before these."""

from __future__ import annotations

_SAID: dict[str, tuple[str, str]] = {
    "required": ("Please answer this question.", "Bitte beantworten Sie diese Frage."),
    "other": ("Please say what else.", "Bitte schreiben Sie, was sonst."),
    "every row": ("Please answer in every row.", "Bitte antworten Sie in jeder Zeile."),
    "one at least": ("Please answer at least one question here.", "Bitte beantworten Sie hier mindestens eine Frage."),
    "wrong type": ("This answer has the wrong form.", "Diese Antwort hat die falsche Form."),
    "not a choice": ("This answer is not among the choices.", "Diese Antwort steht nicht zur Wahl."),
    "not alone": ("This choice cannot be combined with others.", "Diese Auswahl steht nur für sich allein."),
    "too long": ("This answer is too long.", "Diese Antwort ist zu lang."),
    "too many": ("That is too many.", "Das sind zu viele."),
    "number": ("Please write a number.", "Bitte geben Sie eine Zahl ein."),
    "least": ("The least is {bound}.", "Mindestens {bound}."),
    "most": ("The most is {bound}.", "Höchstens {bound}."),
    "step": ("Only steps of {bound} are possible.", "Nur Schritte von {bound} sind möglich."),
    "shortest": ("Please write at least {bound} characters.", "Bitte schreiben Sie mindestens {bound} Zeichen."),
    "longest": ("Please write at most {bound} characters.", "Bitte schreiben Sie höchstens {bound} Zeichen."),
    "digits": ("Please write it without digits.", "Bitte schreiben Sie es ohne Ziffern."),
    "fewest": ("Please choose at least {bound}.", "Bitte wählen Sie mindestens {bound}."),
    "chosen": ("Please choose at most {bound}.", "Bitte wählen Sie höchstens {bound}."),
    "email": ("Please write an e-mail address.", "Bitte geben Sie eine E-Mail-Adresse ein."),
    "pattern": ("This answer does not have the form that is asked for.", "Diese Antwort hat nicht die verlangte Form."),
    "condition": ("This answer is not possible here.", "Diese Antwort ist hier nicht möglich."),
    "unique": ("This is there already; please write something else.", "Das gibt es schon; bitte etwas anderes."),
    "total": ("The points must add up to {bound}.", "Die Punkte müssen zusammen {bound} ergeben."),
    "rank all": ("Please put all of them in order.", "Bitte ordnen Sie alle."),
    "every set": ("Please choose two in every set.", "Bitte wählen Sie jedes Mal zwei."),
    "rows": ("At least {bound} are needed.", "Mindestens {bound} sind nötig."),
    "file kind": ("This kind of file is not taken.", "Diese Art Datei wird nicht angenommen."),
    "file size": ("This file is too large.", "Diese Datei ist zu groß."),
    "full": ("Thank you. We have enough answers like yours.", "Danke. Wir haben schon genug Antworten wie Ihre."),
}  # fmt: skip


def message(name: str, language: str, bound: object = "") -> str:
    """A message by its name.

    >>> message("least", "de-CH", 3)
    'Mindestens 3.'
    """
    english, german = _SAID[name]
    return (german if language.partition("-")[0].lower() == "de" else english).replace("{bound}", str(bound))
