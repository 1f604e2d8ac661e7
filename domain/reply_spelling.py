"""Puts texting shorthand and slips of the thumb right, one word at a time, so that rules need one spelling only.

Only words that the rules look for are repaired, and only where one letter is missing, extra, wrong or swapped; a word
that means something of its own is left alone, however near it is ("massage" is no slip of "message").
"""

from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHORTHAND = {
    short: full
    for entry in """
    u you|ur your|stpo stop|stahp stop|stapp stop|rn right now|throught throat|headake headache|headakes headaches|
    ibe ive|sanding sending|stawp stop|stahhp stop|sotp stop|tsop stop|stp stop|estop stop|buggin bugging|kil kill|
    meself myself|
    su1cide suicide|sewerslide suicide|siezure seizure|siezures seizures|fabor favor|plz please|pls please
    plss please|txt text|txts texts|txting texting|txtng texting|tx text|n and
    txted texted|msg message|msgs messages|msging messaging|mssg message|mssgs messages|dnt dont|donot dont
    nomore no more|cnt cant|cnat cant|canr cant|dotn dont|nite night|bc because|cuz because|tho though
    prob probably|w with|wit with|wk week|wks weeks|nxt next|outta out of|tonite tonight|2nite tonight
    thinkin thinking|ppl people|rly really|hv have|breth breath
    brth breath|slurry slurred|unaliving unalive|abt about|lemme let me|gimme give me|tmr tomorrow|tmrw tomorrow
    tmrws tomorrows|tmw tomorrow|2morrow tomorrow|2day today|sry sorry|fourr four|resceduel reschedule|yr your
    q que|k que|ke que|qe que|d de|m me|x por|xq por que|pq por que|porq por que|xfa por favor|xfavor por favor
    porfa por favor|porfis por favor|porfavor por favor|pa para|pal para el|tb tambien|toy estoy|ahorita ahora
    kiero quiero|qiero quiero|kero quiero|quero quiero|kitenme quitenme|kiten quiten|kitame quitame|aki aqui
    izq izquierdo
    der derecho|sinco cinco|nuebe nueve|sero cero|dies diez|kuatro cuatro|msj mensaje|msjs mensajes
    mensajitos mensajes|grax gracias|tardecito tarde|minuticos minutos|minutitos minutos|porke por que
    """.replace("\n", "|").split("|")
    if entry.strip()
    for short, full in [entry.strip().split(" ", 1)]
}

_LOOKED_FOR = _words(
    """
    paralyzed seizures spamming reminding emailing messages message texting texted unsubscribe reminders
    reminder emails notifications notification contact
    contacting contacted stopped stopping sending receiving receive permission consent remove removed delete
    cancel cancelled canceled cancelling reschedule rescheduling rescheduled appointment tomorrow confirm
    confirmed confirming running breathe breathing breath tongue throat swollen swelling suicidal suicide stroke
    numbness fainted seizure bladder headache weakness ambulance emergency pregnant antibiotics excellent monday
    tuesday wednesday thursday friday saturday sunday interested harassing harassment bothering subscription
    pressure tightness droopy drooping slurred unconscious overdose bleeding different instead earlier nothing
    perfect mensajes mensaje recordatorios recordatorio escribirme mandarme enviarme escriban escribiendo
    mandando molestar morirme matarme suicidarme suicidio respirar pantorrilla hinchada hinchado cancelar
    confirmo confirmado reagendar reprogramar desmaye entrepierna equivocado numero quitenme borrenme saquenme
    eliminenme dejenme viernes miercoles sabado domingo adormecido adormecida estrellas messaging
    """
)
_OWN_MEANING = _words(
    """
    massage massages messaged sensing mending spending bending tending resending remover removes removing
    deletes cancels cancela cancelo cancele cancelen cancelan cancelas confirms confirma confirme strokes struck
    stoke numbers breaths breathes breather breadth wreath tongues confirmer runnings swell reminded contacts
    contracting concert constant intact contract wailing exercise desmayo mensual manejando pintarme sanding
    lending vending sucking tasting testing tested tempting exiting resting cancer canceling stepping topping
    dropping hopping shopping strapping deciding reviving relieve remote removal instant respira respire respiro
    morirse matarse escribir escriba escribas escribe mandarle enviarle enviarles mandarles mandarnos enviarnos
    confirmar confirmada confirman molesta moleste molesten hincha hinchar pantorrillas adormecer adormece
    numeros received receives receiver quiteme quitame mandado mandados molestia molestias contacten contactan
    appointments tomorrows mondays tuesdays wednesdays thursdays saturdays sunday antibiotico antibioticos
    unsubscribed perfecto perfecta perfects permissions consents constent pressures presume measure interest
    interests dejeme dejame bothered bordering harassed nothings noting sunny sundays fridays emailed emailing
    email tightens drooped stooping stropping through thought emergence difference earlies indeed throats
    breathless swallow swelled smelling spelling dwelling swearing sweating headaches numb excelente excellence
    ambulancia perfectly suicides suicidas pregnancy massaging strike strikes stripe contacto contactos molestan
    receipt cortisona insulina
    """
)
_DRUGS = _words(
    """
    warfarin prednisone eliquis xarelto coumadin plavix lisinopril metformin gabapentin methotrexate amoxicillin
    ozempic cortisone clopidogrel apixaban rivaroxaban meloxicam levothyroxine oxycodone antibiotic antibiotics
    """
)
"""Medicines whose names are often misspelt."""


CALLED = _words(
    """
    dear deary dearie honey hon sweetie darling hun mija mijo mijita mijito mijas bro bruh brah fam dude wey guey bestie
    senorita joven jovencita comadre
    """
)
"""What people call us ("no dear", "bro stop"): heard over."""
_REPAIRED = _LOOKED_FOR | _DRUGS
_BY_FIRST_LETTER = {
    first: [word for word in sorted(_REPAIRED) if word[0] == first] for first in {word[0] for word in _REPAIRED}
}
_LONG = 8
"""From this length on a medicine's name may hold two slips."""


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """The word as the rules write it; a shorthand may become several words."""
    if word in _SHORTHAND:
        return _SHORTHAND[word]
    if len(word) < 5 or not word.isalpha() or word in _REPAIRED or word in _OWN_MEANING:
        return word
    meant = extractOne(word, _BY_FIRST_LETTER.get(word[0], []), scorer=OSA.distance, score_cutoff=1)
    if meant is None and len(word) >= _LONG:
        drugs = [drug for drug in sorted(_DRUGS) if drug[0] == word[0]]
        meant = extractOne(word, drugs, scorer=OSA.distance, score_cutoff=2)
    return meant[0] if meant else word


def near(word: str, wanted: str) -> bool:
    """Whether a word of some length is another one with a slip or two: "unsubscirbe"."""
    return bool(word) and OSA.distance(word, wanted, score_cutoff=2) <= 2
