"""Is a number beside words that say the contrary, or that answer another question? Then it is no score, and a person
reads the reply: "10/10 amazing" is no pain of ten, "1 best massage ever" no bad mark, "5 pain" no praise.
"""

import re

from domain.reply_rules import rule
from domain.reply_words import Said
from domain.touchpoint import QuestionKind

_STARS = re.compile(r"[⭐🌟★]|\b(?:stars?|estrellas?)\b", re.I)
_HIGH_PAIN, _SEVERE_PAIN, _LOW_MARK = 5, 7, 2
_NOT = (
    r"(?<!not )(?<!no )(?<!not so )(?<!not too )(?<!not very )(?<!not feeling )(?<!not doing )(?<!wasnt )(?<!isnt )"
    r"(?<!less than )(?<!nada )(?<!feel )(?<!would be )(?<!not a )"
)
_PRAISE = rule(
    r"""
\b<not>(?:amazing|awesome|excellent|wonderful|fantastic|phenomenal|outstanding|superb|incredible|perfect|fabulous
  |heavenly|brilliant|terrific|so happy|very happy|happy|love(?:d)? (?:it|her|him|you|the \w+)|highly recommend
  |best(?: \w+)? (?:ever|yet|in years|of my life)|the best|best (?:massage|session|therapist)|great|excelente|increible
  |maravillos[oa]|perfect[oa]|buenisim[oa]|(?:me )?encanto|fabulos[oa]|genial|(?:el|la) mejor)\b(?! (?:pain|at all))
""",
    **{"not": _NOT},
)
_MILD_PRAISE = rule(
    r"\b<not>(?:good|nice|lovely|relax(?:ed|ing)|buen[oa]|bien|rico)\b(?! (?:amount|bit|day|morning|afternoon"
    r"|evening))",
    **{"not": _NOT},
)
_ONLY_PAIN = rule(
    r"""
^(?:(?:a|an|like|about|its|it is|im at|at|un|como) )*\d+(?: ?/ ?10)? (?:(?:for|in|of|is|de
  |con) )?(?:my |the |mi )?(?:pain
  |dolor)(?: (?:level|scale|today|now|right now|still|score|hoy|ahora|in my(?: \w+){1,2}|en (?:la|el|mi) \w+))*$
^(?:(?:my|the|mi|el|back|neck|current) )*(?:pain|dolor)(?: (?:level|score|is|at|its|now|today|still|a|about|es|de|esta
  |en|un|como|hoy))* \d+(?: today| now| still| hoy)*$
"""
)
_RANGE = re.compile(r"^(?:(?:a|about|around|like|un|como|its|maybe) )*\d ?- ?\d+(?: \w+)?$")


def is_a_range(said: Said) -> bool:
    """Whether two numbers with a dash are all that is said: the middle is a suggestion, and a person decides."""
    return bool(_RANGE.match(said.plain))


def is_no_score(said: Said, text: str, question: QuestionKind | None, value: float) -> bool:
    """Whether the number found isn't to be recorded as the answer to the question, whatever else is meant."""
    praised = _PRAISE.search(said.plain)
    if question == "pain_0_10":
        mild = value >= _SEVERE_PAIN and _MILD_PRAISE.search(said.plain)
        return bool(_STARS.search(text) or (praised and value >= _HIGH_PAIN) or mild)
    if question == "feedback_1_5":
        return bool(_ONLY_PAIN.match(said.plain) or (praised and value <= _LOW_MARK))
    return False
