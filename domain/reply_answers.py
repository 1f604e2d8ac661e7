"""Yes, no and thanks, in the many ways people type them, and when such a word isn't a clear answer after all."""

import re

from domain.answer_words import (
    COMPLIMENT,
    DOUBT,
    FINE_WORDS,
    LAST_NO,
    LAST_YES,
    LEADS_AGREE,
    LEADS_NO,
    LEADS_YES,
    NO_ANSWER,
    NO_HARM,
    SI_IF,
    THANKED_NAME,
    THANKS,
    THANKS_SMALL,
    YES_AFTER,
)
from domain.reply_words import Said

_GREETING = re.compile(
    r"^(?:(?:thanks|thank you|gracias|hi|hello|hola|hey|great|perfect|awesome)(?: so much| very much)? )+(?=\w)"
)
_OTHER_MATTER = re.compile(r"\b(?:see you|be there|confirm\w*|nos vemos|estare|good|no|of course|sure|nothing)\b")
_NO_ALONE = re.compile(r"(?:no+|nope|nah) [.,] ")
_WANTS_A_WORD = re.compile(r"\b(?:call me|talk to|speak (?:to|with)|llamen\w*|hablar con|question)\b")
_OTHER_NO = re.compile(r"no (?:time|parking|ride|signal|service|reception|answer|tengo (?:tiempo|coche|carro))\b")
_CONTENT = re.compile(
    r"(?:im |i am |were |we are )(?:good|ok|okay|fine|all set)(?: for now| thanks| thank you| right now)*$"
    r"|(?:por ahora )?(?:estoy|ando|todo) bien(?: por ahora| asi| ahora| gracias| por el momento)+$"
)
_NOT_ALL = re.compile(
    r"\b(?:but|except|pero|only|though|however|unless|aunque|maybe|might|yes|not sure|other than|besides|aside)\b"
)


def doubtful(said: Said) -> bool:
    """Whether a yes-like text holds a question, a condition or a doubt: then a person reads it."""
    return said.asks or hedged(said)


def hedged(said: Said) -> bool:
    """As `doubtful`, but a question mark alone is no doubt: "Friday?" answers "when would you like to come?"."""
    plain = NO_HARM.sub(" ", said.plain)
    return bool(DOUBT.search(plain)) or bool(SI_IF.match(plain)) or "thumbsdown" in plain


def plain_yes(said: Said) -> bool:
    """A clear yes to a yes/no question; "ok" and "great" aren't one."""
    return bool(LEADS_YES.match(said.plain)) and not doubtful(said)


def agrees(said: Said) -> bool:
    """A clear yes to a proposal, "ok" and "sounds good" included; thanks alone is no agreement."""
    plain = _GREETING.sub("", said.plain)
    lead = LEADS_AGREE.match(plain) or LEADS_AGREE.match(said.plain)
    return bool(lead or _ends_in_yes(said)) and not doubtful(said)


def _ends_in_yes(said: Said) -> bool:
    """ "Dying to get on that table. Yes!!": the last words are a yes by themselves; `doubtful` has seen the others."""
    return bool(said.clauses) and bool(LAST_YES.search(NO_HARM.sub(" ", said.clauses[-1]).strip()))


def plain_no(said: Said) -> bool:
    """A clear no: "not yet", "no thanks", "todavía no"; a no with a but is for a person."""
    plain = NO_HARM.sub(" ", said.plain).strip()
    another_matter = NO_ANSWER.match(plain) and not _NO_ALONE.match(said.marked)
    if said.asks or YES_AFTER.search(plain) or another_matter or _WANTS_A_WORD.search(plain):
        return False
    return bool(LEADS_NO.match(plain) or LAST_NO.search(plain))


def content(said: Said) -> bool:
    """A polite no to an offer: "I'm good for now"."""
    return bool(_CONTENT.match(said.plain)) and not said.asks


def screening_yes(said: Said) -> bool:
    """A yes to "anything new?"; "yes, all good" and "yes, see you then" contradict themselves."""
    if not LEADS_YES.match(said.plain) and said.plain not in ("some", "a few", "algo", "a little", "un poco"):
        return False
    contradicted = FINE_WORDS.search(said.plain) or _OTHER_MATTER.search(said.plain)
    return not contradicted and not said.plain.startswith("thumbsup")


def may_be_screening_no(said: Said) -> bool:
    """Whether "anything new?" is answered with a no or with "all good", whatever else is said."""
    if said.asks or _NOT_ALL.search(said.plain) or _OTHER_NO.match(said.plain):
        return False
    return bool(FINE_WORDS.search(said.plain) or LEADS_NO.match(said.plain)) or _denies_all(said)


def only_thanks(said: Said) -> bool:
    """Whether there is nothing in the text but thanks and kind words."""
    plain = COMPLIMENT.sub(" ", THANKED_NAME.sub(r"\1", said.plain))
    return bool(THANKS.search(plain)) and not said.asks and all(word in THANKS_SMALL for word in plain.split())


def _denies_all(said: Said) -> bool:
    """Every sentence denies something and no problem was left standing (the caller has looked)."""
    return bool(said.sentences) and all(
        re.match(r"(?:i )?(?:no|not|dont have|havent had|sin|ningun[oa]?|none|nothing|havent|ni) ?\b", sentence)
        for sentence in said.sentences
    )
