"""Does the client ask us to stop writing, to start again, or for the help text? English and Spanish, free wording too.

47 CFR 64.1200(a)(10): a client may revoke consent "in any reasonable manner"; stop, quit, end, revoke, opt out, cancel
and unsubscribe always count. A missed opt-out is the worst error, so doubt goes to stop, unless the words plainly speak
of something else ("I can't stop the pain", "can we stop by early?", "cancel my 3pm").
"""

import re
from functools import lru_cache

from domain.opt_out_english import ENGLISH
from domain.opt_out_grid import BROAD, ENOUGH, MESSAGES, UNCLEAR
from domain.opt_out_spanish import SPANISH
from domain.opt_out_words import (
    AT_OTHER_TIMES,
    CANCELS,
    HELP,
    IN_A_CLAUSE,
    NEVER_STOP,
    NO_INTEREST,
    POLITE,
    START,
    START_AGAIN,
    TYPOS,
    WHOLE,
)
from domain.reply_rules import word_list
from domain.reply_spelling import near
from domain.reply_words import Said, without

_CLOSING_STOP = re.compile(r"\b(\w+) stop(?: please| pls| now| already| it)?$")
_OTHER_STOPS = word_list(
    """
    i we they he she it to the a an my your bus next last first full truck pit non rest short quick one cant cannot dont
    wont didnt doesnt not never will would should could must can pain pains hurt or didn until if when this that them
    does do train subway metro final only another every each legs leg back hiccups no
    """
)
"""Before a closing "stop" these say who or what stops; "you to stop" and the like have rules of their own."""


@lru_cache(maxsize=64)
def asks_to_stop(said: Said) -> bool:
    """Whether the client wants no more messages, in whatever words."""
    bare = without(said.plain, POLITE)
    if bare in CANCELS and {bare} != set(said.words):
        return False  # "please cancel" is the visit; the bare word is an opt-out by law
    if bare in WHOLE or bare in TYPOS or near(bare, "unsubscribe"):
        return True
    if any(ENOUGH.found_in(clause) for clause in said.clauses) and MESSAGES.found_in(said.plain):
        return True
    if any(_bare_clause(clause, said) for clause in said.clauses) and not asks_about_stopping(said):
        return True
    if said.shouted_stop and not NEVER_STOP.found_in(said.plain):
        return True
    return any(_clause_asks(clause) or _ends_with_stop(clause) for clause in _readings(said))


def only_cancels(said: Said) -> bool:
    """Whether the whole text is "cancel", polite words aside."""
    return without(said.plain, POLITE) in CANCELS


def half_asks_to_stop(said: Said) -> bool:
    """Whether a word of an opt-out is left that no rule could read: a person decides."""
    return any(UNCLEAR.found_in(clause) for clause in said.clauses) and not asks_about_stopping(said)


def has_no_interest(said: Said) -> bool:
    """ "Not interested", where nothing was offered: said of the messages themselves."""
    return without(said.plain, POLITE) in NO_INTEREST


def asks_to_start(said: Said) -> bool:
    """Whether the client wants messages again: START, UNSTOP and the like."""
    return asks_only_to_start(said) or (
        bool(START_AGAIN.search(said.plain)) and not re.search(r"\b(?:dont|do not|no)\b", said.plain)
    )


def asks_only_to_start(said: Said) -> bool:
    """Whether the whole text is START or the like."""
    return without(without(said.plain, POLITE), frozenset({"yes"})) in START


def asks_for_help(said: Said) -> bool:
    """Whether the whole text is HELP, INFO or AYUDA; help with something is for a person."""
    return without(said.plain, POLITE) in HELP


def asks_about_stopping(said: Said) -> bool:
    """Whether STOP is only spoken about: "what happens if I text STOP?"."""
    return bool(
        re.search(r"\b(?:what happens if|what does|if i|should i|do i have to|reply) (?:\w+ )*?stop\b", said.plain)
    )


def _bare_clause(clause: str, said: Said) -> bool:
    """A clause that is a stop and nothing else; "alto" beside a number is "high": "Alto, un 8"."""
    bare = without(clause, POLITE | {"yes", "no", "sorry", "yeah", "and"})
    return bare in IN_A_CLAUSE or (bare == "alto" and not re.search(r"\d", said.plain))


def _readings(said: Said) -> list[str]:
    """Each clause alone, and each sentence without its commas ("stop, for the love of god, texting me")."""
    sentences = [sentence.replace(" , ", " ") for sentence in said.sentences]
    return said.clauses + sentences


def _ends_with_stop(clause: str) -> bool:
    """ "Do me a favor and stop": a closing stop counts unless the word before it makes it another stop."""
    last = _CLOSING_STOP.search(clause)
    return bool(last) and last[1] not in _OTHER_STOPS and not NEVER_STOP.found_in(clause)


def _clause_asks(clause: str) -> bool:
    if not (ENGLISH.found_in(clause) or SPANISH.found_in(clause) or BROAD.found_in(clause)):
        return False
    if NEVER_STOP.found_in(clause):
        return False
    return not AT_OTHER_TIMES.search(clause)
