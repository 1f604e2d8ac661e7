"""Yes, no and thanks, in the many ways people type them, and when such a word isn't a clear answer after all."""

import re

from domain.red_flag_words import NEW_PROBLEMS
from domain.reply_words import Said

_YES = (
    r"(?:yes+|y|yep|yea|yeah|yeh|yup|yuppers|ya|yah|yas|ye|yess|yeap|yessir|yse|yed|yws|yrs|yex|ues|yy|si|sii|sip|sipi|simon|yes i (?:did|do|can|could|am|have)|i (?:did|can|do)(?: it)?|affirmative|absolutely|definitely|definately"
    r"|certainly|of course|for sure|sure(?: thing)?|indeed|totally|claro(?: que (?:si|yes))?|por supuesto|desde luego|correct|correcto|asi es|thumbsup|yes sir|yes maam|efectivamente|si puedo|yes puedo|ya puedo|afirmativo|oui|100 percent|hell yes|you got it|wouldnt miss it|were on|ready|heck yes|finally yes|you bet)"
)
_AGREE = (
    r"(?:ok|okay|okey|okie|oki|okey dokey|k|kk|kay|alright|all right|perfect|perfecto|great|good|sounds (?:good|great|perfect|like a plan)|will do|no problem|not a problem|np|no prob|works|that works|works for me|vale|listo|de acuerdo"
    r"|esta bien|bien|muy bien|excelente|bueno|dale|fine|cool|awesome|excellent|lovely|wonderful|got it|roger|10[- ]4|deal|please do|yes please|please|lets do it|id love to|love to|would love to|id like that|i would|me encantaria|me gustaria|sin problema|okidoki)"
)
_NO = (
    r"(?:no+|n|nope|nop|nah|naw|na|nay|noo|negative|negativo|not yet|not really|not at all|not quite|not now|not right now|not today|not this time|not at this time|not at the moment|not interested|no thanks|no thank you|no gracias|no ty|thumbsdown|never|nunca|nel"
    r"|todavia no|aun no|ahora no|por ahora no|por el momento no|(?:i )?still (?:no|not|cant|cannot|unable)|i (?:cant|cannot|couldnt|didnt|did not|can not)|cant|couldnt|unfortunately (?:no|not)|sadly (?:no|not)|im afraid not|afraid not|i dont think so|dont think so|creo que no|para nada"
    r"|no puedo|no pude|todavia no puedo|aun no puedo|not able to|unable to|ill pass|i pass|pass|no way)"
)
_LEAD = r"^(?:(?:oh|um|uh|hi|hello|hey|hola|well|good (?:morning|afternoon|evening)|buenos dias|buenas(?: tardes)?|dear \w+|hi \w+|hello \w+|haha|lol|omg|yay|finally) )?"
_LEADS_YES = re.compile(_LEAD + rf"(?:{_YES})\b")
_LEADS_AGREE = re.compile(_LEAD + rf"(?:{_YES}|{_AGREE})\b")
_LEADS_NO = re.compile(_LEAD + rf"(?:sorry )?(?:{_NO})\b")
_NO_HARM = re.compile(
    r"\b(?:no (?:problem|prob|worries|doubt|problema|hay problema)|not a problem|cant wait|wouldnt miss it|dont worry|without fail|sin falta|sin problema|why not|no need to worry)\b"
)
_DOUBT = re.compile(
    r"\b(?:but|except|unless|if|however|though|although|tho|maybe|perhaps|might|may|depends?|depending|hopefully|hope|hoping|instead|unsure|not|cant|cannot|wont|dont|didnt|doesnt|isnt|wasnt|couldnt|never|no|pero|excepto|quiza|quizas|talvez"
    r"|tal vez|a lo mejor|depende|ojala|aunque|almost|casi|kinda|kind of|sort of|sorta|sometimes|partly|partially|a veces|mas o menos|more or less|late|wait|actually|question|who|what|where|why|how|cual|cuando|donde|como|que hora|nope|try|trying"
    r"|unfortunately|either|probably|i think|i guess|creo|intentare|another|different|only|solo|solamente|ask|pregunta|call me|let me|soon|later)\b"
)
_SI_IF = re.compile(
    r"^si (?!claro|gracias|por favor|confirmo|senor|senora|yes|si\b|voy|asisto|asistire|alli|ahi|puedo$|puedo hacerlo|ya|nos vemos|estare|perfecto|muchas|todo|quiero|me gustaria|,)\w+"
)

_YES_AFTER = re.compile(r"\b(?:yes|yeah|yep|but|except|pero|however|though)\b")
_FINE = (
    r"(?:nothing(?: (?:new|else|at all|to report|changed|has changed|unusual|like that|that i know of|i can think of|different|of the sort|of that|on that list))?|none(?: of (?:those|these|that|the above|it|them|the))?(?: at all)?|no(?:pe)? to all(?: of (?:those|that|the above|them))?|all (?:good|clear|no|fine|well|set|ok|is well|normal|the same)"
    r"|same(?: as (?:before|last time|usual|always))?|no (?:new |other |big |major )?(?:changes?|news|issues?|problems?|concerns?|symptoms?|updates?)(?: (?:to report|since last time|here|at all|to note))?|nada(?: (?:nuevo|de eso|de nada|que reportar|diferente))?|ningun[oa](?: de (?:esos|esas|los anteriores|ellos))?|todo (?:bien|igual|normal|perfecto|en orden|sigue igual)|sin (?:cambios|novedad(?:es)?|novedades|problemas?|nada nuevo)"
    r"|(?:im |i am |i feel |feeling |doing |feel |were |everything is |everythings |estoy |me siento |todo )?(?:all )?(?:good|great|fine|well|healthy|perfect|ok|okay|wonderful|fantastic|bien|excelente|perfectamente|sano|sana)|not that i (?:know|am aware|can think) ?(?:of)?|no that i know of|not that im aware of|que yo sepa(?: no)?|good to go|everything is (?:fine|the same|good)|nothing has changed|nothings changed|ni una|ni uno|k|kk|okey|negative|n a|na)"
)
_FINE_WORDS = re.compile(rf"\b(?:{_FINE})\b")
_FEEL_SMALL = frozenset(
    [
        "i",
        "im",
        "ive",
        "am",
        "is",
        "are",
        "was",
        "be",
        "been",
        "have",
        "has",
        "had",
        "having",
        "do",
        "did",
        "does",
        "not",
        "dont",
        "didnt",
        "havent",
        "hasnt",
        "no",
        "nope",
        "nah",
        "n",
        "none",
        "nothing",
        "any",
        "anything",
        "of",
        "the",
        "a",
        "an",
        "and",
        "or",
        "nor",
        "to",
        "for",
        "at",
        "all",
        "in",
        "on",
        "with",
        "since",
        "last",
        "time",
        "my",
        "your",
        "you",
        "u",
        "me",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "new",
        "nuevo",
        "nueva",
        "nuevos",
        "nuevas",
        "other",
        "others",
        "else",
        "just",
        "thanks",
        "thank",
        "ty",
        "thx",
        "please",
        "so",
        "very",
        "much",
        "still",
        "really",
        "see",
        "soon",
        "tomorrow",
        "then",
        "today",
        "there",
        "looking",
        "forward",
        "ready",
        "here",
        "hi",
        "hello",
        "hey",
        "well",
        "feel",
        "feeling",
        "feels",
        "doing",
        "sir",
        "maam",
        "everything",
        "every",
        "changes",
        "change",
        "changed",
        "open",
        "skin",
        "ni",
        "o",
        "y",
        "de",
        "los",
        "las",
        "la",
        "el",
        "lo",
        "que",
        "no",
        "ningun",
        "ninguna",
        "ningunos",
        "tengo",
        "he",
        "tenido",
        "hay",
        "nada",
        "gracias",
        "muchas",
        "hola",
        "sin",
        "en",
        "mi",
        "mis",
        "con",
        "por",
        "ahora",
        "todo",
        "bien",
        "up",
        "check",
        "checking",
        "asking",
        "yet",
        "right",
        "now",
        "far",
        "body",
        "normal",
        "visit",
        "appointment",
        "session",
        "report",
        "list",
        "above",
        "nos",
        "vemos",
        "manana",
        "either",
        "whatsoever",
        "currently",
        "recently",
        "week",
        "lately",
        "know",
        "nope",
        "noo",
        "non",
        "same",
        "as",
        "calf",
        "leg",
        "one",
        "side",
        "loss",
        "kind",
        "sort",
        "kinds",
        "such",
        "neither",
        "excited",
        "cant",
        "wait",
        "knock",
        "wood",
        "luckily",
        "happily",
        "say",
        "symptoms",
        "issues",
        "problems",
        "infections",
        "meds",
        "dr",
        "doctor",
        "good",
        "great",
        "fine",
        "ok",
        "okay",
        "healthy",
        "chest",
        "calf",
        "legs",
        "leg",
        "foot",
        "feet",
        "arm",
        "arms",
        "hand",
        "hands",
        "breath",
        "shortness",
        "trouble",
        "breathing",
        "areas",
        "area",
        "signs",
        "sign",
        "or",
        "recent",
        "us",
        "both",
        "goodness",
    ]
)
_THANKS = re.compile(
    r"\b(?:thanks|thank|thankyou|thanx|thx|tks|ty|tysm|thnx|thnks|thankss|gracias|grax|grcias|appreciate\w*|grateful|agradezco|agradecid[oa]|mil gracias|cheers)\b"
)
_THANKS_SMALL = frozenset(
    [
        "thanks",
        "thank",
        "thankyou",
        "thanx",
        "thx",
        "tks",
        "ty",
        "tysm",
        "thnx",
        "thnks",
        "gracias",
        "grcias",
        "appreciate",
        "appreciated",
        "appreciates",
        "it",
        "that",
        "this",
        "so",
        "much",
        "you",
        "u",
        "ya",
        "very",
        "a",
        "lot",
        "lots",
        "ton",
        "tons",
        "many",
        "again",
        "all",
        "for",
        "everything",
        "the",
        "your",
        "help",
        "reminder",
        "reminding",
        "reminders",
        "heads",
        "up",
        "letting",
        "me",
        "know",
        "info",
        "update",
        "message",
        "text",
        "checking",
        "in",
        "on",
        "i",
        "we",
        "really",
        "do",
        "is",
        "was",
        "are",
        "ok",
        "okay",
        "k",
        "kk",
        "great",
        "perfect",
        "awesome",
        "cool",
        "good",
        "got",
        "wonderful",
        "sounds",
        "alright",
        "will",
        "guys",
        "team",
        "yall",
        "have",
        "nice",
        "day",
        "one",
        "weekend",
        "evening",
        "night",
        "and",
        "too",
        "as",
        "well",
        "muchas",
        "muchisimas",
        "mil",
        "por",
        "todo",
        "su",
        "ayuda",
        "el",
        "la",
        "recordatorio",
        "mensaje",
        "avisar",
        "aviso",
        "muy",
        "amable",
        "bueno",
        "bien",
        "excelente",
        "perfecto",
        "vale",
        "listo",
        "que",
        "tenga",
        "buen",
        "buena",
        "dia",
        "tarde",
        "noche",
        "hi",
        "hello",
        "hey",
        "hola",
        "best",
        "kind",
        "kindly",
        "truly",
        "sincerely",
        "very",
        "dear",
        "dr",
        "following",
        "quick",
        "response",
        "reply",
        "yes",
        "haha",
        "lol",
        "youre",
        "the",
        "best",
        "amazing",
        "lovely",
        "kindness",
        "happy",
        "to",
        "hear",
        "glad",
        "nice",
        "oh",
        "my",
        "of",
        "course",
        "no",
        "problem",
        "worries",
        "bless",
        "god",
        "dios",
        "bendiga",
        "le",
        "les",
        "lo",
        "agradezco",
        "mucho",
        "igualmente",
        "likewise",
        "always",
        "siempre",
        "grateful",
        "cheers",
        "getting",
        "back",
        "taking",
        "care",
        "of",
        "time",
        "today",
        "session",
        "massage",
        "visit",
        "great",
        "tip",
        "tips",
        "exercises",
        "feedback",
        "noted",
        "super",
    ]
)
_THANKED_NAME = re.compile(
    r"^((?:\w+ ){0,3}?(?:thanks|thank you|thx|ty|gracias)(?: so much| again)?) (?!tomorrow|today|not|but|cancel|i\b|no\b|maybe|late)[a-z]{2,}$"
)


def doubtful(said: Said) -> bool:
    """Whether a yes-like text holds a question, a condition or a doubt: then a person reads it."""
    return said.asks or hedged(said)


def hedged(said: Said) -> bool:
    """As `doubtful`, but a question mark alone is no doubt: "Friday?" is an answer to "when would you like to come?"."""
    plain = _NO_HARM.sub(" ", said.plain)
    return bool(_DOUBT.search(plain)) or bool(_SI_IF.match(plain)) or "thumbsdown" in plain


def plain_yes(said: Said) -> bool:
    """A clear yes to a yes/no question; "ok" and "great" aren't one."""
    return bool(_LEADS_YES.match(said.plain)) and not doubtful(said)


def agrees(said: Said) -> bool:
    """A clear yes to a proposal, "ok" and "sounds good" included; thanks alone is no agreement."""
    plain = re.sub(
        r"^(?:(?:thanks|thank you|gracias|hi|hello|hola|hey|great|perfect|awesome)(?: so much| very much)? )+(?=\w)",
        "",
        said.plain,
    )
    lead = _LEADS_AGREE.match(plain) or _LEADS_AGREE.match(said.plain)
    return bool(lead) and not doubtful(said)


def plain_no(said: Said) -> bool:
    """A clear no: "not yet", "no thanks", "todavía no"; a no with a but is for a person."""
    plain = _NO_HARM.sub(" ", said.plain).strip()
    if (
        said.asks
        or _YES_AFTER.search(plain)
        or re.match(
            r"no (?:idea|se\b|clue|estoy seg)|no (?!thanks|thank|thx|ty|gracias|i\b|im\b|ill\b|it\b|its\b|not|sorry|still|way|sir|maam|yet|cant|cannot|unfortunately|no\b|nope|todavia|aun|puedo|pude|por|lo\b|la\b|he\b|me\b|at|im|but|this|that|we|my|the|unable|sadly|wont|wasnt|didnt|couldnt|senor|and|muchas|hay|tengo|change|longer able)[a-z]+\b|not sure|cant (?:remember|say|tell)",
            plain,
        )
    ):
        return False
    return bool(_LEADS_NO.match(plain))


def screening_yes(said: Said) -> bool:
    """A yes to "anything new?"; "yes, all good" and "yes, see you then" contradict themselves."""
    if not _LEADS_YES.match(said.plain) and said.plain not in ("some", "a few", "algo", "a little", "un poco"):
        return False
    return (
        not _FINE_WORDS.search(said.plain)
        and not said.plain.startswith("thumbsup")
        and not re.search(
            r"\b(?:see you|be there|confirm\w*|nos vemos|estare|good|no|of course|sure|nothing)\b", said.plain
        )
    )


def screening_no(said: Said) -> bool:
    """A no to "anything new?" in which each word is accounted for; one unknown word sends it to a person."""
    if said.asks or re.search(
        r"\b(?:but|except|pero|only|though|however|unless|aunque|maybe|might|yes|not sure|other than|besides|aside)\b",
        said.plain,
    ):
        return False
    if not (_FINE_WORDS.search(said.plain) or _LEADS_NO.match(said.plain) or _denies_all(said)):
        return False
    rest = NEW_PROBLEMS.sub(" ", _FINE_WORDS.sub(" ", _NO_HARM.sub(" ", said.plain)))
    return all(word in _FEEL_SMALL for word in rest.split())


def only_thanks(said: Said) -> bool:
    """Whether there is nothing in the text but thanks and kind words."""
    plain = _THANKED_NAME.sub(r"\1", said.plain)
    return bool(_THANKS.search(plain)) and not said.asks and all(word in _THANKS_SMALL for word in plain.split())


def _denies_all(said: Said) -> bool:
    """Every sentence denies something and no problem was left standing (the caller has looked)."""
    return bool(said.sentences) and all(
        re.match(r"(?:i )?(?:no|not|dont have|havent had|sin|ningun[oa]?|none|nothing|havent|ni) ?\b", sentence)
        for sentence in said.sentences
    )
