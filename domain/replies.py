"""What did the client mean? One reply in, its meanings out; what isn't understood is for a person, never guessed at.

Order: what is surely not the sender's is set aside, a quotation of ours or quoted mails. Opt-outs and emergencies are
looked for before a text may be called a machine's, and come first; then the answer to the open question, then the most
urgent of what anybody may say at any time. Nothing acts by itself unless every word of the reply is accounted for; news
that may speak against a visit counts whatever else is said.
"""

import re
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from domain.answer_words import NO_HARM
from domain.client import Channel, Language, Model
from domain.death_words import death_in
from domain.email_reply import parted
from domain.grave_words import Grave, grave_in, in_danger_at_home
from domain.nothing_new import may_be_the_point, says_nothing_new
from domain.odd_scores import is_a_range
from domain.opt_out import asks_to_stop, half_asks_to_stop, has_no_interest, only_cancels
from domain.opt_out_other import without_others
from domain.opt_out_part import asks_for_some_only, speaks_of_a_part
from domain.red_flags import RedFlag, news_in, red_flag_in
from domain.reply_accounted import accounted, kinds_for
from domain.reply_machines import Machine, beside_machines, machine_in, without_911
from domain.reply_meaning import Meaning, meaning_of
from domain.reply_ours import is_of, nothing_said, without_ours
from domain.reply_reactions import Reaction, reaction_in
from domain.reply_words import LONGEST_READ, Said, folded, hear
from domain.touchpoint import QuestionKind
from domain.unsafe_phone import is_unsafe
from domain.visit_words import visit_change

Intent = Literal[
    "confirm",
    "cancel",
    "reschedule",
    "rating",
    "pain",
    "yes",
    "no",
    "book",
    "stop",
    "start",
    "help",
    "running_late",
    "red_flag",
    "contraindication",
    "wrong_number",
    "thanks",
    "ignore",
    "human",
]
"""What a reply may mean. `human`: the front desk reads it. `ignore`: nobody wrote it, such as an automatic answer.
`contraindication`: news that may speak against the coming visit; it is no emergency."""


class Understanding(Model):
    """The meanings of one reply, each of which is acted on.

    `intent` is the opt-out or the emergency if there is one, else the answer to the open question, else the most urgent
    meaning; all others are in `also`. `value` is on the asked scale, whatever else was said. `red_flag` names the fixed
    answer to an emergency. `sure`: every word is accounted for, so that `intent` may act by itself; where it isn't, the
    intent is `human`, `suggestion` says what would have been done, and `also` holds only what counts in any case.
    `death`: somebody says that the client has died; nothing of the text is acted on but an opt-out or an emergency.
    `loss`: a death is told, and nobody knows whose: nothing goes out until a person has read it.
    `partly`: the opt-out speaks of a part of the messages; it counts for all, and a person asks about the rest.
    `grave`: words that a person must read before anything else that waits, whatever else is meant.
    `unsafe`: they tell of violence, and that somebody else may read this phone: nothing whatever goes there.
    """

    intent: Intent
    value: float | None = None
    also: tuple[Intent, ...] = ()
    also_stop: bool = False
    red_flag: RedFlag | None = None
    sure: bool = True
    suggestion: Intent | None = None
    death: bool = False
    loss: bool = False
    partly: bool = False
    grave: Grave | None = None
    unsafe: bool = False


def understand(
    text: str,
    *,
    open_question: QuestionKind | None,
    channel: Channel = "sms",
    locale: Language = "en",
    names: Collection[str] = (),
    sent: Sequence[str] = (),
) -> Understanding:
    """The meanings of one reply; for email `text` is the raw plain-text body, quotes and all. Never raises.

    `names`: people who may be called by name, the client and the practice's staff. `sent`: what we wrote to that number
    lately; a reply that quotes it didn't say it.
    """
    own = _of_mail(text) if channel == "email" else text
    tapped = reaction_in(own[:LONGEST_READ], folded(own[:LONGEST_READ]), sent)
    if tapped and nothing_said(tapped.after):
        return _tapped(tapped, sent)
    own = tapped.after if tapped else own
    if (machine := machine_in(folded(own[:LONGEST_READ]))) and (read := _of_machine(machine, own, tuple(names))):
        return read
    own = without_ours(own, sent, _counts)
    if nothing_said(own):
        return IGNORED if text.strip() and sent else PERSON
    return _read(hear(_besides(own) if machine else own), own, _Asked(open_question, locale, tuple(names), channel))


def _of_mail(body: str) -> str:
    """The client's own part of a mail; what looks like a signature is theirs too where it means something."""
    own, below, notice = parted(body)
    added = [words for words, counts in ((below, _means_something), (notice, _in_notice)) if words and counts(words)]
    return "\n".join((own, *added))


def _in_notice(words: str) -> bool:
    """Whether somebody wrote an emergency or an opt-out under a notice, itself full of "stop reading"."""
    lines = [line for line in words.split("\n") if _ONES_OWN.search(folded(line))]
    return red_flag_in(hear(words)) is not None or any(asks_to_stop(hear(line)) for line in lines)


_ONES_OWN = re.compile(r"\b(?:i|im|me|my|mi|yo|escribirme|mandarme)\b")


def _means_something(words: str) -> bool:
    """Whether any rule would act on these words, or have a person read them."""
    said = hear(words)
    if _counts(words) or half_asks_to_stop(said) or grave_in(said) or death_in(said, words):
        return True
    return meaning_of(said, words, None, "en").sense in _CHANGES or bool(visit_change(said))


def _counts(words: str) -> bool:
    """Whether words are an emergency, an opt-out or news for themselves; what we say of 911 to everybody isn't."""
    said = hear(without_911(folded(words)))
    return bool(red_flag_in(said) or asks_to_stop(said) or asks_for_some_only(said) or news_in(said))


def is_urgent(words: str) -> bool:
    """Whether words taken by themselves, such as the subject of a mail, are an emergency or an opt-out."""
    return is_emergency(words) or asks_to_stop(hear(words))


def is_emergency(words: str) -> bool:
    """As `is_urgent`, opt-outs apart."""
    return red_flag_in(hear(words)) is not None


def _besides(text: str) -> str:
    return beside_machines(folded(text[:LONGEST_READ]))


_CHANGES = ("cancel", "reschedule", "running_late", "wrong_number")
PERSON = Understanding(intent="human", sure=False)
IGNORED = Understanding(intent="ignore")


class _Asked(NamedTuple):
    """What the reply is read against."""

    question: QuestionKind | None
    locale: Language
    names: tuple[str, ...]
    channel: Channel


_MACHINES: dict[Machine, Understanding] = {
    "machine": IGNORED,
    "absent": PERSON,
    "accepted": PERSON.model_copy(update={"suggestion": "confirm"}),
    "declined": PERSON,
}


def _of_machine(machine: Machine, text: str, names: tuple[str, ...]) -> Understanding | None:
    """Nothing acts on what nobody wrote; but a surgery, another address or a death in it is news for a person.

    None where an emergency or an opt-out stands beside the machine's words: somebody wrote that.
    """
    said, rest = hear(text), hear(_besides(text))
    if red_flag_in(rest) or asks_to_stop(rest) or asks_for_some_only(rest):
        return None
    dead = death_in(said, text, names)
    plain = folded(text[:LONGEST_READ])
    tells = _OTHER_ADDRESS.search(plain) or _LEAVE.search(plain) or _ABOUT_THE_LINE.search(said.plain[:300])
    means = half_asks_to_stop(rest) or grave_in(rest) or visit_change(rest)
    if machine == "machine" and (dead or news_in(said) or tells or means):
        return PERSON.model_copy(update={"death": dead == "client", "loss": dead == "unclear", "grave": grave_in(rest)})
    return _MACHINES[machine].model_copy(update={"grave": grave_in(rest)})


_ABOUT_THE_LINE = re.compile(
    r"\b(?:does not|do not|doesnt|dont|can ?not|cant|unable to|not able to|no longer) (?:accept|receive|deliver)\w*\b"
    r"|\b(?:delivery (?:status|failure|failed)|undeliver\w+|user unknown|mailbox is full)\b"
    r"|\bnew owner\b|\bno (?:acepta|recibe|admite) (?:mensajes|textos)\b"
)
"""What a carrier or a mail server says of a number or an address: nobody asked us to stop, but a person must know."""
_LEAVE = re.compile(
    r"\b(?:maternity|paternity|parental|medical|sick|family) leave\b|\bhospital\w*\b|\bbaja (?:medica|maternal)\b"
)
_OTHER_ADDRESS = re.compile(
    r"\S@\S|\bno longer\b|\bnew (?:number|address|e-?mail|phone)\b|\bya no\b|\bnuev[oa] (?:numero|correo)\b"
)
"""What a machine says when a client can't be reached there any more."""


def _tapped(reaction: Reaction, sent: Sequence[str]) -> Understanding:
    """A tap on a message answers nothing by itself, since nobody knows which message it was."""
    if reaction.mood == "likes" and "confirm" in folded(reaction.quoted):
        return PERSON.model_copy(update={"suggestion": "confirm"})
    return PERSON if reaction.mood == "asks" or (not is_of(reaction.quoted, sent) and _alarming(reaction)) else IGNORED


def _alarming(reaction: Reaction) -> bool:
    """Whether words that we don't know for ours are an emergency or an opt-out."""
    said = hear(without_911(folded(reaction.quoted)))
    return bool(red_flag_in(said) or asks_to_stop(said))


def _read(said: Said, text: str, asked: _Asked) -> Understanding:
    dead = death_in(said, text, asked.names)
    stop, of_another = _opts_out(said, asked, dead=dead is not None)
    news = news_in(said)
    meant = meaning_of(said, text, asked.question, asked.locale)
    always: tuple[Intent, ...] = (*(("stop",) if stop else ()), *(("contraindication",) if news == "told" else ()))
    common = Understanding(
        intent="human",
        value=meant.value,
        also=always,
        also_stop=stop,
        death=dead == "client",
        loss=dead == "unclear",
        partly=stop and speaks_of_a_part(said),
        grave=grave_in(said),
        unsafe=grave_in(said) == "violence" and is_unsafe(said),
    )
    if flag := red_flag_in(said) or _at_home(said, unsafe=common.unsafe):
        return common.model_copy(update={"intent": "red_flag", "red_flag": flag})
    if dead or _ABOUT_THE_LINE.search(said.plain[:300]):
        return common.model_copy(update={"sure": False})
    if stop:
        return common.model_copy(update={"intent": "stop", "also": always[1:], "also_stop": False})
    if of_another:
        return common.model_copy(update={"sure": False})
    if half_asks_to_stop(said) and meant.sense != "start":
        return common.model_copy(update={"sure": False, "suggestion": "stop"})
    if news == "told":
        return _with_news(common, meant, said, text, asked)
    return _by_itself(common, meant, said, text, asked, doubtful=news == "another")


def _with_news(common: Understanding, meant: Meaning, said: Said, text: str, asked: _Asked) -> Understanding:
    """News beside an answer: a score counts, and so does the yes of the question that asked for news; a visit is
    neither confirmed nor booked on it."""
    if meant.sense in _SCORES or (meant.sense == "yes" and asked.question == "screening_yes_no"):
        return common.model_copy(update={"intent": meant.sense})
    if meant.sense in ("human", "thanks", "start", "help") or (
        asked.question is None and meant.sense in _TOWARDS_A_VISIT
    ):
        return common.model_copy(update={"intent": "contraindication", "also": ()})
    return _by_itself(common, meant, said, text, asked, doubtful=meant.sense in _TOWARDS_A_VISIT)


def _by_itself(
    common: Understanding, meant: Meaning, said: Said, text: str, asked: _Asked, *, doubtful: bool
) -> Understanding:
    """The meaning acts by itself where every word is accounted for; else a person reads it, with our reading."""
    if meant.sense == "human":
        return common.model_copy(update={"sure": False})
    if meant.sense in ("cancel", "reschedule") and "confirm" in meant.besides:
        doubtful = True  # "le confirmo más tarde"
    if meant.sense in _SCORES and is_a_range(said):
        doubtful = True
    if _WORRIED.search(text) or meant.sense in _ANSWERS_SOMETHING_ELSE.get(asked.question, ()):
        doubtful = True
    if meant.sense == "no" and asked.question == "screening_yes_no":
        return _no_to_the_health_question(common, said, text, asked, doubtful=doubtful)
    kinds = kinds_for((meant.sense, *meant.besides), asked.question)
    if not doubtful and (meant.certain or accounted(said, text, kinds, asked.names)):
        return common.model_copy(update={"intent": meant.sense, "also": (*common.also, *meant.besides)})
    turned = meant.sense in ("confirm", "yes", "book") and _TURNS_ROUND.search(NO_HARM.sub(" ", said.plain))
    return common.model_copy(update={"sure": False, "suggestion": None if turned else meant.sense})


def _opts_out(said: Said, asked: _Asked, *, dead: bool) -> tuple[bool, bool]:
    """Whether they want no more messages; and, if not, whether that was said of another's alone.

    By mail no carrier takes "cancel" for an opt-out: it is the visit. Of the dead the family may ask it.
    """
    if asked.channel == "email" and only_cancels(said):
        return False, False
    ours = said if dead else without_others(said)
    stop = asks_to_stop(ours) or asks_for_some_only(ours)
    stop = stop or (asked.question is None and has_no_interest(said))
    return stop, not stop and asks_to_stop(said)


def _at_home(said: Said, *, unsafe: bool) -> RedFlag | None:
    """Violence that goes on, or words of it from a phone that another reads: a person is paged."""
    return "violence" if unsafe or in_danger_at_home(said) else None


def _no_to_the_health_question(
    common: Understanding, said: Said, text: str, asked: _Asked, *, doubtful: bool
) -> Understanding:
    """It clears a visit only where it says nothing but no; where it may say the contrary, it isn't even suggested."""
    if not doubtful and says_nothing_new(said, text, asked.names):
        return common.model_copy(update={"intent": "no"})
    return common.model_copy(update={"sure": False, "suggestion": None if may_be_the_point(said) else "no"})


_TURNS_ROUND = re.compile(
    r"\b(?:cancel\w*|re ?sched\w*|move|change|cant|can not|cannot|wont|not|dont|have to|instead|wrong|number|no longer"
    r"|cambi\w+|reprogram\w+|reagend\w+|no puedo|tengo que|numero)\b"
)
"""Left-over words that may turn a yes round: the person gets no suggestion to tap on."""


_WORRIED = re.compile("[🤒🤕🤢🤮🤧😷😢😡🤬😠💔😞😔😟😕🙁☹❌🚫⛔🆘🚑🩸]")
"""Signs that say more than the words: a person looks."""
_ANSWERS_SOMETHING_ELSE: dict[QuestionKind | None, tuple[Intent, ...]] = {
    "screening_yes_no": ("confirm", "thanks"),
    "rebook": ("confirm",),
}
"""What sounds like an answer and is none to that question: thanks clear no visit, and "I'm good for now" books none."""
_SCORES = ("rating", "pain")
_TOWARDS_A_VISIT = ("confirm", "yes", "no", "book")
