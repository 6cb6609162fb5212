"""The report says of each element what became of it, to people and to machines."""

from kithkin.questionnaire.formats import Kind, Loss, Losses, LossReport


def report():
    losses = Losses()
    losses.element("Q1", "a question")
    losses.element("Q2", "a heat map")
    losses.element("Q3", "a slider")
    losses.lost("Q2", "a heat map", "no such type.")
    losses.approximated("Q3/step", "its step", "rounded")
    losses.lost("flow", "an authenticator", "no log-in here")
    return losses.report()


def test_element_of_which_nothing_is_said_is_kept():
    assert [(loss.kind, loss.where) for loss in report()] == [
        (Kind.KEPT, "Q1"), (Kind.LOST, "Q2"), (Kind.KEPT, "Q3"), (Kind.APPROXIMATED, "Q3/step"), (Kind.LOST, "flow"),
    ]  # fmt: skip


def test_summary_gives_figures_and_causes():
    assert report().summary().splitlines() == [
        "2 elements kept, 1 approximated, 2 lost.",
        "Lost: a heat map (Q2): no such type.",
        "Lost: an authenticator (flow): no log-in here.",
        "Approximated: its step (Q3/step): rounded.",
    ]


def test_same_cause_stands_in_one_line():
    told = LossReport(tuple(Loss(Kind.LOST, f"Q{n}", "a heat map", "no such type") for n in range(5)))
    assert told.summary().splitlines()[1] == "Lost: a heat map (Q0, Q1, Q2 and 2 more): no such type."


def test_most_frequent_cause_stands_first():
    told = [Loss(Kind.LOST, "Q1", "a slider", "gone"), *(Loss(Kind.LOST, f"Q{n}", "a map", "gone") for n in (2, 3))]
    assert LossReport(tuple(told)).summary().splitlines()[1:] == [
        "Lost: a map (Q2, Q3): gone.", "Lost: a slider (Q1): gone.",
    ]  # fmt: skip


def test_more_causes_than_a_person_reads_are_counted():
    told = LossReport(tuple(Loss(Kind.LOST, "", f"thing {n}", "gone") for n in range(15)))
    assert told.summary().splitlines()[-1] == "Lost: 3 more causes, in the report."
    assert len(told.summary().splitlines()) == 14


def test_same_thing_told_twice_stands_once():
    losses = Losses()
    losses.lost("Q", "x", "y")
    losses.lost("Q", "x", "y")
    assert len(losses.report()) == 1


def test_json_holds_figures_and_all_losses():
    assert report().to_dict()["counts"] == {"kept": 2, "approximated": 1, "lost": 2}
    assert report().to_dict()["losses"][1] == {
        "kind": "lost", "where": "Q2", "what": "a heat map", "reason": "no such type.",
    }  # fmt: skip


def test_report_is_whole_where_all_is_kept():
    assert LossReport((Loss(Kind.KEPT, "Q", "q"),)).is_whole
    assert not report().is_whole
