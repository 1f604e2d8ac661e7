"""A question back to a number that several plans share: how the choices are named, and which one an answer means."""

import re
import unicodedata

from domain.incoming import Incoming, OpenPlan, WhichOne
from domain.plain_words import moment
from domain.read_reply import questions_answered
from domain.reply_rules import word_list
from domain.state import PlanState

MOST_CHOICES = 3
LONGEST = 66
"""Characters for all labels and what stands between them, so that the question stays one SMS segment."""
_BETWEEN = len("1)  or ")
_FILLER = word_list(
    """
    it its is was for from this the number option thanks thank you please im i am me that
    es para el la esto numero opcion por favor gracias soy yo fue de
    """
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "1 one first uno una primero primera",
            "2 two second dos segundo segunda",
            "3 three third tres tercero tercera",
        ),
        start=1,
    )
    for word in words.split()
}


def question_back(reply: Incoming, plans: list[OpenPlan]) -> WhichOne | None:
    """The question for which of these plans the reply is; None where it can't be put in one short text."""
    if len(plans) > MOST_CHOICES or reply.channel != "sms":
        return None
    full = [_label(reply, plan.state) for plan in plans]
    for labels in (full, [plan.state.plan.client.first_name for plan in plans]):
        short_enough = sum(len(label) + _BETWEEN for label in labels) <= LONGEST
        if short_enough and len({_plain(label) for label in labels}) == len(labels):
            return WhichOne(reply=reply, plan_ids=[plan.plan_id for plan in plans], labels=labels)
    return None


def chosen(question: WhichOne, text: str) -> str | None:
    """The id of the plan that the answer clearly names, by its number or by a first name that only one has."""
    said = [word for word in _plain(text).split() if word not in _FILLER or word in _NUMBERS]
    if said[-1:] == ["one"] and len(said) == 2:
        said = said[:1]  # "the second one"
    names = [_plain(label).split()[:1] for label in question.labels]
    for answers in ([_plain(text) == _plain(label) for label in question.labels], [name == said for name in names]):
        if answers.count(True) == 1:
            return question.plan_ids[answers.index(True)]
    if len(said) != 1 or said in names:
        return None
    number = _NUMBERS.get(said[0])
    return question.plan_ids[number - 1] if number is not None and number <= len(question.plan_ids) else None


def _label(reply: Incoming, state: PlanState) -> str:
    """The client's first name, with the visit's time where the question is about one."""
    language = state.plan.client.language
    asked = questions_answered(reply.text, state.questions, channel=reply.channel, locale=language)
    newest = max(asked, key=lambda question: question.asked_at, default=None)
    visit = state.appointments.get(newest.appointment_id or "") if newest else None
    name = state.plan.client.first_name[:20]
    return f"{name}, {moment(visit.starts_at, language, state.zone)}" if visit else name


def _plain(text: str) -> str:
    """Lower case, no accents, words only; "Anna's" is "anna"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]s\b|['’]", "", bare)))
