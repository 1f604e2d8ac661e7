"""Reads the number that answers a scale question: "7/10", "about a 6", "between 3 and 4", "tres y medio".

Only one situation may be meant. "4 sitting, 7 walking", "down from 7 to 4" and a number off the scale are for a person.
"""

import re
from typing import NamedTuple

from domain.client import Language
from domain.reply_rules import rule, word_list
from domain.reply_words import Said


class Scale(NamedTuple):
    """The scale that was asked for, both ends included."""

    low: int
    high: int


_ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SPANISH = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"]
_WORDS = {word: value for words in (_ENGLISH, _SPANISH) for value, word in enumerate(words)}
_NOT_A_WORD = word_list(
    """
    dos once one uno
    """
)
"""Words that are seldom numbers inside a sentence ("this one was good"); they count alone or after "a"."""

_FILLERS = word_list(
    """
    a about am an around as at be como creo de dolor el en es esta estoy give gracias hoy i id im is it
    its just la level like maybe mi my now of pain please probably que rating roughly say score seria
    thank thanks the think today un una was would you
    """
)
_NOISE = rule(
    r"""
\b(?:on|from|out of|of|en|de)? ?(?:a|the|una|la|your)? ?(?:pain )?(?:scale|escala) (?:of|from|de|del)? ?(?:0|1
  |zero|one) ?(?:to|-|a|al|thru|through) ?(?:5|10|five|ten)\b
\b\d+(?::\d+)? ?(?:am|pm|oclock|hrs?|hours?|min(?:ute)?s?|mins|days?|weeks?|wks?|months?|years?|yrs?|times?|x
  |visits?|sessions?|percent|usd|lbs?|pounds|reps?|sets?|pills?|mg|miles?|steps?|st|nd|rd|th|dias?|semanas?
  |meses|mes|horas?|minutos?|veces|anos?|sesiones|pastillas|millas|thumbs?|people|persons?|personas?|friends?
  |kids|pm \d|am \d)\b
\b(?:a|one|two|three|four|five|six|seven|eight|nine|ten|couple|few|dos|tres|cuatro|cinco|una?) (?:of )?(?:hrs?
  |hours?|min(?:ute)?s?|days?|weeks?|months?|years?|times|visits?|sessions?|reps?|sets?|nights?|dias?|semanas?
  |meses|horas?|minutos?|veces|noches?|sesiones|thumbs?|blocks|miles)\b
\b(?:see you|see u|be there|come|coming|appointment|appt|visit|tomorrow|meet)(?: \w+){0,2} at \d+\b
  |\b\d+ de la (?:manana|tarde|noche|madrugada)\b|\b\d+ (?:late|behind)\b
\busd \d+(?:\.\d+)?\b|\b\d{1,2}:\d\d\b|\ba las? \d+\b
\b(?:take|took|takes|tome|tomo) (?:\w+ )?\d+\b
\b(?:by|before|after|until|till|arriv\w+(?: at)?|here at|there at|open at|leave at|antes de las?|despues de las?
  |hasta las?) \d{1,2}(?:[.:]\d\d)?\b(?! (?:out of|/|stars?|of 5|of 10|today|now|right now))|\b\d{1,2}[.:]\d\d\b
\b(?:suite|ste|room|rm|apt|apartment|unit|floor|door|building|bldg|gate|exit|highway|hwy|route|page|code|lot|space|table
  |number|ext|extension|level|section|i|us|chapter|step|phase|stage|day|week|session|visit|bus|line|size|cuarto|piso
  |salon|puerta|edificio|linea|numero|casa) (?:number )?#? ?\d+\b(?<!level \d)(?<!level \d\d)
\b\d+ of (?:the|my|your|our|us|you|them|these|those|his|her|el|los|las|mis|sus)\b
\b\d+ (?:other |more |little |small |young |new |old |different |great |good )*(?:kids?|children|dogs?|cats?|cars?
  |chairs?|items?|things?|questions?|ways?|others?|therapists?|appointments?|appts?|massages?|guys|girls|boys|sons?
  |daughters?|grand\w+|babies|minors|clients?|texts?|messages?|calls?|emails?|reminders?|tablets?|advils?|ibuprofens?
  |tylenols?|aleves?|aspirins?|ml|mcg|grams?|ounces|oz|feet|ft|foot|inches|kilos?|kg|km|blocks?|stops?|cups?|beers?
  |drinks?|glasses|pieces|rooms?|doors?|floors?|hijos?|hijas?|ninos?|perros?|gatos?|cosas|preguntas|cuadras|pisos?
  |mensajes|llamadas|masajes|citas|veces|lights?|exits?|laps|rounds|flights?|stairs|nights?|doses?|dosis)\b
\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october
  |november|december)\.? \d{1,2}\b|\b\d{1,2} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre
  |noviembre|diciembre)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: the)? \d{1,2}\b
"""
)
_HALF = re.compile(r"\b(\d+) (?:and (?:a )?half|1/2|y media?o?)\b")
_COMPARES = rule(
    r"""
\b(?:less than|more than|under|over|above|below|hundred|thousand|million|mil|cien|at least|at most
  |(?<!went )(?<!gone )(?<!back )up to|max|minimum|not (?:a |an )?(?=\d)|menos de|mas de|hasta|almost no
  |(?:better|worse) than (?=\d)|(?:\d|\d\.\d) plus)\b
"""
)
_OUT_OF = re.compile(r"\b(-?\d+(?:\.\d+)?) ?(?:/|out of|of|over|de|sobre) ?(5|10|100)\b")
_SPAN = rule(
    r"""
\b(?:between |from |entre |de )?(?:an? |un )?(\d+(?:\.\d+)?)(?: ?- ?| ?/ ?| (?:to|or|and|and a|and an|y un|o un
  |a|o|u|y|maybe|maybe a|or maybe|or maybe a|or a|quizas|to a|, maybe|, maybe a) )(\d+(?:\.\d+)?)\b
"""
)
_ANY = re.compile(r"(?<![\w.:/-])-?\d+(?:\.\d+)?(?![\w:/]|\.\d)")
_LONG_AGO = re.compile(
    r"\b(?:ago|yesterday|last (?:week|month|time|visit|night)|ayer|semana pasada|hace \w+ (?:dias|semanas))\b"
    r".*\b(?:was|were|era|estaba)\b"
    r"|\b(?:was|were|era|estaba)\b.*\b(?:ago|yesterday|last (?:week|month)|ayer|semana pasada)\b"
)
_TURN = re.compile(r"\b(but now|but today|but its|pero ahora|pero hoy|pero ya|now its|ahora es)\b")
_CHANGE = rule(
    r"""
\b(?:from|was|were|before|yesterday|last|used to|went|dropped|down|usually|earlier|antes|ayer|era|estaba|bajo
  |subio|pasada)\b
"""
)
_NO_PAIN = rule(
    r"""
^(?:(?:yes|great|good|feeling great|feel great|im|i am|i|have|had|there is|really|today|now|hoy|currently|tengo
  |ya|none|nada|zero|completely|totally|all|absolutely|thanks|thank you|gracias|perfect
  |happy to say) )*(?:no pain(?: at all| today| now| whatsoever| anymore| right now)?|pain free|painfree
  |painless|none|none at all|zero pain|no longer any pain|sin dolor|no (?:tengo|siento) (?:ningun )?(?:dolor
  |nada)|no me duele(?: nada)?|nada de dolor|ningun dolor|cero dolor|nothing hurts|doesnt hurt(?: at all)?
  |it doesnt hurt(?: at all)?)(?: (?:at all|today|now|thanks|thank you|hoy|gracias|really|right now|anymore
  |feeling great|so happy|yay))*$
"""
)


def number_on(said: Said, scale: Scale, locale: Language = "en") -> float | None:
    """The one value meant, or None where there is none, it is off the scale, or several situations are meant."""
    text = _only_now(_in_digits(said, locale))
    text = _NOISE.sub(" ", text)
    text = _HALF.sub(lambda half: f"{half[1]}.5", text)
    if _COMPARES.search(text):
        return None
    found = _values(text, scale)
    if not found or len(set(found)) > 1 or _LONG_AGO.search(text):
        return None
    return found[0] if scale.low <= found[0] <= scale.high else None


def _only_now(text: str) -> str:
    """ "Killing me last week but now it's a 3": what was before has no number and doesn't count."""
    before, turn, now = _TURN.split(text, maxsplit=1) if _TURN.search(text) else (text, "", "")
    return now if turn and re.search(r"\d", now) and not re.search(r"\d", before) else text


def says_no_pain(said: Said) -> bool:
    """Whether the whole answer is that nothing hurts: 0 on a pain scale."""
    return bool(_NO_PAIN.match(said.plain))


def _in_digits(said: Said, locale: Language) -> str:
    marked = re.sub(r"\b(\d+) ish\b", r"\1", said.marked)
    words = marked.split()
    for at, word in enumerate(words):
        if word in _NOT_A_WORD and word != "once" and _stands_alone(word, said):
            words[at] = str(_WORDS[word])
        elif word == "once" and locale == "es":
            words[at] = "11"
        elif word == "dos" and locale == "es":
            words[at] = "2"
        elif word in _WORDS and word not in _NOT_A_WORD:
            words[at] = str(_WORDS[word])
    text = " ".join(words)
    text = re.sub(r"\bdos(?= (?:o|y|u|de) \d)", "2", text)
    text = re.sub(r"\b(?:one|uno)(?= (?:or|o|to) \d)|(?<=between )one(?= and)|(?<=entre )uno(?= y)", "1", text)
    text = re.sub(r"\b(?:one|una?) (?=star|estrella)", "1 ", text)
    return re.sub(r"\b(?:five|5) stars?\b", "5", re.sub(r"\b(\d) (?:stars?|estrellas?)\b", r"\1", text))


def _stands_alone(word: str, said: Said) -> bool:
    """Whether a clause says nothing else: "uno. muy mala atención"; "this one was good" is no number."""
    clauses = ([other for other in clause.split() if other not in _FILLERS] for clause in said.clauses)
    return [word] in clauses


def _values(text: str, scale: Scale) -> list[float]:
    """All values spoken of; [] also where they belong to two situations."""
    found: list[float] = []
    while match := _OUT_OF.search(text):
        if int(match[2]) != scale.high:
            return []
        found.append(float(match[1]))
        text = text[: match.start()] + " " + text[match.end() :]
    if span := _SPAN.search(text):
        low, high = float(span[1]), float(span[2])
        apart = "/" in span[0] and high - low != 1
        if found or apart or not 0 < high - low <= 3 or high > scale.high or low < scale.low or _CHANGE.search(text):
            return []
        found.append((low + high) / 2)
        text = text[: span.start()] + " " + text[span.end() :]
    found += [float(value[0]) for value in _ANY.finditer(text)]
    return [] if re.search(r"\d[-/]\d", text) else found
