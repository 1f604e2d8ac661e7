"""The wordings of "stop writing to me", English and Spanish, and the sentences that only look like one."""

from domain.reply_rules import phrases, rule, rules, word_list

POLITE = word_list(
    """
    already asap away fa favor gracias guys hello hey hi hola immediately immediatly just k kindly lol maam
    now ok okay omg please pls plss plz por porfavor right sir thank thanks thx ty ya you
    """
)
WHOLE = phrases(
    """
    alto|arret|baja|basta|can you stop|cancel|cancel all|cancela|cancelar|cancelar todo|cancele|cease
    cease and desist|could you stop|dar de baja|darme de baja|delete me|desist|desuscribir|detener
    detente|discontinue|eliminar|eliminarme|end|end all|end it|end these|end this|enough
    enough is enough|fin|go away|halt|i opt out|i quit|i want out|i want to stop|i would like to stop
    id like to stop|leave me alone|shut up|shut up already|stfu|give it a rest|thats enough
    make it stop|make this stop|no mas|no more|no stop|opt me out|opt out
    optout|para|parale|parar|pare|paren|parenle|quiero parar|quiero salir|quit|quit it|remove|remove me
    revoke|revoked|salir|spam|stop|stop 2 end|stop all|stop all this|stop everything|stop it|stop me
    stop sms|stop text|stop that|stop that now|stop them|stop these|stop this|stop to end|stop with this
    stop2end|stopall|suscripcion cancelar|terminar|terminate|this is spam|unsub|unsubscribe
    unsubscribe me|unsubscribed|will you stop|would you stop|yes stop
    """
)
CANCELS = phrases("cancel|cancela|cancelar|cancele|cancal|cancell|cancle|canel")
IN_A_CLAUSE = phrases(
    """
    basta|i said stop|leave me alone|make it stop|no mas mensajes|opt me out|opt out|optout
    please stop|remove|remove me|stop|stop all|stop it|stopall|unsub|unsubscribe|unsubscribe me
    |paren|pare|ya no mas|no mas|stop messages|stop texts
    """
)
NO_INTEREST = phrases(
    """
    not interested|im not interested|i am not interested|no not interested|not interested anymore|no longer interested
    no me interesa|no estoy interesado|no estoy interesada|ya no me interesa|no interesado|no interesada
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

NEVER_STOP = rules(
    r"""
\bno (?:pare[ns]?|paras|dejen? de)\b
\bpor ?que (?:ya )?no (?:me|nos)\b(?! (?:dejan|dejas|deja|quitan|borran|sacan))|\bwhy (?:dont|arent|havent|didnt|cant
  |wont) (?:you|i|we|u)
  \b(?! (?:\w+ )?(?:stop|quit|leave|take|remove|listen|get off))
\b(?:no need|dont need|dont have|do not need) to (?:text|call|remind|message|email
  |write)(?: me)?(?: \w+){0,2} (?:about|for|regarding|back
  |to confirm)\b
\b(?:dont|do not|didnt|did not|cant|cannot|can not|never|wont|not|couldnt|wouldnt|nobody said to
  |not to) (?:want (?:you |this |it )?to |wanna |mean to |need (?:you )?to |have to |please |ever |accidentally )*
  (?:stop|quit|cancel|end|be unsubscribed|remove me)\b
\b(?:dont|do not|didnt|did not|never|wont|not)(?: want to| mean to| need to| please)* (?:unsubscribe|opt out
  |opt me out)\b|\bdid i get \w+|\bdid ?nt like the\b|\bwas (?:a|un) (?:mistake|error)\b|\bno (?:queria|quise
  |era mi intencion) (?:cancelar|parar|mandar|poner)\b|\bfue (?:un|por) error\b|\bdisturb sign\b
  |\bunsubscribe from (?:the|my) (?!text|email|list|message|sms|mail)\w+|\b(?:work|old|other|home) number\b
  |\b(?:work|old|other|home) (?:phone|cell|line)\b[^.?]{0,30}\b(?:use|instead|text me)\b
  |\bme dio de baja\b|\b(?:list|lista) de (?:la )?espera\b
\b(?:why did you|did you|have you|you guys|(?<! it )if you|did i|if i|will i|would i|when did you|hope you dont
  |until you|before you|why have you) (?:ever |just |already |accidentally )?(?:stop|stopped|quit|unsubscribe
  |unsubscribed|opt out|opted out)\b(?! it\b)
\b(?:accident\w*|mistake\w*|mistakenly|oops|didnt mean|error|sin querer|por error|equivocacion|resubscribe
  |resubscribed|back in)\b
\b(?:what happens if|what does|if i|should i|(?<!times )(?<!how )do i|does|can i) (?:\w+ ){0,3}?(?:text|reply|send|say
  |type|texting|replying|have to)?\s?stop\b(?! (?:\w+ ){0,3}(?:texts|messages|texting|reminders|emails|receiving
  |getting))
\bopt(?:ed|ing)? (?:\w+ )?out of (?:the |my |this |that |a )?(?!text|message|email|sms|reminder|notif|all|these|those
  |receiving|getting|communic|any|future|further|your|everything)\w+
\b(?:no (?:dejen|deje|dejes|paren|pare) de)\b
\b(?:stop|stopping)\b(?:(?!<message>\b).){0,40}\b(?:pains?|aches?|aching|hurts?|hurting|cramp\w*|spasm\w*|headaches?
  |bleeding|swelling|numbness|tingling|coughing|crying|clicking|throbbing|smoking|soreness)\b
\bstop (?:by|in|over|off|at)\b(?!.*\b(?:texting|texts|messaging)\b)
""",
    message=_MESSAGE,
)
"""Clauses that speak of stopping but don't ask for it: pain that won't stop, stopping by, a slip of the finger."""

AT_OTHER_TIMES = rule(
    r"""
\b(?:before \d|before (?:noon|9|eight|nine|ten)|until|till|during|at night|in the mornings?|while|so early|so late
  |this early|this late|too early|after (?:\d|nine|ten|dark|hours)|on (?:the )?(?:weekends?|sundays?|saturdays?)
  |at work|antes de las?|despues de las?|en la noche|de noche|por la noche|tan temprano|tan tarde
  |hasta(?! (?:el (?:copete|gorro|tope|cuello)|la (?:madre|coronilla)|aqui|aca))|mientras
  |durante|los (?:domingos|sabados|fines)|en el trabajo)\b
"""
)
"""Don't write at this time, which is no opt-out but a wish for a person to note."""

START = phrases(
    """
    comenzar|empezar|iniciar|opt in|opt me back in|opt me in|optin|reanudar|resubscribe|resume
    start|start again|start all|start sending|start texting|start texting me again
    start texts|startall|subscribe|unstop
    """
)
START_AGAIN = rule(
    r"""
\b(?:want|like|ok|okay|please|can i|could i)(?: \w+){0,2} (?:get|receive|getting|receiving) (?:\w+ )?(?:texts|messages
  |reminders|emails) again\b|\b(?:recibir|recibiendo)(?: \w+){0,2} (?:mensajes|recordatorios|textos) (?:otra vez
  |de nuevo|nuevamente)\b|\b(?:turn|switch|put) (?:my |the |these |on |back )*(?:texts|messages|reminders
  |notifications|them|alerts|these) (?:back )?on\b
\b(?:start|resume|restart|begin) (?:sending |getting |receiving )?(?:me |the |my |your |these |us )*(?:texts|texting
  |messages|messaging|reminders|sending)\b
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
