"""Texts that nobody wrote: the phone's own answer, a company's line, a carrier's notice, an absence note, a calendar.

A machine says "call 911", "stop receiving" and "confirmed" without meaning any of it. Only wordings that machines use
are known here; whatever else stands beside them is read as a person's.
"""

import re
from typing import Literal

from domain.reply_contractions import written_out
from domain.reply_rules import rules

Machine = Literal["machine", "absent", "accepted", "declined"]

_LONGEST_NOTE = 3000
_SENTENCE = rules(
    r"""
\bdriving with (?:do not disturb(?: while driving)?|focus|driving focus)(?: turned on)?\b|\bdo not disturb while driving
^i ?a?m (?:currently )?driving (?:with|and|right now|at the moment|- )
^i ?a?m (?:currently )?driving (?:now )?,? ?(?:and )?(?:i )?(?:will|can ?not|cant) (?:see|reply|respond|get back|text
  |receive)
\bi ?a?m not receiving notifications\b
\bi will see your message when i get where i ?a?m going\b
\bif this is urgent,? (?:please )?reply ["“]?urgent["”]?
\breply (?:with )?["“]?urgent["”]? to send a notification through\b
\b(?:has|have) (?:notifications silenced|focus turned on)\b|\bnotifications (?:are )?silenced\b
^(?:sorry,? )?(?:but )?i can ?(?:no|')?t talk (?:right )?now\.?(?: (?:i will (?:call|text) you (?:back )?later
  |whats up))?$
^(?:sorry,? )?i ?a?m (?:in a meeting|busy|at the movies|driving)(?: right now)?,? ?(?:and )?(?:i will|will|can i|ill)
  (?:call|text|get back to) you (?:back )?(?:later|soon|when i can)$
\b(?:this is an? |^)(?:auto(?:matic|mated|matically)?[ -]?(?:generated )?(?:reply|response|message|text|answer|email))
\b(?:automatic|automated|auto) ?-?(?:reply|response|generated)\b|\bautoreply\b|\bautoresponder\b
\bthis (?:number|line|phone|phone number|mailbox|inbox|e?-?mail(?: address)?|account|service) (?:does ?(?:no|')?t|do
  |is|can ?no?t|is ?n(?:o|')t|can|cant|will not|wont|has been|is no longer)(?: \w+){0,4} (?:accept\w*|receiv\w*
  |monitor\w*
  |support\w*|able|set up|check\w*|text|read|deactivated|disconnected|unattended|unmonitored|respond\w*)\b
\b(?:the|this|that) (?:number|person|phone|mailbox|line|party|customer|subscriber|recipient
  |wireless customer)(?: \w+){0,7}
  [ ](?:does ?(?:no|')?t|do ?not|can ?not|cant|is not able to|is unable to|no longer
  |is not set up to) (?:\w+ )?(?:accept\w*
  |receiv\w*|monitor\w*|support\w*) (?:\w+ ){0,3}(?:texts?|text messages|messages?|sms|replies|mail)\b
\b(?:unmonitored|not monitored|no longer monitored|unattended) (?:inbox|mailbox|number|line|account)?
\bmessage blocking is active\b|\bfree ?msg\b|\bfree msg\b|\bunable to (?:send|deliver) (?:your |the |this )?(?:message
  |text|msg)\b|\b(?:your|the|this) (?:message|text|e?-?mail) (?:could not|cannot|can not|was not|has not been|couldnt)
  (?:be )?(?:sent|deliver\w*)\b|\bmessage (?:not|un)? ?(?:sent|deliverable|undeliverable)\b(?=.{0,40}\b(?:block
  |service|error
  |recipient|number))|\bservice access denied\b|\bshort ?codes? (?:is |are )?(?:blocked|not supported)\b
  |\b(?:subscriber|recipient|customer) (?:you are trying to reach|is unavailable|cannot be reached|has blocked)\b
\brespuesta automatica\b|\bmensaje automatico\b|\bno puedo hablar (?:ahora|en este momento)
  (?:mismo)?\.?$|\bestoy conduciendo\b.{0,60}\b(?:no molestar|mensaje|llegue)|\b(?:concentracion|no molestar)
  (?:al conducir|activad[oa])\b|\beste numero no (?:acepta|recibe|puede recibir|esta habilitado)\b
  |\bno (?:recibo|estoy recibiendo) notificaciones\b|\bvere tu mensaje cuando llegue\b
\b(?:mailbox is full|delivery (?:has )?failed|delivery status notification|undeliverable)\b
"""
)
_ABSENT = rules(
    r"""
\b(?:out of (?:the )?office|on (?:annual |maternity |parental |paternity |medical )?leave|on vacation
  |away from (?:my|the) (?:desk
  |office|email|computer))\b.{0,160}\b(?:return\w*|back|until|through|limited access|respond|contact|reply|response
  |get back)\b
\b(?:limited|no) access to (?:my )?(?:e?-?mail|messages)\b
\b(?:i will|we will|ill|will) (?:reply|respond|get back) (?:to (?:you|your \w+) )?(?:upon|on|when) my return\b
\bfuera de (?:la )?oficina\b
"""
)
"""An absence note, which a person may also have typed: so a person reads it."""

_COMPANY = rules(
    r"""
^(?:hi|hello|hola)?[,! ]*(?:thank you|thanks|gracias) (?:for|por) (?:contacting|calling|texting|messaging
  |reaching out to
  |your (?:message|call|text|email|inquiry)|contactar\w*|llamar|comunicarse|su (?:mensaje|llamada))\b
^you(?: have|ve|'ve) reached\b|^welcome to\b|^ha llamado a\b
"""
)
_COMPANY_SIGN = rules(
    r"""
\b(?:office is|offices are|we are|we re|were) (?:currently )?(?:closed|unavailable|away|experiencing|out)\b
  |\bbusiness hours\b|\boffice hours\b
\b(?:dial|call) 911\b|\bour (?:team|staff|representatives?|office|agents?|hours)\b|\bnext business day\b
  |\bour website\b
\b(?:someone|a (?:team member|representative|member)|we) (?:will|ll) (?:be with|respond|reply|get back|contact
  |return)\b
\bif this is (?:a|an) (?:\w+ ){0,3}emergency\b|\bpress \d\b|\bleave (?:a|your) message\b|\bmarque\b|\bhorario\b
  |\bcerrad[ao]s?\b|\bnuestr[oa]s? (?:equipo|oficinas?|horario)\b
"""
)
_GOES_ALONG = rules(
    r"""
^(?:hi|hello|hey|hola|sorry|regards|best|gracias|no reply|thanks?|thank you)(?: \w+){0,2}[,.!]*$
^(?:hi|hello|hey|hola)?,? ?(?:thanks?|thank you|gracias) (?:for|por) (?:your|the|su|tu|contacting|calling|texting)\b
^please (?:call|contact|leave|try|visit|e-?mail|direct|allow|do not|note|update|reach|see|use|be)\b
\b(?:call|contact|phone|reach|email|e-mail|visit|dial)\b.{0,60}(?:\d{3}|911|@|\.com|www|office|instead)
\b(?:will|ll) (?:see|read|get|reply|respond|call|return|be back|get back)\b
\bif (?:this|it|you|your)\b.{0,80}\b(?:urgent|emergency|immediate|assistance)\b
\b(?:please )?do not reply\b|\bi will be (?:back|out|away|returning)\b
"""
)
_A_PERSON = re.compile(r"\b(?:i|im|ive|ill|id|me|my|mine|yo|mi|mis|estoy|tengo|siento|quiero|necesito)\b")
"""A company speaks of itself as "we"; its line holds none of these words."""
_EMERGENCY = (
    r"(?:(?:if (?:this|it) is|if you are (?:having|experiencing)|if you have|in case of|in|for|en caso de|si es|para)"
    r" (?:a |an |any |una )?(?:true |real |medical |life threatening |immediate )?)?(?:emergenc(?:y|ies|ia|ias))"
)
_SPEAKS_OF_911 = re.compile(
    rf"\b{_EMERGENCY}\b ?[?,:]? ?(?:please |por favor )?(?:hang up and )?(?:dial|call|llame(?: al)?|marque(?: al)?) "
    r"9-?1-?1\b(?: immediately| now| right away| or go to the nearest (?:er|emergency room|hospital))?"
    rf"|\b(?:dial|call|llame al|marque(?: el| al)?) 9-?1-?1 {_EMERGENCY}\b"
)
"""What machines, and we, say of emergencies in general."""
_ACCEPTED = re.compile(
    r"^.{1,80}\bhas accepted (?:this|the|your) invitation\b|^accepted: .{3,}"
    r"|\bha aceptado (?:esta|la|tu|su) invitacion\b"
)
_DECLINED = re.compile(
    r"^.{1,80}\bhas (?:declined|tentatively accepted|replied .{1,12} to|proposed a new time)"
    r" ?.{0,20}\b(?:invitation|this|event)"
    r"|^(?:declined|tentative|new time proposed): .{3,}|\bha rechazado (?:esta|la|tu|su) invitacion\b"
)


def machine_in(folded: str) -> Machine | None:
    """Whether the whole text is a machine's; an answer of a calendar says which. `folded`: no case, no accents."""
    text = " ".join(written_out(folded[:_LONGEST_NOTE]).split())
    head = text[:300]
    if _ACCEPTED.search(head):
        return "accepted"
    if _DECLINED.search(head):
        return "declined"
    if _COMPANY.found_in(head) and _COMPANY_SIGN.found_in(text) and not _A_PERSON.search(text):
        return "machine"
    if _machines_alone(text):
        return "machine"
    return "absent" if _ABSENT.found_in(text) else None


def beside_machines(folded: str) -> str:
    """What is left of a text without the words that only machines use: there nothing may be lost that people say."""
    text = " ".join(written_out(folded).split())
    kept = list[str]()
    for sentence in _sentences(without_911(text)):
        end = sentence[len(sentence.rstrip(".!? ")) :]
        kept.append(f"{_SENTENCE.replaced(sentence.rstrip('.!? '), ' ').strip()}{end}")
    return " ".join(kept)


def without_911(folded: str) -> str:
    """The text without what is said of emergencies in general: "if this is an emergency, call 911"."""
    return _SPEAKS_OF_911.sub(" ", folded)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?]) +", text) if part.strip()]


def _machines_alone(text: str) -> bool:
    """Whether a machine's sentence is there, and no more than a few words beside such sentences."""
    sentences = _sentences(text)
    own = [sentence for sentence in sentences if not _SENTENCE.found_in(sentence.rstrip(".!? "))]
    if len(own) == len(sentences):
        return _SENTENCE.found_in(text) and len(text) < 400
    return sum(len(sentence.split()) for sentence in own if not _GOES_ALONG.found_in(sentence)) <= 2
