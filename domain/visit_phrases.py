"""The wordings about visits, English and Spanish: each list of what counts has a list of what only looks like it."""

from domain.reply_rules import rule, rules

DAY = (
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?|today|tomorrow|tmrw|tmw|tonight|noon|midday"
    r"|morning|afternoon|evening|next week|this week|later this week|(?:the |this |next )?weekend"
    r"|end of (?:the )?day|next month|next \d|later in the week|the following week|the \d{1,2}(?:st|nd|rd|th)"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|hoy|la tarde|proxima semana|semana que viene"
    r"|otra semana|mediodia|fin de semana|pasado manana|proximo \w+|semana entrante"
)

CLOCK = (
    r"(?:\d{1,2}(?::\d\d)?(?: ?(?:am|pm|oclock|ish|or so))?(?! ?(?:min|minutes?|mins|hours?|hrs?|hr|days?|percent"
    r"|people|sessions|visits|weeks?|times|of|/|out))|las? \d{1,2}(?::\d\d)?)"
)

WHEN = rf"(?:{DAY}|{CLOCK})"

CANCEL = rules(
    r"""
\b(?:have to|gotta|need to|going to|gonna|must|i will|im) (?:have to |just |sadly )?(?:bail|bailing|back out|flake
  |drop out|call it off|pull
  out|pass on (?:it|tomorrow|today|this one))\b
\bcancel (?:us|him|her|them|our|both)\b|\b(?:remove|delete|drop|scrap|nix|ditch) (?:my|the
  |our) (?:\w+ ){0,3}(?:appointment|appt|visit|session|booking)\b|\b(?:take|pull) (?:my|the
  |our) (?:\w+ ){1,2}off (?:the |your )?(?:schedule|calendar|books?)\b|\b(?:quit|borr|elimin|sac|saqu
  |anul)\w+ (?:me )?(?:de )?(?:la|mi|esa|nuestra) cita\b|\bya no (?:quiero|necesito|voy a querer) (?:la|mi
  |esa) cita\b(?!.*(?:cambi|pas|mueve|mover))
\b(?:take|pull|get|leave) (?:me|us) (?:off|out of) (?:the |your |that )?(?:schedule|calendar|books?|appointment|slot
  |(?:\w+ )?appt)\b|\b(?:wont|not|cant|isnt) be (?:coming|making it|able to keep)\b(?! (?:back )?until)
\b(?:cancel|cancels|canceling|cancelling|cancell|cancle|canel|cancal|cxl|cancellation please|call off|calling off
  |scratch) ?(?:it|that|this|my|the|our|tomorrow\w*|todays?|please|pls|on|for|mine|me|everything|all|appointment|appt
  |visit|session|massage|thursday|monday|tuesday|wednesday|friday|saturday|sunday|and|i|\d\w*|$|,)
\b(?:need|have|want|like|going|gonna|gotta|must|had|would|will|can|could|should|wish|decided|forced|please|trying
  |got) (?:you |i |we |u |to |please |unfortunately |just )*(?:cancel|cancell|cancle|canel)\b
\b(?:wont|will not|not going to|not gonna|im not|i am not|not|were not|we are not|we wont) (?:be )?(?:coming|come
  |there|their
  |theyre|ther|attending
  |attend|showing|show|showing up)\b(?! (?:until|till|early|late|before|on time))
\b(?:skip|skipping) (?:it|this|tomorrow\w*|todays?|my|the|next)\b|\bcount me out\b|\b(?:give|giving) (?:up )?(?:my
  |the) (?:slot|spot|time|appointment)(?: (?:away|up|to))?|\b(?:free|open) up my (?:slot|spot|time)\b
\btake me off (?:the|your) (?:schedule|calendar|books?)\b|\btake me off (?:the )?\d|\bremove me from (?:the
  |your) (?:schedule|calendar|books?)\b|\b(?:no longer|dont|do not) need (?:the|my|this|that) (?:\w+ )?(?:appointment
  |appt|visit|session|massage|slot)\b|\bdrop my (?:appointment|appt|visit|session)\b
\b(?:cancelar(?:l[ao])?|cancelo|canceled?n?(?:l[ao])?|cancela(?:l[ao]|me|mos)?|cancele(?:l[ao]|me)?|cancelen(?:l[ao]
  |me)?|anul\w+) ?(?:mi|la|el|lo|esta|ese|por favor|porfa|cita|turno|sesion|visita|manana|de|todo|$|,)
\b(?:quiero|necesito|tengo que|debo|puedo|podria|pueden|puede|quisiera|voy a|favor de) (?:por favor )?cancelar\w*\b
\bno (?:voy a (?:ir|asistir|llegar|venir)|ire|asistire|voy|vendre|vamos a ir|iremos)\b(?! a poder)
"""
)

NO_CANCEL = rules(
    r"""
\b(?:can|could|will|would) (?:you|u|we) (?:please |just )?skip (?:it|this|that|the)
\b(?:si|if) (?:i |we |you |la |lo |me |tengo que |tuviera que |necesito |need to |have to |had to |must )*cancel\w*
  |\b(?:fees?|charg\w+|cobr\w+|cuesta|multa|penali\w+)(?: \w+){0,5} (?:cancel\w*)
\bno (?:me |la |lo |nos |se |vayan a |va a |voy a )*cancel\w*|\b(?:seguro|insurance|banco|bank|trabajo|jefe
  |jefa)(?: \w+){0,2} cancel\w*|\bme (?:cancelo|cancelaron)\b|\bcancel\w* (?:my |our |the )?(?:other|gym|netflix
  |subscription)
\b(?:dont|do not|didnt|did not|not|never|wont|without|no need to|not to|shouldnt|hate to|no quiero|no voy a
  |no) (?:want to |wanna |need to |have to |going to |gonna |mean to |plan to |please )?(?:cancel\w*|anul\w+)
\b(?:did|was|were|is|has|have|why
  |who) (?:you |i |they |my |the |it |been |appointment |appt |visit |session |guys |someone )*(?:cancel|cancell?ed
  |cancell?ing)\b
\b(?:if|do) (?:i|you|we|it|they) (?!have|need|want)(?:\w+ ){0,2}cancel\w*|\bcancel\w* (?:policy|fee|fees|charge
  |charges|charged|window|list|politica)\b|\bpolitica de cancel\w+|\b(?:late|last minute) cancel\w*
\b(?:might|may|maybe|possibly|probably|could|would|what if|depending|podria|tal vez|quizas
  |a lo mejor) (?:i |have to |need to |be |want to |tenga que |tengo que )*(?:cancel\w*)\b(?! my\b.{0,40}\?)
\bcancel\w* (?:\w+ ){0,2}(?:insurance|membership|card|payment|order|flight|account|check|trip|vacation|meeting|plans
  |class|seguro|tarjeta|pago|vuelo|cuenta|membresia)\b|\b(?:my|the|a|mi) (?:flight|meeting|trip|class|vuelo
  |reunion) (?:was|got|is|been|fue) cancel\w*
\b(?:they|he|she|work|school|airline) cancell?ed\b|\bi (?:already |have )?cancell?ed\b|\btoo late to cancel\b|\b(?:fue
  |esta|ha sido) cancelad[oa]\b|\bcancelaron\b
"""
)

MOVE = rules(
    r"""
\b(?:can|could|can you|may|way to|possible to|need to|gotta|have to|want to|like to|chance of|chance to|please|pls
  |lets|we|you|i|u|to) (?:please |just |maybe |possibly )*(?:mov|switch|chang|bump|push|swap|shift|trad|slid|scoot
  |exchang)(?:e|ing|ping)? (?:it|this|that|me|us|mine|my \w+|the \w+|<when>|our \w+|back)\b(?! (?:to the (?:floor
  |ground)|around (?:the|my)|over the))
\b(?:can|could|may|need to|like to|want to|please|lets|would) (?:we |i |you |u |please |just )*(?:push|bump|move
  |switch|change|swap|shift|slide)(?: \w+){0,2} (?:to|until|till|for|back to) (?:\w+ ){0,2}<when>\b|\b(?:rather than
  |instead of|en vez de|en lugar de) (?:\w+ ){0,2}<when>\b|\bnot (?:gonna|going to) work (?:<when>|for me|out)\b
  |\bwhat (?:else|other (?:times?|days?)) (?:do you have|is (?:there|available|open)|have you got|you got|works)\b
  |\bque otr[oa]s? (?:dia|hora|horario)|\bwould work better\b
\bse (?:puede|podria|podra) (?:cambiar|mover|pasar|posponer|recorrer)|\b(?:me|nos) (?:la|lo) (?:pueden?
  |podrian?) (?:cambiar|mover|pasar|recorrer|poner)|\bmejor (?:otr[oa]|pasemosla|la dejamos|cambiemos|lo dejamos)\b
\b(?:but|pero|maybe) (?:a |an |un )?(?:bit|little|hour|poco|half hour|tad)?(?: bit)? ?(?:later|earlier|mas tarde
  |mas temprano)\b
\b<when> (?:is|are|looks) (?:bad|no good|not good|terrible|tough|rough|hard|impossible)\b
\b(?:re ?sched\w*|resched|re ?shedul\w*|reshcedul\w*|rescedul\w*|reschd\w*|postpone|postponing|rain ?check|push (?:it
  |this|my|back|the|our)|pushed back|bump (?:it|my))\b
\b(?:move|moving|change|changing|switch|switching|swap|swapping|shift|shifting|adjust) (?:it|that|this|my|the|our|to
  |around|me)(?: \w+){0,3}? ?(?:appointments?|appts?|apt|visit|session|massage|time|times|day|date|slot|to|earlier
  |later|back|up|forward|<when>)\b
\b(?:another|different|other|new|better|alternate) (?:\w+ )?(?:time|times|day|days|date|slot|slots|appointment|appt
  |opening)\b(?! last)|\bsome other (?:time|day)\b
\b(?:earlier|later) (?:\w+ )?(?:time|times|slot|spot|session|visit|option|appointment|appt|opening|in the (?:day|week
  |month))\b|\b(?:come|do|make it|have|be|go|fit me in|get in|anything|something|move|available|see me
  |open)(?: \w+){0,3} (?:earlier|later)\b(?! (?:said|than|today i))
\b(?:can|could|may|would|is|are|do|does|what about|how about|any chance|rather|prefer
  |possible)\b[^.?]{0,60}\binstead\b(?! of)|\b<when> instead\b|\binstead of (?:\w+ ){0,2}<when>\b|\b(?:make it
  |do) <when>(?: \w+)? instead\b
\b(?:cant|cannot|can not|couldnt|wont be able to|will not be able to|not able to|unable to|not going to be able to
  |not gonna be able to|wont|not going to|not gonna|dont think (?:i|we)(?: can| will| am able to| be able to)?
  |cant possibly)(?: (?:actually|really|even|longer))? (?:do (?:<when>|it|that|this)|make (?:<when>|that)|get (?:off
  |away)|(?:make it|come|be there|get there|show up)(?: \w+){0,3} (?:until|till|before|by|hasta))\b
\b(?:cant|cannot|can not) (?:<when>|that day|at that time|then)\b|\b(?:unavailable|not available|busy|not free
  |out of town|double booked|booked|working) (?:on |at |that |this |then|next |for )?(?:<when>|day|time|week|then)\b
\b(?:need|have|want|like|gotta|going) (?:to )?(?:please )?(?:move|change|switch) (?:it|that|this)$|\b(?:earlier|later
  |<when>) (?:would be|would work|is|works|might be) better\b|\b(?:but
  |pero) (?:at |a |around |for |not until |after |on |el |para )*<when>$
\b(?:doesnt|dont|wont|does not|isnt|not) (?:going to )?(?:work|good|ideal|great)(?: (?:for me|with my schedule|for us
  |anymore|any more|after all|out))+|\b<when> (?:doesnt|does not|wont|isnt|is not|no longer
  |not) (?:going to )?(?:work\w*|good|possible)
\b(?:\d+|an?|few|half an?) (?:min|mins|minutes?|hours?|hrs?) (?:later|earlier)\b|\bsomething (?:came|has come
  |just came) up\b|\bhave a conflict\b|\bscheduling conflict\b
\b(?:reprogram\w*|reagend\w*|re agend\w*|pospon\w*|aplaz\w*|recorrer (?:la|mi) cita)\b|\b(?:cambi\w+|mov\w+|muev\w+
  |pas\w+|adelant\w+|atras\w+)(?:me|la|lo)? (?:\w+ ){0,3}?(?:cita|hora|horario|dia|fecha|sesion|turno|para|<when>)\b
\b(?:otra|otro|diferente|distint[oa]) (?:hora|horario|dia|fecha|momento|cita|turno)\b|\bmas (?:tarde
  |temprano)(?= ?(?:$|\?|por favor|seria|en vez))|\ben (?:vez|lugar) de\b|\bmejor (?:a |el |para |las? )+<when>\b
  |\bmejor el <when>\b
\bno (?:puedo|podre|podemos|podremos|voy a poder|vamos a poder|alcanzo a|me es posible|creo poder|creo que pueda
  |podria)(?: (?:ese|esa|a esa|manana|hoy|el|<when>))\b
  |\bno me (?:funciona|queda|sirve|viene)(?: bien)?\b|\bno estoy disponible\b|\bme surgio\b|\bse me complic\w+
""",
    when=WHEN,
)

PROPOSE = rules(
    r"""
\b(?:can|could|may|would|might|able to|love to|like to|prefer to|want to|lets) (?:i|we|you|it|u
  |you guys)? ?(?:please |just |maybe |possibly |guys )?(?:do|come in|come|make it|have|be|get in|get me in|fit me in
  |go with|go|take|squeeze me in|see me|book|schedule|move|get)(?: (?:in|for|on|at|it|an?|appointment|the|me|around
  |like|to|closer|after|before|early|next|this)){0,4} <when>\b
\b(?:is|are|do you have|have you got|got|any|anything|is there|are there|how about|what about|would|does|could
  |what do you have|got anything|openings?|availability|available|slots?|opening)(?: (?:you|anything|any|openings?
  |availability|available|something|time|open|space|on|for|at|in|a|an|there|spots?|slots?|the|around|left|free
  |possible|next|this|still)){0,6} <when>\b
\b(?:podemos|podria|podriamos|puedo|puede|pueden|se puede|seria posible|que tal|tiene|tienen|hay
  |habra)(?: \w+){0,5} <when>\b
""",
    when=WHEN,
)

CANNOT_COME = rules(
    r"""
\b(?:cant|cannot|can not|couldnt|able to|unable to|wont|not going to|not gonna|no longer|aint|dont think (?:i|we))
  (?: (?:actually|really|even|longer|possibly|be able to|gonna|going to|can|will|am|be|going))* (?:make|come
  |attend|get there|be there|go (?:to|tomorrow|today)|keep|show up|makeit|making)\b
  (?! (?:\w+ ){0,3}(?:pain|hurt|full|early|on time|sense|that work|sure))(?<!why able to)
\b(?:not|never) (?:making it|make it)\b|\bno (?:puedo|podre|podremos|podemos|voy a poder|vamos a poder|alcanzo a
  |alcanzare
  |me es posible|creo poder|creo que pueda|podria|creo que puedo|creo que podre|voy a alcanzar)
  (?: a)?(?: (?:ir|llegar|asistir|venir|hacerlo|presentarme|estar|acudir|alcanzar))+\b|\bno (?:podre|voy a poder|alcanzo
  |llego)$
"""
)
"""The visit is off; it is to be moved only where the client wishes for another time in the same breath."""

CALLS_LATER = rule(
    r"""
\b(?:i will|will|let me|can|going to|gonna) (?:\w+ )?(?:call|contact|text|reach out|let you know
  |get back)\b[^.?]{0,30}\bre ?schedul\w*
\b(?:will|can) (?:have to )?(?:re ?schedule|rebook) (?:later|another|when|once|soon|at|some|down|in the|after)
\b(?:dont|do not|not) (?:want|need|wish|going|able) to (?:rebook|re ?schedule)\b
\b(?:re ?schedule|rebook) (?:later|when i|once i|some other|another time|at a later|soon|myself)\b
\b(?:llamo|llamare|aviso|luego|despues)\b[^.?]{0,20}\b(?:reagend|reprogram)\w*
"""
)

NO_MOVE = rules(
    r"""
\bwhy (?:do|does|did|have|are) (?:you|they|it|u)(?: guys)?(?: keep| always| keep on)? (?:chang|resched|mov|cancel
  |switch)\w*|\b(?:dont|do not|didnt|no|not|without|never
  |wont) (?:want to |need to |have to |going to |gonna |wanna |plan to |necesito )?(?:re ?schedul\w*|move it
  |change (?:it|the time|my appointment)|postpone|reprogramar|cambiar|reagendar)
\b(?:might|may|maybe|possibly|probably|not sure if|podria que|tal vez
  |quizas) (?:i |i will |have to |need to |be |want to |tenga que |tengo que |can )*(?:re ?schedul\w*|move|change
  |postpone|make|reprogramar|cambiar)\b
\b(?:not sure|dont know|unsure|no se)(?: \w+){0,3} (?:can|if|whether|will|si)(?: \w+){0,3} (?:make|come|attend|able
  |puedo|pueda|podre)\b|\b(?:did you|was it|has it|was my|have you|why did you|who|why was|is it(?! possible| ok| okay
  | too| alright)) (?:\w+ ){0,3}(?:re ?schedul\w*|moved?|changed?)\b
\b(?:change|changed|move|switch) (?:my |the |your )?(?:insurance|address|email|phone|name|card|mind|medication|meds
  |doctor|pressure|number|pharmacy)\b|\bcant (?:make|do|get|keep) (?:\w+ ){0,2}(?:exercis\w*|stretch\w*|homework
  |that stretch|comfortable|sense|sleep)\b
\b(?:wont|will not|dont|do not) (?:need|want) (?:a|another|to)(?: \w+)? (?:appointment|appt|visit|session|massage)\b
  |\b(?:wont|will not) need (?:a|another|to)\b|\bminutes instead\b|\b\d+ (?:min|mins|minutes?|hour|hr) instead\b
"""
)

BOOK = rules(
    r"""
\b(?:book|booking|rebook|schedule|make|set up|get|need|want|reserve|like|have|setup) (?:\w+ ){0,3}?(?:another|an|a
  |my next|next|new|some)? ?(?:\w+ )?(?:appointment|appt|apt|visit|session|massage|slot|spot|time with|opening)\b
\b(?:book|schedule|sign|put|pencil|squeeze|fit) (?:me|us|him|her)\b|\b(?:book|schedule|rebook) (?:it|another|again|for
  |the|now|please|online|<when>)\b|^(?:please )?(?:book|rebook|re book)$|\bbook please\b|\blets (?:book|schedule
  |do it)\b|\b(?:come|get) (?:back )?in (?:again |for |this |next |sometime |on )
\b(?:any|have|got) (?:\w+ ){0,2}(?:openings|opening (?:on|for|this|next|tomorrow|today|available)|availability|slots?
  |appointments|spots?)\b|\bwhen (?:can i|is the next|could i|are you|is your next) (?:come|get in|opening|available
  |open|be seen|book|schedule|free)\b
\b(?:quiero|necesito|quisiera|me gustaria|puedo|podria|deseo|favor de|agend\w+|reserv\w+|hacer|sacar|programar
  |apart\w+) (?:\w+ ){0,3}?(?:cita|turno|sesion|masaje|visita|hora)\b|^(?:agend\w+|reserv\w+)(?: por favor)?$
  |\b(?:agend|reserv|apart|anot)(?:ame|eme|enme|arme)\b|\btiene[ns]? (?:citas?|espacio|lugar|disponib\w+)\b
""",
    when=WHEN,
)

NO_BOOK = rule(
    r"""
\b(?:dont|do not|didnt|not|no|never|wont) (?:want|need|wish|like|quiero|necesito|ready|have time|able|going)\b
  |\btoo many (?:appointments|visits|sessions)|\b(?:end|shorten|stop|finish|skip) (?:my|the|our) (?:session|visit
  |appointment|massage)\b|\bdisappear\b|\bmassage table\b
\b(?:what|when|where|which) (?:\w+ )?(?:time )?(?:is|was|s) (?:my|the|our)\b
\bmy (?:appointment|appt|visit|session) (?:is|was|at|on|still|for)\b
\b(?:do|did|dont) i (?:still )?have (?:an|a|my)\b
\b(?:have|had) (?:an|my|a) (?:appointment|appt|visit|session|massage)\b|\balready (?:booked|have|scheduled|made)\b
\b(?:had|got) (?:a|the|my) (?:great|good|nice|massage)\b|\b(?:cuando|a que hora) (?:es|tengo)\b
"""
)

LATE = rules(
    r"""
\b(?:be there|be here|there|arriv\w+|get there|see you|omw|on my way|pulling in)(?: \w+){0,3} (?:\d+|ten|five
  |quarter) (?:past|after)\b|\b(?:held up|running|backed up|broke down|flat tire|dead battery
  |stuck)\b[^.?]{0,40}\b\d+ (?:past|after|min\w*|late|behind)\b|\b(?:omw|on my way)\b.*\b\d+ (?:min\w*|past|after
  |late)\b
\b(?:around the corner|almost there|be right (?:in|there|up)|parking now|just parked|pulling (?:in|up)
  |looking for parking|buscando (?:donde )?(?:estacionar\w*|parking|parqueo))\b|\b(?:ya (?:casi )?(?:llego
  |voy llegando|voy en camino)|voy en camino|me (?:demoro|tardo|retraso|falta\w*))(?: \w+){0,3} (?:\d+|cinco|diez
  |quince|veinte|unos|poco)\b|\b(?:llego|llegare|llegamos) (?:como |a |las |tipo |por ahi )*(?:\d+:\d\d|y cuarto)
  |\btarde(?: \w+){0,2} \d+ min|\bretrasito\b
\b(?:running|be|im|am|is|bit|little|few|minutes?|mins?|min|arriving|arrive|going to be|might be|gonna be|hr|hour|there
  |stuck|were|we are) (?:\w+ ){0,2}?(?:late|behind|delayed)\b(?! (?:the|my|his|her|knee|reply|response|answer
  |on (?:this|my
  |paying|payment)
  |paying|for paying|to (?:cancel|book|reply|respond|answer)|with))
\b(?:running|run) (?:\w+ )?(?:\d+|a|few) (?:\w+ )?(?:late|behind)\b|^(?:late|delayed|running behind)$|\b\d+ ?(?:min
  |mins|minutes)? ?(?:late|behind)\b(?! (?:reply|response|fee))
\bstuck (?:in|at|on|behind) (?:\w+ )?(?:traffic|work|train|meeting|the|a|bridge|freeway)\b|\b(?:traffic|bus|train|uber
  |lyft) (?:is |was )?(?:terrible|bad|awful|crazy|insane|late|delayed|backed up|running late)\b|\bheavy traffic\b
  |\bhit traffic\b
\b(?:be|there|arrive|arriving|pull up|see you|get there|make it|im|am) (?:\w+ )?in (?:about |like |another |~)?(?:\d+
  |five|ten|fifteen|twenty|a few|a couple) ?(?:min|mins|minutes|more minutes)?\b(?! (?:days|weeks|hours|months|years))
  |\b\d+ (?:min|mins|minutes) (?:away|out)\b|\beta\b
\b(?:llego|llegare|voy|vamos|llegando|llegar|estoy|llegamos|ando) (?:\w+ ){0,4}?(?:tarde|retrasad[oa]s?|atrasad[oa]s?
  |demorad[oa]s?)\b|\b(?:me|se me) (?:retras|atras|demor|hizo tarde|hace tarde)\w*|\b\d+ (?:min|minutos|mins) (?:tarde
  |de retraso|mas tarde)\b|\b(?:en el|atascad[oa]|mucho|hay|atorad[oa] en el) trafico\b|\bretrasad[oa]\b
  |\bllego en \d+
"""
)

NOT_LATE = rule(
    r"""
\b(?:too late|late (?:reply|response|answer|fee|cancel\w*)|sorry (?:its|im|for being|for the
  |this is) (?:so )?late(?: (?:reply|response|getting|on|with|to))?$|wont be late|not late|isnt late|late last night
  |up late|stayed up|(?:was|were) (?:\w+ )?late|if (?:i|im|i am)|what if|how late|late with|late on|better late
  |sorry for being late|lateness|no (?:voy|llegare) tarde)\b
"""
)

COMING = rules(
    r"""
\b(?:i will|will|we will|im gonna|im going to|going to|gonna|both) be (?:there|here|their|theyre|ther)\b
  |^(?:yes )?be there\b
  |(?<!to )(?<!can i )\bsee (?:you|u|ya|yall)\b(?! (?:in court))|\bc u\b|\bcya\b|\bi(?: will|ll| plan to| am
  |m)? (?:be )?(?:attending|attend|make it|making it)\b|\bplan(?:ning)? (?:on|to) (?:it|be(?:ing)? there|come|coming
  |attend\w*)\b|\bcount me in\b|\blooking forward\b|\bi(?:m| am) coming\b|\bi will come\b|\bi (?:can|will) (?:make it
  |come|be there|attend)\b|\bwe are coming\b
\b(?:that|it|this|time|tomorrow|then|still|day|monday|tuesday|wednesday|thursday|friday|\d+(?:am|pm)?|am
  |pm) (?:time )?(?:works|is good|is fine|is perfect|is great|still works|works great|is ok|is okay|good|fine
  |sounds good|sounds great|works for me)\b|\bworks (?:for me|great|perfectly|fine)\b|\bgood to go\b|\bstill (?:on
  |good|coming|planning)\b|\bim in$|\bim (?:so|totally|definitely|100 percent) (?:there|in|down)\b|\bim good for\b
\b(?:ahi|alli|alla) (?:estare|estaremos|voy|nos vemos|llego)\b|\b(?:estare|estaremos|voy a estar) (?:ahi|alli|alla)\b
  |\bnos vemos\b|\bcuent[ea]n? conmigo\b|\b(?:si|yes) (?:voy|ire|asistire|puedo ir|llego)\b|\basistire\b|\bvoy a ir\b
  |\bhasta (?:manana|entonces|el|pronto|luego)\b|\bahi estoy\b|\bla espero\b|\blos veo\b
"""
)

CONFIRM = rules(
    r"""
^(?:c|1 c|cc|confirm|confirmed|confirming|confrim|comfirm|confrimed|comfirmed|conf|confirmo|confirmad[oa]|confirmar
  |confirmamos)\b
\b(?:i confirm|i can confirm|im confirming|i am confirming|want to confirm|like to confirm|writing to confirm
  |calling to confirm|just confirming|here to confirm|happy to confirm|consider (?:it|me|this) confirmed|confirmed
  |confirmo|confirm (?:my|the|it|for|our|appointment|please|tomorrow)|^c)\b
"""
)

NOT_CONFIRM = rule(
    r"""
\b(?:can|could|would|please|pls|will|did|do|to|need|didnt|dont|not|cant|cannot|puede|pueden|podria|me|havent|never
  |no) (?:you |u |i |yet |guys |a |please |me |someone )*(?:confirm\w*)\b(?<!like to confirm)(?<!want to confirm)
  (?<!writing to confirm)(?<!calling to confirm)(?<!here to confirm)(?<!happy to confirm)(?<!can confirm)
\b(?:is|was|are) (?:my|it|the|this|we) (?:\w+ ){0,2}(?:confirm\w*)\b|\bconfirmation\b
"""
)
