"""Cries for help and the edge of a bridge: a bare "emergency", a phone's own SOS, much blood, a goodbye."""

import re

from domain.reply_rules import rules

CRIES = re.compile(
    r"(?:(?:help|please|pls|omg|this is|its|it is|an?|urgent|ayuda|es|una) )*(?:emergency|emergencia|socorro|auxilio"
    r"|mayday|sos)(?: (?:emergency|emergencia|socorro|auxilio|sos|help|me|please|pls|now|hurry|ayuda|ayudenme|ahora"
    r"|por favor|rapido))*$"
)
"""The whole text: "EMERGENCY!!" beside other words is as often a reason to cancel."""
PHONE_ALARM = rules(
    r"""
\bemergency sos\b|\b(?:has |have |just )?(?:made|placed) an emergency call\b|\b(?:has|have) (?:called|contacted|dialed)
  [ ]emergency services\b|\b(?:hizo|ha hecho|realizo) una llamada de emergencia\b|\bsos de emergencia\b
\b(?:watch|phone|iphone) (?:has )?detected (?:a|an) (?:\w+ )?(?:fall|crash)\b|\b(?:crash|fall) detected\b
"""
)
"""What a telephone sends by itself to those in its owner's list."""
BLOOD = rules(
    r"""
\b(?:theres|there is|there was|losing|lost|im losing|its|hay|pierdo|perdiendo|estoy perdiendo)(?: (?:just|been|already
  |way))* (?:so much|too much|tons of|lots of|a lot of|mucha|muchisima|demasiada|tanta) (?:blood|sangre)\b(?! (?:work
  |pressure|sugar|tests?|thinn\w+|drawn|flow|clots|vials|types?|in the (?:movie|film|show)))
\bblood(?: \w+){0,3} (?:wont|doesnt|does not|will not|not|hasnt|cant get it to) (?:stop\w*|clot\w*|slow\w*)\b
  |\bblood (?:all over|coming out)(?: \w+){0,3} (?:floor|me|him|her|place|bathroom|bed|everywhere|fast)\b
\b(?:cant|couldnt|cannot|wont|not) (?:\w+ )?stop (?:the |all this |this )?blood\b|\bsangre(?: \w+){0,2} (?:por tod\w+
  |no (?:para|deja))\b|\bno (?:para|deja) (?:de salir )?(?:la )?sangre\b
"""
)
_UP_THERE = (
    r"(?:(?:\w+ )?(?:ledge|parapet|cornisa|barandal)|(?:roof|bridge|building|cliff|overpass|balcony) ?(?:edge|railing"
    r"|rail|ledge)|roofs? edge|(?:edge|side|rail|railing|borde|orilla) (?:of|de|del) (?:the |a |this |la |un |el )?"
    r"(?:roof|rooftop|bridge|building|cliff|overpass|balcony|puente|techo|azotea|edificio|balcon))"
)
_HIGH = (
    r"(?:\w+ )?(?:bridge|overpass|viaduct|rooftop|roof|train tracks|railroad tracks|tracks|cliff|puente|azotea|techo)"
)
ON_THE_EDGE = rules(
    r"""
\b(?:im|i am|ive been|standing|(?<!were )(?<!was )(?<!is )(?<!are )sitting|stood|sat|climbed|been|up|out|estoy
  |parad[oa]|sentad[oa])(?: \w+){0,2} (?:on|at
  |over|onto|en|sobre|al)(?: (?:the|a|this|my|el|la|un|una))? <up_there>\b(?! (?:of (?:my|the) (?:seat|chair|bed|table)
  |painting|clean\w*|fix\w*|repair\w*|install\w*|of (?:town|the city)))
\b(?:standing|stood|sitting|parad[oa]|sentad[oa])(?: \w+)? (?:on|en|sobre) (?:the|a|this|el|la|un|una) <high>
  (?=$| (?:alone|again|right now|now|rn|and i (?:want|cant|dont|feel)|crying|ready|solo|sola|ahora|llorando))
""",
    up_there=_UP_THERE,
    high=_HIGH,
)
"""Told of oneself. Stuck in traffic on the bridge, or at work on the roof, is another thing."""
AT_A_HEIGHT = rules(
    r"""
\b(?:im|i am|here|sitting|standing|walked|drove|went|estoy|ando|voy)(?: \w+){0,3} (?:on|to|onto|at|en|al|sobre)
  [ ](?:the |a |this |el |la |un )?<high>\b
""",
    high=_HIGH,
)
DESPAIR = rules(
    r"""
\bfeel(?:ing)? (?:nothing|numb inside|empty|so alone|dead inside)\b|\b(?:good ?bye|forgive me|im so sorry|sorry for
  [ ]everything|cant do (?:this|it) any ?more|no one cares|nobody cares|no point|im done|want to jump|going to jump
  |cant take it|tell (?:my|them|everyone)(?: \w+){0,3} (?:love|sorry))\b|\bno siento nada\b|\b(?:perdonenme|adios|ya no
  [ ]puedo mas|no aguanto mas|me voy a (?:tirar|aventar))\b
"""
)
FAREWELL = rules(
    r"""
\btell (?:\w+ ){1,3}?(?:good ?bye|bye)\b|\b(?:say|saying) (?:my )?good ?byes?\b|\bgood ?bye (?:everyone|everybody
  |forever)\b|\btell (?:\w+ ){1,3}?(?:i (?:love|loved)|im sorry)\b|\b(?:dile|diganle|despid\w+)(?: \w+){0,3} (?:adios|de
  [ ]mi)\b
"""
)
GONE_THEN = rules(
    r"""
\b(?:wont|will not|not going to|not gonna) be (?:around|here|with you)(?: \w+){0,4} (?:or any|or ever|ever|any
  [ ]?more|anymore|any longer|any day|for (?:it|that|any)|after)\b|\bno (?:voy a estar|estare)(?: \w+){0,3} (?:ni ningun
  |nunca|nunca mas|ya)\b
"""
)
"""Only beside a goodbye: somebody who moves away writes so too."""
ENDING = rules(
    r"""
\b(?:think\w*|thought|thoughts)(?: \w+)? (?:bout|about|abt|of|on) (?:ending|finishing) (?:it|things|everything)
  (?=$| (?:all|tonight|today|now|soon|tomorrow|for good|lately|a lot|again|and|every))
\bme (?:corte|cortare|abri|estoy cortando|voy a cortar|quiero cortar) (?:las|los) (?:venas|munecas)\b
"""
)
NEVER_LIKE_THIS = rules(
    r"""
\b(?:nunca|jamas)(?: \w+){0,3} dol(?:ido|io|ia) (?:asi|tanto|tan \w+)(?: \w+){0,2} (?:pecho|corazon)\b|\b(?:nunca
  |jamas)(?: \w+){0,3} (?:pecho|corazon) (?:asi|tanto|tan \w+)\b
\b(?:never|havent|have not|hadnt)(?: \w+){0,3} (?:chest|heart) (?:pains?|pressure|tightness|hurt)(?: \w+)? (?:like this
  |this bad|so bad|this strong)\b
"""
)
"""Not denied, but compared with what was."""
