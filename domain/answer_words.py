"""The words of yes, no, nothing new and thanks, English and Spanish, and the words that put them in doubt."""

import re

from domain.reply_words import rule, word_list

YES = (
    r"(?:yes+|y|yep|yea|yeah|yeh|yup|yuppers|ya|yah|yas|ye|yess|yeap|yessir|yse|yed|yws|yrs|yex|ues|yy|si|sii|sip|sipi"
    r"|simon|yes i (?:did|do|can|could|am|have)|i (?:did|can|do)(?: it)?|affirmative|absolutely|definitely|definately"
    r"|certainly|of course|for sure|sure(?: thing)?|indeed|totally|claro(?: que (?:si|yes))?|por supuesto|desde luego"
    r"|correct|correcto|asi es|thumbsup|yes sir|yes maam|efectivamente|si puedo|yes puedo|ya puedo|afirmativo|oui"
    r"|100 percent|hell yes|you got it|wouldnt miss it|were on|ready|heck yes|finally yes|you bet)"
)

AGREE = (
    r"(?:ok|okay|okey|okie|oki|okey dokey|k|kk|kay|alright|all right|perfect|perfecto|great|good|sounds (?:good|great"
    r"|perfect|like a plan)|will do|no problem|not a problem|np|no prob|works|that works|works for me|vale|listo"
    r"|de acuerdo|esta bien|bien|muy bien|excelente|bueno|dale|fine|cool|awesome|excellent|lovely|wonderful|got it"
    r"|roger|10[- ]4|deal|please do|yes please|please|lets do it|id love to|love to|would love to|id like that|i would"
    r"|me encantaria|me gustaria|sin problema|okidoki)"
)

NO = (
    r"(?:no+|n|nope|nop|nah|naw|na|nay|noo|negative|negativo|not yet|not really|not at all|not quite|not now"
    r"|not right now|not today|not this time|not at this time|not at the moment|not interested|no thanks|no thank you"
    r"|no gracias|no ty|thumbsdown|never|nunca|nel|todavia no|aun no|ahora no|por ahora no|por el momento no"
    r"|(?:i )?still (?:no|not|cant|cannot|unable)|i (?:cant|cannot|couldnt|didnt|did not|can not)|cant|couldnt"
    r"|unfortunately (?:no|not)|sadly (?:no|not)|im afraid not|afraid not|i dont think so|dont think so|creo que no"
    r"|para nada|no puedo|no pude|todavia no puedo|aun no puedo|not able to|unable to|ill pass|i pass|pass|no way)"
)

LEAD = (
    r"^(?:(?:oh|um|uh|hi|hello|hey|hola|well|good (?:morning|afternoon|evening)|buenos dias|buenas(?: tardes)?|dear \w+"
    r"|hi \w+|hello \w+|haha|lol|omg|yay|finally) )?"
)

LEADS_YES = re.compile(LEAD + rf"(?:{YES})\b")

LEADS_AGREE = re.compile(LEAD + rf"(?:{YES}|{AGREE})\b")

LEADS_NO = re.compile(LEAD + rf"(?:sorry )?(?:{NO})\b")

NO_HARM = rule(
    r"""
\b(?:no (?:problem|prob|worries|doubt|problema|hay problema)|not a problem|cant wait|wouldnt miss it|dont worry
  |without fail|sin falta|sin problema|why not|no need to worry)\b
"""
)

DOUBT = rule(
    r"""
\b(?:but|except|unless|if|however|though|although|tho|maybe|perhaps|might|may|depends?|depending|hopefully|hope
  |hoping|instead|unsure|not|cant|cannot|wont|dont|didnt|doesnt|isnt|wasnt|couldnt|never|no|pero|excepto|quiza
  |quizas|talvez|tal vez|a lo mejor|depende|ojala|aunque|almost|casi|kinda|kind of|sort of|sorta|sometimes
  |partly|partially|a veces|mas o menos|more or less|late|wait|actually|question|who|what|where|why|how|cual
  |cuando|donde|como|que hora|nope|try|trying|unfortunately|either|probably|i think|i guess|creo|intentare
  |another|different|only|solo|solamente|ask|pregunta|call me|let me|soon|later)\b
"""
)

SI_IF = rule(
    r"""
^si (?!claro|gracias|por favor|confirmo|senor|senora|yes|si\b|voy|asisto|asistire|alli|ahi|puedo$|puedo hacerlo
  |ya|nos vemos|estare|perfecto|muchas|todo|quiero|me gustaria|,)\w+
"""
)

YES_AFTER = re.compile(r"\b(?:yes|yeah|yep|but|except|pero|however|though)\b")

FINE = (
    r"(?:nothing(?: (?:new|else|at all|to report|changed|has changed|unusual|like that|that i know of|i can think of"
    r"|different|of the sort|of that|on that list))?|none(?: of (?:those|these|that|the above|it|them"
    r"|the))?(?: at all)?|no(?:pe)? to all(?: of (?:those|that|the above|them))?|all (?:good|clear|no|fine|well|set|ok"
    r"|is well|normal|the same)|same(?: as (?:before|last time|usual|always))?"
    r"|no (?:new |other |big |major )?(?:changes?|news|issues?|problems?|concerns?|symptoms?|updates?)(?: (?:to report"
    r"|since last time|here|at all|to note))?|nada(?: (?:nuevo|de eso|de nada|que reportar|diferente))?"
    r"|ningun[oa](?: de (?:esos|esas|los anteriores|ellos))?|todo (?:bien|igual|normal|perfecto|en orden|sigue igual)"
    r"|sin (?:cambios|novedad(?:es)?|novedades|problemas?|nada nuevo)"
    r"|(?:im |i am |i feel |feeling |doing |feel |were |everything is |everythings |estoy |me siento |todo )?(?:all )?"
    r"(?:good|great|fine|well|healthy|perfect|ok|okay|wonderful|fantastic|bien|excelente|perfectamente|sano|sana)"
    r"|not that i (?:know|am aware|can think) ?(?:of)?|no that i know of|not that im aware of|que yo sepa(?: no)?"
    r"|good to go|everything is (?:fine|the same|good)|nothing has changed|nothings changed|ni una|ni uno|k|kk|okey"
    r"|negative|n a|na)"
)

FINE_WORDS = re.compile(rf"\b(?:{FINE})\b")

FEEL_SMALL = word_list(
    """
    a above ahora all am an and any anything appointment are area areas arm arms as asking at be been
    bien body both breath breathing calf cant change changed changes check checking chest con currently
    de did didnt do doctor does doing dont dr either el else en every everything excited far feel
    feeling feels feet fine foot for forward good goodness gracias great had hand hands happily has
    hasnt have havent having hay he healthy hello here hey hi hola i im in infections is issues it its
    ive just kind kinds knock know la las last lately leg legs list lo looking los loss luckily maam
    manana me meds mi mis much muchas my n nada nah neither new ni ningun ninguna ningunos no non none
    noo nope nor normal nos not nothing now nueva nuevas nuevo nuevos o of ok okay on one open or other
    others please por problems que ready really recent recently report right same say see session
    shortness side sign signs sin since sir skin so soon sort still such symptoms tengo tenido thank
    thanks that the then there these this those thx time to today todo tomorrow trouble ty u up us vemos
    very visit wait was week well whatsoever with wood y yet you your
    cambio cambios problema problemas novedad
    """
)

THANKS = rule(
    r"""
\b(?:thanks|thank|thankyou|thanx|thx|tks|ty|tysm|thnx|thnks|thankss|gracias|grax|grcias|appreciate\w*|grateful
  |agradezco|agradecid[oa]|mil gracias|cheers)\b
"""
)

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
    million millon bunch heaps
    """
)

THANKED_NAME = rule(
    r"""
^((?:\w+ ){0,3}?(?:thanks|thank you|thx|ty|gracias)(?: so much| again)?) (?!tomorrow|today|not|but|cancel|i\b
  |no\b|maybe|late)[a-z]{2,}$
"""
)

NO_ANSWER = rule(
    r"""
no (?:idea|se\b|clue|estoy seg)|not sure|cant (?:remember|say|tell)
no (?!thanks|thank|thx|ty|gracias|i\b|im\b|ill\b|it\b|its\b|not|sorry|still|way|sir|maam|yet|cant|cannot
  |unfortunately|no\b|nope|todavia|aun|puedo|pude|por|lo\b|la\b|he\b|me\b|at|im|but|this|that|we|my|the|unable
  |sadly|wont|wasnt|didnt|couldnt|senor|and|muchas|hay|tengo|change|longer able)[a-z]+\b
"""
)
"""A "no" that opens a sentence about something else: "no one told me", "no entiendo"."""
