"""Yes, no and thanks, in the many ways people type them, and when such a word isn't a clear answer after all."""

import re

from domain.answer_words import (
    COMPLIMENT,
    DOUBT,
    FEEL_SMALL,
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
from domain.reply_rules import word_list
from domain.reply_words import Said
from domain.screening_words import NEW_PROBLEMS, NEWS

_GREETING = re.compile(
    r"^(?:(?:thanks|thank you|gracias|hi|hello|hola|hey|great|perfect|awesome)(?: so much| very much)? )+(?=\w)"
)
_OTHER_MATTER = re.compile(r"\b(?:see you|be there|confirm\w*|nos vemos|estare|good|no|of course|sure|nothing)\b")
_NO_ALONE = re.compile(r"(?:no+|nope|nah) [.,] ")
_WANTS_A_WORD = re.compile(r"\b(?:call me|talk to|speak (?:to|with)|llamen\w*|hablar con|question)\b")
_DENIAL = re.compile(
    r"(?:and |or |y |o |i |pt |patient |paciente )*(?:no|denies|deny|denied|niega|niego|negative for|nope|none|nothing"
    r"|never|dont have|havent had|have no|sin|ni|nada|ningun[oa]?s?"
    r"|nor|tampoco)\b"
    r"(?! (?:serious|major|much|bad|too|big|really|crazy|grave|serio|terrible|important))"
)
_GREETED = re.compile(
    r"(?:hi|hello|hey|hola|dear \w+|buen[oa]s \w+|good (?:morning|afternoon|evening)|thanks|thank you|gracias"
    r"|see you (?:then|soon|tomorrow|\w+day)|nos vemos|all (?:good|clear|set)|todo bien|same as (?:before"
    r"|always|last time))"
    r"(?: (?:there|all|team|so much|then|again|doctor|dr))*$"
)
_SOMEBODY = word_list(
    """
    i im ive my me have has had got getting started starting taking took is was were still yes some a bit but feel
    feeling
    yo mi tengo tuve estoy siento empece tomo tomando me hay si un algo poco
    """
)
_NO_TALK = re.compile(r"no (?:one|body|idea|se\b|clue|entiendo|recuerdo|estoy|me acuerdo|sure|comprendo|way)|not sure")
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


def screening_no(said: Said) -> bool:
    """A no to "anything new?" in which each word is accounted for; one unknown word sends it to a person."""
    if not may_be_screening_no(said):
        return False
    if _denies_each(said):
        return True
    rest = NEW_PROBLEMS.replaced(FINE_WORDS.sub(" ", NO_HARM.sub(" ", said.plain)), " ")
    return all(word in FEEL_SMALL for word in rest.split())


def only_thanks(said: Said) -> bool:
    """Whether there is nothing in the text but thanks and kind words."""
    plain = COMPLIMENT.sub(" ", THANKED_NAME.sub(r"\1", said.plain))
    return bool(THANKS.search(plain)) and not said.asks and all(word in THANKS_SMALL for word in plain.split())


def _denies_each(said: Said) -> bool:
    """Every part denies something: "nada nuevo, ni fiebre, ni heridas"."""
    return _is_denied(said.sentences)


def _is_denied(sentences: list[str]) -> bool:
    """Each sentence opens with a denial, and what follows a comma is one more, or a bare noun that the first covers."""
    parts = [[part.strip() for part in sentence.split(" , ") if part.strip()] for sentence in sentences]
    told = [kept for clauses in parts if (kept := [clause for clause in clauses if not _GREETED.match(clause)])]
    return bool(told) and all(
        _denies(clauses[0]) and all(_denies(clause) or _bare_noun(clause) for clause in clauses[1:]) for clauses in told
    )


def _denies(clause: str) -> bool:
    """ "No fever", "sin heridas": a denial of what the question asks for, and of nothing else ("no time today")."""
    found = _DENIAL.match(clause)
    return bool(found) and not _NO_TALK.match(clause) and _only_problems(clause[found.end() if found else 0 :])


def _only_problems(words: str) -> bool:
    rest = NEW_PROBLEMS.replaced(NEWS.replaced(FINE_WORDS.sub(" ", words), " "), " ")
    return all(word in FEEL_SMALL for word in rest.split())


def _bare_noun(clause: str) -> bool:
    """ "or rash", "new paresthesia": a thing, with nobody doing or having it."""
    words = clause.split()
    return len(words) <= 4 and _SOMEBODY.isdisjoint(words)


def _denies_all(said: Said) -> bool:
    """Every sentence denies something and no problem was left standing (the caller has looked)."""
    return bool(said.sentences) and all(
        re.match(r"(?:i )?(?:no|not|dont have|havent had|sin|ningun[oa]?|none|nothing|havent|ni) ?\b", sentence)
        for sentence in said.sentences
    )
