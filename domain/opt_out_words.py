"""The wordings of "stop writing to me", English and Spanish, and the sentences that only look like one."""

from domain.reply_words import phrases, rule, rules, word_list

POLITE = word_list(
    """
    already asap away favor gracias guys hello hey hi hola immediately immediatly just k kindly lol maam
    now ok okay omg please pls plss plz por porfavor right sir thank thanks thx ty ya you
    """
)
WHOLE = phrases(
    """
    alto|arret|baja|basta|can you stop|cancel|cancel all|cancela|cancelar|cancelar todo|cancele|cease
    cease and desist|could you stop|dar de baja|darme de baja|delete me|desist|desuscribir|detener
    detente|discontinue|eliminar|eliminarme|end|end all|end it|end these|end this|enough
    enough is enough|fin|go away|halt|i opt out|i quit|i want out|i want to stop|i would like to stop
    id like to stop|leave me alone|make it stop|make this stop|no mas|no more|no stop|opt me out|opt out
    optout|para|parale|parar|pare|paren|parenle|quiero parar|quiero salir|quit|quit it|remove|remove me
    revoke|revoked|salir|spam|stop|stop 2 end|stop all|stop all this|stop everything|stop it|stop me
    stop sms|stop text|stop that|stop that now|stop them|stop these|stop this|stop to end|stop with this
    stop2end|stopall|suscripcion cancelar|terminar|terminate|this is spam|unsub|unsubscribe
    unsubscribe me|unsubscribed|will you stop|would you stop|yes stop
    """
)
IN_A_CLAUSE = phrases(
    """
    alto|basta|i said stop|leave me alone|make it stop|no mas mensajes|opt me out|opt out|optout
    please stop|remove|remove me|stop|stop all|stop it|stopall|unsub|unsubscribe|unsubscribe me
    |paren|pare|ya no mas|no mas|stop messages|stop texts
    """
)
TYPOS = word_list(
    """
    astop atop cancal cancell cancle canel dtop opout optput optuot otpout qiut quitt revok sotp srop
    sropp sstop stahp stap stiop stip sto stob stol stoop stopit stopl stopm stopnow stopo stopp
    stopping stoptext stoptexting stp stpo stpop stpp stup tsop unsbscribe unsibscribe unsubcribe
    unsubscibe unsubscirbe unsubscrib unsubscribr unsubscrive unsubsribe unsuscribe unsuscribir xtop
    """
)
_MESSAGE = (
    r"(?:text(?:s|ing|ed)?|txt(?:s|ing)?|texto|messag(?:e|es|ing)|mesages?|mesaging|msgs?|sms|e ?mail(?:s|ing)?"
    r"|mail(?:s|ing)?|contact(?:ing)?|notif(?:ication|ications|s|ying)|remind(?:er|ers|ing)|alerts?|send(?:ing)?"
    r"|writing|bother(?:ing)?|bugging|spam(?:ming)?|harass(?:ing|ment)?|pinging|asking|communications?|correspondence"
    r"|newsletters?|surveys?|check ?ins?|blowing up)"
)
_NOUN = (
    r"(?:texts?|txts?|text messages?|messages?|msgs?|sms|e ?mails?|reminders?|notifications?|alerts?|texting|surveys?"
    r"|check ?ins?|automated (?:texts|messages))"
)
_DETERMINER = (
    r"(?:(?:all|the|these|those|this|my|your|any|future|further|more|of|text|automated|daily|weekly|sending|me"
    r"|with)\s)"
)
_OTHER = (
    r"(?!by\b|in\b|at\b|over\b|off\b|and\b|taking\b|doing\b|my (?!phone|cell)|using\b|eating\b|if\b|when\b|to\b"
    r"|for\b(?! good| ever))"
)

ASKED = rules(
    r"""
^(?:please |pls )?stop (?:this|these|that|those) (?!exerci|massage|session|stretch|med|treat|plan)\w+$
  |^no contact\b|^(?:please )?do not disturb\b
\b(?:deactivate|unenroll|disenroll|exclude|opt) (?:me|us|my (?:number|phone))\b
  |\bdeactivate (?:<determiner>){0,3}<noun>\b
\b(?:paren|dejen|cesen|terminen|detengan|corten|suspendan|desactiven|quiten|cancelen|eviten)(?: (?:con
  |de))?(?: (?:los|sus|estos|esos|tantos|mas|las|estas|todos los))?(?: \w+)? (?:mensaj\w+|textos?|correos?|sms
  |recordatorios?|notificaciones|avisos|envios)\b
\bno (?:me |nos )?(?:fastidi|jod|insist|hostig|acos)(?:en|an|es|as|e|a)\b
  |\bno quiero saber (?:nada )?(?:mas )?de ustedes\b|\bdejen de (?:fastidiar|joder|insistir|hostigar|acosar)\w*
\bya no (?:manden|envien|escriban|llamen|insistan|molesten|mande|envie|escriba)\b|\bdejen de (?:mandar|enviar
  |escribir|textear)
\b(?:stop|stp|stopp|quit|cease|discontinue|halt|quite)(?: and desist)?\s(?:<other>\w+\s){0,4}?<message>\b
\b(?:end|cancel|terminate|turn off|shut off|disable|unsubscribe from|get rid of
  |enough)\s<determiner>{0,4}<noun>\b
\b(?:stop|quit)\s(?:using|writing to|calling or|calling and|with) (?:me|us|this|texting|it already)\b
\bno more (?:\w+ ){0,2}<noun>\b
^(?:please |pls |and )?no (?:more )?(?:text(?:s|ing)|text messages|messages|emails|sms|reminders)\b(?! (?:today
  |received|yet|came|from|arrived|so far|but))
(?<!\bi )(?<!\bi really )(?<!\bwhy )(?<!\bif you )(?<!\bto )\b(?:dont|do not|never|dnt|donot
  |wont you stop and not) (?:you )?(?:ever |even |dare |please |pls )*(?:text|txt|message|msg|e?mail|contact
  |write|spam|sms|bother|call or text|text or call|call or message)(?:\sto)?(?:\s(?:me|us|my (?:phone|cell
  |number)|this|any|anymore|again|here|or call)\b|$)
(?<!\bi )(?<!\bwhy )(?<!\bif you )\b(?:dont|do not|never) (?:ever |please )*(?:send
  |sent) (?:me |us )?(?:any ?more |any |more |these |those |this |your )?(?:anything|texts?|messages?|msgs?
  |reminders?|emails?|sms|notifications?|surveys?|stuff|these|those|anymore|any ?more)\b
\b(?:dont|do not|no longer|not|didnt|never) (?:ever |really )?(?:want(?:ed)?|wish|need|like|care for
  |authori[sz]e|approve|allow|accept|appreciate|wanna|agreed? to|consent(?:ed)? to|sign(?:ed)? up for
  |ask(?:ed)? for|interested in|opt(?:ed)? in(?:to| to| for)?) (?:(?!miss|lose|stop|unsubscribe|forget|bother
  |interrupt|delete|opt|the link|to (?:text|email|message|send)\b|[,.?])\S+ ){0,4}?(?:<noun>|contacted|texted
  |messaged|emailed|bothered|hear from (?:you|yall|u)|on (?:your|this) list|(?:get|receive|receiving
  |getting) (?:any ?more|any|anything)(?: more)?(?: of)?(?: these| those| this)?$)\b
\b(?:rather|prefer|want|like) (?:to )?not (?:to )?(?:get|receive|have|be) (?:\w+ ){0,3}?(?:<noun>|contacted
  |texted|messaged|these|those|anything|this)\b
\b(?:sick|tired|done|fed up|had enough|annoyed) (?:and tired )?(?:of|with|by) (?:\w+ ){0,3}?<message>\b
\bun ?subs?cri\w*|\bunsub\b|\bunsuscri\w*|\bopt(?:s|ed|ing)? (?:me |us |myself )?out\b|\boptout\b
\b(?:take|get|taking|leave|keep) (?:me|us|my (?:number|name|cell|phone|email)|this number) (?:off|out|of)(?: of
  | from)?(?:$| (?:this|that|it|here|ur|your)$| (?:(?!wait|sched|calen|cancel|book)\w+ ){0,4}?(?:lists?|texts?
  |texting|thread|messages?|messaging|reminders?|system|group|database|mailings?|contacts?|notifications?
  |emails?|service|thing)\b)
\b(?:remove|delete|erase|drop|take) (?:me|us)(?: please)?(?:$| from (?:your|the|this|all|these|any|future
  |ur) (?:\w+ )?(?:lists?|texts?|texting|messages?|messaging|contacts?|system|database|reminders?|emails?
  |notifications?)\b)
\b(?:remove|delete|erase|lose|forget|block) (?:my|this|the) (?:phone|number|cell|email|contact|info|information
  |details|data)\b
\boff (?:of )?(?:your|the|this|ur|all) (?:(?!wait)\w+ )?(?:lists?|texts|messages|distribution
  |system)\b(?<!waiting list)(?<!cancellation list)
\bleave (?:me|us) (?:the (?:hell|f\w+|heck) )?alone\b|\bdo not (?:text|call|contact) list\b|\b(?:knock
  |cut) (?:it|this) (?:off|out)\b
\b(?:revok\w+|withdraw\w*|rescind\w*) (?:my |all |any )*(?:consent|permission|authori[sz]ation)\b|\b(?:dont
  |do not|no longer|not) (?:give |have my )?(?:consent|permission)\b
\b(?:fuck|f|piss|bug|buzz|screw) ?off\b|\b(?:im |i am |ill |i will |gonna )?(?:block(?:ing)?
  |report(?:ing)?) (?:you|this number|your number|as spam|this as spam|this to)\b
\b(?:text|message|contact|email) me again and\b|\bi(?:ve)? (?:already )?(?:said|told you(?: guys)?|asked you
  |texted|replied|sent|typed|wrote|keep (?:saying|texting|sending|replying)) (?:to )?(?:stop|quit)\b
\b(?:told|asked|asking|want|need|wish|begging|telling) (?:you|u|yall|you guys|you all|this|these|them
  |it) (?:to |would )(?:please )?(?:stop|quit)$
\b(?:please|pls|plz|can you|could you|would you|will you|wont you|cant you|for the last time|god|sake|ffs
  |seriously|again|i beg you|im begging|you (?:\w+ )?(?:need to|must|have to|gotta|better|should)|just
  |jus) (?:just |please |pls )?(?:stop|quit)(?: (?:this|it|now|already|please|pls|immediately|asap|everything
  |all of this|all this))*$
^(?:please |pls |just |ok |and |so |now )*stop (?:i|im|ive|id|you|u|ur|who|wrong|dont|do not|everything|all
  |thanks|thank|asap|immediately|for good|already|please|pls|now|right now|no more|never)\b
\b(?:ya )?no (?:me |nos |por favor |vuelvan? a |sigan? |siga |quiero que (?:me )?|vayan a )*(?:mand(?:en|e|es
  |eis)|envi(?:en|e|es)|escrib(?:an|a|as|irme)|contact(?:en|e|es)|molest(?:en|e|es|ar)|texte(?:en|e|es|ar)
  |mandarme|enviarme|contactarme|textearme|molestarme|mandando|enviando|escribiendo|recuerden|mensaj(?:een
  |ee))(?:me|nos)?\b
\b(?:ya )?no (?:quiero|deseo|necesito|quisiera|queremos|me interesan?|me gustan?|me gustaria|autorizo|acepto
  |pedi|solicite|quiero que)(?: mas)? (?:(?!perder|dejar|cancelar|molestar)\w+ ){0,4}?(?:mensaj\w+|msjs?
  |textos?|correos?|sms|recordatorios?|notificaciones|avisos|emails?|escriban|manden|envien|contacten|texteen)\b
\b(?:dej(?:en|e|a|ar|ame|enme|eme)|par(?:en|e|a|ar|ale|enle)|basta|deten(?:gan|ga|er)|cesen|alto
  |terminen)(?: ya)? (?:de|con|a) (?:\w+ ){0,3}?(?:mand|envi|escrib|mensaj|text|molest|contact|llam|correos|sms
  |recordatorio|notific|recibir|spam)\w*
\b(?:no mas|ya no|ni un|basta de|cero) (?:\w+ )?(?:mensajes?|msjs?|textos?|correos?|sms|recordatorios?
  |notificaciones)\b
\b(?:quit|borr|elimin|sac|saqu|retir|remuev|remov)(?:en|e|a|an|ar)(?:me|nos)(?: por favor)?(?:$| de (?:la|su
  |sus|esta|tu|todas?)(?: las?)? (?:lista|listas|base|sistema|mensajes|contactos|directorio)\b)
\b(?:quit|borr|elimin|sac|saqu|retir|bloque)(?:en|e|a|ar) (?:mi|este) (?:numero|telefono|celular|correo|nombre
  |contacto)\b
\b(?:de|la|mi|doy) baja\b(?! (?:presion|por (?!favor)|la|el|de precio|intensidad|un))|\b(?:des|de|in
  |desin)(?:suscrib|subscrib|suscrip|scrib|inscrib)\w*|\bdesu\w*scrib\w*
\b(?:anul|cancel)\w+ (?:la |mi |esta )?su[bs]?scripcion\b|\b(?:cancel|anul|suspend
  |deten)\w* (?:los |estos |sus |todos |mis |las |estas |de |el envio de )*(?:mensajes?|textos?|recordatorios?
  |correos?|notificaciones|sms)\b
\b(?:removed|taken|deleted|dropped) (?:off|from)(?: of)? (?:this|the|your|ur|all
  |any) (?:(?!wait)\w+ ){0,2}?(?:lists?|texts?|messages?|messaging|system|database|reminders?|emails?)\b
\b(?:dont|do not|no longer) want (?:these|those|them|this)(?: any ?more)?$|\bsalir de (?:la|esta|su) lista\b
\b(?:can|could|would) (?:you|u|yall) (?:please |pls |all )*not (?:text|message|contact|email|send|write)\b
\bno (?:quiero|deseo) recibir (?:mas|nada)\b|\b(?:quitar|borrar|eliminar|sacar)(?:me)? de (?:la|su|sus
  |esta) listas?\b
\bdej(?:en|e|a)(?:me|nos)?(?: ya)? en paz\b|\bno (?:autorizo|consiento|doy (?:mi )?(?:permiso
  |consentimiento))\b|\b(?:retiro|revoco) (?:mi )?(?:consentimiento|permiso|autorizacion)\b
\b(?:cancel|end) (?:my |this |the )?(?:text |sms |email )?subscription\b
""",
    message=_MESSAGE,
    noun=_NOUN,
    determiner=_DETERMINER,
    other=_OTHER,
)
"""Wordings that ask us to stop, wherever they stand in a clause."""

NEVER_STOP = rules(
    r"""
\b(?:dont|do not|didnt|did not|cant|cannot|can not|never|wont|not|couldnt|wouldnt|nobody said to
  |not to) (?:want (?:you |this |it )?to |wanna |mean to |need (?:you )?to |have to |please |ever |accidentally )*(?:
  stop|quit|cancel|end|unsubscribe|opt out|opt me out|be unsubscribed|remove me)\b
\b(?:why did you|did you|have you|you guys|if you|did i|if i|will i|would i|when did you|hope you dont
  |until you|before you|why have you) (?:ever |just |already |accidentally )?(?:stop|stopped|quit|unsubscribe
  |unsubscribed|opt out|opted out)\b(?! it\b)
\b(?:accident\w*|mistake\w*|mistakenly|oops|didnt mean|error|sin querer|por error|equivocacion|resubscribe
  |resubscribed|back in)\b
\b(?:what happens if|what does|if i|should i|do i|does|can i) (?:\w+ ){0,3}?(?:text|reply|send|say|type|texting
  |replying|have to)?\s?stop\b(?! (?:\w+ ){0,3}(?:texts|messages|texting|reminders|emails|receiving|getting))
\bopt(?:ed|ing)? (?:\w+ )?out of (?:the |my |this |that |a )?(?!text|message|email|sms|reminder|notif|all|these
  |those|receiving|getting|communic|any|future|further|your)\w+
\b(?:no (?:dejen|deje|dejes|paren|pare) de)\b
\b(?:stop|stopping)\b(?:(?!<message>\b).){0,40}\b(?:pains?|aches?|aching|hurts?|hurting|cramp\w*|spasm\w*
  |headaches?|bleeding|swelling|numbness|tingling|coughing|crying|clicking|throbbing|smoking|soreness)\b
\bstop (?:by|in|over|off|at)\b(?!.*\b(?:texting|texts|messaging)\b)
""",
    message=_MESSAGE,
)
"""Clauses that speak of stopping but don't ask for it: pain that won't stop, stopping by, a slip of the finger."""

AT_OTHER_TIMES = rule(
    r"""
\b(?:before \d|before (?:noon|9|eight|nine|ten)|until|till|during|at night|in the mornings?|while|so early
  |so late|this early|this late|too early|after (?:\d|nine|ten|dark|hours)|on (?:the )?(?:weekends?|sundays?
  |saturdays?)|at work|antes de las?|despues de las?|en la noche|de noche|por la noche|tan temprano|tan tarde
  |hasta|mientras|durante|los (?:domingos|sabados|fines)|en el trabajo)\b
"""
)
"""Don't write at this time, which is no opt-out but a wish for a person to note."""

START = phrases(
    """
    comenzar|empezar|iniciar|opt in|opt me back in|opt me in|optin|reanudar|resubscribe|resume
    sign me up|start|start again|start all|start sending|start texting|start texting me again
    start texts|startall|subscribe|unstop
    """
)
START_AGAIN = rule(
    r"""
\b(?:start|resume|restart|begin) (?:sending |getting |receiving )?(?:me |the |my |your |these |us )*(?:texts
  |texting|messages|messaging|reminders|sending)\b
\b(?:opt|sign|add|put|subscribe) (?:me )?back (?:in|up|on)\b|\bresubscribe\b|\bunstop\b
\b(?:vuelvan?|pueden volver|quiero volver) a (?:mandar|enviar|escribir|recibir|textear)\w*
\b(?:reanud|reactiv)\w+ (?:los )?(?:mensajes|recordatorios|textos)
"""
)
HELP = phrases(
    """
    ayuda|ayudenme|help|help help|help me|helpme|i need help|info|informacion|information|necesito ayuda
    need help
    """
)
