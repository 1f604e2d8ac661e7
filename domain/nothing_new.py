"""Is a reply to the health question a no, and nothing but a no? Only then does the question close without a person.

Two things make up such a reply: a bare no, and what an account of harmless additions holds, the things that the
question asks about under a no among them. Every word must be part of one; what is left over may be the point. "No I'm
not well" is made of small words and is no answer, so the words are read in their order and never as a bag.
"""

import re
from collections.abc import Collection
from functools import cache

from domain.reply_accounted import MOST_WORDS, in_full, phrases_of, without_names
from domain.reply_rules import rule, word_list
from domain.reply_words import Said
from domain.screening_words import NEW_PROBLEMS, NEWS

_BARE_NO, _HARMLESS = "bare_no", "nothing_new"
_MOST_OF_THE_LIST = 3
"""Fewer things denied, "no fever" alone, leave the rest of the question open."""
_AILMENT = "ailment"
"""Stands for anything that the question asks about: a fever, a new medicine."""
_STANDS = re.compile(r"(?:worse|worsening|weak|weaker|sick|ill|hurt|taking)$")
"""Words that tell how somebody is, so that a no before them says little: "no worse", "no taking them"."""
_NO_WORDS = word_list("no not n ni never nunca tampoco")
_AFTER_NO = word_list(
    """
    i we it everything all nothing none same thanks thank thankyou thx ty see no nope nah at haha lol thankfully luckily
    fortunately thumbsup name maam mam sir dear hon
    nada ningun ninguna ninguno todo gracias a senor senora senorita mija mijo mi
    """
)
"""How a phrase may begin right behind a no, with no mark between: "no all good" is two things, "no good" is one."""
_OPENS_A_LIST = (
    r"(?:(?:and|or|y|o) )?(?:no|nope|nah|without|nothing|none|zero|negative for|denies|nor"
    r"|ni|sin|nada de|tampoco|ningun|ninguna|niego"
    r"|(?:i )?(?:have|had|feel) no|(?:i )?(?:do|have|did|am) not(?: have| had| been| got)?|never had|not"
    r"|no (?:tengo|tenido|he tenido|tuve|hay|hubo|siento)) "
)
_IN_A_LIST = (
    r"(?:(?:a|an|any|the|or|and|nor|no|not|new|other|else|either|recent|recently|unusual|signs?|symptoms?|of|issues?"
    r"|changes|with|chest|calf|anything|nothing|at all|none|kind|type"
    r"|o|u|y|ni|un|una|el|la|los|las|de|en|nuev[oa]s?|otr[oa]s?|alguna?|nada|ninguna?|pecho|pantorrilla) )*?"
)
_OR_NOTHING = (
    r"(?:or |and |o |y |ni )?(?:anything|nothing|none|nada)(?: (?:else|new|mas|nuevo|like that|of the sort|of that"
    r"|at all))? "
)
_ALSO_ASKED = re.compile(
    r"\b(?:shortness of breath|(?:short of|out of) breath|trouble breathing|breathing trouble|open skin"
    r"|faint(?:ed|ing)?|falta de aire|piel abierta|desmayos?)\b"
)
"""What is asked for beside the ailments of `screening_words`."""

_UNWELL = rule(
    r"""
\b(?:not|isnt|aint|havent|hasnt|wasnt) <very>(?:doing |feeling |been |feel )*<very>well\b(?! (?:rested|sure|known))
\b(?:not|dont|do not|doesnt|didnt|havent|hasnt|aint|isnt|never) (?:really |quite |been |be )*fe(?:el|els|eling|lt)
  (?: so| very| too| really| quite| all| that| at| like| just)* (?:good|great|right|ok|okay|fine|myself|normal
  |healthy|hot|the best)\b
\bfe(?:el|els|eling|lt) <very>(?:terrible|awful|horrible|lousy|rotten|crappy|crap|poorly|rough|bad|unwell|miserable
  |under the weather|worse)\b(?! (?:for|about|that|to))|\bunder the weather\b
\bno (?:me |nos )(?:siento|he sentido|senti|sentia|sentimos|encuentro) <muy>(?:bien|buen[oa])\b
\bno (?:ando|estoy|sigo|amaneci|he estado|estamos) <muy>bien\b
\b(?:me (?:siento|senti|he sentido|encuentro)|ando|estoy|sigo|amaneci) <muy>(?:mal|malit[oa]|pesim[oa]|fatal|peor
  |decaid[oa]|indispuest[oa])\b
""",
    very="(?:(?:so|very|too|really|quite|all|that|at|like|pretty|just|kind of|a bit|a little|super) )*",
    muy="(?:(?:muy|tan|del todo|nada|bien|algo|un poco|bastante|medio|super|al 100) )*",
)
"""Ill in no special way: a session waits for the therapist as it does for a fever."""
_UNCLEAR = re.compile(
    r"\b(?:not|cant|cannot|can|dont|isnt|aint|havent|hasnt|wasnt|didnt|never|still|same|worse|bad|one|terrible|awful|hes|shes"
    r"|please|yet|now|longer|more|well|good|great|fine|right|ok|okay|better|feel\w*|felt"
    r"|siento|estoy|ando|sigo|muy|del|se|creo|puedo|igual|todavia|aun|peor|mal|ya|por favor|bien|mejor)\b"
)
"""Words beside a no that may be the point: the person who reads it gets no "a no" to tap on."""


def feels_unwell(said: Said) -> bool:
    """Whether the client isn't well, with no illness named: "not feeling great", "no me siento bien"."""
    return any(_UNWELL.search(clause) for clause in said.clauses)


def may_be_the_point(said: Said) -> bool:
    """Whether words beside a no may turn it round, so that it shouldn't even be suggested."""
    return bool(_UNCLEAR.search(said.plain))


def says_nothing_new(said: Said, text: str, names: Collection[str] = ()) -> bool:
    """Whether it is a bare no, or a no and harmless additions with not one word left over. The caller has made sure
    that no ailment stands there undenied."""
    if said.asks or len(said.words) > MOST_WORDS:
        return False
    found, ailments = set[str](), 0
    for sentence in said.sentences:
        under_a_no, before = False, ""
        for clause in sentence.split(" , "):
            words = _ailments_in(in_full(clause.split()))
            ailments += words.split().count(_AILMENT)
            known = without_names(f"{before} {words}", text, names).split()  # "thanks, Carl"
            before = words.rpartition(" ")[2]
            words = " ".join(known[-len(words.split()) :] if words else ())
            kinds = _kinds_that_cover(words + " ", under_a_no=under_a_no) if words else set[str]()
            if kinds is None:
                return False
            under_a_no = under_a_no or "listed" in kinds
            found |= kinds
    return not found.isdisjoint({"no", "or_nothing"}) or ("listed" in found and ailments >= _MOST_OF_THE_LIST)


def _ailments_in(words: str) -> str:
    words = _ALSO_ASKED.sub(_AILMENT, words)
    for wordings in (NEWS, NEW_PROBLEMS):
        for found in sorted(wordings.all_in(words), key=lambda each: -len(each.group())):
            if not _STANDS.search(found.group()):
                words = re.sub(rf"\b{re.escape(found.group())}\b", _AILMENT, words)
    return words


def _kinds_that_cover(words: str, *, under_a_no: bool) -> set[str] | None:
    """What phrases of the account, one behind the other, make up a clause; None where they don't."""
    reached: dict[int, set[str]] = {0: set()}
    for at in [0, *(space.end() for space in re.finditer(" ", words))]:
        if at not in reached:
            continue
        for kind, phrase in _account():
            if not (found := phrase.match(words, at)) or not _may_stand(words, at, found.group(), kind):
                continue
            if kind in ("bare_list", "or_nothing") and not under_a_no and "listed" not in reached[at]:
                continue
            reached.setdefault(found.end(), set()).update(reached[at] | {"listed" if kind == "bare_list" else kind})
    return reached.get(len(words))


def _may_stand(words: str, at: int, phrase: str, kind: str) -> bool:
    before = words[:at].split()
    if not before or before[-1] not in _NO_WORDS or kind in ("listed", "bare_list", "or_nothing"):
        return True
    return phrase.split()[0] in _AFTER_NO


@cache
def _account() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        *(("no", phrase) for phrase in phrases_of(_BARE_NO)),
        *(("no", phrase) for phrase in phrases_of(_HARMLESS)),
        *(("civil", phrase) for phrase in (*phrases_of("beside_no"), *phrases_of("thanks"))),
        ("listed", re.compile(f"{_OPENS_A_LIST}{_IN_A_LIST}{_AILMENT} ")),
        ("bare_list", re.compile(f"{_IN_A_LIST}{_AILMENT} ")),
        ("or_nothing", re.compile(_OR_NOTHING)),
    )
