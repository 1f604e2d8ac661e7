"""Words of unwanted looks and touch in a treatment room, beside the plainer ones of `domain/grave_words.py`."""

from domain.reply_rules import rules

_BARE = (
    r"(?:undress\w*|naked|nude|topless|changing|dressing|getting dressed|uncovered|exposed|in my (?:underwear|bra)"
    r"|half dressed|not dressed|desnud[oa]|cambiando|vistiendo|desvistiendo|destapad[oa])"
)
_LOOKS = r"(?:look(?:s|ed|ing)|star(?:es|ed|ing)|watch(?:es|ed|ing)|peek(?:s|ed|ing)|leer\w+|ogl\w+|gawk\w+)"
_CREEPY = r"(?:gross|creepy|creeped|icky|weird|uncomfortable|violated|exposed|disgusting|dirty|ashamed|scared)"
_WRONG = (
    r"(?:wrong|gross|creepy|weird|inappropriate|unprofessional|sexual|uncomfortable|icky|off|disgusting|invasive"
    r"|(?:not|never) (?:at all )?(?:ok|okay|right|appropriate|professional|cool|normal))"
)
UNWANTED = rules(
    r"""
\b(?:<looks>|stayed|walked in|came in|barged in|entered)(?: \w+){0,6} (?:while|when|as|before) (?:i|im|ive|id)
  (?: \w+){0,3} <bare>\b|\b(?:left|leaves|had)(?: \w+){0,2} (?:door|curtain)(?: \w+)? (?:open|ajar)(?: \w+){0,3}
  [ ]i(?: \w+){0,3} <bare>\b
\b(?:kept|keeps|keep|wouldnt stop|would not stop|stood there|just|was) (?:on )?<looks>(?: (?:at|me|my|down|there|and|so
  |i|it|really|very|body|felt|feel|was|that|while|when|naked|he|she|made)){0,8} <creepy>\b
\b(?:sheet|drape|towel|blanket|cover|gown|robe)(?: \w+){0,6} (?:kept|was|were|and|he|she|they|still) (?:just )?<looks>\b
  |\b<looks> at my (?:breasts?|boobs|chest|butt|ass|crotch|naked \w+|privates?)\b(?! (?:xray|x ray|scar|bruise|rash))
\b(?:rub(?:bed|bing|s)?|press(?:ed|ing|es)|push(?:ed|ing|es)|grind(?:ing|s)?) (?:up )?(?:himself|herself|themselves
  |(?:his|her) (?:crotch|genitals?|groin|penis|breasts?|hips|body))\b(?: \w+){0,2} (?:on|against|into|onto) (?:me|my)\b
\bthe way (?:he|she|they|you|your \w+|the \w+|\w+)(?: \w+)? (?:touch\w*|rubb\w+|handl\w+|look\w+ at|grabb\w+|talk\w* to
  |spoke to|held) (?:me|my \w+)(?: \w+){0,2} (?:(?:was|is|felt|feels|seemed|were)(?: (?:just|so|really|very|kind of
  |kinda
  |a (?:bit|little)|super|totally))* <wrong>|(?:wasnt|isnt|didnt feel|doesnt feel|not) (?:\w+ )?(?:ok|okay|right
  |appropriate|professional|cool|normal))\b
\btouch(?:ed|es|ing)? me (?:somewhere|where|in places?|in ways?|in a way)(?: \w+){0,3} (?:agree\w*|consent\w*
  |comfortable
  |permission|allow\w*|asked for)\b
\b(?:me senti|me hizo sentir|me hace sentir|me sentia) (?:\w+ )?(?:incomod|sucia|acosad|insegur|violad)\w* (?:con|por
  |cuando|como) (?:sus (?:manos|comentarios|miradas?|toques)|como me (?:toc|mir|agarr)\w+|(?:la|su) (?:forma|manera)
  |me (?:toc|mir|agarr)\w+|donde me)\b
\b(?:me (?:miraba|veia|espiaba|observaba)|se quedo (?:mirando|viendo)(?:me)?)(?: \w+){0,4} <bare>\b|\bse me quedo
  [ ](?:mirando|viendo)(?: \w+){0,4} (?:los|mis|el|mi) (?:pechos?|senos?|cuerpo|nalgas)\b
""",
    looks=_LOOKS,
    bare=_BARE,
    creepy=_CREEPY,
    wrong=_WRONG,
)
"""A person reads it; the owner asks."""
