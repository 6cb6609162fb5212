"""Where a replay goes: defaults, triggers, pages, quotas, scores and the end."""

from tests.questionnaire.replayed import asked, errors, refused, run, text, values


def test_computed_values_cannot_be_forged():
    questionnaire = asked(
        text("a", inputType="number"), {"type": "expression", "name": "e", "expression": "{a} * 2 + {c}"},
        calculatedValues=[{"name": "c", "expression": "{a} + 1", "includeIntoResult": True}],
    )  # fmt: skip
    assert values(questionnaire, {"a": 2, "e": 99, "c": 99}) == {"a": 2, "e": 7, "c": 3}


def test_default_comes_up_only_where_nothing_was_said():
    questionnaire = asked(text("a", defaultValue="x"), text("b", setValueExpression="{a} + 'y'"))
    assert values(questionnaire, {}) == {"a": "x", "b": "xy"}
    assert values(questionnaire, {"a": None, "b": "z"}) == {"a": None, "b": "z"}


def test_triggers_set_copy_and_compute():
    questionnaire = asked(
        text("a"), text("b"), text("c"), text("d"), text("e", visibleIf="{v} = 5"),
        triggers=[
            {"type": "setvalue", "expression": "{a} = 1", "setToName": "b", "setValue": "set"},
            {"type": "copyvalue", "expression": "{a} = 1", "setToName": "c", "fromName": "b"},
            {"type": "runexpression", "expression": "{a} = 1", "setToName": "d", "runExpression": "{b} + '!'"},
            {"type": "setvalue", "expression": "{a} = 1", "setToName": "v", "setValue": 5, "isVariable": True},
        ],
    )  # fmt: skip
    found = run(questionnaire, {"a": "1"})
    assert dict(found.values) == {"a": "1", "b": "set", "c": "set", "d": "set!"}
    assert "e" in found.visible


PAGES = [{"name": f"p{number}", "elements": [text(f"q{number}", isRequired=True)]} for number in range(1, 5)]


def test_complete_ends_after_the_page_it_speaks_of():
    questionnaire = asked(pages=PAGES, triggers=[{"type": "complete", "expression": "{q2} = 'stop'"}])
    found = run(questionnaire, {"q1": "x", "q2": "stop", "q4": "forged"})
    assert ([page.name for page in found.pages], found.complete, refused(found)) == (
        ["p1", "p2"],
        True,
        [("q4", "hidden")],
    )


def test_skip_leaves_out_the_pages_between():
    questionnaire = asked(pages=PAGES, triggers=[{"type": "skip", "expression": "{q1} = 'far'", "gotoName": "q4"}])
    assert [page.name for page in run(questionnaire, {"q1": "far"}).pages] == ["p1", "p4"]
    assert [page.name for page in run(questionnaire, {"q1": "near"}).pages] == ["p1", "p2", "p3", "p4"]


def test_full_quota_ends_it_for_those_who_belong_to_it():
    quota = {"name": "men", "when": "{q1} = 'm'", "limit": 50, "message": "Enough men."}
    questionnaire = asked(pages=PAGES, kithkin={"quotas": [quota]})
    found = run(questionnaire, {"q1": "m"}, full_quotas=frozenset({"men"}))
    assert (found.full, found.complete, found.quotas, found.end.html) == ("men", True, {"men"}, "Enough men.")
    assert run(questionnaire, {"q1": "m"}).full is None
    assert run(questionnaire, {"q1": "f"}, full_quotas=frozenset({"men"})).full is None


def test_next_page_and_progress():
    found = run(asked(pages=PAGES), {"q1": "x"})
    assert (found.next_page, found.progress) == ("p2", 0.25)


def test_embedded_values_are_known_and_stored():
    embedded = [{"name": "plan", "default": "basic"}, {"name": "secret", "stored": False}]
    questionnaire = asked(text("a", visibleIf="{plan} = 'gold' and {secret} = 1"), kithkin={"embedded": embedded})
    found = run(questionnaire, {"a": "x", "plan": "forged"}, embedded={"plan": "gold", "secret": 1})
    assert dict(found.values) == {"a": "x", "plan": "gold"}
    assert dict(run(questionnaire).values) == {"plan": "basic"}


def test_scores_are_summed():
    choices = [{"value": "a", "score": 3}, {"value": "b", "score": 4}]
    scoring = [{"name": "s", "questions": ["q", "r"]}, {"name": "right", "questions": ["q"], "correct": True}]
    questionnaire = asked(
        {"type": "checkbox", "name": "q", "choices": choices, "correctAnswer": ["b", "a"]},
        {"type": "rating", "name": "r"}, kithkin={"scoring": scoring},
    )  # fmt: skip
    assert run(questionnaire, {"q": ["a", "b"], "r": 5}).scores == {"s": 12, "right": 1}


def test_end_by_condition():
    questionnaire = asked(
        text("a"), completedHtml="Bye {a}", completedHtmlOnCondition=[{"expression": "{a} = 1", "html": "One"}],
        kithkin={"completion": [{"when": "{a} = 3", "title": "T", "html": "Three", "url": "https://x.example"}]},
    )  # fmt: skip
    said = [run(questionnaire, {"a": each}).end for each in ("1", "2", "3")]
    assert [(each.title, each.html, each.url) for each in said] == [
        ("", "One", ""), ("", "Bye 2", ""), ("T", "Three", "https://x.example"),
    ]  # fmt: skip


def test_titles_hold_the_answers_texts():
    choice = {"type": "radiogroup", "name": "a", "choices": [{"value": 1, "text": {"default": "Tea", "de": "Tee"}}]}
    questionnaire = asked(choice, text("b", title={"default": "Why {a}?", "de": "Warum {a}?"}))
    titles = [run(questionnaire, {"a": 1}, language=each).pages[0].elements[1].title for each in ("en", "de")]
    assert titles == ["Why Tea?", "Warum Tee?"]


def test_blocks_are_shown_evenly():
    questionnaire = asked(pages=PAGES, kithkin={"randomisation": [{"name": "b", "of": ["p2", "p3", "p4"], "show": 1}]})
    shown = [run(questionnaire, seed=seed).pages[1].name for seed in range(30)]
    assert {name: shown.count(name) for name in shown} == {"p2": 10, "p3": 10, "p4": 10}


def test_order_of_choices_is_the_respondents_own_and_stays():
    question = {"type": "radiogroup", "name": "q", "choices": list("abcdef"), "choicesOrder": "random", "hasNone": True}
    questionnaire = asked(question)

    def order(seed):
        return [choice.value for choice in run(questionnaire, seed=seed).pages[0].elements[0].choices]

    assert order(4) == order(4)
    assert sorted(order(4)) == sorted([*"abcdef", "none"])
    assert order(4)[-1] == "none"
    assert [sorted(order(seed)[0] for seed in range(6))] == [list("abcdef")]


def test_read_only_questionnaire_takes_no_answer():
    assert refused(run(asked(text("a"), readOnly=True), {"a": "x"})) == [("a", "disabled")]


def test_default_that_will_not_do_is_nobodys_fault():
    found = run(asked({"type": "radiogroup", "name": "q", "choices": ["a"], "defaultValue": "z"}))
    assert (refused(found), errors(found), dict(found.values)) == ([], [], {})


def test_nobody_skips_to_a_question_without_choices():
    questionnaire = asked(pages=[
        {"name": "p1", "elements": [text("a")]},
        {"name": "p2", "elements": [text("b")]},
        {"name": "p3", "elements": [
            {"type": "radiogroup", "name": "c", "choices": ["x"], "choicesVisibleIf": "{a} = 2",
             "hideIfChoicesEmpty": True},
        ]},
    ], triggers=[{"type": "skip", "expression": "{a} > 0", "gotoName": "c"}])  # fmt: skip
    found = {a: [page.name for page in run(questionnaire, {"a": a}).pages] for a in (1, 2)}
    assert found == {1: ["p1", "p2"], 2: ["p1", "p3"]}
