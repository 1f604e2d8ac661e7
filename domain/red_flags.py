"""Must someone act now? Finds words of danger in a client's text and names the fixed answer that goes out for them.

Sources: the screening table of the practice guidance (clot, stroke, heart, cauda equina, self-harm, signs of serious
illness). Recall goes before precision: a flag that proves wrong costs a phone call. Never a diagnosis.
"""

import re
from functools import lru_cache
from typing import Literal

from domain.answer_words import LONG_PAST
from domain.news_words import BARE_NEWS, BODY_NEWS
from domain.red_flag_alarms import CRIES
from domain.red_flag_context import (
    ABOUT_ANOTHER,
    ANOTHER_TIME,
    BREAK,
    CHILDHOOD,
    GOES_ON,
    HAVING,
    IDIOMS,
    IMPROVED,
    JUST_DENIED,
    LATER_NO,
    ME_TOO,
    NO_DENIAL,
    NOT,
    NOT_IMPROVED,
    OVER_BY_NOW,
    OWN,
    SOMEBODY_NEAR,
    STILL_ON,
)
from domain.red_flag_denials import AND_NOW, CANNOT, DENIES_ELSE, NO_BREATH
from domain.red_flag_grid import UNCLEAR_DANGER
from domain.red_flag_scene import VIOLENT
from domain.red_flag_words import (
    HOLD,
    HOLD_TOGETHER,
    SCENES,
    SIGNS,
    TOGETHER,
    Grade,
    Sign,
)
from domain.reply_rules import Wordings, word_list
from domain.reply_words import Said, hear
from domain.screening_words import (
    CONTRAINDICATIONS,
    NEW_PROBLEMS,
    NEWS,
    NO_NEWS,
)

RedFlag = Grade
"""emergency_911, emergency_988: call now. urgent_care: be seen today. hold, which stored states may still have: a
therapist looks before the next visit; words of that grade are read as news (`news_in`) and raise no flag."""

News = Literal["told", "another"]
_ANSWER = re.compile(r"^(?:no|nope|nah|n) (?=(?:i|im|ive|my|we)\b)")
_WONDERS = re.compile(r"(?:should|does|do (?:you|i)|would|what|how|why|dejo|debo|deberia)\b")
_REACH = 400
"""How many signs before a word may hold its denial."""
_LISTED = word_list(
    """
    a an any and or nor new no of the other else in on , o u y ni un una unos nuevo nueva nuevos nuevas otra otro alguna
    algun de la el las los
    """
)
"""What stands between the things of a list that one denial covers."""


def red_flag(text: str) -> RedFlag | None:
    """The gravest flag of one text, or None. Words that are plainly denied ("no chest pain") don't count."""
    return red_flag_in(hear(text))


@lru_cache(maxsize=64)
def red_flag_in(said: Said) -> RedFlag | None:
    """As `red_flag`, for a text that was heard already."""
    sentences = _sentences(said)
    if CRIES.match(said.plain):
        return "emergency_911"
    for grade in ("emergency_988", "emergency_911", "urgent_care"):
        if any(_shows(sign, sentence) for sign in SIGNS if sign.grade == grade for sentence in sentences):
            return grade
        if any(all(_mentions(part, sentences) for part in parts) for wanted, parts in TOGETHER if wanted == grade):
            return grade
        if grade == "emergency_911" and any(all(_happens(part, sentences) for part in parts) for parts in SCENES):
            return grade
    return None


@lru_cache(maxsize=64)
def news_in(said: Said) -> News | None:
    """News that the therapist must clear before the next visit: a fever, a new medicine, surgery, a pregnancy.

    `another`: told of somebody else, of long ago, or of what is getting better, so that it may or may not
    matter: a person reads it.
    """
    told = [kind for sentence in said.sentences if (kind := _news_of(sentence))]
    if "told" not in told and any(all(_mentions(part, _sentences(said)) for part in parts) for parts in HOLD_TOGETHER):
        return "told"
    if "another" in told and SOMEBODY_NEAR.search(said.plain) and ME_TOO.search(said.plain):
        return "told"
    return "told" if "told" in told else "another" if told else None


def _news_of(sentence: str) -> News | None:
    kinds = set[News]()
    plain = NO_NEWS.replaced(IDIOMS.replaced(_without_answer(sentence), "then"), "then")
    over = (
        (IMPROVED.search(plain) and not NOT_IMPROVED.search(plain))
        or LONG_PAST.search(sentence)
        or CHILDHOOD.search(sentence)
    )
    if _shows(HOLD, plain):
        kinds.add("told")
    for words in (NEWS, BODY_NEWS, CONTRAINDICATIONS):
        for found in words.all_in(plain):
            if not _denied(plain, found.start(), found.end()):
                elsewhere = (
                    _WONDERS.match(plain)
                    or _about_another(plain, found.start())
                    or _of_the_house(plain[: found.start()])
                )
                kinds.add("another" if elsewhere or over else "told")
    return "told" if "told" in kinds else "another" if kinds else None


def _of_the_house(before: str) -> bool:
    """Whether it is told of people of the client's house, with no word of the client's own behind: "my kids have strep,
    and I've got a sore throat"."""
    others = list(SOMEBODY_NEAR.finditer(before))
    return bool(others) and not OWN.search(before[others[-1].end() :])


def speaks_of_danger(said: Said) -> bool:
    """Whether a word of danger stands there undenied, flag or no flag."""
    return _mentions(UNCLEAR_DANGER, _sentences(said))


def new_problem(said: Said) -> bool:
    """Whether an answer to the screening question names something new, such as a fever, a rash or a medicine."""
    return (
        news_in(said) == "told"
        or red_flag_in(said) is not None
        or _mentions(NEW_PROBLEMS, _sentences(said))
        or _mentions(BARE_NEWS, _sentences(said))
    )


def _sentences(said: Said) -> list[str]:
    return [IDIOMS.replaced(_without_answer(sentence), "then") for sentence in said.sentences]


def _without_answer(sentence: str) -> str:
    """ "No I have a fever": the no answers a question and denies nothing."""
    return _ANSWER.sub("", sentence)


def _mentions(words: Wordings, sentences: list[str]) -> bool:
    return any(_shows(Sign("hold", words), sentence) for sentence in sentences)


def _happens(words: Wordings, sentences: list[str]) -> bool:
    scene = Sign("emergency_911", words, anybody=True, now=True)
    return any(_shows(scene, sentence) for sentence in sentences)


def _shows(sign: Sign, sentence: str) -> bool:
    if sign.now and ANOTHER_TIME.search(sentence):
        return False
    if sign.words is VIOLENT and OVER_BY_NOW.search(sentence) and not STILL_ON.search(sentence):
        return False
    if sign.weak and sign.words.found_in(sentence) and IMPROVED.search(sentence) and not NOT_IMPROVED.search(sentence):
        return False
    for found in sign.words.all_in(sentence):
        if sign.grade == "emergency_988":
            if not _plainly_no_self_harm(sentence[: found.start()], found.group()):
                return True
            continue
        if _plainly_denied(sentence[: found.start()]) if sign.now else _denied(sentence, found.start(), found.end()):
            continue
        if sign.anybody or not _about_another(sentence, found.start()):
            return True
    return False


def _plainly_denied(before: str) -> bool:
    """Whether a denial stands just before the words, in the same breath."""
    return bool(JUST_DENIED.search(NO_DENIAL.sub("then", before)))


def _denied(sentence: str, start: int, end: int) -> bool:
    """Whether a denial before the words reaches them: within ten words, with no "but" and no new thought between."""
    before = BREAK.split(sentence[max(0, start - _REACH) : start])[-1]
    before = NO_DENIAL.sub("then", DENIES_ELSE.sub("then", before))
    denials = list(NOT.finditer(before))
    if not denials:
        return bool(LATER_NO.match(sentence[end:]))
    between = HAVING.sub("", before[denials[-1].end() :])
    first = HAVING.sub("", before[denials[0].end() :])
    if _LISTED.issuperset(_without_problems(first).split()):
        return True
    words = sentence[start:end]
    anew = AND_NOW.search(between) and not NOT.search(words) and not CANNOT.match(words)
    if anew or NO_BREATH.match(words):
        return False
    reach = first if len(first.split()) <= 14 and not GOES_ON.search(first) else between
    return len(reach.split()) <= 12 and not GOES_ON.search(reach)


def _without_problems(words: str) -> str:
    return NEW_PROBLEMS.replaced(words, " ")


def _plainly_no_self_harm(before: str, words: str) -> bool:
    """Only the plainest denial counts: "not suicidal", "no thoughts of suicide", "don't want to hurt myself"."""
    if re.match(r"(?:suicid|self harm|thoughts)", words):
        return bool(re.search(r"\b(?:no|not|never|without|isnt|arent|sin) (?:\w+ ){0,2}$", before))
    return "hurt myself" in words and bool(re.search(r"\b(?:dont|do not|didnt) $", before))


def _about_another(sentence: str, start: int) -> bool:
    """Whether the words are about someone who is no client of ours, with no "I" or "my" of the client's own between."""
    others = list(ABOUT_ANOTHER.finditer(sentence[:start]))
    return bool(others) and not re.search(r"\b(?:i|im|ive|my|me|mi|tengo|yo)\b", sentence[others[-1].end() : start])
