"""Values that belong to nobody and stand nowhere else: whatever holds one of them tells of a person."""

import re
from urllib.parse import quote, quote_plus

CLIENT, SURNAME = "Quillon", "Zabriskie"
THERAPIST, BACKUP = "Thessaly", "Bronwyn"
CLIENT_PHONE, THERAPIST_PHONE, BACKUP_PHONE = "+12535550171", "+14255550172", "+15095550173"
STRANGER_PHONE, SECOND_PHONE, ERASED_PHONE = "+13605550174", "+12535550175", "+12535550176"
CLIENT_MAIL, STRANGER_MAIL = "quillon.z@canary-mail.example.com", "stranger@elsewhere-mail.example.com"
GOAL, NOTE, REASON = "reach the marzipan shelf", "tender near the gooseberry scar", "walks like an old flamingo"
EVENT_ID = "booking-of-zabriskie"
REPLIES = (
    "the parrot next door says ouch",
    "my left hip aches like thunder",
    "about a 7, worse than pickled herring",
)
RED_FLAG = "crushing chest pain under the accordion"
MAIL_REPLY = "the rhubarb ointment did nothing"
PAYER, CLAIM_REFERENCE, PAYERS_CLERK = "Wobbegong Mutual", "REF-77-marmalade", "Ottoline of the gherkin desk"
DENIAL, LET_GO = "refused for lack of trombones", "let it go, the otter said"
FORGED, MALFORMED = "forged by a walrus", "malformed like a custard"
CRASH, STRANGERS_WORDS, LATE_WORDS = "zeppelin over the bathtub", "who sent me this kumquat", "erased but not silent"

NAMES = (CLIENT, SURNAME, THERAPIST, BACKUP)
NUMBERS = (CLIENT_PHONE, THERAPIST_PHONE, BACKUP_PHONE, STRANGER_PHONE, SECOND_PHONE, ERASED_PHONE)
MAILS = (CLIENT_MAIL, STRANGER_MAIL)
WORDS = (
    *(GOAL, NOTE, REASON, EVENT_ID, *REPLIES, RED_FLAG, MAIL_REPLY, FORGED, MALFORMED),
    *(CRASH, STRANGERS_WORDS, LATE_WORDS),
    *(PAYER, CLAIM_REFERENCE, PAYERS_CLERK, DENIAL, LET_GO),
)


def spellings(number: str) -> tuple[str, ...]:
    """A US number as people and programs write it; the last seven digits are in most of them."""
    area, exchange, line = number[2:5], number[5:8], number[8:]
    marks = ("", "-", ".", " ", "%20", "+")
    local = [f"{exchange}{mark}{line}" for mark in marks]
    return (*local, *(f"{area}{mark}{exchange}" + mark + line for mark in marks), f"({area}) {exchange}-{line}")


def _every_form() -> frozenset[str]:
    plain = {*NAMES, *MAILS, *WORDS, *(form for number in NUMBERS for form in spellings(number))}
    # The local part of a mail address tells as much as the whole of it.
    plain |= {mail.partition("@")[0] for mail in MAILS if "." in mail.partition("@")[0]} | {"canary-mail"}
    return frozenset(form.lower() for value in plain for form in (value, quote(value), quote_plus(value)))


FORMS = _every_form()


def found_in(held: bytes | str) -> list[str]:
    """The canaries that stand in it, in any of their spellings; case and line breaks don't matter."""
    text = held.decode("utf-8", "replace") if isinstance(held, bytes) else held
    searched = re.sub(r"\s+", " ", text.lower())
    return sorted(form for form in FORMS if form in searched)
