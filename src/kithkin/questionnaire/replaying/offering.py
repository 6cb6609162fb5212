"""What a question offers: its choices, the points of its scale, its rows, the sets of a MaxDiff."""

from __future__ import annotations

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.replaying.appearing import Appearing
from kithkin.questionnaire.replaying.options import Options, offers, options
from kithkin.questionnaire.replaying.seeds import sets
from kithkin.questionnaire.replaying.state import State


def offer(settling: Appearing, question: Question, state: State) -> None:
    """Find what can be chosen; a question that is hidden without choices or rows may turn out to be hidden."""
    match question:
        case model.Choose() | model.ConstantSum() | model.MaxDiff():
            state.options = options(question.choices, settling.scope, settling)
            if isinstance(question, model.MaxDiff):
                entries = state.options.entries
                size, count = min(question.set_size, len(entries)), question.set_count
                settling.session.look(len(entries) * count)
                drawn = sets(
                    len(entries), size, count, settling.session.seed, f"sets of {settling.path}{question.name}"
                )
                state.sets = tuple(tuple(entries[place] for place in one) for one in drawn)
            state.shown = _offers(question.choices, state.options)
        case model.Rating():
            state.options = options(question.points, settling.scope, settling)
        case model.Matrix():
            state.options = options(question.columns, settling.scope, settling)
            state.rows = options(question.rows, settling.scope, settling)
            state.shown = bool(state.rows.entries) or not question.rows.hide_empty
        case model.NamedRows():
            state.rows = options(question.rows, settling.scope, settling)
            state.shown = bool(state.rows.entries) or not question.rows.hide_empty


def _offers(choices: Choices, found: Options) -> bool:
    """Whether a question stays, where it is hidden once nothing can be chosen."""
    return not choices.hide_empty or offers(choices, found)
