"""Does the client ask us to stop writing, to start again, or for the help text? English and Spanish, free wording too.

47 CFR 64.1200(a)(10): a client may revoke consent "in any reasonable manner"; stop, quit, end, revoke, opt out, cancel
and unsubscribe always count. A missed opt-out is the worst error, so doubt goes to stop, unless the words plainly speak
of something else ("I can't stop the pain", "can we stop by early?", "cancel my 3pm").
"""

import re
from difflib import get_close_matches

from domain.reply_words import Said, without

_POLITE = frozenset(
    [
        "please",
        "pls",
        "plz",
        "plss",
        "kindly",
        "thanks",
        "thank",
        "you",
        "thx",
        "ty",
        "now",
        "ok",
        "okay",
        "k",
        "hi",
        "hello",
        "hey",
        "already",
        "immediately",
        "immediatly",
        "right",
        "away",
        "asap",
        "sir",
        "maam",
        "guys",
        "lol",
        "por",
        "favor",
        "porfavor",
        "gracias",
        "ya",
        "hola",
        "omg",
        "just",
    ]
)
_WHOLE = frozenset(
    """stop|stopall|stop all|stop everything|stop it|stop this|stop that|stop that now|stop them|stop these|make it stop
    |stop me|end|end all|end it|quit|quit it|i quit|revoke|revoked|cancel|cancel all|optout|opt out|opt me out|i opt out|unsubscribe|unsubscribe me
    |unsub|unsubscribed|remove|remove me|delete me|no more|no mas|basta|alto|parar|pare|paren|para|parale|parenle|detener
    |detente|cancelar|cancelar todo|cancela|cancele|baja|dar de baja|darme de baja|salir|fin|terminar|no stop|yes stop|i want to stop
    |id like to stop|i would like to stop|i want out|can you stop|could you stop|would you stop|will you stop|stop with this
    |leave me alone|go away|enough|enough is enough|arret|suscripcion cancelar|desuscribir|eliminar|eliminarme|spam|this is spam
    |quiero parar|quiero salir|discontinue|desist|cease|cease and desist|halt|terminate|end this|end these|stop all this|make this stop|stop sms|stop text|stop 2 end|stop to end|stop2end""".replace(
        "\n    ", ""
    ).split("|")
)
_IN_A_CLAUSE = frozenset(
    [
        "remove",
        "stop",
        "stopall",
        "stop all",
        "unsubscribe",
        "unsubscribe me",
        "unsub",
        "optout",
        "opt out",
        "opt me out",
        "basta",
        "remove me",
        "no mas mensajes",
        "i said stop",
        "please stop",
        "alto",
        "stop it",
        "leave me alone",
        "make it stop",
    ]
)
_TYPOS = frozenset(
    [
        "stahp",
        "stpo",
        "sotp",
        "tsop",
        "stopp",
        "stoop",
        "stip",
        "stpp",
        "stp",
        "srop",
        "dtop",
        "atop",
        "stopo",
        "sstop",
        "stiop",
        "stopm",
        "stol",
        "sto",
        "stap",
        "stup",
        "stob",
        "stpop",
        "astop",
        "xtop",
        "sropp",
        "stopl",
        "stopit",
        "stopnow",
        "stoptexting",
        "stoptext",
        "qiut",
        "quitt",
        "unsuscribe",
        "unsubcribe",
        "unsubscibe",
        "unsuscribir",
        "unsubsribe",
        "unsubscribr",
        "unsibscribe",
        "unsubscrive",
        "unsbscribe",
        "unsubscrib",
        "unsubscirbe",
        "opout",
        "optput",
        "optuot",
        "otpout",
        "cancell",
        "cancle",
        "canel",
        "cancal",
        "revok",
        "stopping",
    ]
)
_MESSAGES = (
    r"(?:text(?:s|ing|ed)?|txt(?:s|ing)?|texto|messag(?:e|es|ing)|mesages?|mesaging|msgs?|sms|e ?mail(?:s|ing)?|mail(?:s|ing)?"
    r"|contact(?:ing)?|notif(?:ication|ications|s|ying)|remind(?:er|ers|ing)|alerts?|send(?:ing)?|writing|bother(?:ing)?"
    r"|bugging|spam(?:ming)?|harass(?:ing|ment)?|pinging|asking|communications?|correspondence|newsletters?|surveys?"
    r"|check ?ins?|blowing up)"
)
_NOUNS = (
    r"(?:texts?|txts?|text messages?|messages?|msgs?|sms|e ?mails?|reminders?|notifications?|alerts?|texting|surveys?|check ?ins?"
    r"|automated (?:texts|messages))"
)
_DETERMINERS = (
    r"(?:(?:all|the|these|those|this|my|your|any|future|further|more|of|text|automated|daily|weekly|sending|me|with)\s)"
)
_NOT_MINE = r"(?!by\b|in\b|at\b|over\b|off\b|and\b|taking\b|doing\b|my (?!phone|cell)|using\b|eating\b|if\b|when\b|to\b|for\b(?! good| ever))"

_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:stop|stp|stopp|quit|cease|discontinue|halt|quite)(?: and desist)?\s(?:{_NOT_MINE}\w+\s){{0,4}}?{_MESSAGES}\b",
        rf"\b(?:end|cancel|terminate|turn off|shut off|disable|unsubscribe from|get rid of|enough)\s{_DETERMINERS}{{0,4}}{_NOUNS}\b",
        r"\b(?:stop|quit)\s(?:using|writing to|calling or|calling and|with) (?:me|us|this|texting|it already)\b",
        rf"\bno more (?:\w+ ){{0,2}}{_NOUNS}\b",
        r"^(?:please |pls |and )?no (?:more )?(?:text(?:s|ing)|text messages|messages|emails|sms|reminders)\b(?! (?:today|received|yet|came|from|arrived|so far|but))",
        r"(?<!\bi )(?<!\bi really )(?<!\bwhy )(?<!\bif you )(?<!\bto )\b(?:dont|do not|never|dnt|donot|wont you stop and not) "
        r"(?:you )?(?:ever |even |dare |please |pls )*(?:text|txt|message|msg|e?mail|contact|write|spam|sms|bother|call or text|text or call|call or message)"
        r"(?:\sto)?(?:\s(?:me|us|my (?:phone|cell|number)|this|any|anymore|again|here|or call)\b|$)",
        r"(?<!\bi )(?<!\bwhy )(?<!\bif you )\b(?:dont|do not|never) (?:ever |please )*(?:send|sent) (?:me |us )?(?:any ?more |any |more |these |those |this |your )?"
        r"(?:anything|texts?|messages?|msgs?|reminders?|emails?|sms|notifications?|surveys?|stuff|these|those|anymore|any ?more)\b",
        rf"\b(?:dont|do not|no longer|not|didnt|never) (?:ever |really )?(?:want(?:ed)?|wish|need|like|care for|wanna|agreed? to|consent(?:ed)? to|sign(?:ed)? up for|ask(?:ed)? for|interested in|opt(?:ed)? in(?:to| to| for)?) "
        rf"(?:(?!miss|lose|stop|unsubscribe|forget|bother|interrupt|delete|opt|the link|to (?:text|email|message|send)\b|[,.?])\S+ ){{0,4}}?(?:{_NOUNS}|contacted|texted|messaged|emailed|bothered|hear from (?:you|yall|u)|on (?:your|this) list|(?:get|receive|receiving|getting) (?:any ?more|any|anything)(?: more)?(?: of)?(?: these| those| this)?$)\b",
        rf"\b(?:rather|prefer|want|like) (?:to )?not (?:to )?(?:get|receive|have|be) (?:\w+ ){{0,3}}?(?:{_NOUNS}|contacted|texted|messaged|these|those|anything|this)\b",
        rf"\b(?:sick|tired|done|fed up|had enough|annoyed) (?:and tired )?(?:of|with|by) (?:\w+ ){{0,3}}?{_MESSAGES}\b",
        r"\bun ?subs?cri\w*|\bunsub\b|\bunsuscri\w*|\bopt(?:s|ed|ing)? (?:me |us |myself )?out\b|\boptout\b",
        r"\b(?:take|get|taking) (?:me|us|my (?:number|name|cell|phone|email)|this number) (?:off|out|of)\b(?: of| from)?(?! (?:the|your) (?:wait|cancell|sched|calen|\d|books?|afternoon|morning|table))",
        r"\b(?:remove|delete|erase|drop|take) (?:me|us)(?: please)?(?:$| from (?:your|the|this|all|these|any|future|ur) (?:\w+ )?(?:lists?|texts?|texting|messages?|messaging|contacts?|system|database|reminders?|emails?|notifications?)\b)",
        r"\b(?:remove|delete|erase|lose|forget|block) (?:my|this|the) (?:phone|number|cell|email|contact|info|information)\b",
        r"\boff (?:of )?(?:your|the|this|ur|all) (?:(?!wait)\w+ )?(?:lists?|texts|messages|distribution|system)\b(?<!waiting list)(?<!cancellation list)",
        r"\bleave (?:me|us) (?:the (?:hell|f\w+|heck) )?alone\b|\bdo not (?:text|call|contact) list\b|\b(?:knock|cut) (?:it|this) (?:off|out)\b",
        r"\b(?:revok\w+|withdraw\w*|rescind\w*) (?:my |all |any )*(?:consent|permission|authori[sz]ation)\b|\b(?:dont|do not|no longer|not) (?:give |have my )?(?:consent|permission)\b",
        r"\b(?:fuck|f|piss|bug|buzz|screw) ?off\b|\b(?:im |i am |ill |i will |gonna )?(?:block(?:ing)?|report(?:ing)?) (?:you|this number|your number|as spam|this as spam|this to)\b",
        r"\b(?:text|message|contact|email) me again and\b|\bi(?:ve)? (?:already )?(?:said|told you(?: guys)?|asked you|texted|replied|sent|typed|wrote|keep (?:saying|texting|sending|replying)) (?:to )?(?:stop|quit)\b",
        r"\b(?:told|asked|asking|want|need|wish|begging|telling) (?:you|u|yall|you guys|you all|this|these|them|it) (?:to |would )(?:please )?(?:stop|quit)$",
        r"\b(?:please|pls|plz|can you|could you|would you|will you|wont you|cant you|for the last time|god|sake|ffs|seriously|again|i beg you|im begging|you (?:\w+ )?(?:need to|must|have to|gotta|better|should)|just|jus) (?:just |please |pls )?(?:stop|quit)(?: (?:this|it|now|already|please|pls|immediately|asap|everything|all of this|all this))*$",
        r"^(?:please |pls |just |ok |and |so |now )*stop (?:i|im|ive|id|you|u|ur|who|wrong|dont|do not|everything|all|thanks|thank|asap|immediately|for good|already|please|pls|now|right now|no more|never)\b",
        r"\b(?:ya )?no (?:me |nos |por favor |vuelvan? a |sigan? |siga |quiero que (?:me )?|vayan a )*(?:mand(?:en|e|es|eis)|envi(?:en|e|es)|escrib(?:an|a|as|irme)|contact(?:en|e|es)|molest(?:en|e|es|ar)|texte(?:en|e|es|ar)|mandarme|enviarme|contactarme|textearme|molestarme|mandando|enviando|escribiendo|recuerden|mensaj(?:een|ee))(?:me|nos)?\b",
        r"\b(?:ya )?no (?:quiero|deseo|necesito|quisiera|queremos|me interesan?|me gustaria|autorizo|acepto|pedi|solicite|quiero que)(?: mas)? (?:(?!perder|dejar|cancelar|molestar)\w+ ){0,4}?(?:mensaj\w+|msjs?|textos?|correos?|sms|recordatorios?|notificaciones|avisos|emails?|escriban|manden|envien|contacten|texteen)\b",
        r"\b(?:dej(?:en|e|a|ar|ame|enme|eme)|par(?:en|e|a|ar|ale|enle)|basta|deten(?:gan|ga|er)|cesen|alto|terminen)(?: ya)? (?:de|con|a) (?:\w+ ){0,3}?(?:mand|envi|escrib|mensaj|text|molest|contact|llam|correos|sms|recordatorio|notific|recibir|spam)\w*",
        r"\b(?:no mas|ya no|ni un|basta de|cero) (?:\w+ )?(?:mensajes?|msjs?|textos?|correos?|sms|recordatorios?|notificaciones)\b",
        r"\b(?:quit|borr|elimin|sac|saqu|retir|remuev|remov)(?:en|e|a|an|ar)(?:me|nos)(?: por favor)?(?:$| de (?:la|su|sus|esta|tu|todas?)(?: las?)? (?:lista|listas|base|sistema|mensajes|contactos|directorio)\b)",
        r"\b(?:quit|borr|elimin|sac|saqu|retir|bloque)(?:en|e|a|ar) (?:mi|este) (?:numero|telefono|celular|correo|nombre|contacto)\b",
        r"\b(?:de|la|mi|doy) baja\b(?! (?:presion|por (?!favor)|la|el|de precio|intensidad|un))|\b(?:des|de|in|desin)(?:suscrib|subscrib|suscrip|scrib|inscrib)\w*|\bdesu\w*scrib\w*",
        r"\b(?:anul|cancel)\w+ (?:la |mi |esta )?su[bs]?scripcion\b|\b(?:cancel|anul|suspend|deten)\w* (?:los |estos |sus |todos |mis |las |estas |de |el envio de )*(?:mensajes?|textos?|recordatorios?|correos?|notificaciones|sms)\b",
        r"\b(?:removed|taken|deleted|dropped) (?:off|from)(?: of)? (?:this|the|your|ur|all|any) (?:(?!wait)\w+ ){0,2}?(?:lists?|texts?|messages?|messaging|system|database|reminders?|emails?)\b",
        r"\b(?:dont|do not|no longer) want (?:these|those|them|this)(?: any ?more)?$|\bsalir de (?:la|esta|su) lista\b",
        r"\b(?:can|could|would) (?:you|u|yall) (?:please |pls |all )*not (?:text|message|contact|email|send|write)\b",
        r"\bno (?:quiero|deseo) recibir (?:mas|nada)\b|\b(?:quitar|borrar|eliminar|sacar)(?:me)? de (?:la|su|sus|esta) listas?\b",
        r"\bdej(?:en|e|a)(?:me|nos)?(?: ya)? en paz\b|\bno (?:autorizo|consiento|doy (?:mi )?(?:permiso|consentimiento))\b|\b(?:retiro|revoco) (?:mi )?(?:consentimiento|permiso|autorizacion)\b",
        r"\b(?:cancel|end) (?:my |this |the )?(?:text |sms |email )?subscription\b",
    )
)
_NEVER_STOP = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:dont|do not|didnt|did not|cant|cannot|can not|never|wont|not|couldnt|wouldnt|nobody said to|not to) (?:want (?:you |this |it )?to |wanna |mean to |need (?:you )?to |have to |please |ever |accidentally )*"
        r"(?:stop|quit|cancel|end|unsubscribe|opt out|opt me out|be unsubscribed|remove me)\b",
        r"\b(?:why did you|did you|have you|you guys|if you|did i|if i|will i|would i|when did you|hope you dont|until you|before you|why have you) (?:ever |just |already |accidentally )?(?:stop|stopped|quit|unsubscribe|unsubscribed|opt out|opted out)\b(?! it\b)",
        r"\b(?:accident\w*|mistake\w*|mistakenly|oops|didnt mean|error|sin querer|por error|equivocacion|resubscribe|resubscribed|back in)\b",
        r"\b(?:what happens if|what does|if i|should i|do i|does|can i) (?:\w+ ){0,3}?(?:text|reply|send|say|type|texting|replying|have to)?\s?stop\b(?! (?:\w+ ){0,3}(?:texts|messages|texting|reminders|emails|receiving|getting))",
        r"\bopt(?:ed|ing)? (?:\w+ )?out of (?:the |my |this |that |a )?(?!text|message|email|sms|reminder|notif|all|these|those|receiving|getting|communic|any|future|further|your)\w+",
        r"\b(?:no (?:dejen|deje|dejes|paren|pare) de)\b",
        rf"\b(?:stop|stopping)\b(?:(?!{_MESSAGES}\b).){{0,40}}\b(?:pains?|aches?|aching|hurts?|hurting|cramp\w*|spasm\w*|headaches?|bleeding|swelling|numbness|tingling|coughing|crying|clicking|throbbing|smoking|soreness)\b",
        r"\bstop (?:by|in|over|off|at)\b(?!.*\b(?:texting|texts|messaging)\b)",
    )
)
_AT_OTHER_TIMES = re.compile(
    r"\b(?:before \d|before (?:noon|9|eight|nine|ten)|until|till|during|at night|in the mornings?|while|so early|so late|this early|this late|too early"
    r"|after (?:\d|nine|ten|dark|hours)|on (?:the )?(?:weekends?|sundays?|saturdays?)|at work|antes de las?|despues de las?|en la noche|de noche"
    r"|por la noche|tan temprano|tan tarde|hasta|mientras|durante|los (?:domingos|sabados|fines)|en el trabajo)\b"
)
_START = frozenset(
    [
        "start",
        "unstop",
        "startall",
        "start all",
        "resume",
        "resubscribe",
        "subscribe",
        "optin",
        "opt in",
        "opt me in",
        "opt me back in",
        "iniciar",
        "reanudar",
        "comenzar",
        "empezar",
        "start again",
        "start texts",
        "start texting",
        "start texting me again",
        "start sending",
        "sign me up",
    ]
)
_START_AGAIN = re.compile(
    r"\b(?:start|resume|restart|begin) (?:sending |getting |receiving )?(?:me |the |my |your |these |us )*(?:texts|texting|messages|messaging|reminders|sending)\b"
    r"|\b(?:opt|sign|add|put|subscribe) (?:me )?back (?:in|up|on)\b|\bresubscribe\b|\bunstop\b"
    r"|\b(?:vuelvan?|pueden volver|quiero volver) a (?:mandar|enviar|escribir|recibir|textear)\w*|\b(?:reanud|reactiv)\w+ (?:los )?(?:mensajes|recordatorios|textos)"
)
_HELP = frozenset(
    [
        "help",
        "info",
        "ayuda",
        "help me",
        "information",
        "informacion",
        "help help",
        "need help",
        "i need help",
        "necesito ayuda",
        "ayudenme",
        "helpme",
    ]
)


def asks_to_stop(said: Said) -> bool:
    """Whether the client wants no more messages, in whatever words."""
    bare = without(said.plain, _POLITE)
    if bare in _WHOLE or bare in _TYPOS or get_close_matches(bare, ["unsubscribe"], cutoff=0.8):
        return True
    if any(_bare_clause(clause) for clause in said.clauses) and not asks_about_stopping(said):
        return True
    if said.shouted_stop and not any(found.search(said.plain) for found in _NEVER_STOP):
        return True
    return any(_clause_asks(clause) for clause in _readings(said))


def asks_to_start(said: Said) -> bool:
    """Whether the client wants messages again: START, UNSTOP and the like."""
    bare = without(said.plain, _POLITE)
    return bare in _START or (
        bool(_START_AGAIN.search(said.plain)) and not re.search(r"\b(?:dont|do not|no)\b", said.plain)
    )


def asks_for_help(said: Said) -> bool:
    """Whether the whole text is HELP, INFO or AYUDA; help with something is for a person."""
    return without(said.plain, _POLITE) in _HELP


def asks_about_stopping(said: Said) -> bool:
    """Whether STOP is only spoken about: "what happens if I text STOP?"."""
    return bool(
        re.search(r"\b(?:what happens if|what does|if i|should i|do i have to|reply) (?:\w+ )*?stop\b", said.plain)
    )


def _bare_clause(clause: str) -> bool:
    bare = without(clause, _POLITE | {"yes", "no", "sorry", "yeah", "and"})
    return bare in _IN_A_CLAUSE


def _readings(said: Said) -> list[str]:
    """Each clause alone, and each sentence without its commas ("stop, for the love of god, texting me")."""
    sentences = [sentence.replace(" , ", " ") for sentence in said.sentences]
    return said.clauses + sentences


def _clause_asks(clause: str) -> bool:
    if not any(found.search(clause) for found in _ASKED):
        return False
    if any(found.search(clause) for found in _NEVER_STOP):
        return False
    return not _AT_OTHER_TIMES.search(clause)
