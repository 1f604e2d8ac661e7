"""Contractions put right while their apostrophes are still there: "I'll come" isn't ill, and "We'll see" isn't well.

Most contractions lose nothing but their apostrophe and spell no other word (`cant`, `dont`, `im`); rules are written
with those. The ones that would spell another word are written out: `i will`, `we would`, `we are`. Where people leave
the apostrophe out, the next word decides: "ill be there" comes, "ill today" doesn't.
"""

import re

from domain.reply_rules import word_list

_SIGNS = re.compile(r"['’‘`´ʼ＇′‛]")
_WRITTEN_OUT = (
    (re.compile(r"(?<=\w)\s?'\s?ll\b"), " will"),
    (re.compile(r"\b(he|she|we|they|you|it|that|who|there)'d\b"), r"\1 would"),
    (re.compile(r"\bwe'\s?re\b"), "we are"),
)
_ACTS = (
    r"(?:be|see|come|try|do|let|make|have|take|get|go|call|text|need|bring|keep|check|ask|pay|pass|arrive|wait|confirm"
    r"|reschedule|cancel|book|send|give|know|start|meet|talk|think|catch|head|leave|reply|show|stick|love|find|wear"
    r"|plan|probably|definitely|also|still|never|always|just|most|certainly|not|gladly|happily)"
)
_ILL = re.compile(rf"\b(\w+ )?ill(?= {_ACTS}\b)")
_WELL = re.compile(
    r"\b(\w+ )?well(?= (?:be|see|come|try|make|take|have to|call|keep|get|let you|go|reschedule|find|wait|definitely"
    r"|probably|both be|all be|just|need to)\b)"
)
_FEELS = word_list(
    """
    am is im feel feeling felt been very was so really too fell got be doing going as pretty not sleep slept works went
    get all worked still
    """
)
"""Words before an "ill" or a "well" that say how somebody is."""
_WITHOUT_SIGN = (
    (re.compile(r"\bi ll\b"), "i will"),
    (
        re.compile(
            r"^were(?= (?:coming|running|on|going|good|all set|stuck|here|almost|still|both|ready|not|looking|late"
            r"|happy|excited|gonna|headed|leaving|fine|ok|okay|in)\b)"
        ),
        "we are",
    ),
    (re.compile(r"\bwed(?= (?:like|love|rather|prefer|be|need|have)\b)"), "we would"),
    (re.compile(r"\b(s?he)ll(?= (?:be|come|make|need|have|call|not|see)\b)"), r"\1 will"),
)


def written_out(folded: str) -> str:
    """The text, in lower case, with no apostrophe left and no contraction that spells another word."""
    text = _SIGNS.sub("'", folded)
    for pattern, full in _WRITTEN_OUT:
        text = pattern.sub(full, text)
    text = text.replace("'", "")
    text = _ILL.sub(lambda found: _meant(found, "i will"), text)
    text = _WELL.sub(lambda found: _meant(found, "we will"), text)
    for pattern, full in _WITHOUT_SIGN:
        text = pattern.sub(full, text)
    return text


def _meant(found: re.Match[str], full: str) -> str:
    before = found[1] or ""
    return found[0] if before.strip() in _FEELS else before + full
