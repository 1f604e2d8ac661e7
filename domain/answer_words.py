"""The words of yes, no, nothing new and thanks, English and Spanish, and the words that put them in doubt."""

import re

from domain.reply_rules import rule, word_list

YES = (
    r"(?:yes+|y|yep|yea|yeah|yeh|yup|yuppers|ya|yah|yas|ye|yess|yeap|yessir|yse|yed|yws|yrs|yex|ues|yy|si|sii|sip"
    r"|sipi"
    r"|simon|yes i (?:did|do|can|sure did)|i sure (?:did|do|can|am|have)|i (?:most )?certainly (?:did|do|can)"
    r"|yes i (?:did|do|can|could|am|have)|i (?:did|can|do)(?: it)?|affirmative|absolutely|definitely"
    r"|definately"
    r"|certainly|of course|for sure|sure(?: thing)?|indeed|totally|claro(?: que (?:si|yes))?|por supuesto|desde luego"
    r"|correct|correcto|asi es|thumbsup|bet|aight|ight|fasho|say less|yuh|yessirr|yis|yas queen|yup yup"
    r"|yes sir|yes maam|efectivamente|si puedo|yes puedo|ya puedo|afirmativo|oui"
    r"|100 percent|hell yes|you got it|wouldnt miss it|(?:were|we are) on|ready|heck yes|finally yes|you bet)"
)

AGREE = (
    r"(?:ok|okay|okey|okie|oki|okey dokey|k|kk|kay|alright|all right|perfect|perfecto|great|good|sounds (?:good|great"
    r"|perfect|like a plan)|will do|no problem|not a problem|np|no prob|works|that works|works for me|vale|listo"
    r"|de acuerdo|esta bien|bien|muy bien|excelente|bueno|dale|fine|cool|awesome|excellent|lovely|wonderful|got it"
    r"|roger|gotcha|noted|copy(?: that)?|cant wait|(?:its )?on my calendar|sure will|orale|sale|va|seguro|roger that"
    r"|10[- ]4|deal|please do|yes please|please|lets do it|id love to|love to|would love to|id like that"
    r"|i would"
    r"|me encantaria|me gustaria|sin problema|okidoki)"
)

NO = (
    r"(?:no+|n|nope|nop|nah|naw|na|nay|noo|negative|negativo|not yet|not really|not even close|not a chance"
    r"|no chance|not at all|not quite|not now"
    r"|not right now|not today|not this time|not at this time|not at the moment|not interested|no thanks|no thank you"
    r"|no gracias|no ty|thumbsdown|never|nunca|nel|todavia no|aun no|ahora no|por ahora no|por el momento no"
    r"|(?:i )?still (?:no|not|cant|cannot|unable)|i (?:cant|cannot|couldnt|didnt|did not|can not)|cant|couldnt"
    r"|unfortunately (?:no|not)|sadly (?:no|not)|im afraid not|afraid not|i dont think so|dont think so|creo que no"
    r"|para nada|no puedo|no pude|todavia no puedo|aun no puedo|not able to|unable to|(?:i will|im gonna"
    r"|im going to|gonna|i have to|i think i will) (?:have to )?pass|i pass|pass|no way)"
)

LEAD = (
    r"^(?:(?:oh|um|uh|hi|hello|hey|hola|well|good (?:morning|afternoon|evening)|buenos dias|buenas(?: tardes)?"
    r"|dear \w+"
    r"|hi \w+|hello \w+|haha|lol|omg|yay|finally) )?"
)

LEADS_YES = re.compile(LEAD + rf"(?:{YES})\b")

LEADS_AGREE = re.compile(LEAD + rf"(?:{YES}|{AGREE})\b")

LEADS_NO = re.compile(LEAD + rf"(?:sorry )?(?:{NO})\b")

LAST_YES = re.compile(
    rf"^(?:but |pero |and |y |so |oh )*(?:{YES})(?: (?:please|thanks|thank you|gracias|por favor|to tomorrow"
    rf"|of course))*$"
    r"|^(?:confirmad[oa]|confirmed|i confirm|confirmo)$"
    r"|^(?:were|im|we are|i am|all) (?:good|set|on|all set) for (?:it|then|\w*day|tomorrow|that|\d+ ?(?:am|pm)?)$"
)
"""A last part that is a yes by itself."""

LAST_NO = re.compile(
    r"\b(?:no thanks|no thank you|not (?:right )?now|not today|not yet|not this time|no gracias|por ahora no|ahora no"
    r"|todavia no|aun no)(?: thanks| thank you| gracias)?$"
)
"""Last words that are a no, whatever friendly ones stand before them."""

NO_HARM = rule(
    r"""
\b(?:si dios (?:quiere|lo permite|nos da licencia)|primero dios|dios mediante|god willing
  |(?:if the )?(?:good )?lord (?:willing|wills)|if god wills|con el favor de dios|no (?:problem|prob|worries|doubt
  |problema|hay problema)|not a problem|cant wait|wouldnt miss it|dont worry
  |(?:please |pls )?(?:dont|do not) (?:cancel|give (?:away|up)|let go|forget)(?: (?:me|my|it|us|the|slot|spot|on|away
  |time|appointment|por favor))*|no (?:me |la |lo )?cancel\w*(?: por favor)?|never stop\w*|dead tired but
  |muert[oa] de cansancio pero|cansad[oa] pero|tired but|sorry phone died|if (?:you have (?:it|one|any\w*|something
  |room|space|that)|possible|available|its? (?:open|ok|okay|available|possible)|thats (?:ok|okay|open|available))
  |si (?:se puede|tienen?(?: lugar| espacio)?|hay)|who could say no|without fail|sin falta|sin problema|why not
  |no need to (?:worry|(?:text|call|reply|respond|remind|message)(?: me)?(?: again| back)?(?: about (?:it|this
  |that))?))\b
"""
)

DOUBT = rule(
    r"""
\b(?:but|except|unless|if|however|though|although|tho|maybe|perhaps|might|may|depends?|depending|hopefully|hope|hoping
  |instead|unsure|not|cant|cannot|wont|dont|didnt|doesnt|isnt|wasnt|couldnt|never|no|pero|excepto|quiza|quizas|talvez
  |tal vez|a lo mejor|depende|ojala|aunque|almost|casi|kinda|kind of|sort of|sorta|sometimes|partly|partially|a veces
  |mas o menos|more or less|late|wait|actually|question|who|what|where|why|how|cual|cuando|donde|como|que hora|nope
  |try|trying|unfortunately|either|probably|i think|i guess|creo|intentare|another|different|only|solo|solamente|ask
  |pregunta|call me|let me|soon|later)\b
"""
)

SI_IF = rule(
    r"""
^si (?!claro|gracias|por favor|confirmo|senor|senora|yes|si\b|voy|asisto|asistire|alli|ahi|puedo$|puedo hacerlo|ya
  |nos vemos|estare|perfecto|muchas|todo|quiero|me gustaria|,)\w+
"""
)

YES_AFTER = re.compile(r"\b(?:yes|yeah|yep|but|except|pero|however|though)\b")

FINE = (
    r"(?:nothing(?: (?:new|else|at all|to report|changed|has changed|unusual|like that|that i know of|i can think of"
    r"|different|of the sort|of that|on that list))?|none(?: of (?:those|these|that|the above|it|them"
    r"|the))?(?: at all)?|no(?:pe)? to all(?: of (?:those|that|the above|them))?|all (?:good|clear|no|fine|well"
    r"|set|ok"
    r"|is well|normal|the same)|same(?: as (?:before|last time|usual|always))?"
    r"|no (?:new |other |big |major )?(?:changes?|news|issues?|problems?|concerns?|symptoms?"
    r"|updates?)(?: (?:to report"
    r"|since last time|here|at all|to note))?|nada(?: (?:nuevo|de eso|de nada|que reportar|diferente))?"
    r"|ningun[oa](?: de (?:esos|esas|los anteriores|ellos))?|todo (?:bien|igual|normal|perfecto|en orden|sigue igual)"
    r"|sin (?:cambios|novedad(?:es)?|novedades|problemas?|nada nuevo)"
    r"|(?:im |i am |i feel |feeling |doing |feel |were |we are |everything is |everythings |estoy |me siento "
    r"|todo )(?:all )?"
    r"(?:good|great|fine|well|healthy|perfect|ok|okay|wonderful|fantastic|bien|excelente|perfectamente|sano|sana)"
    r"|not that i (?:know|am aware|can think) ?(?:of)?|no that i know of|not that im aware of|que yo sepa(?: no)?"
    r"|good to go|everything is (?:fine|the same|good)|nothing has changed|nothings changed|ni una|ni uno"
    r"|negative|n a|na)"
)

FINE_WORDS = re.compile(rf"\b(?:{FINE})\b")

THANKS = rule(
    r"""
\bdios (?:se lo|los|las|le|te|la|lo) (?:pague|bendiga|cuide)\b|\b(?:god )?bless (?:you|yall|your heart)\b
\b(?:thanks|thank|thankyou|thanx|thx|tks|ty|tysm|thnx|thnks|thankss|gracias|grax|grcias|appreciate\w*|grateful
  |agradezco|agradecid[oa]|mil gracias|cheers)\b
"""
)

COMPLIMENT = rule(
    r"""
\b(?:from |con |de )?(?:the )?bottom of my heart\b|\b(?:de )?todo (?:mi )?corazon\b
  |\b(?:that|it|this|you|yall|the \w+|everything) (?:really |totally |so |sure )?(?:helped|helps|worked|made my day
  |was great)
  (?: (?:me|a lot|so much|tons|big time))*\b|\b(?:youre|your|you are|ur|u r) (?:all |just |simply |truly )?(?:the best
  |awesome|amazing
  |great|a (?:lifesaver|life saver|gem|saint|star|doll|sweetheart|angel)|an angel|so (?:kind|sweet|nice))\b
\b(?:id|i would) be (?:dead|lost|nowhere) without (?:you|yall)\b|\b(?:dead|lost) without (?:you|yall)\b
  |\b(?:you |yall |me |la |le |les )*(?:saved?|salvaron|salvo|salvaste) (?:my|me|la|mi) (?:life|vida|day|back
  |espalda)\b|\b(?:con )?(?:ese|este|el) masaje\b|\bdios (?:los|las|le|te|la|lo) (?:bendiga|guarde|cuide)\b
"""
)
"""Kind words that would look like something else to a list of single words."""

THANKS_SMALL = word_list(
    """
    a again agradezco all alright always amable amazing and appreciate appreciated appreciates are as
    avisar aviso awesome ayuda back bendiga best bien bless buen buena bueno care checking cheers cool
    course day dear dia dios do dr el evening everything excelente exercises feedback following for
    getting glad god good got gracias grateful grcias great guys haha happy have heads hear hello help
    hey hi hola i igualmente in info is it k kind kindly kindness kk know la le les letting likewise
    listo lo lol lot lots lovely many massage me mensaje message mil much muchas muchisimas mucho muy my
    nice night no noche noted of oh ok okay on one perfect perfecto por problem que quick really
    recordatorio reminder reminders reminding reply response session siempre sincerely so sounds su
    super taking tarde team tenga text thank thanks thankyou thanx that the this thnks thnx thx time tip
    tips tks to today todo ton tons too truly ty tysm u up update vale very visit was we weekend well
    will wonderful worries ya yall yes you your youre
    million millon bunch heaps los les bendiga bendigan bendiciones abrazo abrazos saludos amables amor corazon
    excelentes se lo maravilloso maravillosa maravillosos todos ustedes servicio doll pague paguen premie cuide
    bendecido bendecida trato de lo maximo genial
    """
)

LONG_PAST = re.compile(
    r"\b(?:\d+|two|three|four|five|six|few|several|many|couple) (?:months|years) (?:ago|back)|\byears ago|\blast year"
    r"|\bin (?:19|20)\d\d\b|\bhace (?:\w+ )?(?:meses|anos)\b|\bel ano pasado\b|\bhad (?:it|that) for years\b"
)

THANKED_NAME = rule(
    r"""
^((?:\w+ ){0,3}?(?:thanks|thank you|thx|ty|gracias)(?: so much| again)?) (?!tomorrow|today|not|but|cancel|i\b|no\b
  |maybe|late)[a-z]{2,}$
"""
)

NO_ANSWER = rule(
    r"""
no (?:idea|se\b|clue|estoy seg)|not sure|cant (?:remember|say|tell)
no (?!thanks|thank|thx|ty|gracias|i\b|im\b|it\b|its\b|not|sorry|still|way|sir|maam|yet|cant|cannot|unfortunately
  |no\b|nope|todavia|aun|puedo|pude|por|lo\b|more (?:visits|appointments|sessions|massages|appts)\b|mas (?:citas
  |visitas|masajes|sesiones)\b|la\b|he\b|me\b|at|im|but|this|that|we|my|the|unable|sadly|wont|wasnt
  |didnt|couldnt|senor|and|muchas|hay|tengo|change|longer able)[a-z]+\b
"""
)
"""A "no" that opens a sentence about something else: "no one told me", "no entiendo"."""
