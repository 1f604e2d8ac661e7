"""Opt-outs by word class, for wordings that nobody has thought of: an end, a no, a weariness, a removal or a threat,
and close to it a word for our messages. Broader than the phrases of `opt_out_english` and `opt_out_spanish`, and asked
only after them.
"""

from domain.reply_rules import rules

_MESSAGE = (
    r"(?:te?xts?|te?xting|te?xtin|txts?|txting|text messages?|messages?|messaging|messagin|msgs?|sms|e ?mails?"
    r"|e ?mailing|reminders?|reminding|notifications?|notifying|alerts?|contact|contacting|communicat\w+|correspond\w+"
    r"|pings?|pinging|little notes|(?:letters|notes|stuff|things) (?:on|to) my (?:phone|cell|telephone)"
    r"|outreach|recados|massaging my (?:phone|cell)|sending|writing me|massages (?:to|on) my (?:phone|cell)"
    r"|robo\w*"
    r"|mensaj\w+(?! de voz)|textos?|texte\w+|correos?(?! electronico)|recordatorios?|avisos|notificaci\w+|comunicaci\w+"
    r"|escribir\w*|escribiendo\w*|mandar\w*|mandando\w*|enviar\w*|enviando\w*|contactar\w*|contactando\w*)"
)
_END = (
    r"(?:stop|quit|cease|desist|halt|refrain|discontinue|terminate|lay off|ease off|back off|knock off|chill"
    r" (?:with|on)"
    r"|basta|paren\w*|pare|par[ae]n?l[ea]s?|alto|cesen?|detengan?|absten\w+|eviten?|suspendan?|bajenle"
    r"|dej(?:en|e|a|ar)\w* ya"
    r"|dej(?:en|e|a|ar)(?:me|nos|se)? de)"
)
_SEND_ME = (
    r"(?:(?:text|message|e ?mail|contact|send|write|bother|bug|spam|ping|hit)(?:ing)?|writing|messaging"
    r"|bugging|pestering)(?: to)? (?:me|us|this|my|anything"
    r"|any|here|no)"
)
_UNTOUCHED = (
    r"(?!forget|hesitate|know|think|mind|remember|see|get|got|receive\w*|understand|until|unless|afraid|sure|why|when"
    r"|because|if|so|able|can|could|olvid\w+|dud\w+|se|recib\w+|lleg\w+|pud\w+|podi\w+|han|logr\w+|tarde\w*|problem"
    r"|worries|idea|but|pero|he|she|they|ella)"
)
"""Words between a no and a sending that turn it round: "don't forget to text me"."""
_WEARY = (
    r"(?:enough (?:of|with|already)|sick (?:and tired )?of|tired of|fed up|annoying|irritating|obnoxious"
    r"|harass\w+|nonstop"
    r"|non stop|bombard\w+|flooding|pestering|hart[oa]s? de|cansad[oa] de|fastidi\w+ (?:con|de)|necedad|que lata"
    r"|me tienen? (?:hart[oa]|hasta))"
)
_THREAT = (
    r"(?:lawyer|attorney|sue|suing|police|cops|fcc|ftc|legal action|lawsuit|report(?:ing)? (?:you|this|it)"
    r"|block(?:ing)?"
    r"|abogad\w+|demand\w+|policia|denunci\w+|bloque\w+|report\w+ (?:por|como))"
)
_MINE = (
    r"(?:my|our|this|mi|este) (?:\w+ )?(?:number|num|nbr|name|phone|cell|mobile|digits|info|e ?mail|contact"
    r"|data|telefono|numero"
    r"|cel\w*|correo|nombre|contacto)"
)

BROAD = rules(
    r"""
\b<end>(?! (?:by|in|at|over|off|here)\b)(?! (?!texting|txting|texing|mess|mass|sending|writing|bother|bugg|contact
  |emailing|ping|blowing|being|doing|spam|harass|reminding|notify)\w+ing\b)(?: \w+){0,6} <message>\b
(?<!why )(?<!if you )(?<!if they )(?<!if u )\b(?:dont|do not|never|nobody|not|nunca
  |jamas)(?: <untouched>\w+){0,4} <send_me>\b(?! (?:back|if|when|until|yet|unless))
\bno (?:<untouched>\w+ ){0,5}(?:me|nos) (?:<untouched>\w+ ){0,2}(?:escrib(?:a|an|as)|mand(?:e|en|es)|envi(?:e|en|es)
  |contact(?:e|en|es)|texte(?:e|en|es)|mensaje(?:e|en|es)|molest(?:e|en|es)|busqu(?:e|en|es))\b(?! (?:con (?!sus|los
  |las|tant|esos|estos|mas|mensaj|text|record|puro)|hasta\b|cuando\b|si\b|la\b|el\b\b|al\b|un\b|una\b))
\b(?:no|nunca|jamas|ni) (?:<untouched>\w+ ){0,4}(?:contactar|escribir|mandar|enviar|textear|molestar|buscar
  |mensajear)(?:me
  |nos)\b(?! (?:con|hasta|cuando|si|una|un|la|el)\b)
\b(?:dont|do not|no longer|never|aint) (?:want|need|wanna|wish)(?: (?!to\b)\w+){0,4} massages (?:to|on) my (?:phone
  |cell)\b
\bno (?:further|more|additional|other) <message>\b|\bopt(?:ing)? <mine> out\b
\bno (?:quiero|queremos|deseo|me gusta|autorizo|permito) que (?:\w+ ){0,6}(?:mand|escrib|envi|text|contact|molest
  |mensaj)\w*
  (?! (?:a|con) )
\b(?:cancelacion|suspension|cese|fin|interrupcion) (?:de|del|a) (?:\w+ ){0,3}<message>\b|\b(?:cancelacion|suspension
  |cese) del envio\b
\bhasta (?:el|la|los|aqui|ac[ae])(?: \w+){0,2} (?:de|con)(?: \w+){0,3} <message>\b
\b(?:dont|do not|never|no|stop|quit|aint|no longer|sick of|tired of|enough|no quiero|ya no|basta|paren|dejen
  |deje)(?: \w+){0,6} (?:on|to
  |from|a|en|al) (?:my|mi) (?:phone|cell|number|telephone|mobile|inbox|telefono|cel|celular)\b(?! (?:number )?(?:is
  |bill|died|broke|to))
\b(?:decline\w*|refus\w+|object\w* to|oppos\w+|rehus\w+|rechaz\w+)(?: \w+){0,4} <message>\b
\b(?:appreciate|like|love|want|prefer|wish|rather)(?: \w+){0,4} <message>(?: to)? (?:ended|stopped|end|stop|cease
  |ceased)\b
\b(?:dont|do not|never|quit|stop|not)(?: \w+){0,2} (?:hmu|hit me up)\b|\b(?:shut|turn|switch) (?:this|that
  |the) (?:\w+ )?(?:thing|bot|robot|machine) off$
\b(?:dont|do not|no longer|never|not) (?:authori[sz]e|permit|allow|consent|agree)(?: \w+){0,4} (?:use|using|have|keep
  |contact|share) (?:of )?(?:this
  |my) (?:\w+ )?(?:number|phone|cell|info\w*|data|email)\b
\bif (?:this|that|your|the) (?:\w+ )?(?:thing|bot|phone|computer|system|machine) (?:buzz|ding|ping|beep|text|bother
  |message)\w*\b
\b(?:take|tale|tske|taje|tak) me (?:off|of|odd|iff) (?:(?!wait|cancel|stand)\w+ ){0,2}(?:list|lust|lsit|liat|lits
  |lost)\b
\bno (?:\w+ ){0,3}(?:estar|seguir|andar|vuelvan a|volver a)(?:me|nos)? ?(?:mand|escrib|envi|text|molest|fastidi
  |contact|mensaj)\w+
\b(?:stop|quit|enough|done) with (?:these|those|all (?:of )?(?:this|these|the))\b(?! (?:\w+ )?(?:massag|exerc|stretch
  |visit|appoint|session|pressure|med|pain))
\b<message>\b(?: \w+){0,8} (?:stop|end|quit|cease|cancel) (?:them|these|those|all of them)(?: please| pls| now)?$
  |\bdej\w+ (?:mi|este) \w+ (?:en paz
  |tranquil\w|sol[oa])\b
\bno (?:more|mas) (?:\w+ )?(?:junk|spam|garbage|crap|nonsense|bs|bull\w*|basura)\b
\bhow many (?:more )?times (?:do|must|have|did|should) i (?:\w+ ){0,3}(?:say|tell|ask|told|said|asked|repeat)\b
  |\bleave (?:me|us|my \w+
  |this \w+) (?:alone|in peace|be)\b|\b(?:want|need) nothing (?:more|else|further|to do with (?:you|this|these))\b
\b(?:not|aint|never|no longer) (?:tryna|trying to|tryin to|looking to|looking for|here for|into|down with|down for
  |a fan of|about)
  (?: \w+){0,4} <message>\b
\b(?:no|ni) se (?:molest\w+|tomen?|preocupen?|esfuercen)(?: \w+){0,4} (?:escrib|mand|envi|text|mensaj|contact)\w*
\b(?:take|get|leave) me (?:off|out) (?:of )?(?:this|these|your|the) (?:\w+ )?(?:surveys?|texts?|thing|thread|robot)\b
^(?:please )?no (?:more )?(?:texts?|txts?|texting|sms|e ?mails?) (?:please|pls|plz|por favor|thanks|thx|im
  |i)\b(?! (?:got|received|see))
\b<weary>(?: \w+){0,8} <message>\b|\b<message>(?: \w+){0,5} (?:<weary>|enough)\b
\b(?:if i|if you|one more|another one|another text|another message|again|keep|si me|si vuelven|otra vez|una mas)\b
  (?: \w+){0,9} <threat>\b(?! (?:my|the|mi|la) (?:records|insurance))
\b(?:get|take|remove|delete|erase|wipe|purge|pull|scrub|strike|scratch|cut|lose|trash|clear|quit\w*|borr\w+|elimin\w+
  |saqu\w+|sac\w+|tach\w+) <mine>(?: (?:out of|off|from|outta|de|del)\b(?!(?: \w+){0,3} (?:wait|espera|cancel\w+
  |schedule
  |calendar|agenda))|$| (?:please|pls|now|por favor|ya)\b)
\b(?:what|which) part of (?:stop|no|leave me alone)\b|\bhow (?:do|can|would) i (?:make|get) (?:this|these|it
  |you) (?:to )?(?:stop
  |quit)\b
\b(?:que parte|cual parte) de (?:no|paren|basta|stop)\b
""",
    message=_MESSAGE,
    end=_END,
    send_me=_SEND_ME,
    untouched=_UNTOUCHED,
    weary=_WEARY,
    threat=_THREAT,
    mine=_MINE,
)

UNCLEAR = rules(
    r"""
\b(?:unsub\w*|opt(?:ed|ing)? out|desuscrib\w+|dar(?:me)? de baja|dnc)\b
^(?:please |just |so |and |ok |now |but |pero )*(?:stop|quit|cease|basta|paren|dejen)\b(?! (?:by|in|at|over|for|taking
  |being so hard))
"""
)
"""A word of an opt-out that nothing above could read: never an ordinary answer, always for a person."""

ENOUGH = rules(r"^(?:enough|enough already|enough is enough|basta|basta ya|ya basta|ya estuvo|ya estuvo bueno)$")
"""A part of a text that is a stop by itself wherever the text speaks of messages."""
MESSAGES = rules(r"\b<message>\b", message=_MESSAGE)
