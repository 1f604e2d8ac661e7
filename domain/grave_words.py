"""Does somebody accuse a person of misconduct, speak of lawyers or complaints, threaten, or tell of violence at home?

No rule answers such words. A person reads them today, before anything else that waits, whatever else the text means: an
opt-out beside them counts at once, and says nothing about them. Recall goes before precision, as for red flags; what
may be an emergency this minute is theirs (`domain/red_flags.py`).
"""

import re
from functools import lru_cache
from typing import Literal

from domain.grave_legal import A_LAWYER_ONLY, LEGAL, MORE_THAN_A_LAWYER, PAPERS
from domain.grave_touch import UNWANTED
from domain.red_flag_context import ANOTHER_TIME
from domain.red_flag_scene import VIOLENT
from domain.reply_rules import Wordings, rules
from domain.reply_words import Said

Grave = Literal["violence", "threat", "misconduct", "legal"]
"""The gravest first."""

_WHO = r"(?:therapist|therapists|masseur|masseuse|practitioner|he|she|they|you|guy|man|woman|staff|owner|receptionist)"
_NEAR = (
    r"(?:husband|hubby|wife|boyfriend|girlfriend|partner|ex|spouse|fiancee?|dad|father|mom|mother|stepdad|stepfather"
    r"|stepmom|stepmother|brother|uncle|roommate|hub|bf|gf|son|ex husband|ex wife|marido|esposo|novio|pareja)"
)
_HITS = (
    r"(?:hits?|hitting|beats?|beat up|beating|beaten|slap(?:s|ped|ping)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?"
    r"|chok(?:es|ed"
    r"|ing)|strangl(?:es|ed|ing)|hurts|attack(?:s|ed|ing)?|assault(?:s|ed|ing)?|abus(?:es|ed|ing)|threaten(?:s|ed"
    r"|ing)?"
    r"|shov(?:es|ed|ing)|rap(?:es|ed|ing)|burn(?:s|ed) me|bit(?:es)?"
    r"|(?:threw|throws) (?:things|stuff|\w+ \w+) at|pull(?:s|ed) my hair|grab(?:s|bed) (?:me )?by the|knock(?:s|ed)"
    r" (?:me|us) (?:down|around)|put(?:s)? (?:his|her) hands on)"
)
_FIGURE = (
    r"(?! (?:up(?! again)|back|with|from behind|off|out|on (?:the|my) (?:phone|insta\w*|facebook)|head on|at (?:the"
    r"|a|\d)|in"
    r" (?:the|my) car|in traffic|going|doing|about|for (?:money|a)|hard with|to (?:it|the|this)|lightly|there"
    r"|right there"
    r"|good|at (?:tennis|golf|chess|cards|\w+ball|everything|it)|in (?:golf|chess|cards|tennis)|by \w+ minutes))"
)

_FAMILY = (
    rf"(?:{_NEAR}|daughter|grandson|granddaughter|nephew|niece|caregiver|caretaker|aide|kid|carer|hij[oa]|niet[oa]"
    r"|espos[oa]|yerno|nuera|cuidador[a]?)"
)
_PART = (
    r"(?:arms?|noses?|ribs?|jaw|wrists?|fingers?|hands?|lips?|face|eye|eye socket|tooth|teeth|legs?|collar ?bone"
    r"|cheek ?bone|skull|elbow|ankle|shoulder|ear ?drum)"
)
_VIOLENCE = rules(
    r"""
\b(?:domestic|family|intimate partner) (?:violence|abuse)\b|\b(?:violence|abuse) (?:at home|in (?:my|the|our) home)\b
\babusive (?:relationship|marriage|home|household|<near>)\b|\b(?:im|i am|i was|ive been|being|been
  |getting) (?:\w+ )?abused\b
\b(?:he|she|my <near>|they|who) (?:(?:just|also|really|once|again|actually|has|had|then|got drunk and) )*<hits>(?: on)?
  [ ](?:me|us|my (?:kids?|children|son|daughter|mom|mother))\b<figure>
\b(?:he|she|my <near>|they) (?:(?:just|also|even|once|again) )*(?:push(?:es|ed)|shoved|threw|throws|slams?|slammed
  |dragged)
  [ ](?:me|us) (?:down|into|against|around|to the|on the (?:floor|ground)|out of the (?:car|house)|across)\b
\b(?:bruis\w*|black eye|marks?|broken (?:rib|arm|nose|wrist))\b[^.?]{0,40}\b(?:(?:from|by|cause|because of
  |when) (?:him|he
  |my <near>|she)|(?:he|my <near>) (?:did|gave|caused|made))\b(?! (?:massag\w+|worked|pressed|elbow|used|work))
\b(?:he|my <near>) (?:gave me|did) (?:a black eye|th(?:is|ese|ose) bruise\w*|these marks|this to me)\b
\b(?:stalking|stalks|stalked|following) me\b(?! (?:on (?:insta\w*|facebook|tiktok)|so far))|\b(?:my|a) stalker\b
  |\brestraining order\b|\b(?:womens?|domestic violence|dv|battered womens?) shelter\b|\bme (?:pego|golpeo|empujo
  |aventó
  |avento|pateo)(?! (?:el|la|un|una|con|en) )(?=$| (?:mi|otra|de nuevo|anoche|ayer|y|la semana|fuerte))
\bviolencia (?:domestica|familiar|intrafamiliar|de genero|en (?:la |mi )?casa)\b|\btengo miedo (?:de|a) (?:mi|el
  |ella)\b
\b(?:relacion|marido|esposo|pareja|novio) (?:abusiv|violent|maltratador)\w*\b|\bme (?:acosa|persigue|amenaza)\b
""",
    near=_NEAR,
    hits=_HITS,
    figure=_FIGURE,
)
_UNSAFE = rules(
    r"""
\b(?:not|isnt|dont feel|do not feel|never|no longer|wasnt|doesnt feel|cant be) (?:really |very |feeling |at all )?safe
  [ ](?:at home|in (?:my|our|this|the) (?:own )?(?:home|house|apartment|marriage|relationship)|where i live
  |around (?:him|my
  [ ]<near>)|with (?:him|my <near>)|here with (?:him|my))\b|\bunsafe (?:at home|in my (?:own )?(?:home|house)
  |with (?:him|my
  [ ]<near>)|around (?:him|my <near>))\b
\b(?:afraid|scared|terrified|frightened|hiding|frightened) (?:of|from) (?:him|her(?=$| (?:and|she|so|now
  |tonight|please|again|too|when|,))|my (?:\w+ )?<near>)\b(?! (?:snor\w+|driving|cooking|finding|seeing the bill
  |reaction))
\b(?:my|the) <near>(?: \w+){0,3} <hits>(?: on)? (?:me|us|my (?:kids?|children|son|daughter))\b<figure>
  (?=.*\b(?:every|always|again and|keeps?|when|if|now|tonight|last night|today|yesterday|this morning|and i|im|help
  |scared|afraid|what|please)\b|$)
\b(?:he|she|my <near>|they) (?:(?:still|always|often|sometimes|just|regularly|now|also) )?(?:hits|beats|slaps|punches
  |kicks
  |chokes|strangles|hurts|shoves|abuses|threatens|(?:is|keeps?|been|has been) (?:hitting|beating|slapping|punching
  |kicking
  |hurting|abusing|threatening)) (?:on )?(?:me|us|my (?:kids?|children|son|daughter))\b<figure>
\b(?:he|she|my <near>)(?: \w+){0,2} (?:choked|strangled|stabbed|shot) me\b<figure>|\b(?:hes?|shes?|they
  |my <near>) (?:wont|doesnt
  |does not|will
  [ ]not|refuses to) let me (?:leave|go out|out)\b(?! (?:a|an|any|early|until|without|my) )|\b(?:he|she
  |my <near>) (?:will|is going to|might
  |gonna) (?:hurt|beat|hit) me (?:if|when|again)\b
\b(?:hitting|beating|abusing) me\b<figure>(?= (?:again|every|when|and|now|at home|im|i am|at night)|$)
\bno (?:estoy|me siento) (?:segur[oa]|a salvo) (?:en (?:mi |la )?casa|con (?:el|mi))\b|\b(?:tengo miedo (?:de|a)|me da
  [ ]miedo) (?:mi (?:espos[oa]|marido|novi[oa]|pareja|ex|papa|padrastro)|el\b(?! (?:masaje|dolor|dentista)))
\b(?<!sol )(?<!luz )(?<!frio )(?<!viento )(?<!calor )(?<!dolor )(?<!aire )(?<!hambre )me (?:pega|golpea|maltrata
  |amenaza|ahorca
  |patea)(?=$| (?:mi|y|cuando|otra|si|todos|siempre|a veces|mucho|el(?! (?:sol|aire|calor))|,)\b)(?! mucho el)
\b(?:he|she|hes|shes|they|my <near>)(?: \w+){0,7} (?:wont|doesnt|does not|will not|refuses to|isnt going to) let me
  [ ](?:leave|out of|go out of) (?:the|our|my|this) (?:house|home|apartment|room|bedroom)\b(?! (?:without|until|unless
  |before|with))
\b(?:he|she|my <near>|they) (?:\w+ )?(?:locks?|locked|keeps?|kept|holds?|held) me (?:locked )?(?:up )?(?:in|inside)
  [ ](?:the|my|our|a) (?:house|home|apartment|room|bedroom|basement|bathroom)\b
\b(?:he|she|hes|shes|they|my <family>)(?: \w+)? (?:gets?|getting|got|is|can be|could be|becomes?|turns?|always|being)
  (?: (?:so|very|really|always|being|getting|sometimes|a bit))* violent\b(?! (?:shak\w+|cough\w*|movie|game))
\bmy <family>(?: \w+)? (?:gets?|getting|got|is|was|has been|being|can be|becomes?|turns?)(?: (?:so|very|really|too
  |always
  |being|getting|sometimes|a bit))* (?:rough|physical|violent|aggressive) (?:with|toward|towards|to) (?:me|us
  |the kids)\b
  (?! (?:playing|at (?:play|\w+ball)|in (?:the )?(?:pool|game)))
\b(?:my <family>)(?: (?:just|also|even|got mad and|got drunk and|has))* (?:broke|fractured|busted|split|bloodied|cracked
  |dislocated|blackened)(?: (?:\w+ of )?my)(?: \w+)? <part>\b(?! (?:with (?:a|the|his) (?:ball|\w+ball)|by accident
  |accidentally|playing|in (?:hockey|soccer|football)|at (?:practice|hockey)))
\bmi <family> me (?:rompio|quebro|fracturo|partio|reviento|abrio)(?: (?:el|la|un|una|los|las))? (?:brazo|nariz
  |costillas?
  |muneca|mano|boca|labio|cara|diente|mandibula|cabeza|dedo|ceja)\b|\b(?:el|ella|mi <family>)(?: \w+)? (?:se pone|es
  |esta
  |se vuelve)(?: muy)? (?:violent[oa]|agresiv[oa])\b
\bno me deja salir(?: de (?:la )?casa)?\b
""",
    near=_NEAR,
    family=_FAMILY,
    part=_PART,
    hits=_HITS,
    figure=_FIGURE,
)
"""Danger at home that goes on: the therapist is paged as well. Told as over, it is `_VIOLENCE`."""
_THREAT = rules(
    r"""
\b(?:ill|i will|im going to|im gonna|gonna|im coming to|i am going to|i swear)(?: \w+){0,3} (?:kill|shoot|stab
  |hurt|beat|burn|smash|destroy)(?: \w+)? (?:you|u|him|her|them|your|the place|yall|that (?:guy|man|woman
  |therapist))\b
\b(?:you|he|she|they|youll) (?:will |are going to |gonna |ll )?(?:regret|pay for) (?:it|this|that)\b
  |\bwatch your back\b|\bknow where (?:you|he|she) (?:live|work|park)s?\b
\b(?:los|las|te|lo|la|le) voy a (?:matar|golpear|quemar|lastimar|partir)\b|\bse van a arrepentir\b
  |\bva a pagar(?:la|lo)?\b
"""
)
_MISCONDUCT = rules(
    r"""
\btouch(?:ed|es|ing)?(?: \w+){0,7} (?:inappropriate\w*|improper\w*|sexual\w*|intimate\w*|privates?|private parts?
  |breasts?|boobs?|genitals?|vagina|penis|crotch|where (?:he|she|they|you) shouldnt|(?:he|she|they|you) should not
  |without (?:my )?(?:consent|permission|asking))\b
\b(?<!tender to )(?<!sore to )(?<!to the )(?<!hurts to )touch(?:ed|es|ing)? (?:me|my \w+)(?: \w+){0,3} (?:where
  |somewhere
  |in places|in a (?:place|way|spot)|after|when|even though|although|though|places|there)(?: \w+){0,3} (?:(?:asked
  |told|begged
  |said)(?: \w+){0,4} (?:not|no|dont|stop|never)|(?:didnt|did not|dont|do not|never)(?: \w+)? (?:want|like|ask
  |consent|agree
  |feel|give)|shouldnt|should not|wasnt (?:ok|okay|supposed|comfortable)|not (?:ok|okay|allowed|supposed
  |comfortable))\b
\b(?:didnt|wouldnt|did not|would not|never|kept going|kept on|continued|kept touching)(?: \w+){0,3} ?(?:stop(?:ped)?
  |after
  |when|even though)?(?: (?:when|after|even though))? i (?:said no|said stop|told (?:him|her|them) (?:to stop|no
  |not to)|asked
  [ ](?:him|her|them) (?:to stop|not to)|asked to stop)\b
\b(?:therapist|masseur|masseuse|practitioner|he|she|massage guy|guy|man|person)(?: (?:who|that|also|just|even|then|at
  |the|end
  |kept|keeps|tried|you|have|on|friday|\w+day))* (?:ask(?:ed|s|ing)?|invit(?:ed|es|ing)) me (?:out(?! (?:of|about
  |to the
  [ ](?:lobby|desk|front))\b)|on a date|for a date|to (?:dinner|drinks|go out|hang out|his place|her place|his house
  |a hotel)|if i
  [ ](?:am|was|im|were) (?:single|married|seeing)|if i (?:had|have) a (?:boyfriend|bf|husband|girlfriend))\b
\b(?:therapist|masseur|masseuse|practitioner|massage guy)(?: \w+){0,3} (?:asked|asking|asks|wanted|wants|begged|got
  |took)(?: me)?
  [ ](?:for )?my (?:personal |phone |cell |private )*(?:number|phone|instagram|insta|ig|snap\w*|facebook|whatsapp
  |address)\b
  (?! (?:so|to|for (?:the|your|my)|in case|again|on (?:the|file)))
\b(?:he|she)(?: \w+){0,2} (?:asked|wanted|kept asking)(?: me)? (?:for )?my (?:personal |phone |cell[ ]
  |private )*(?:number|instagram
  |insta|ig|snap\w*|facebook|whatsapp)\b(?=.*\b(?:weird|creepy|uncomfortable|flirt\w*|during|massage|table|gross
  |awkward
  |inappropriate|felt|didnt like|not ok|personal)\b)
\b(?:comment\w*|remark\w*|joked|jokes)(?: \w+){0,3} (?:on|about) my (?:body|breasts?|boobs|butt|ass|figure|looks
  |underwear|bra)\b
  |\b(?:called|calls|told) me (?:i (?:was|am|looked|look) )?(?:sexy|hot(?! stone)|so hot)\b|\b(?:me (?:invito|invita) a
  [ ](?:salir|cenar|tomar)|me pidio (?:mi )?(?:numero|telefono|instagram) (?:personal|y|durante|en el masaje))\b
  |\bme toc\w+(?: \w+){0,3} donde (?:\w+ ){0,3}(?:no|que no)\b
\b(?:inappropriate\w*|improper\w*)\b(?: \w+){0,5} touch\w*\b|\binappropriate (?:\w+ )?(?:comments?|remarks?|jokes?
  |questions?|behaviou?r|conduct|contact|things?|text\w*|messages?|way|manner|hands?)\b
\b<who>(?: \w+){0,5} (?:was|were|is|been|being|acted|got|did something|behaved)(?: \w+)? (?:inappropriate\w*
  |creepy|a creep|a pervert|lewd|indecent)\b
\bsexual(?:ly)? (?:harass\w*|assault\w*|abus\w*|misconduct|advances?|comments?|remarks?|touch\w*|things?|favou?rs?
  |contact|inappropriate\w*)\b|\bhappy ending\b
\bmolest(?:ed|ing|ation|er)\b|\bgrop(?:ed?|es|ing)\b|\bfondl(?:ed?|es|ing)\b|\b(?:raped?|rapist|raping)\b
  |\bassault(?:ed|s|ing)?\b(?! (?:on|of) my senses)
\b<who>(?: \w+){0,4} (?:harass(?:ed|es|ing)?|violated|kissed|propositioned|flirted with|hit on|came on to
  |came onto|grabbed|slapped|pinned) me\b(?! (?:(?:by|with) (?:text|message|email)|a|an|some|the|my)\b)
\b(?:made|makes|making) me (?:feel )?(?:\w+ )?(?:unsafe|violated|dirty|disgusting)\b|\b(?:felt|feel
  |feeling) (?:\w+ )?violated\b|\bfe(?:lt|el) (?:\w+ )?unsafe (?:with|around|during|in (?:the|your) room|on (?:the
  |your) table)\b
\b(?:therapist|masseur|masseuse|practitioner|he|she|guy|man|hands?|comments?|the way (?:he|she
  |you))\b(?: \w+){0,6} ma(?:de|kes) me (?:feel )?(?:\w+ )?uncomfortable\b
\b(?:hand|hands|fingers?)(?: \w+){0,5} (?:under|inside|up|down|beneath|in) (?:my|the) (?:underwear|panties|drape
  |draping|sheet|bra|pants|shorts|briefs)\b|\b(?:rubbed|pressed|pushed)(?: \w+){0,3} (?:himself|herself|erection
  |penis|groin) (?:on|against|into)\b|\berection\b
\b(?:exposed|touching|touched) (?:himself|herself)\b|\b(?:tried|wanted|asked) (?:to kiss|me for sex
  |to sleep with)\b|\bsent me (?:a )?(?:nudes?|naked)\b|\bmisconduct\b|\bcrossed (?:a|the|my|every) (?:line
  |boundar\w+)\b
\b<who>(?: \w+){0,3} (?:was|were|is|seemed) (?:\w+ )?(?:drunk|high|intoxicated|stoned)\b
  |\b<who>(?: \w+){0,3} (?:smell\w*|reek\w*) (?:like|of) (?:alcohol|booze|liquor|weed|beer)\b
\b<who>(?: \w+){0,3} (?:stole|robbed)\b|\b(?:racist|racism|sexist|homophobic|transphobic|discriminat\w+)\b
\bme (?:toco|tocaba|tocaron|estuvo tocando|agarro)(?: \w+){0,6} (?:indebid\w*|inapropiad\w*|inadecuad\w*|intim\w*
  |pechos?|senos?|nalgas?|genital\w*|sin (?:mi )?(?:permiso|consentimiento)|donde no debia)\b
\bmanose\w+\b|\bacos[oa]\w*(?: \w+)? sexual\w*|\b(?:abuso|abusaron|abusaba) (?:de mi|sexual\w*)\b|\bme viol(?:o
  |aron|aba)\b|\bse propas\w+\b|\b(?:comentarios?|conducta|insinuaciones|toques?|manera|forma) (?:\w+ )?(?:sexual\w*
  |indebid\w*|inapropiad\w*|inadecuad\w*)\b
\b(?:me senti|me hizo sentir|me hace sentir) (?:\w+ )?(?:violad|incomod|sucia|acosad|insegur)\w* (?:con|por) (?:el
  |la|su|ella|tu)\b|\brac(?:ista|ismo)\b|\bdiscrimin\w+\b
""",
    who=_WHO,
)
_NO_SUCH_THING = re.compile(
    r"\b(?:not|(?<!him )(?<!her )(?<!them )(?<!said )(?<!you )no|never|nothing|nobody|no one|wasnt|isnt|arent"
    r"|werent|didnt"
    r"|dont|doesnt|hasnt|havent|without|nada|nunca|jamas|sin)(?: (?:ever|once|really|actually|even|been|being|any"
    r"|anything|me|was|has|have|had))* $"
)
"""A denial next to the words, with no mark between: "he never touched me" but "I said no. He touched me"."""


_KINDS: tuple[tuple[Grave, Wordings], ...] = (
    ("violence", VIOLENT),
    ("violence", _UNSAFE),
    ("violence", _VIOLENCE),
    ("threat", _THREAT),
    ("misconduct", _MISCONDUCT),
    ("misconduct", UNWANTED),
)


def in_danger_at_home(said: Said) -> bool:
    """Whether violence goes on that is no scene of this minute: a person is paged, and no text goes out."""
    return _told(_UNSAFE, said) or (_told(VIOLENT, said) and not ANOTHER_TIME.search(said.plain))


def _told(words: Wordings, said: Said) -> bool:
    plain = said.plain
    return any(not _denied(said, plain[: found.start()], found.group()) for found in words.all_in(plain))


def _denied(said: Said, before: str, words: str) -> bool:
    denial = _NO_SUCH_THING.search(before)
    return denial is not None and denial.group() + words.split()[0] in said.marked


def misconduct_in(said: Said) -> bool:
    """Whether misconduct is told of, whatever graver stands beside it."""
    return _told(_MISCONDUCT, said) or _told(UNWANTED, said)


@lru_cache(maxsize=64)
def grave_in(said: Said) -> Grave | None:
    """The gravest of what is told, or None."""
    for grave, words in _KINDS:
        if _told(words, said):
            return grave
    for found in LEGAL.all_in(said.plain):
        asks_for_papers = A_LAWYER_ONLY.search(found.group()) and PAPERS.search(said.plain)
        if not asks_for_papers or MORE_THAN_A_LAWYER.search(said.plain):
            return "legal"
    return None
