"""Danger by word class, for wordings that nobody has thought of: a part of the body close to what befalls it, in either
order, in plain, clinical, Spanish and mistyped words. The phrases of `red_flag_body`, `red_flag_urgent` and
`red_flag_mind` say the same more narrowly.
"""

from domain.reply_rules import Wordings, rules

_CHEST = (
    r"(?:chests?|chets?|ches|chst|cheast|pecho|sternum|breast ?bone|retrosternal|substernal|precordial|toracic[oa])"
    r"(?! (?:muscles?|press(?:es|ing)?|openers?|stretch\w*|wall|fly|flies|days?|workouts?|exercises?|freezer"
    r"|of drawers|cold"
    r"|congestion|hair|x ?rays?|opening|massage|work)\b)"
)
_HURT = (
    r"(?:pains?|painful|paining|hurt(?:s|ing|ed)?|ach(?:e|es|ing|y)|pressure|tight(?:ness|er|ened|ening|ens)?"
    r"|heav(?:y|iness)|squeez\w*|crush\w*"
    r"|stabb\w*"
    r"|burning|sharp|discomfort|dol(?:ido|ia|io)|elephant|standing|sitting|clamp\w*|vic?se?|grip(?:s|ped|ping)?|band|dol(?:or|ores|iendo)"
    r"|duel(?:e|en|a|an)"
    r"|apriet\w*|apret\w*|opresi\w*|oprim\w*|presion|ardor|punz\w*|punad\w*|elefante|piedra|quemaz\w*|pesadez"
    r"|estruj\w*)"
)
_BREATH = (
    r"(?:breath\w*|breth\w*|breahte?|my wind|oxygen|respir\w*|aire(?! (?:acondicionado|fresco|libre))|aliento|resuello"
    r"|resollar|air(?! (?:condition\w*|con|mattress|fryer|filter|bnb|port|bag|tag|pods?|quality|in)\b))"
)
_CANT = (
    r"(?:cant|cannot|can not|couldnt|hardly|barely|trouble|difficult\w*|struggl\w*|short|shortness|running"
    r" out of|unable"
    r"|fighting for|gasping|no puedo|no logro|no consigo|me cuesta|costando|falta(?:ndo)?|batall\w*|me"
    r" ahog\w*|no me entra"
    r"|sin)"
)
_FACE = r"(?:face|facial|mouth|smile|eye ?lid|cheek|cara|boca|sonrisa|parpado|cachete|rostro)"
_FALLEN = (
    r"(?:droop\w*|sagg\w*|hanging|slack|crooked|lopsided|paraly\w*|palsy|caid\w|torcid\w|chuec\w|colgad\w|paraliz\w*"
    r"|asymmetr\w*|weakness|twist\w*|uneven|pulling to|cuelg\w*|jalad\w|de lado)"
)
_LEG = r"(?:leg|calf|calve|shin|behind (?:the|my|one) knee|thigh|pierna|pantorrilla|chamorro|corva|muslo)"
_SWOLLEN = (
    r"(?:swol\w*|swel\w*|ballo+n\w*|twice the size|hinch\w*|inflam\w*|globo|enrojecid\w*|erythema|edema|red"
    r" and (?:hot|warm)"
    r"|roj[oa] y caliente)"
)
_SEAT = (
    r"(?:saddle|groin|crotch|genital\w*|perine\w*|privates?|when i (?:wipe|sit)|where i (?:sit|wipe)|(?:donde"
    r"|cuando) me"
    r" (?:siento|limpio)|entrepierna|nalgas|partes intimas)"
)
_NUMB = (
    r"(?:numb(?:ness|ing|ed)?|tingl\w*|no feeling|cant feel|dont feel|no sensation|anesthe\w*|paresthe\w*"
    r"|an?estesia|parestesia"
    r"|dormid\w|duerm\w+|adormec\w*|entum\w*|no siento nada)"
)
_PILLS = (
    r"(?:pills?|meds?|medications?|medicines?|tablets|pastillas|pildoras|tylenol|advil|aspirin\w*|medicinas?"
    r"|medicamentos?|ibuprofens?|aleve|xanax|ambien|percocets?|oxys?|norcos?|gabapentin|opioids?)"
)
_MUCH = (
    r"(?:too many|two many|to many|too much|whole|hole|entire|all of|bottle|handful|todas|todo el|demasiad\w+|frasco)"
)


_HEAD = (
    r"(?:head ?aches?|headakes?|migraines?|jaqueca|migrana|cabeza|dolor(?:es|cito|os[oa])? (?:en|de) (?:la )?cabeza)"
)
_SUDDEN = (
    r"(?:worst|sudden\w*|out of nowhere|thunder\w*|explo[ds]\w*|like a (?:bomb|bolt)|blinding|de repente|de la nada"
    r"|repentin\w*|subit\w*|de golpe|el peor|estall\w*|trueno|rayo)"
)
_HEART = r"(?:heart ?(?:beat|rate)?|corazon|pulse|pulso)"
_UNRULY = (
    r"(?:racing|pounding|flutter\w*|irregular\w*|skipping|erratic\w*|a mile a minute|wont slow|out of control"
    r"|weird|funny"
    r"|feo|raro|desbocad\w|a mil|rapidisimo|muy rapido|brinc\w+|desordenad\w|se me sale)"
)


def _near(one: str, other: str, between: int) -> str:
    """Both within so many words of each other, in either order."""
    gap = rf"(?: [\w,]+){{0,{between}}} "
    return rf"\b{one}{gap}{other}\b|\b{other}{gap}{one}\b"


HEART_UNRULY = Wordings((_near(_HEART, _UNRULY, 4),))
ARM_NUMB = Wordings((_near(r"(?:arms?|jaw|brazos?|mandibula|quijada)", rf"(?:{_NUMB}|heavy|dead|weak|pesad\w)", 3),))

CLINICAL = rules(
    r"""
\b(?:dyspn\w+|disnea|orthopn\w+|diaphor\w+|diafores\w+|hypox\w+|cyano\w+|cianos\w+|syncop\w+|presyncop\w+|sincope
  |dysarthri\w+|disartri\w+|aphasi\w+|afasia|hemipar\w+|hemipleg\w+|stridor|estridor|hemoptysis|hemoptisis|hematemesis
  |angioedema|melena|stemi|nstemi|tachypn\w+|thunderclap|agonal|precordial)\b
\b(?:spo2|o2 sats?|oxygen (?:level|saturation)|saturacion)(?: \w+){0,3} [78]\d\b
  |(?<!an )(?<!you )(?<!that )(?<!the )(?<!a )
  (?<!of a )\bsob\b|\b(?:with|acute|bilateral|massive|new|confirmed|had|dxd with a|a|got a) pes?\b(?! class)
\b(?:acute|sudden|new|unilateral|left|right)(?: \w+){0,2} (?:facial|hemi\w*|one sided) (?:weakness|numbness|droop|palsy)
\bloss of consciousness\b|\bloc\b(?= x| at| after| for)|\baltered (?:mental status|consciousness)\b|\b(?:cva|lvo)\b
  |\bdolor toracico\b|\bopresion (?:toracica|precordial)\b|\balteracion de (?:la )?conciencia\b
"""
)
"""What nurses and doctors write of themselves and of others."""

BODY = Wordings(
    (
        _near(_CHEST, _HURT, 5),
        _near(_HEAD, _SUDDEN, 6),
        r"\b(?:pass|passed|passing|black|blacked) (?:clean |right |almost |nearly |the hell )out\b",
        r"\b(?:hablo|hablando|habla|talk\w*|speak\w*|sound\w*)(?: \w+)? (?:como|like) (?:si |im |a |i am |an"
        r" )?(?:borrach\w|drunk\w*)\b",
        rf"\b{_CANT}(?: \w+){{0,4}} {_BREATH}\b(?! (?:through|out of) (?:my|the|one) nos)",
        _near(_FACE, _FALLEN, 4),
        rf"\b(?:took|taken|swallowed|downed|popped|tome|tomado|trague|me tome)(?: \w+){{0,5}} {_PILLS}(?:"
        rf" \w+){{0,8}} {_MUCH}\b",
        rf"\b(?:took|taken|swallowed|downed|popped|tome|tomado|trague|me tome)(?: \w+){{0,5}} {_MUCH}(?:"
        rf" \w+){{0,3}} {_PILLS}\b",
        rf"\b(?:took|swallowed|downed|popped|tome|trague)(?: \w+){{0,3}} (?:1\d|[2-9]\d) (?!mg|mil)(?:\w+"
        rf" ){{0,2}}{_PILLS}\b",
        r"\bme cuesta (?:\w+ )?hablar\b|\bse me cae (?:\w+ )?(?:la cara|la boca|media cara)\b(?! de verguenza)",
        r"\b(?:talking|speaking|speech|hablando|hablo)(?: \w+){0,2} (?:funny|weird|wrong|slurr\w*|garbled|drunk|raro"
        r"|enredad\w|trabad\w)\b",
        r"\blips?(?: \w+){0,4} (?:blue|purple|azul\w*|morad\w+)\b|\blabios(?: \w+){0,3} (?:azul\w*|morad\w+)\b",
        r"\b(?:se me fue|sin|perdi|perdio|no tengo)(?: \w+){0,2} fuerza(?: \w+){0,4} (?:lado|brazo|mano|pierna)\b",
        r"\bpains?(?: \w+){0,4} (?:left arm|jaw|both arms)\b",
    )
)

SEEN_TODAY = Wordings(
    (
        rf"\b{_LEG}(?: (?!not\b|no\b|isnt|arent|never|without|nor\b|sin\b)[\w,]+){{0,6}} {_SWOLLEN}\b",
        rf"\b{_SWOLLEN}(?: [\w,]+){{0,3}} {_LEG}\b",
        _near(_SEAT, _NUMB, 6),
        _near(_HEART, _UNRULY, 4),
        r"\b(?:urinary|urine|fecal|bowel|stool) (?:retention|incontinen\w+|leak\w*)\b|\bretencion (?:urinaria|de"
        r" orina)\b"
        r"|\bincontinencia\b|\bcauda equina\b|\bsaddle an\w+|\banestesia en silla\b",
        r"\b(?:bilateral|progressive|lower extremity|le|both le|ble)(?: \w+){0,3} (?:weakness|paralysis|paresis)\b",
        r"\b(?:unilateral|left|right|one sided) (?:le|lower extremity|leg)(?: \w+){0,3} (?:edema|swelling|erythema)\b",
        r"\br ?o dvt\b|\bhematuria\b|\bno (?:aguanto|retengo) la pipi\b",
    )
)

MIND = rules(
    r"""
\b(?:dont|do not|didnt|doesnt|no longer|never|not)(?: (?:really|even|rly|think i))* (?:want|wanna
  |wish|care|deserve)(?: to)? ?(?:be )?(?:alive|living|exist\w*)\b
\b(?:end|off|ending|offing|unaliving|delete|deleting|erase) (?:myself|me from this world|my (?:life|existence))\b
  |\btak(?:e|ing) myself out\b(?! (?:to|for|on))|\bcheck(?:ing)? out (?:of life|permanently|of this world|for good)\b
\b(?:no|ya no|nunca) (?:quiero|quisiera|deseo|voy a
  |puedo) (?:seguir |estar |vivir |continuar )?(?:mas )?(?:aqui |existiendo |viviendo )?en este mundo\b
\b(?:me )?(?:quitar\w*|quito|sacar\w*) (?:de|del) (?:en )?medio\b(?! (?:el|la|las|los|a))|\bme despedi de (?:todos
  |mis|la gente|mi familia)\b|\b(?:hoy|ya|esta noche)(?: \w+){0,2} acabo con (?:esto|todo)\b
  |\bmejor no (?:despertar|seguir viviendo)\b
\b(?:think\w*|thought\w*|dream\w*|research\w*|google\w*|looking up|looked up|wonder\w*)(?: \w+){0,4} (?:ways|how
  |about) to (?:die
  |kill|end (?:it|my))\b|\bways to (?:die|kill myself|end it|go)\b|\b(?:whats|what is|no|see no|any
  |is there) (?:the |a )?(?:point|use
  |reason)\b(?: [\w,]+){0,6} (?:wont be here|be gone|not be here|wont be around)\b
\b(?:world|everyone|everybody|family|kids|husband|wife|they|yall|people|all|todos|familia
  |hijos)(?: \w+){0,5} (?:better|happier
  |easier|relieved|at peace|mejor|felic\w+)(?: off)?(?: \w+){0,2} (?:without me|if i|once i|when im|with me gone
  |sin mi|si (?:yo )?no
  |si me)\b
\b(?:want\w*|need\w*|urges?|tempt\w*|thoughts?|thinking|think|plan\w*|going|gonna|afraid|scared)(?: \w+){0,4} (?:hurt
  |harm|kill|cut|injure|burn)(?:ing)? myself\b
  (?! (?:at|lifting|in|doing|on|when|while|with|playing|again (?:at|lifting|doing)))
\b(?:want|wanna|wish|need|ready for)(?: just)? (?:everything|it all|all of (?:it|this)
  |my life)(?: to)?(?: just)? (?:be over|end|stop|be done)\b
  |\bpills? (?:are )?(?:ready|waiting|lined up)\b|\bquiero que todo (?:se )?(?:acabe|termine)\b
\b(?:passive|active|endors\w+|reports?|positive for|having) (?:si|suicidal\w*|sh)\b(?! no)
\b(?:world|everyone|everybody|family|kids|husband|wife|they|yall|mundo|todos|familia)(?: \w+){0,4} (?:better off
  |mejor) (?:without|sin) (?:me|mi)\b
"""
)

UNCLEAR_DANGER = rules(
    r"""
\b(?:suicid\w*|overdos\w*|sobredosis|unconscious|inconsciente|infarto|derrame|stroke|seizures?|convulsi\w+|fainted
  |kill myself
  |matarme|chest|pecho|breathe|breathing|respirar|slurred|paraly\w+)\b
"""
)
"""A word of danger that nothing above could read: no yes, no, confirmation, booking or thanks, but for a person."""
