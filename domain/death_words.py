"""Does somebody tell us that the client has died? A death stops everything for that person, and a person is asked.

The client's phone is in other hands then, so the words are a third person's: "Tom passed away", "he died on Sunday".
What died may also be a phone, a dog or the writer's own mother: nothing is stopped for those.
"""

import re
from collections.abc import Collection
from typing import Literal

from domain.reply_rules import rule, word_list
from domain.reply_words import Said, folded

Death = Literal["client", "another"]

_DIED = rule(
    r"""
\b(?:passed away|passed on(?! (?:the|this|that|my|your|it))|(?:has |have |had |just |recently )*died|is dead|is deceased
  |was deceased|deceased|is no longer (?:with us|alive|living)|no longer with us|lost (?:his|her|the) (?:battle|fight)
  |went to (?:be with the lord|heaven)|took (?:his|her) (?:own )?life|was killed)\b
\b(?:fallecio|ha fallecido|fallecieron|murio|ha muerto|se murio|esta muert[oa]|se nos fue|ya no esta con nosotros
  |paso a mejor vida|perdio la vida|dejo de existir|descanso en paz)\b
"""
)
_PASSED = re.compile(
    r"\bpassed(?= (?:last|yesterday|on|this|two|three|a|in|suddenly|peacefully|early|unexpectedly|recently|\w+day)\b|$)"
)
_LOSS = rule(
    r"""
\b(?:we|i|they|family) (?:just |recently |have |sadly )*lost (?:him|her)\b(?! (?:number|phone|keys|appointment))
\b(?:death|passing|funeral|fallecimiento|muerte|funeral) (?:of|de|del)\b|\b(?:his|her|su) (?:death|passing|funeral
  |fallecimiento)\b|\bperdimos a\b
"""
)
_LOST = re.compile(r"\b(?:we|i|they|family) (?:just |recently |have |sadly )*lost (\w+)\b")
"""With a name of the client: "we lost Tina last night"."""
_UNREAL = re.compile(
    r"\b(?:would|could|almost|nearly|if|thought|might|may|wish|i|feel like|like|casi|hubiera|habria|pense que|yo|me)"
    r"(?: have| had| just| almost)?$"
)
_DETERMINED = re.compile(r"\b(?:my|our|your|the|a|an|this|that|mi|mis|nuestr[oa]|el|la|un|una|su)(?: \w+){1,3}?$")
_CLOSE = re.compile(
    r"\b(?:my|our|mi|nuestr[oa]) (?:\w+ )?(?:husband|wife|son|daughter|partner|spouse|fiancee?|boyfriend|girlfriend"
    r"|hubby|esposo|esposa|marido|mujer|hijo|hija|pareja|novi[oa])(?: \w+)?$"
)
_CLIENT = re.compile(r"\b(?:your|the|su|el|la) (?:client|patient|cliente|paciente)(?: \w+){0,2}$")
_WRITERS_VISIT = re.compile(
    r"\b(?:i|im|ive|me|my (?:appointment|appt|visit|session)|mi cita|no puedo|we)\b(?! (?:am|are)? ?(?:his|her))"
)
_THIRD = re.compile(r"\b(?:he|she|they|el|ella)$")
_NO_NAME = word_list(
    """
    it that this who which what everything everyone everybody people nobody someone somebody they there phone battery
    car laptop computer tablet internet wifi power engine alternator dog cat puppy kitten horse fish plant plants bird
    hamster and but so because when since after before just has have had recently sadly suddenly unfortunately hope
    joke telefono celular bateria carro coche perro perra gato gata que y pero porque cuando ya se ha
    """
)
_ADVERBS = word_list("just has have had recently sadly suddenly unfortunately also peacefully tragically ya se ha")


def death_in(said: Said, text: str, names: Collection[str] = ()) -> Death | None:
    """Whether a death is told: the client's, as far as words can tell, or another one's. In doubt about a name, the
    client's: it only asks a person, while writing on to the dead hurts."""
    known = {folded(word) for name in names for word in name.split()}
    told = [kind for sentence in said.sentences if (kind := _told_in(sentence, said, known))]
    if not told:
        return None
    return "client" if "client" in told else "another"


def _told_in(sentence: str, said: Said, names: set[str]) -> Death | None:
    plain = sentence.replace(" , ", " ")
    if (lost := _LOST.search(plain)) and lost[1] in names:
        return "client"
    if _LOSS.search(plain):
        return _whose(plain, said, names)
    if found := _DIED.search(plain):
        before = plain[: found.start()].strip()
        after = plain[found.end() :].strip()
        if not before and re.match(r"(?:mi|mis|nuestr[oa]|un|una|el|la)\b", after):
            before = " ".join(after.split()[:2])  # "falleció mi suegra"
        return None if _UNREAL.search(before) else _by_subject(before, said, names)
    if found := _PASSED.search(plain):
        words = plain[: found.start()].split()
        named = bool(words) and (words[-1] in names or words[-1] in ("he", "she", "has") or len(words) == 1)
        return _by_subject(" ".join(words), said, names) if named and words[-1] not in _NO_NAME else None
    return None


def _whose(plain: str, said: Said, names: set[str]) -> Death:
    """A loss told of without "died": ours where a name of the client or "him", "her" stands there."""
    third = re.search(r"\b(?:him|her|his|she|he)\b", plain) or not names.isdisjoint(plain.split())
    mine = re.search(r"\b(?:my|our|mi|a) (?!wife|husband)\w+", plain)
    rest = _LOSS.sub(" ", said.plain)
    return "client" if third and not mine and not _WRITERS_VISIT.search(rest) else "another"


def _by_subject(before: str, said: Said, names: set[str]) -> Death | None:
    while before.split() and before.split()[-1] in _ADVERBS:
        before = before.rsplit(" ", 1)[0] if " " in before else ""
    last = before.split()[-1] if before else ""
    if last in _NO_NAME:
        return None
    if last in names or _CLIENT.search(before) or _THIRD.search(before) or not before:
        return "client"
    if _CLOSE.search(before):
        return "another" if _WRITERS_VISIT.search(said.plain) else "client"
    if _DETERMINED.search(before):
        return "another"
    return "client"
