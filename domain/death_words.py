"""Does somebody tell us that the client has died? A death stops everything for that person, and a person is asked.

The client's phone is in other hands then, so the words are a third person's: "Tom passed away", "he died on Sunday".
What died may also be a phone, a dog or the writer's own mother: nothing is stopped for those. Where a relative's death
is told with no word of who writes, a person says which of the two it is, and nothing goes out before.
"""

import re
from collections.abc import Collection
from typing import Literal

from domain.reply_rules import rule, word_list
from domain.reply_words import Said, folded

Death = Literal["client", "unclear", "another"]

_DIED = rule(
    r"""
\b(?:passed away|passed on(?! (?:the|this|that|these|my|your|his|her|our|their|it|an?|all|both|some|any|to (?:me|us
  |you|him
  |my|your))\b)|(?:has |have |had |just |recently )*died|is dead
  |is deceased
  |was deceased|deceased|is no longer (?:with us|alive|living)|no longer with us|lost (?:his|her|the) (?:battle|fight)
  |went to (?:be with the lord|heaven)|took (?:his|her) (?:own )?life|was killed)\b
\b(?:fallecio|ha fallecido|fallecieron|murio|ha muerto|se murio|esta muert[oa]|se nos fue|ya no esta con nosotros
  |paso a mejor vida|perdio la vida|dejo de existir|descanso en paz)\b
"""
)
_PASSED = re.compile(
    r"\bpassed(?= (?:last|yesterday|on(?= (?:\w+day|the \d|\d|christmas|new years|easter)\b)|this|two|three|a|in"
    r"|suddenly|peacefully|early|unexpectedly|recently|\w+day"
    r"|she|he)\b|$)"
)
_DEAD_TIRED = rule(
    r"""
\bdead (?:tired|beat|broke|asleep|exhausted|wrong|right|serious|set|sober|sure|certain|silent|quiet|slow|sexy|even
  |last|weight|center|bored|drunk|on (?:his|her|their|my|our|your|the) feet|in the water|to the world|to me|inside)\b
\bdied (?:\w+ )?(?:laughing|inside|a little)\b|\bdied (?:of|from|with) (?:\w+ )?(?:laugh\w+|embarrassment|boredom
  |shame|cuteness|curiosity|joy|happiness|excitement|cringe|jealousy)\b|\bdied and gone to heaven\b
\b(?:muert[oa]s?|murio|moria|morimos|murieron|fallecio) (?:de|del|por) (?:(?:la|el|pur[oa]|tant[oa]|much[oa])
  [ ])*(?:risa|risas|hambre|sueno|cansancio|cansad[oa]|frio|calor|sed|miedo|susto|aburrimiento|verguenza|ganas|gusto
  |emocion|envidia|celos|coraje|amor|nervios|estres|antojo|alegria|curiosidad)\b|\bmuert[oa]s? de pena\b
"""
)
"""What only sounds like a death: dead tired, dead broke, died laughing, muerto de hambre."""
_LOSS = rule(
    r"""
\b(?:we|i|they|family) (?:just |recently |have |sadly )*lost (?:him|her)\b(?! (?:number|phone|keys|appointment))
\b(?:we|they|i) (?:just |have )?buried (?:him|her)\b
\b(?:death|passing|funeral|fallecimiento|muerte|funeral) (?:of|de|del)\b|\b(?:his|her|su) (?:death|passing|funeral
  |fallecimiento)\b|\bperdimos a\b
"""
)
_LOST = re.compile(r"\b(?:we|i|they|family) (?:just |recently |have |sadly )*lost (\w+)\b")
"""With a name of the client: "we lost Tina last night"."""
_UNREAL = re.compile(
    r"(?:^|\b)(?:would|could|almost|nearly|if|thought|might|may|wish|i|id|ive|i had|feel like|like|\d|casi|hubiera"
    r"|habria|pense que|yo|me)"
    r"(?: have| had| just| almost)?$"
)
_DETERMINED = re.compile(r"\b(?:my|our|your|the|a|an|this|that|mi|mis|nuestr[oa]|el|la|un|una|su)(?: \w+){1,3}?$")
_TITLED = re.compile(
    r"(?:^|\b(?:que|that|el|la|our|the|your|her|su)\b ?)(?:mr|mrs|ms|miss|sr|sra|srta|senor|senora|senorita|don|dona)"
    r" (?!de\b|del\b)\w+(?: (?!de\b|del\b)\w+)?$"
)
"""Somebody is called by title and name: "el señor Ramirez"."""
_TOLD_THAT = re.compile(
    r"^.*\b(?:know|inform\w*|tell|say|saying|said|share|advise|report|announce|regret|sad|sorry|sadness|heart|notify"
    r"|aware|avis\w+|decir\w*|comunic\w+|sepan?|dich[oa]|dijeron|lamento) (?:(?:you|u|yall|everyone|all|that|que|de"
    r"|this is to say)\b ?)*\b(?:that|que) "
)
"""What leads to the news itself: "I'm writing to let you know that"."""
_CLOSE = re.compile(
    r"\b(?:my|our|mi|nuestr[oa]) (?:\w+ )?(?:husband|wife|partner|spouse|fiancee?|boyfriend|girlfriend"
    r"|hubby|esposo|esposa|marido|mujer|pareja|novi[oa])(?: \w+)?$"
)
_KIN = re.compile(
    r"\b(?:mom|mum|mommy|mama|mami|mother|dad|daddy|papa|papi|father|pops|son|daughter|brother|sister|child|kid"
    r"|baby|grandma"
    r"|grandpa|grandmother|grandfather|granny|nana|nanna|gma|gpa|gram|granddad|grandson|granddaughter|aunt|auntie"
    r"|uncle"
    r"|cousin|niece|nephew|mother in law|father in law|brother in law|sister in law|madre|padre|hij[oa]|herman[oa]"
    r"|abuel[oa]|abuelit[oa]|ti[oa]|prim[oa]|suegr[oa]|niet[oa]|cunad[oa])(?: [a-z]+)?$"
)
_INTRODUCED = re.compile(
    r"\b(?:this is|its|it is|i am|im|writing as|texting as|habla|le habla|le escribe|soy)(?: \w+){0,3}? (?:\w+s|his"
    r"|her|their|the"
    r"|la|el|su)(?: \w+)? (?:husband|wife|son|daughter|sister|brother|mother|mom|father|dad|partner|niece|nephew"
    r"|grand\w+"
    r"|caregiver|executor|family|friend|neighbou?r|espos[oa]|hij[oa]|herman[oa]|mama|papa|viud[oa]|niet[oa]"
    r"|sobrin[oa])\b"
)
"""Who writes says whose relative they are: "This is Tina's daughter"."""
_THEIRS = re.compile(
    r"\b(?:take|remove|get|drop|delete|strike) (?:him|her|them|mom|mum|dad|my \w+|his|her)(?: \w+)? (?:off|from|out)\b"
    r"|\b(?:cancel|stop|end|close)(?: \w+){0,2} (?:his|hers?|their|moms|dads|mothers|fathers)\b"
    r"|\b(?:his|her|their|moms|dads|mothers|fathers) (?:\w+ )?(?:appointments?|appts?|visits?|sessions?|massages?"
    r"|time|stuff"
    r"|account|calendar|slot|file|plan|treatments?|reminders?|bills?)\b"
    r"|\b(?:he|she) (?:wont|will not|cant|is not going to|isnt|no longer|will no longer)(?: \w+){0,2} (?:be|com\w+"
    r"|need\w*|make|mak\w+"
    r"|attend\w*|there)\b"
    r"|\b(?:ya )?no (?:va|podra|vendra|ira|necesita\w*)(?: \w+)? (?:a ir|ir|venir|asistir|mas|las citas)\b"
    r"|\b(?:ya )?no (?:vendra|ira"
    r"|asistira|va)\b|\b(?:su|sus) (?:citas?|visitas?|masajes?|cuenta)\b|\bno (?:le )?(?:llamen|escriban|manden)\b"
    r"|\b(?:stop|dont|do not|no more)(?: \w+){0,3} (?:send\w*|text\w*|call\w*|these|messages|reminders|writing|ask)\b"
    r"|\b(?:loved|enjoyed|liked) (?:his|her|their)\b"
)
"""What is said of the client's visits and messages by somebody else."""
_I = re.compile(
    r"\b(?:i|im|ive|id|me|myself|my (?:appointment|appt|visit|session|back|neck|pain|shoulder|massage)|we|mi cita"
    r"|mi visita|yo"
    r"|no puedo|no voy|no podre|voy a|vamos|estoy|tengo|quiero|llamo|les llamo|puedo|podemos|nos)\b"
)
"""The writer speaks of themselves."""
_LONG_AGO = re.compile(
    r"\blate (?:husband|wife|mother|father|son|daughter|brother|sister|partner)\b|\b(?:since|ever since|after|when"
    r"|before) (?:my"
    r"|he|she|mom|dad) (?:\w+ )?$|\b(?:last year|years ago|\d+ (?:months|years) ago|in (?:19|20)\d\d)\b"
    r"|\banniversary\b"
    r"|\bhace (?:\w+ )?(?:meses|anos)\b|\bel ano pasado\b"
)
"""A loss of long ago is told by whoever lives with it."""

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
    return next(kind for kind in ("client", "unclear", "another") if kind in told)


def _told_in(sentence: str, said: Said, names: set[str]) -> Death | None:
    plain = _DEAD_TIRED.sub("then", sentence.replace(" , ", " "))
    if (lost := _LOST.search(plain)) and lost[1] in names:
        return "client"
    if _LOSS.search(plain):
        return _whose(plain, said, names)
    if found := _DIED.search(plain):
        before = plain[: found.start()].strip()
        after = plain[found.end() :].strip()
        if not before and re.match(r"(?:mi|mis|nuestr[oa]|un|una|el|la)\b", after):
            before = " ".join(after.split()[:2])  # "falleció mi suegra"
        if _LONG_AGO.search(plain) and not _INTRODUCED.search(said.plain):
            return None if _UNREAL.search(before) else "another"
        return None if _UNREAL.search(before) else _by_subject(before, said, names)
    if found := _PASSED.search(plain):
        words = plain[: found.start()].split()
        named = bool(words) and (
            words[-1] in names or words[-1] in ("he", "she", "has") or len(words) == 1 or _kin(words)
        )
        return _by_subject(" ".join(words), said, names) if named and words[-1] not in _NO_NAME else None
    return None


def _whose(plain: str, said: Said, names: set[str]) -> Death:
    """A loss told of without "died": ours where a name of the client or "him", "her" stands there."""
    third = re.search(r"\b(?:him|her|his|she|he)\b", plain) or not names.isdisjoint(plain.split())
    mine = re.search(r"\b(?:my|our|mi|a) (?!wife|husband)\w+", plain)
    rest = _LOSS.sub(" ", said.plain)
    return "client" if third and not mine and not _WRITERS_VISIT.search(rest) else "another"


def _by_subject(before: str, said: Said, names: set[str]) -> Death | None:
    before = _TOLD_THAT.sub("", before)
    while before.split() and before.split()[-1] in _ADVERBS:
        before = before.rsplit(" ", 1)[0] if " " in before else ""
    last = before.split()[-1] if before else ""
    if last in _NO_NAME:
        return None
    if last in names or _CLIENT.search(before) or _THIRD.search(before) or _TITLED.search(before) or not before:
        return "client"
    if _CLOSE.search(before):
        return "another" if _WRITERS_VISIT.search(said.plain) and not _THEIRS.search(said.plain) else "client"
    if _KIN.search(before):
        return _of_kin(said)
    if _DETERMINED.search(before):
        return "another"
    return "client"


def _kin(words: list[str]) -> bool:
    return bool(_KIN.search(" ".join(words)) or _CLOSE.search(" ".join(words)))


def _of_kin(said: Said) -> Death:
    """A mother's or a son's death: the client's if they say so, the writer's own loss if they speak of themselves."""
    if _INTRODUCED.search(said.plain) or _THEIRS.search(said.plain):
        return "client"
    return "another" if _I.search(said.plain) else "unclear"
