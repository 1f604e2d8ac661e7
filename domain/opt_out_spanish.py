"""How people ask in Spanish to be written to no more, by construction; the English twin is `opt_out_english`."""

from domain.reply_rules import rules

_NOUN = (
    r"(?:mensaj\w+(?! de voz)|textos?|texts?|sms|correos|correo(?! electronico)|e ?mails|recordatorios?"
    r"|notificaciones|avisos?|alertas?|reminders?"
    r"|comunicaci\w+|encuestas|promociones|publicidad|whats\w*|messages?)"
)
_SEND = (
    r"(?:(?:mand|envi|contact|molest|texte|mensaje|fastidi|insist|hostig|acos|chingu|jod|record|record|recuerd"
    r"|notifi(?:qu|c)"
    r"|busqu|comuniqu)(?:en|e|es|emos|an|a(?=r)|ar)(?:me|nos|lo|los)?|escrib(?:an|a|as|ir)(?:me|nos|le)?"
    r"|molestar(?:me)?"
    r"|jod(?:an|a|as|er)|mandar\w*|enviar\w*|escribir\w*|contactar\w*|textear\w*)"
)
"""Asked for or forbidden: subjunctive and infinitive. "No me mandan" is a complaint, and no verb of this table."""

_SENDING = (
    r"(?:mandando|enviando|escribiendo|contactando|molestando|texteando|llegando|fastidiando|insistiendo|acosando"
    r"|jodiendo)"
    r"(?:me|nos)?"
)
_FILL = (
    r"(?:me |nos |se |le |lo |los |la |las |que |ya |mas |nunca |jamas |por favor |ustedes |usted |de |a "
    r"|vuelva[ns]? a "
    r"|sigan? |siga |quiero |quisiera |deseo |hace falta |es necesario |necesito |ocupo |tienen? que |autorizo "
    r"|acepto "
    r"|permito |me gusta |hay necesidad )*"
)
_REMOVE = r"(?:quit|borr|elimin|sac|saqu|retir|remuev|remov|descart|tach|suprim)"
_ASKED_FOR = r"(?:en|e|a|an|ar|aran|ara|arian|enlo|as)"
_LIST = (
    r"(?:listas?|base|sistema|mensaj\w+|contactos|directorio|correos?|textos?|recordatorios?|avisos|grupo|envios"
    r"|registros?)"
)
_MINE = r"(?:mi|este|el|mis|nuestro) (?:numero|telefono|celular|cel|correo|nombre|contacto|datos|email|movil)"

SPANISH = rules(
    r"""
\bno (?:me |nos |quiero que (?:me |nos )?|que (?:me )?)*(?:esten?|anden?|sigan?) <sending>\b|\b(?:que|favor de que
  |pueden|podrian|pido que|favor de)(?: ya)? (?:me|nos) <remove>(?:en|e|an|a|ar|aran)(?= ?$| ya| por favor| porfa| de)
  |\b(?:cancel|termin|suspend|anul)\w*(?: \w+){0,3} (?:servicio|suscripcion)(?: de (?:mensaj\w+|textos?|avisos))?\b
\bno quiero (?:este servicio|nada (?:con|de) ustedes|mas de ustedes|sus servicios de)|\b(?:detengan|detenga|paren|pare
  |parenle|terminen|basta)(?: ya)?(?: de| con)? (?:esto|eso|de una vez|todo esto)\b
  |^(?:ya |por favor )*ni un[oa]? mas$
\bme (?:molestan?|fastidian?|incomodan?|tienen? hart[oa])(?: \w+){0,3} (?:<noun>|<send>|<sending>)\b|\b(?:me
  |nos) estan? (?:molestando|acosando|hostigando|fastidiando)\b|\b(?:me harte|me canse|hart[oa]|cansad[oa]
  |hasta (?:la madre|el gorro|aqui|la coronilla)|que fastidio)(?: (?:ya|con|de|por|tantos|sus|estos|los|esos
  |recibir)){1,4} (?:<noun>)\b
\bno (?:di|he dado|doy|dimos|les di|tienen|autorizo|autorice|consiento)(?: \w+){0,2} (?:consentimiento|permiso
  |autorizacion|uso de mi)\b(?! (?:del|de mi) (?:trabajo|jefe|doctor))|\bno me interesa recibir\b|\bdej(?:en|a|e)(?:me
  |nos|se)?(?: ya)? de <send>\b|\b<remove><asked>(?:me|nos|lo)? (?:ya )?(?:de|del) (?:la |su |este |ese )?(?:grupo
  |sistema|lista|registro|base)\b(?! de espera)
\b(?:no|nunca|ni|jamas|tampoco|prefi?er\w+ no|prefi?er\w+ que no) <fill>(?:<send>|<sending>)\b(?! (?:con|a (?!mi\b
  |este|ese|nadie)\w+|por (?!favor)\w+|en|al|el|la|los (?!mensaj|texto|record|aviso)\w+|las|un|una|si|cuando|nada de
  |lo de)\b)
\b(?:no mas|ya no mas|ya no|ni un|(?<!recibi )(?<!llego )(?<!tengo )(?<!veo )(?<!hay )ningun|basta(?: ya)?|cero
  |sin mas|nada de|suficiente|sin|alto a|fin de|paren?|hart[oa]s?|cansad[oa]s?|fastidiad[oa]s?|aburrid[oa]s?|tant[oa]s
  |molest[oa] con)(?: (?:con|de|por|a|los|las|sus|esos|estos|esas|tantos|tanto|tantas|mas|que me|recibir|otro|quiero
  |mande?n?|me|los mismos|ustedes y|puros)){0,5} (?:<noun>|lleguen|envien)\b
^(?:por favor )?no (?:mas |quiero |mas de )?<noun>(?: mas| ya| por favor| gracias| de texto| nunca)*$|^no mas$
  |\bno por mensaje\b|\bno <noun>(?: por favor)?$
\b(?:solo|que|quiero que|deseo que
  |no quiero que)?(?: ya)? ?no (?:quiero |deseo )?(?:que )?(?:ya )?me (?:sigan? )?lleg(?:uen|ue|ando)(?: (?:mas|estos
  |sus|esos|los|nada|tantos)){0,3}(?: <noun>|$| (?:mas|nada)\b)
\b(?:hart[oa]s?|cansad[oa]s?|fastidiad[oa]s?) (?:de|con) (?:que me |recibir |ustedes|leer )(?:\w+ ){0,2}?(?:<noun>
  |<send>|escriban|manden|$)?
\bpor ?que (?:me |nos |ustedes |todavia |aun )*(?:sig(?:ue|uen|o)|continuan|insisten|tanto)(?: en)? (?:<sending>
  |recibiendo|llegando|<send>|mensaj\w+)
\b(?:dej(?:en|e|a|ar|ame|enme|eme)|par(?:en|e|ar|ale|enle|emos)|basta|deten(?:gan|ga|er)|cesen?|alto|termin(?:en|e|ar
  |a)|evit(?:en|e|ar)|suspend(?:an|a|er)|cort(?:en|e|ar)|apag(?:uen|ue|ar)|desactiv(?:en|e|ar)|interrump(?:an|a|ir)
  |cancel(?:en|e|ar|a)|silenci(?:en|ar)|abstengan(?:se)?|quit(?:en|e|ar)|elimin(?:en|e|ar))(?: (?:ya|de|con|a|el|los
  |las|sus|estos|esos|estas|tantos|todos|tanto|mis|la|mas|por favor|puros|me|envio|seguir)){0,5} (?:<noun>|<send>
  |<sending>|recibir(?: (?:mas|esto|sus|estos|nada))?|chingar|llamarme y|usar (?:mi|este) numero)\b
\bno (?:quiero|deseo|necesito|quisiera|queremos|me interesan?|me gustan?|ocupo|requiero|autorizo|acepto|pedi|solicite
  |estoy interesad[oa] en|hacen? falta|quiero seguir|prefiero)(?: (?:mas|recibir|recibiendo|ni un|de|sus|los|estos
  |esos|ningun|tener|ver|ya|tantos|que me|en|la cita ni|la cita y)){0,5} (?:<noun>|ser contactad[oa]s?|saber (?:nada
  |mas)|esto$|nada de ustedes|que me <send>)\b
\bni (?:quiero )?que (?:ya )?(?:me|nos) (?:sigan )?(?:<send>|<sending>)\b|\bno (?:deseo|quiero) ser (?:contactad
  |molestad)\w+
\b<remove><asked>(?:me|nos|se de mi)(?: ya| por favor| de ahi| de aqui| de esto| de eso| de todo| porfa)*$
  |\b<remove><asked>(?:me|nos)? de (?:(?!cita|agenda|calendario|horario)\w+ ){0,4}?<list>\b(?! de (?:la )?espera)
  |\b<remove><asked>(?:me|nos)? <mine>\b|^(?:por favor )?(?:quitar|borrar|salirme|eliminar|borrado)$
\b(?:quiero|quisiera|deseo|como) (?:puedo |hago para |le hago para |me )?(?:(?:salir(?:me)?|salgo) de (?:la lista|esta
  |su|esto|este|los|sus|aqui|ahi)|me salgo$|salirme$)|\bcomo (?:dejo|paro|cancelo|detengo|evito|quito|hago para (?:no
  |dejar))(?: de)? (?:recibir )?(?:esto|estos|los|sus)? ?(?:<noun>|esto|$)
\b(?:l[oae]s?|te|a ustedes) (?:voy|vamos) a (?:bloquear|reportar|denunciar|demandar)\b(?! (?:los|las|el|la|mis|al|mi
  |un|una)\b)|\bvoy a (?:bloquear|reportar|denunciar)(?:l[oae]s?| este| su)|\b(?:es|esto es|puro|como|por) (?:spam
  |acoso|hostigamiento)\b|^(?:bloquead[oa]s?|spam)$
\b(?:no|nunca|jamas|sin|quien)(?: \w+){0,3} (?:permiso|autorizacion|consentimiento|autorice|autorizo|inscribi|suscribi
  |pedi)(?: (?:para|de|que|a|me|estos|los|ustedes|esto|sus|mis|mi)){0,4} (?:<noun>|<send>|escribieran|mandaran
  |enviaran|esto|contactaran|recibir)\b
\bno tienen mi permiso\b|^(?:yo )?no (?:me )?(?:inscribi|suscribi|registre)(?: (?:a|en|para) (?:esto|nada
  |estos <noun>))?$
\b(?:retir|revoc|revoqu|cancel|anul)\w* (?:mi |el |todo )?(?:consentimiento|permiso|autorizacion)\b
\b(?:no|dej(?:en|e|a) de)(?: \w+)? us(?:en|e|es|ar) (?:mi|este) (?:numero|telefono|celular|correo)\b(?! (?:viejo
  |anterior|de))|\bolvid(?:en|e|ense|ese)(?:se)?(?: de)? (?:mi|este) (?:numero|telefono|cel|celular|correo|nombre)\b
  |\bolvid(?:ense|ese) de mi$|\b(?:ya )?dej(?:en|e|a)(?:me
  |nos)(?: ya)?(?: en paz| tranquil[oa]| sol[oa]|$)|\bdejenos? de (?:fregar|chingar|joder)
\b(?:ya )?(?:les|le|te|os) (?:dije|pedi|he dicho|avise) que (?:ya )?(?:no|paren|pare|dejen|me (?:quiten|borren
  |saquen))\b|\bpedi que (?:ya )?(?:no me|me (?:quit|borr|sac|elimin))
^(?:que |ya |ay |por favor |stop |bueno |y |les dije que |ya les dije que |oigan )*(?:paren|parenle|pare|parale
  |paren ya|basta|suficiente|ya es suficiente|bajenle|ya estuvo)(?: ya| por favor| gracias)*$
\bprefi?er\w+ (?:que )?(?:ya )?no (?:me )?(?:recib\w+|<send>|esto|llegue\w*)\b|\bdarme? de baja\b
  |\bden(?:me)? de baja\b|\bdoy de baja\b|\b(?:quiero|solicito|pido|deseo) (?:la|mi) baja\b
\bme gustaria (?:ya )?no recibir|\bquisiera (?:ya )?no recibir
\bno (?:me |nos )?(?:fastidi|jod|insist|hostig|acos)(?:en|an|es|as|e|a)\b
  |\bno quiero saber (?:nada )?(?:mas )?de ustedes\b|\bdejen de (?:fastidiar|joder|insistir|hostigar|acosar)\w*
\b(?:dej(?:en|e|a|ar|ame|enme|eme)|par(?:en|e|a|ar|ale|enle)|basta|deten(?:gan|ga|er)|cesen|alto
  |terminen)(?: ya)? (?:de|con|a) (?:\w+ ){0,3}?(?:mand|envi|escrib|mensaj|text|molest|contact|llam|correos|sms
  |recordatorio|notific|recibir|spam)\w*
\b(?:quit|borr|elimin|sac|saqu|retir|bloque)(?:en|e|a|ar) (?:mi|este) (?:numero|telefono|celular|correo|nombre
  |contacto)\b
\b(?:de|la|mi|doy) baja\b(?! (?:presion|por (?!favor)|la|el|de precio|intensidad|un))|\b(?:des|de|in|desin)(?:suscrib
  |subscrib|suscrip|scrib|inscrib)\w*|\bdesu\w*scrib\w*
\b(?:anul|cancel)\w+ (?:la |mi |esta )?su[bs]?scripcion\b|\b(?:cancel|anul|suspend
  |deten)\w* (?:los |estos |sus |todos |mis |las |estas |de |el envio de )*(?:mensajes?|textos?|recordatorios?
  |correos?|notificaciones|sms)\b
\bno (?:quiero|deseo) recibir (?:mas|nada)\b|\b(?:quitar|borrar|eliminar|sacar)(?:me)? de (?:la|su|sus|esta) listas?\b
""",
    noun=_NOUN,
    send=_SEND,
    sending=_SENDING,
    fill=_FILL,
    remove=_REMOVE,
    asked=_ASKED_FOR,
    list=_LIST,
    mine=_MINE,
)
