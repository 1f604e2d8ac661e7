"""Takes the front desk's task about an unanswered question back, once the answer came or the visit has begun."""

from domain.judgement import Judgement

_TASK = "unanswered:"


def close_answered(judgement: Judgement) -> None:
    """Close the tasks whose question is no longer open."""
    state = judgement.state
    still_open = {f"{_TASK}{question.key.removeprefix('screening:')}" for question in state.questions}
    for key, how in list(state.done.items()):
        if key.startswith(_TASK) and how == "asked" and key not in still_open:
            judgement.close_desk(key)
            state.done[key] = "closed"
