"""Danger that comes from outside: somebody violent, a weapon, a stranger in the house, fire, being trapped in a wreck.

It counts for whoever is in it, client or not. Violence that is told of but not happening now is for a person, without
the fixed answer (`domain/grave_words.py`).
"""

from domain.reply_rules import rules

RELATIVE = (
    r"(?:husband|hubby|wife|boyfriend|bf|girlfriend|gf|partner|ex|ex husband|ex wife|ex boyfriend|ex bf|spouse"
    r"|fiancee?"
    r"|dad|daddy|father|mom|mum|mother|mama|stepdad|step dad|stepfather|stepmom|stepmother|brother|sister|son|daughter"
    r"|kid|child|baby|toddler|uncle|cousin|nephew|roommate|neighbou?r|landlord|stalker|esposo|esposa|marido|novi[oa]"
    r"|pareja|papa|padre|madre|padrastro|hij[oa]|hermano|vecin[oa])"
)
_STRANGER = (
    r"(?:someones?|somebodys?|some (?:guy|man|men|people|dude)|a (?:man|guy|stranger|burglar)|strangers?|intruders?"
    r"|burglars?|prowler|robbers?|alguien|un (?:hombre|tipo|ladron)|ladrones)"
)
_WHO = rf"(?:hes?|shes?|theyre|they|{_STRANGER}|(?:my|mi|our|the) {RELATIVE}s?|el|ella)"
_WEAPON = (
    r"(?<!massage )(?<!nerf )(?<!water )(?<!glue )(?<!toy )(?<!heat )(?<!nail )(?<!theragun )(?<!caulk )(?:hand ?gun"
    r"|guns?|knife|knives|pistol|machete|shot ?gun|rifle|ax|axe|weapons?|crowbar|pistola|cuchillo|arma|navaja)"
)
_JEST = r"(?! (?:if|when|for|over|by|with|unless|once|cuz|because|bc|lol|haha|but|after|during|today in|si|cuando|por))"
_DO_HARM = r"(?:kill|murder|shoot|stab|strangle|choke|hurt|harm|beat(?: up)?|attack|burn)"
_US = r"(?:me|us|my (?:kids?|children|son|daughter|baby|mom|mother|dad|father|sister|brother|family)|her|him|them)"
_HOUSE = r"(?:house|home|apartment|apt|bedroom|basement|place|room|trailer|backyard|casa|cuarto|apartamento)"
_BUILDING = (
    r"(?<!like a )(?<!like )(?:house|home|apartment|apt|building|kitchen|garage|room|bedroom|roof|trailer|basement"
    r"|stove"
    r"|oven|car|truck|van|curtains?|bed|couch|attic|hallway|place)"
)
_FORCE_IN = (
    r"(?:break(?:ing)? in(?:to)?|get(?:ting)? in(?:to)?(?: through)? (?:my|our) (?:\w+ )?(?:house|home|apartment"
    r"|room|window|door|place)"
    r"|kick\w*(?: \w+){0,2} door"
    r"|(?:break|smash|bust)\w*(?: \w+){0,3} (?:door|window)|climb\w* (?:in|through)(?: \w+){0,2} window"
    r"|forc\w+ (?:the|my|his way))"
)
_TAIL_IN = r"(?! (?:his|her|these|those|new|the new|my new|some new|a new|shoes|boots|to the (?:habit|routine)))"

VIOLENT = rules(
    r"""
\b<who>(?: \w+){0,4} (?:has|have|got|holding|with|pulled|pulling|pointing|waving|grabbed|swinging|carrying
  |brought|tiene|trae|saco)(?: (?:me|a|an|the|his|her|out|got|un|una|his dads|kitchen|big|loaded|at)){0,4} <weapon>
  (?=$| (?:and|please|pls|help|send|now|right now|pointed|at (?:me|us|my|her|him|the door)|to (?:my|me|his|her|us)
  |here|in (?:his|her|the) hand
  |threaten\w*|,|he|hes|she|shes|they|im|i am|outside|inside|against|y|por favor|en la mano|ayuda))
^(?:el |ella |ayuda )*(?:tiene|trae|saco) (?:un |una )(?:cuchillo|pistola|arma|navaja|machete)(?! (?:de|para
  |electric\w))
\b(?:gun|knife|pistol|pistola|cuchillo) (?:at|to|against|pointed at|on|en) (?:me|us|my (?:head|face|throat|neck|kids?
  |mom|son|daughter|back)|her|him|mi|la (?:cabeza|garganta))\b
\b(?:shot|shooting|shots fired|stabbed|stabbing|strangled|strangling|choked)(?: (?:me|at|us|my|her|him|a)){1,2}
  (?: \w+)? ?(?:$|,|(?:now|just now|help|please|and|hes|shes|he|she|in the|neighbou?r|husband|wife|son|daughter|brother
  |mom|dad|friend)\b)
\b(?:got|been|was|were|im|i am|hes|shes) (?:just )?(?:shot|stabbed)(?=$| (?:and|help|please|in the (?:leg|arm|chest
  |stomach|back|neck|head)|at me|im|i am|bleeding|right now|just now|need))
\b(?:please|pls|plz|hurry|help|somebody|someone)\b[^.?]{0,30}\b(?:call|send|get|need)(?: (?:me|us|the|for|a|someone
  |to|some)){0,3} (?:police|cops|sheriff)\b(?! (?:report|if|when|on|about|dept|department))
^(?:ok |ya )?(?:call|send|get)(?: (?:me|the|a)){0,2} (?:police|cops|sheriff)\b(?! (?:report|if|when|on|about|dept
  |department))|\bsend(?: (?:me|us|the|a|some)){0,2} (?:police|cops|sheriff)\b
  |\b(?:need|want)(?: the)? (?:police|cops) (?:now|here|right now|asap|please|at my)\b
\b(?:manden|mande|manda|llamen|llame|llama|envien|envie)(?: (?:a|la|una|al)){0,2} (?:policia|patrulla)\b
\b(?:hes?|shes?|they|theyre|my <relative>|<stranger>)(?: (?:is|are|was|wont|cant|stop|doesnt|keeps?|still|just|now
  |right|started|outside
  |drunk|and|so)){0,3} (?:hitting|beating|choking|strangling|punching|kicking|attacking|stabbing|dragging|slapping
  |raping|threatening)(?: (?:on|up))? (?:me|us|my (?:kids?|children|son|daughter|mom|mother|baby|sister|brother)|her
  |him)\b(?! (?:with (?:the|questions|texts|love|good|great)|up with|at (?:tennis|golf|chess|cards|his|her|\w+ball)
  |out|off|in (?:golf|chess)))
\b(?:afraid|scared|fear\w*|terrified|frightened|worried)(?: (?:right|now|i|and|im|am|so|really)){0,2} for (?:my|our)
  [ ](?:life|lives|safety)\b|\bfear for (?:my|our) (?:life|lives|safety)\b
\b(?:afraid|scared|terrified|think|thinks?|sure|know)(?: (?:that|he|hes|she|shes|they|my|<relative>|might|will|is|going
  |to|gonna|would|could|may|wants|trying)){1,6} <do_harm> <us>(?=$| (?:tonight|now|today|please|help|and|this time|,))
\bme (?:esta(?:n)? |anda )?(?:pegando|golpeando|ahorcando|estrangulando|apunalando|apuntando|atacando|pateando)\b
  |\bme (?:esta |ha )?(?:amenaza|amenazando|amenazo) con (?:un|una|matar\w*|el|la)\b
  |\b(?:tengo miedo|temo)(?: \w+){0,3} (?:me mate|por mi vida)\b
""",
    who=_WHO,
    weapon=_WEAPON,
    relative=RELATIVE,
    stranger=_STRANGER,
    do_harm=_DO_HARM,
    us=_US,
)

INTRUDER = rules(
    r"""
\b(?:hes?|shes?|theyre|they|<stranger>|(?:my|the) <relative>)(?: (?:is|are|just|keeps|now|outside|here|at|the|door
  |and|still)){0,4} (?:trying to|tryna|trynna|about to|gonna|going to|threatening to|is|are|keeps) ?<force_in>\b<tail>
\b(?:hes|shes|theyre|<stranger> (?:is|are)?|(?:my|the) <relative> is) ?<force_in>\b<tail>
\b<stranger>(?: (?:is|are|may be|might be|just|got|broke|came|who|has|now|walking|around|else)){1,3} (?:in|inside|into)
  [ ](?:my|the|our) <house>\b(?! (?:is|has|had|tested|with|clean\w*|fix\w*|work\w*|for|to|last|yesterday|who|call\w*
  |while we were|when we))
\b<stranger> (?:in|inside) (?:my|our) <house>(?=$| (?:help|please|right now|now|and i|and im|what do|send|im|i am))
\b(?:broke|smashed|kicked|busted)(?: \w+){0,3} (?:door|window)\b[^.?]{0,25}\b(?:inside|in (?:the|my) (?:house|home
  |apartment))\b
  (?! (?:last|yesterday|when we))
\bhay (?:alguien|un hombre|un ladron|ladrones|un extrano) (?:en|dentro de) (?:mi|la) (?:casa|cuarto|apartamento)\b
  |\b(?:esta|estan|quiere|quieren|tratando de|intentando|trata de) (?:\w+ )?(?:entrar|meterse|meter)(?: \w+){0,2}
  [ ](?:a la fuerza|a mi casa|por la ventana|la puerta)\b|\b(?:esta|estan) (?:tumbando|rompiendo|pateando) la puerta\b
""",
    relative=RELATIVE,
    stranger=_STRANGER,
    force_in=_FORCE_IN,
    house=_HOUSE,
    tail=_TAIL_IN,
)

FIRE = rules(
    r"""
\b<building>(?: (?:is|s|are|just|now|next|door|all|in|the|has|caught|went|its)){0,4} (?:on fire|burning
  (?! (?:up|hot|man|oil|smell|money))|in flames|aflame|caught fire|catching fire|up in flames)\b(?! (?:with
  |for) (?:sale|sales|deals))
\b<building>(?: \w+){0,2} (?:full of|filled with|filling(?: up)? with|fills? with) (?:smoke|gas|fumes)\b
\b(?:theres|there is|i (?:see|smell)|we (?:see|smell)|hay)(?: (?:a|lots of|so much|big|thick|black|un|mucho)){0,2}
  [ ](?:fire|smoke|flames|incendio|humo|fuego)(?: \w+){0,2} (?:in|everywhere|coming|on|under|inside|at|en|por) (?:my
  |the|our
  |under|from|here|la|mi|todos|todas)\b(?! (?:fire ?place|distance|grill|bbq|hills?|mountains?|highway|freeway|area|air
  |news|oven again))
\b(?:gas leak|smell gas|smells? like gas|carbon monoxide alarm|co alarm)(?=$| (?:in|and|at|help|what|is|going|here
  |now|,))
\b(?:mi|la) (?:casa|cocina|cuarto|apartamento)(?: \w+){0,3} (?:quemando|incendia\w*|en llamas|lleno? de humo
  |llena de humo)\b|\bse (?:esta )?(?:quema|quemando|incendia|incendio|incendiando) (?:la|mi) (?:casa|cocina)\b
\b(?:smoke|fire|flames|humo|fuego)\b[^.?]{0,40}\b(?:cant (?:get|go) (?:out|down\w*)|trapped|no puedo salir|atrapad\w)\b
  |\b(?:cant get (?:out|down\w*)|trapped|no puedo salir|atrapad\w)\b[^.?]{0,40}\b(?:smoke|fire|flames|humo|fuego)\b
""",
    building=_BUILDING,
)

TRAPPED = rules(
    r"""
\b(?:trapped|pinned|crushed|stuck|atrapad[oa]s?)(?: \w+){0,2} (?:under|in|inside|between|beneath|en|debajo)(?: \w+)?
  [ ](?:car|truck|wreck\w*|vehicle|rubble|beam|machine|tractor|carro|coche|camion|choque)\b(?! (?:traffic|line|pool))
""",
)

HARM_TO_US = rules(
    r"""
\b(?:hes?|shes?|they|theyre|<stranger>|(?:my )?<relative>)(?: \w+){0,2} (?:going to|gonna|will|wants? to|trying to
  |tried to
  |threaten\w* to|about to|coming to|says? hes going to|said hes going to|says? he will|said he will|says? hell
  |said hell)(?: (?:just|come|over))? ?<do_harm> <us>\b<jest>
\b(?:mi|el) (?:\w+ )?(?:me|nos) (?:va a|quiere|dice que me va a) ?(?:matar|golpear|pegar)\b<jest>
""",
    relative=RELATIVE,
    stranger=_STRANGER,
    do_harm=_DO_HARM,
    us=_US,
    jest=_JEST,
)
"""An idiom as often as not: it counts only beside a sign of fear, or where nothing else is said."""
IN_FEAR = rules(
    r"""
\b(?:locked|hiding|hid|hidden|barricad\w+)(?: \w+){0,2} (?:in|inside|from|under|myself|us)\b|\bescondid[oa]s?\b
  |\bencerrad[oa]s?\b
\b(?:help(?: me)?|send (?:help|someone|somebody)|hurry|police|cops|gun|knife|pistol|please|scared|afraid|terrified
  |drunk
  |crying|ayuda|ayudenme|auxilio|policia|tengo miedo|por favor)\b(?! (?:cancel|move|change|resched\w*|tell|let|book
  |dont|my back|find|fit|get|squeeze|with|out|can|could|may|i|we|is|put|see|give|help me (?:find|resched\w*|book
  |move)|figure|understand)\b)
^(?:help |please |omg )*(?:hes?|shes?|my <relative>|they)(?: \w+){0,2} (?:going to|gonna|will|trying to
  |threaten\w* to)(?: just)? (?:kill|murder|shoot|stab|strangle) (?:me|us|my kids?|her|him)(?: (?:now|tonight))?$
""",
    relative=r"(?:husband|hubby|boyfriend|bf|partner|ex|ex husband|ex boyfriend|stepdad|stepfather|stalker)",
)
CRASH_NOW = rules(
    r"""
\b(?:wreck|crash(?:ed)?|accident|rolled (?:the|my|over)|flipped|hit by a (?:car|truck|bus)|choque|choco|chocamos
  |accidente|cai|fell)\b
""",
)
HELD_FAST = rules(
    r"""
\b(?:im|i am|were|we are|hes|shes|still|and|my legs? (?:is|are)) (?:\w+ )?(?:trapped|pinned|stuck in the (?:car|truck
  |wreck\w*)|crushed)\b|\bcant get out(?! of (?:bed|it|this|work|the (?:driveway|house|chair|tub)|my (?:driveway
  |street|meeting|chair)|town)|[ ](?:until|till|early|much))\b|\bestoy atrapad[oa]\b
\b(?:losing (?:a lot of )?blood|bleeding (?:bad|badly|a lot|everywhere))\b
""",
)
