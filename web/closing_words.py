"""What a client will be told when their plan ends: worked out by the rules themselves, before anything is done."""

from datetime import datetime

from domain.agenda import agenda
from domain.judgement import Judgement
from domain.outgoing import message_for
from domain.state import PlanState
from domain.take_changes import end_plan
from domain.wording import Wording


def closing_words(state: PlanState, wording: Wording, now: datetime, template: str = "discharge") -> str:
    """The closing message; empty where none goes, because the client can't or doesn't want to be written to."""
    judgement = Judgement(state, now)  # works on a copy
    end_plan(judgement, template, "")
    owed = [touchpoint for touchpoint in agenda(judgement.state) if touchpoint.kind == "discharge"]
    messages = [message_for(judgement.state, touchpoint, now) for touchpoint in owed]
    texts = [
        wording.render(
            message.template,
            language=message.language,
            channel=message.channel,
            facts=message.facts,
            zone=message.time_zone,
        ).text
        for message in messages
        if message is not None
    ]
    return texts[0] if texts else ""
