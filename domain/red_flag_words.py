"""The words of danger themselves, English and Spanish, graded by the fixed answer that they call for."""

from typing import Literal, NamedTuple

from domain.red_flag_alarms import (
    AT_A_HEIGHT,
    BLOOD,
    DESPAIR,
    ENDING,
    FAREWELL,
    GONE_THEN,
    NEVER_LIKE_THIS,
    ON_THE_EDGE,
    PHONE_ALARM,
)
from domain.red_flag_body import ANYBODY, EMERGENCY
from domain.red_flag_collapse import (
    BABY_STILL,
    BLEEDS,
    CUT_NERVE,
    ELSEWHERE,
    ELSEWHERE_MIND,
    EXPECTING,
    KNOWS_NOT,
    MIND_GONE,
    NO_ANSWER,
    NO_BLADDER,
    NO_SEAT,
    NOT_ALIVE_THEN,
    SUGAR,
    SUGAR_ILL,
    SUGAR_OFF,
)
from domain.red_flag_grid import ARM_NUMB, BODY, CLINICAL, HEART_UNRULY, MIND, SEEN_TODAY
from domain.red_flag_mind import SELF_HARM
from domain.red_flag_poison import POISON
from domain.red_flag_scene import CRASH_NOW, FIRE, HARM_TO_US, HELD_FAST, IN_FEAR, INTRUDER, TRAPPED, VIOLENT
from domain.red_flag_urgent import CALF_PAIN, SWOLLEN, TODAY
from domain.reply_rules import Wordings, rules

Grade = Literal["emergency_911", "emergency_988", "urgent_care", "violence", "hold"]


class Sign(NamedTuple):
    """One wording. A weak one doesn't count where the sentence speaks of getting better; one of
    `anybody` counts also where it befalls somebody else. One of `now` tells a scene: only a denial just before it
    counts, and it is none where the sentence speaks of another time or of a film."""

    grade: Grade
    words: Wordings
    weak: bool = False
    anybody: bool = False
    now: bool = False


_HOLD = rules(
    r"""
\bnight sweats?\b|\bsudor(?:es)? nocturn\w+
\b(?:lost|losing|dropped|losin)\b[^.?]{0,40}\b(?:weight|pounds|lbs|kilos|kg)\b[^.?]{0,60}\b(?:without|unexplained
  |no reason|not trying|dont know why|trying|no idea|reason|cant explain|unintentional\w*|accident\w*)\b
\b(?:unexplained|unintentional|unintended|sudden) (?:weight|wt) (?:loss|drop)\b
  |\bweight loss\b[^.?]{0,40}\b(?:unexplained
  |without|reason|not trying)\b|\b(?:perdid[oa]|perdiendo|bajado|bajando|perdi|baje)\b[^.?]{0,30}\b(?:peso|kilos
  |libras)\b[^.?]{0,50}\b(?:sin|razon|motivo|que|porque)\b|\bperdida de peso (?:sin|inexplica\w+|repentina)\b
\b(?:pain|ache|hurts?|hurting|throbbing|it)(?: \w+){0,6} (?:wakes|waking|woke|wake|awakens?|keeps? waking) me\b
  |\b(?:wakes|waking|wake|woke|woken) (?:me )?(?:up )?(?:(?!no\b|without|pain free)\w+ ){0,5}(?:pain|hurting)\b
  |\b(?:night ?time|night) pains?\b|\bworse at night\b|\b(?:pain|aching) at night\b|\bnocturnal pain\b|\b(?:constant
  |severe|bad|terrible|awful
  |deep) (?:\w+ ){0,3}pain at night\b
\bdolor(?: \w+){0,5} (?:de noche|por la noche|en la noche|por las noches|me despierta|nocturno)\b
  |\bme despierta(?: \w+){0,3} (?:dolor|noche)\b|\bdolor nocturno\b
\b(?:unremitting|unrelenting|unbearable|excruciating|intolerable|agony|agoni[sz]ing)\b|\b(?:insoportable|intolerable
  |inaguantable)\b|\bworst pain (?:of my life|ever|ive ever|i have ever|in my life)\b|\bpeor dolor de mi vida\b
\b(?:cancer|tumou?r|metasta\w+|lymphoma|leukemia)\b[^.?]{0,60}\b(?:pain(?:s|ful|ing|ed)?|hurt(?:s|ing|ed)?|lump|back
  |spread|grew|growing
  |came back|returned)\b|\b(?:pain(?:s|ful|ing|ed)?|lump|hurt(?:s|ing|ed)?)\b[^.?]{0,60}\b(?:cancer|tumou?r
  |metasta\w+|chemo(?:therapy)?)\b
  |\bcancer\b[^.?]{0,40}\bdolor\b|\bdolor\b[^.?]{0,40}\bcancer\b
"""
)

_FEVER = Wordings(
    (r"\b(?:fevers?|feverish|fiebre|calentura|chills|(?:temp\w*|fever) (?:of|is) 10\d|burning up|escalofrios?)\b",)
)
_STIFF_NECK = rules(
    r"""
\bnecks?(?: \w+){0,4} (?:stiff(?:ness|er)?|rigid)|\bstiff(?: \w+){0,2} neck|\bchin (?:to|down to) (?:my )?chest
  |\bcuello(?: \w+){0,3} (?:rigido|tieso|duro)
\b(?:light|lights)(?: \w+){0,2} (?:hurts?|bothers?|kills?)|\bsensitive to light|\b(?:molesta|lastima
  |duele)(?: \w+){0,2} luz|\bluz (?:me )?(?:molesta|lastima)
"""
)
_NECK = rules(
    r"\bnecks?(?: \w+){0,4} (?:stiff(?:ness|er)?|rigid)|\bstiff(?: \w+){0,2} neck"
    r"|\bcuello(?: \w+){0,3} (?:rigido|tieso|duro)"
)
_BRAIN = rules(
    r"""
\b(?:cant|cannot|couldnt|hard to|dont like)(?: (?:even|really|to)){0,2} (?:stand|take|bear|handle|look at|tolerate)
  (?: (?:the|any|bright)){0,2} lights?\b|\b(?:lights?|luz)(?: \w+){0,2} (?:hurt(?:s|ing)?|bother(?:s|ing)?|kill(?:s
  |ing)?|molesta|lastima)\b
  |\bsensitive to (?:the )?light\b|\b(?:molesta|lastima|duele)(?: \w+){0,2} luz\b|\bphotophobia\b
\bconfus\w+\b|\bdelirious\b|\bpurple (?:spots|rash)\b|\b(?:spots|rash)(?: \w+){0,4} (?:purple|fade)\b
  |\b(?:hard|cant) (?:to )?wake\b|\bdrowsy\b|\bseizure\b|\bconfundid[oa]\b
"""
)
_WOUND = Wordings(
    (
        r"\b(?:wound|incision|stitches|surgical site|open (?:cut|sore)|herida|cortada|llaga|puntos)\b[^.?]{0,60}"
        r"\b(?:pus|ooz\w*|red|hot|swollen|smell\w*|infect(?:ed|ion|ions|ious)?|roj[ao]|caliente|hinchad\w|supura\w*"
        r"|soltando|huele)\b",
    )
)
_BACK_PAIN = rules(
    r"""
\b(?:back|spine|spinal|espalda|columna)\b[^.?]{0,30}\b(?:pain(?:s|ful|ing|ed)?|hurt(?:s|ing|ed)?|ach(?:e|es|ed|ing|y)
  |killing|sore|worse|duele|dolor)\b
\b(?:pain(?:s|ful|ing|ed)?|hurt(?:s|ing|ed)?|ach(?:e|es|ed|ing|y)|dolor|duele)\b[^.?]{0,25}\b(?:back|spine|espalda
  |columna)\b|\bback ?ache\b
"""
)
_BRITTLE = Wordings((r"\bosteopor\w+|\bbrittle bones?\b",))
_TRAUMA = Wordings(
    (r"\b(?:fell|fall|fallen|tripped|slipped|accident|crash|hit|injur\w+|cai|caida|caid[oa]|golpe|golpee|accidente)\b",)
)

TOGETHER: tuple[tuple[Grade, tuple[Wordings, ...]], ...] = (
    ("emergency_988", (AT_A_HEIGHT, DESPAIR)),
    ("emergency_988", (FAREWELL, GONE_THEN)),
    ("emergency_911", (HEART_UNRULY, ARM_NUMB)),
    ("emergency_911", (NO_BLADDER, NO_SEAT)),
    ("emergency_911", (_FEVER, _NECK, _BRAIN)),
    ("urgent_care", (_FEVER, _STIFF_NECK)),
    ("urgent_care", (_FEVER, _WOUND)),
)
"""Signs that count only together, in one text."""

SCENES: tuple[tuple[Wordings, ...], ...] = (
    (HARM_TO_US, IN_FEAR),
    (CRASH_NOW, HELD_FAST),
    (EXPECTING, BLEEDS),
    (SUGAR_OFF, SUGAR_ILL),
    (MIND_GONE, KNOWS_NOT),
)
"""As `TOGETHER`, for emergencies that count for whoever they befall, now."""

HOLD_TOGETHER = ((_FEVER, _BACK_PAIN), (_BRITTLE, _TRAUMA))
"""As `TOGETHER`, for what a therapist looks at before the next visit."""

SIGNS: tuple[Sign, ...] = (
    Sign("emergency_988", SELF_HARM),
    Sign("emergency_911", EMERGENCY),
    Sign("emergency_911", ANYBODY, anybody=True),
    Sign("emergency_988", NOT_ALIVE_THEN),
    Sign("emergency_988", ON_THE_EDGE),
    Sign("emergency_988", ENDING),
    Sign("emergency_911", BLOOD, anybody=True),
    Sign("emergency_911", PHONE_ALARM, anybody=True),
    Sign("emergency_911", NEVER_LIKE_THIS),
    Sign("emergency_988", ELSEWHERE_MIND),
    *(
        Sign("emergency_911", words, anybody=True, now=True)
        for words in (VIOLENT, INTRUDER, FIRE, TRAPPED, POISON, NO_ANSWER, BABY_STILL, CUT_NERVE, SUGAR, ELSEWHERE)
    ),
    Sign("urgent_care", SWOLLEN),
    Sign("urgent_care", CALF_PAIN, weak=True),
    Sign("urgent_care", TODAY),
    Sign("emergency_988", MIND),
    Sign("emergency_911", CLINICAL),
    Sign("emergency_911", BODY),
    Sign("urgent_care", SEEN_TODAY),
)

HOLD = Sign("hold", _HOLD, weak=True)
