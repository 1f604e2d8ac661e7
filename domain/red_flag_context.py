"""What takes the danger out of a dangerous word: a denial, another person, an everyday phrase, getting better."""

import re

from domain.reply_rules import rule, rules

ABOUT_ANOTHER = rule(
    r"""
\b(?:my|our|her|his|mi|mis|a|the) (?:mom|mum|mother|dad|father|mother in law|father in law|brother|sister|grand\w+
  |grandma|grandpa|aunt|uncle|cousin|niece|nephew|friend|best friend|neighbou?r|boss|coworker|co worker|colleague|dog
  |cat|puppy|horse|pet|roommate|landlord|mama|papa|madre|padre|hermano|hermana|abuel[oa]|tio|tia|prim[oa]|amig[oa]
  |vecin[oa]|jef[ea]|perr[oa]|gat[oa]|suegr[oa])s?\b
(?<!over )(?<!with )(?<!walking )\b(?:my|our|her|his|the) (?!and\b)\w+ (?:dog|cat|puppy|kitten|horse|pet|parrot
  |hamster|perr[oa]|gat[oa])s?\b
\b(?:my|mi) (?:husband|wife|son|daughter|partner|kid|child|boyfriend|girlfriend|fiancee?|spouse|esposo|esposa|hijo
  |hija|marido|novi[oa])s? (?:had|was|just had|is pregnant|died|passed|tuvo|fue|estuvo|murio|got|broke|fell
  |is having surgery|has surgery|has a (?:fever|cold)|is sick|esta enferm[oa])\b
\b(?:my|mi) (?:husband|wife|son|daughter|partner|kid|child|boyfriend|girlfriend|fiancee?|spouse|esposa|hija
  |novia)s?\b(?= (?:is pregnant|esta embarazada|has covid|has the flu))
\b(?:covid|flu|illness|suicide|death|heart attack) in the family\b|\b(?:someone|somebody|a guy|traffic)\b|\b(?:he|she
  |who) (?:died|passed)\b
\bdo (?:you|yall)(?: guys| ever| also| all)? (?:treat|see|work (?:with|on)|take|accept|help|offer|do|know|massage)\b
  |\b(?:people|patients
  |clients|folks|women|men|personas?|pacientes|clientes|gente) (?:with|after|who|that|con|que|despues|tras)\b
  |\b(?:atienden|tratan
  |trabajan con|dan masajes? a|aceptan|ayudan)\b
"""
)

SOMEBODY_NEAR = rule(
    r"""
\b(?:my|our|his|her|the|mi|mis|nuestr[oa]s?) (?:\w+ )?(?:husband|wife|son|daughter|partner|kids?|child|children
  |boyfriend
  |girlfriend|fiancee?|spouse|baby|toddler|twins|teen|roommates?|family|esposo|esposa|hij[oa]s?|marido|novi[oa]
  |ninos?|ninas?|bebe|familia)s?\b(?! (?:and i|y yo))|\b(?:kids?|grand?(?:son|daughter|kid)s?|granson)\b
  |^(?:the |sorry )?(?:baby|son|daughter|husband|wife|mom|dad|dog|cat|toddler
  |hij[oa]|bebe)\b
"""
)
"""People of the client's house: whether their illness matters is for a person."""

_EVENT = (
    r"(?:heart attacks?|strokes?|mini strokes?|tias?|seizures?|aneurysms?|cardiac arrest|pulmonary embolism"
    r"|overdose|infartos?"
    r"|derrames?|embolia|ataques? al corazon|blood clots?|clots?|dvt|convulsion\w*|(?:bad "
    r"|severe )?allergic reaction|fainting"
    r"|paralysis)"
)
_LONG_SINCE = (
    r"(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a few|several|many|some) (?:years|yrs|months) (?:ago"
    r"|back)|years ago"
    r"|last (?:year|summer|winter|spring|fall)|back in (?:19|20)\d\d|in (?:19|20)\d\d|when i was|as a (?:kid|child)"
    r"|in my (?:\d0s|teens"
    r"|twenties|thirties|forties)|in college|decades ago|hace (?:\w+ )?(?:meses|anos)|el ano pasado|en (?:19|20)\d\d)"
)
_STREET = (
    r"(?:st|str|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|way|court|ct|place|pl|hwy|highway|apt"
    r"|suite|unit|circle"
    r"|cir|terrace|trail|pkwy|parkway|loop|square|calle|avenida)"
)

IDIOMS = rules(
    r"""
\b911 (?:(?!please|help|now|i\b|im\b|my\b|he\b|she\b|and\b|for\b)\w+ ){0,3}<street>\b|\b911 (?:memorial|anniversary
  |museum|tribute|remembrance|ceremony|stair climb|5k|day|charity|attacks?
  |main|oak|elm|maple
  |pine|north|south|east
  |west|porsche|turbo|carrera)\b
\b(?:address(?: is)?|house number|suite|apt|apartment|unit|hwy|highway|route|room|gate|flight|po box|box|code|order
  |invoice|ticket
  |confirmation|extension|ext|porsche|a|drives? a|moved to|moving to|move to|live at|lives at|located at|office at
  |vivo en|direccion
  (?: es)?)(?: (?:is|now|to|at|the|number|our|my|new|,|es|en))* 911\b|\b\d{3}[ -]911\b|\b911[ -]\d{4}\b
\b(?:had|has had|having had|survived|after|since|from|recovered from|history of|recovering from|tuve|tuvo|dio
  |suffered|suffered from)
  (?: (?:a|an|my|his|her|the|one|two|un|una|mini|small|massive|mild|minor|bad|first|el|mi
  |major)){0,3} <event>(?: [\w,]+){0,4} <since>
\b<since>(?: [\w,]+){0,4} (?:had|survived|suffered|tuve|tuvo)(?: \w+){0,3} <event>\b
\b(?:died|passed(?: away| on)?|dead|lost (?:him|her|my \w+(?: \w+)?)|murio|fallecio|death)(?: \w+){0,2} (?:of|from|to
  |after|by|de|por)
  (?: (?:a|an|the|un|una|sudden|massive|his|her|second)){0,3} <event>\b
\b(?:family|personal|medical|past) history of(?: \w+){0,4} <event>\b|\b<event>(?: \w+){0,2} (?:runs?|run) in (?:my
  |the|our) family\b
\b(?:had|have had) (?:a |an |my )?(?:\w+ )?<event>\b[^.?]{0,60}\b(?:on file|in my (?:file|chart|records?|history)
  |already told you
  |you (?:already )?(?:know|have (?:that|it))|years ago)\b
\b(?:the|your|that|those|these|her|his|each|every|long|slow|nice|elbow|forearm|massage|effleurage|gliding|paint|brush
  |golf|swim\w*)
  [ ](?:(?:long|slow|deep|gentle|firm|light|elbow) )*strokes? (?:you|that you|she|he|with|technique|work|pressure|was
  |were|felt|of|on|in
  |along|down|is|are)(?! (?:and i|paralyz|his|paraly))\b
\b(?:causes?|causing|leads? to|leading to|triggers?|gives? (?:you|someone|people|somebody)|prevents?|preventing
  |risks? of|risks? for
  |risks? (?:a|an)|chances? of|chances? for|odds of|danger of|likelihood of|result in|signs? of|symptoms? of|dar
  |causar|provocar
  |riesgo de)(?: (?:a|an|the|having|getting|un|una|me|mini|bad|possible)){0,3} <event>\b(?! (?:right now|now|i have
  |i think))
\b(?:is it (?:true|possible|safe|normal|common)|can|could|does|do|will|would|is there|what if|i (?:just )?(?:read
  |heard|saw)|article
  |es verdad|puede)\b[^.?]{0,60}\b(?:cause|lead to|give|trigger|get|have|causes|happen\w*|after
  |from)(?: \w+){0,3} <event>\b(?! (?:now
  |right now|today))(?=.*(?:massage|neck|cupping|adjust\w*|read|heard|masaje|pressure|session|stretch\w*
  |chiropract\w*|needling))
\b(?:numb|tingl\w*|frozen|no feeling|dormid[oa]s?|entumid[oa]s?)(?: \w+){0,3} (?:with|from|because of|due to|in|por
  |de) (?:the |all the
  |being |this |that |so |el |tanto )*(?:cold|snow|ice(?: packs?| bath)?|freez\w+|frost|wind|weather|frio|nieve
  |hielo)\b
\b(?:freezing|cold|snow\w*|ice|icy|frio)\b[^.?]{0,30}\b(?:feet|hands?|fingers|toes|ears?|nose|face|cheeks|manos|pies
  |dedos)\b
  (?: \w+){0,4} (?:numb|frozen|tingl\w*|dormid[oa]s?|entumid[oa]s?)\b
\bseizure (?:meds?|medications?|medicines?|pills|disorder|dog|drugs?)\b|\bstroke (?:awareness|month|charity|walk
  |fundraiser|center)\b
\b(?:couldnt|cant|could not|didnt|did not|barely|hardly|never|hard to)(?: \w+)? wake up (?:for (?:my|the|work|school
  |class|church|it)
  |to (?:my|the) alarm|on time|in time|till|until|early|before|after \d|at \d)\b|\bslept through my alarm\b
\b(?:face|mouth|lips?|cheek|jaw|tongue|chin|gums?|cara|boca)\b(?: \w+){0,5} (?:numb|frozen|droop\w*|tingl\w*
  |dormid[oa]|adormecid[oa])
  (?:(?!not\b|no\b)[^.?]){0,25}\b(?:dentist\w*|dental|novoca\w+|novaca\w+|lidoca\w+|anesthe\w+|numbing|tooth
  |root canal|filling|crown|wisdom|extraction
  |botox|dentista|anestesia|muela|cavity|injections?)\b
\b(?:dentist\w*|dental|novoca\w+|novaca\w+|lidoca\w+|root canal|filling|wisdom teeth|tooth|botox|dentista|muela
  |cavity)\b[^.?]{0,40}
  \b(?:face|mouth|lips?|cheek|jaw|tongue|cara|boca)\b(?: \w+){0,4} (?:numb|frozen|droop\w*|tingl\w*|dormid[oa]
  |adormecid[oa])\b
\b(?:numb|frozen|dormid[oa]) (?:face|mouth|lips?|cheek|jaw|tongue)(?: \w+){0,4} (?:dentist\w*|dental|novoca\w+
  |filling|root canal)\b
\bataques? de (?:risa|hambre|estornudos|celos|carcajadas)\b|\b(?:alarm|alarms|alarma|kids?|dog) (?:couldnt|cant
  |didnt) wake me\b
\bme (?:da|va a dar|dio|iba a dar) (?:un|el) (?:infarto|ataque|patatus|soponcio)(?: \w+)? (?:de|al|cuando|con|si
  |por) (?:ver|vi|veo|la cuenta
  |el precio|lo que)\b
\b(?:gps|phone|computer|laptop|wi ?fi|car|truck|printer|app|tv|router|siri|alexa|internet|website|calendar|system|washer
  |engine|ipad|tablet)(?: \w+){0,4} (?:stroke|heart attack|seizure)\b(?! (?:and i|help))|\bchoking hazards?\b
  |\bsuicidal (?:tastes?|drivers?|driving|squirrels?|deer|birds?|bugs?|moths?|traffic|humou?r|pace|schedule|cyclists?
  |bikers?|pedestrians?|pigeons?|prices?|traffic)\b
\bstroke (?:patients?|survivors?|rehab|clients?|victims?)\b|\b(?:shirt|collar|tie|necklace|bra|mask|seat ?belt|scarf
  |robe|gown) (?:was|is|keeps
  |kept) choking\b|\b(?:nearly|almost|about|just about) (?:passed out|fainted|had a (?:stroke|heart attack|seizure
  |coronary)|died|choked
  |keeled over) (?:when i (?:saw|heard|read|opened|found out)|at the|at your|seeing|over the|laughing)\b
\bambulan\w+(?: \w+){0,4} (?:block\w*|in (?:the way|front)|pass\w*|went by|traffic|road|street|atravesad\w|estorb\w*
  |delante|tap\w+|cerr\w+|parked)\b|\b(?:behind|stuck behind|drive|driving) (?:an |the |una )?ambulan\w+
  |\bambulance (?:driver|bill|siren)\w*\b|\bdetras de una ambulancia\b
\b(?:chok\w+|gag\w+) (?:on|at|up at) (?:that|the|your|this|those) (?:price|cost|bill|fee|copay|number|quote)\w*
  |\b(?:suffocat\w+|melting|dying|roasting|baking|burning up) (?:in|from|with|of) (?:this|the
  |all this) (?:\w+ )?(?:heat
  |humidity|weather|sun|car|room|paperwork|work|smoke)\b|\bwork is suffocating\b|\bbleeding (?:money|cash|edge)\b
\b(?:heart|corazon) (?:skipped a beat|me brinco|dio un (?:brinco|salto))(?: \w+){0,3} (?:when|seeing|cuando|de gusto)\b
  |\bpassed out (?:cold|hard|again|right) (?:on|in) (?:the|my) (?:couch|sofa|bed|recliner|chair)\b
  |\bdied and went to heaven\b|\bknocked out of\b|\bpassed out (?:flyers|candy|cards)\b
\b(?:casi|por poco) (?:que )?me (?:da un|desmay\w+|muero|mori|ahog\w+|infart\w+|asfixi\w+)(?: infarto| paro
  | ataque)? (?:de|del|con
  |por|cuando|al|entre)\b(?! (?:dolor|mareo|debilidad|falta|calentura|fiebre))
\bme (?:desmay\w+|muero|mori|ahog\w+) (?:de (?:lo |la |el )?(?:ric[oa]|risa|gusto|emocion|alegria|relajad\w|bien
  |hambre|calor|ganas
  |sueno|verguenza|car[oa]|buen[oa]|felicidad|amor)|en (?:un vaso|trabajo|deudas|este calor)|entre tanto\w*)\b
\bsin (?:aliento|aire|respiracion) (?:de lo|por lo|con lo|de tan|con el paisaje)\b|\b(?:took|takes
  |taking) my breath away\b
\b(?:cant|couldnt|hard to|cannot) breathe? (?:in|with|under|because of) (?:that|this|the|your|a
  |those) (?:\w+ )?(?:room|mask|perfume|incense
  |lotion|scent|smell|heat|traffic|crowd|cradle|outfit|dress|shirt|smoke)\b|\bface (?:cradle|rest|hole
  |pillow)\b(?: \w+){0,6} numb\b
  |\bnumb\b(?: \w+){0,5} face (?:cradle|rest|hole|pillow)\b
\b(?:only|just|very|with|still|slight|bit of) (?:a )?faint\b
\b(?:dying (?:to|for|of|laughing)|to die for|die for a|strokes? of (?:luck|genius|midnight)|(?:gave|giving|give|gives
  |nearly gave|almost gave) me (?:a|an|another) heart attack|(?:almost|nearly|about) had a heart attack (?:when|at
  |seeing|over)|passed out (?:asleep|on the|on my|in bed|in my bed|early|right away|as soon as|the (?:moment|minute
  |second)|when i got home|like a baby|for \d+ hours)|(?:cant|couldnt|hard to|trouble) breath\w* (?:through|out of
  |from) (?:my|the|one) (?:nose|nostrils?)|breathing (?:exercises?|techniques?|practice|room|app)|breath of fresh air
  |fresh air|overdos\w+ on (?:chocolate|coffee|sugar|caffeine|food|turkey|candy|pizza)|drop dead gorgeous
  |numbing cream|(?:long|swedish|massage|firm|light|deep|gentle) strokes?|different strokes|butterfly stroke
  |back ?stroke|breast ?stroke|suicide (?:squad|doors?|drills?|sprints?|prevention)
  |(?<!chest is )(?<!heart is )(?<!back is )(?<!spine is )killing (?:me|it)
  |(?:hot|warm) (?:stones?|towels?|baths?|showers?|packs?|water
  |compress\w*|oil)|heating pad|warm(?:ing)? up|leg warmers?|chest (?:freezer|of drawers)|heart ?(?:felt|warming)
  |from the bottom of my heart|with all my heart|love you|know by heart|(?:hard|hurts|heavy|pain|pains) (?:my
  |the) (?:sweet )?heart to|breaks my heart|bless your heart|red (?:light|line|cross|bag|shirt|door|car|lobster)
  |(?:tight|out) of breath lol|fell (?:asleep|behind|in love|through)|sick (?:and tired )?of(?! (?:living|life|being
  |this life|it all))|sick and tired|cold (?:outside|weather|room|table|hands|in (?:the|here))|ache to|me muero (?:de
  |por) \w+|(?:casi|por poco) me da un (?:infarto|ataque|paro|paro cardiaco)|(?:run|ran|running|did|doing
  |do)(?: \w+)? suicides|out of breath (?:laughing|from laughing)|jump rope|massage gun|aire acondicionado|aire (?:en
  |a) las llantas|sin aire acondicionado|muert[oa] de (?:risa|hambre|cansancio|sueno)|(?:last year|years ago
  |decades ago|back in (?:19|20)\d\d|in (?:19|20)\d\d|when i was (?:a kid|young|little)|as a (?:kid|child)
  |hace (?:muchos )?anos))\b
""",
    street=_STREET,
    event=_EVENT,
    since=_LONG_SINCE,
)
"""Everyday phrases that only sound like danger; taken out before the rules look."""

IMPROVED = rule(
    r"""
\b(?:better|improv\w+|went away|gone|goes away|less|down (?:to|from)|decreas\w+|reduced|eased|easing|subsid\w+
  |resolved|healed|cleared (?:up|out)|went down|going down|better than|no longer|used to|stopped|over it|se fue
  |baj[oa]|mejor|mejorado|mejorando|menos|desaparec\w+|se (?:me )?quito
  |ya no)\b
"""
)


BREAK = rule(
    r"""
\b(?:but|pero|except|excepto|though|although|however|aunque|sino|yet|just|only|other than|besides|aside from
  |apart from|outside of|save for|unless you count|aparte de|fuera de|solo
  |salvo|menos)\b
"""
)

NOT = rule(
    r"""
\b(?:no(?! ,)|not|without|dont|doesnt|didnt|havent|hasnt|hadnt|isnt|arent|wasnt|never|denies|deny|none|zero|free of
  |neither|nor|sin|ni|nada de|nunca|ningun|ninguna|tampoco|aint|negative for|nothing like)\b
"""
)

NO_DENIAL = rule(
    r"""
\b(?:not (?:feeling|doing|so|too|very|really) (?:well|good|great|right|ok|hot)|not sure(?: if| whether)?|not only
  |not just|no idea(?: why| what)?|(?:dont|do not) know(?: if| why| what| whether)?|(?:dont
  |do not) feel (?:so |too |very )?(?:well|good|right|great)|no se (?:si|que|por que)|no me siento (?:muy )?bien
  |(?:not|wont|isnt|doesnt|hasnt|never) (?:going|go|goes|gone|went) away|no se (?:me )?quita
  |not (?:getting |any )?better|no longer|no (?:lie|joke|doubt|kidding)|(?:doesnt|does not|didnt) (?:even )?(?:know
  |remember|recogni[sz]e)|not (?:kidding|joking|gonna lie|going to lie
  |to alarm you|normal|okay|ok|good|fine)|(?:cant|didnt|couldnt) sleep|(?:didnt|did not) (?:want|mean) to|(?:dont
  |do not) want to|not able to|no puedo dormir
  |no (?:puedo|pude|podre|podemos|voy|vamos|ire|iremos|quiero|creo|llego|alcanzo|aguanto|soporto|entiendo|deja|para
  |estoy bien|ando bien|duermo|importa)|not (?:coming|going|making)|(?:wont|cant) (?:be|make)|nothing helps)\b
"""
)

GOES_ON = rule(
    r"""
 , (?:and |y |now )?(?:i|im|ive|my|me|tengo|estoy|now|started|got|having|have|woke|feeling|feel|siento|hay|since
  |right)\b
\b(?:i have|im having|ive got|i got|i feel|started|woke up with|tengo|me duele|because|since|so|porque)\b
"""
)

JUST_DENIED = re.compile(
    r"\b(?:no|not|without|dont|doesnt|didnt|havent|hasnt|isnt|arent|wasnt|never|nobody|no one|noone|sin|nadie|nunca"
    r"|if)"
    r"(?: (?!i\b|im\b|hes\b|shes\b|but\b)\w+){0,3} $"
)
"""The nearest of denials, for a scene: "nobody is trying to break in"."""

CHILDHOOD = re.compile(
    r"\b(?:when i was (?:a |little|young|\d)|as a (?:kid|child|teen\w*|baby)|in (?:college|high school|my (?:\d0s"
    r"|teens|twenties))"
    r"|de (?:nin[oa]|chiquit[oa]))\b"
)
OWN = re.compile(r"\b(?:i|im|ive|id|me|yo|tengo|estoy|ando|me)\b")
"""The client's own part in what is told of somebody of the house."""

ANOTHER_TIME = re.compile(
    r"\b(?:\d+|two|three|four|five|six|few|several|many|couple) (?:months|years|yrs) (?:ago|back)|\byears ago"
    r"|\blast (?:year"
    r"|month|summer|winter|spring|fall)|\b(?:in|since) (?:19|20)\d\d\b|\bhace (?:\w+ )?(?:meses|anos)\b"
    r"|\bel ano pasado\b"
    r"|\bwhen i was (?:a |little|young|\d)|\b(?:movie|film|netflix|episode|tv show|podcast|novel|video ?game|nightmare"
    r"|dream(?:ed|t)?|pelicula|sone|escape room|haunted house|drill|halloween)\b|\bused to\b|\b(?:lol|lmao|haha"
    r"|jaja|jk)\b"
)
"""Told of long ago, of a film or a dream, or in jest: no scene of now."""

OVER_BY_NOW = re.compile(
    r"\b(?:yesterday|last (?:night|week|weekend|time|\w+day)|the other (?:day|night)|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day|(?:\d+|a few|couple|two|three|several) (?:days|nights|weeks) ago|this past (?:week|weekend|\w+day)"
    r"|over the weekend|earlier this week|a (?:week|while) ago|ayer|anoche|antier|la semana pasada|el fin de semana"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b"
)
STILL_ON = re.compile(
    r"\b(?:now|tonight|today|still|again|help|please|pls|911|police|cops|hes (?:here|back|outside)|is (?:here|back"
    r"|outside)|bleeding|cant|hurry|ahora|hoy|ayuda|ayudenme|sangr\w+|policia)\b"
)
"""Violence of the other day, told as over: a person is paged, and no text about it goes to that phone."""
ME_TOO = re.compile(
    r"\b(?:i|im|me)(?: (?:think|might|may|probably|guess|feel|like|believe|i|am|also|now|got|have|do|it|caught|getting"
    r"|had))* (?:do|have it|got it|it|am|getting it|have them|got them)(?: \w+)? (?:too|also|as well)\b"
    r"|\byo (?:tambien|creo que tambien)\b|\bcreo que yo tambien\b"
)
"""The illness of the house is the client's own as well: "my kids have lice and I think I do too"."""
HAVING = re.compile(r"^ (?:tengo|he tenido|tuve|siento|he sentido|hay|tenido|me duele|i have|i feel)\b")

LATER_NO = re.compile(r"^(?: ,)?(?: \w+)? (?:no|none|negative)$")
NOT_IMPROVED = re.compile(
    r"\b(?:not|no|isnt|doesnt|hasnt|never|wont|nothing|without|nada|nunca)(?: \w+){0,3} "
    r"(?:better|gone|improv\w+|eas\w+|mejor\w*)"
)
"""Said of something that stays as it is: "not getting any better"."""
