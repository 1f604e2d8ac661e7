"""Sets aside what asks for no opt-out of ours: words about somebody else's messages, a number's own notice, hearsay.

What is left is read as an opt-out or not; where only the part set aside sounded like one, a person reads it.
"""

from domain.red_flag_scene import RELATIVE
from domain.reply_rules import rules
from domain.reply_words import Said

_WRITE = (
    r"(?:text(?:ing)?|messag(?:e|ing)|e ?mail(?:ing)?|contact(?:ing)?|writ(?:e|ing)(?: to)?|remind(?:ing)?"
    r"|bother(?:ing)?"
    r"|call(?:ing)?|send(?:ing)?(?: \w+){0,3} to|the (?:texts|messages|emails|reminders) (?:to|for))"
)
_PEOPLE = rf"(?:{RELATIVE}|grandm\w+|grandp\w+|abuel[oa]|ti[oa]|friend|coworker|employee)"

_NOT_OURS = rules(
    r"""
\b(?:unsubscribe|unsub|opt ?out|remove|delete|take|(?:stop|quit|cease|end) <write>|(?:dont|do not|no longer|never
  |not) <write>)(?: to)? (?:my|our) (?:\w+ )?<people>s?\b(?! (?:phone|number|cell|inbox|email|line|mailbox|and (?:me
  |i|myself|us|my))\b)
  (?:(?: \w+)? (?:off|from|out of)(?: (?:of|your|the|this|ur|list|texts|reminders|messages|system|mailing|here)){0,4})?
\b(?:dej\w+ de|no(?: le| les)?|ya no(?: le| les)?|par\w+ de) (?:escrib\w+|mand\w+|envi\w+|text\w+|contact\w+
  |molest\w+)(?: \w+){0,3} a (?:mi|nuestr[oa]) <people>\b|\b(?:quit\w+|borr\w+|saqu\w+|den de baja|dar de baja) a
  [ ](?:mi|nuestr[oa]) <people>\b
\b(?:number|line|phone|mailbox|account|inbox|e ?mail|address|service|system|landline)(?: \w+){0,6} (?:does not|do not
  |dont|doesnt|can ?not|cant|can not|no longer|not able to|unable to|isnt able to|not set up to) (?:\w+ )?(?:accept
  |receive|support|take|monitor|get)\w*(?: \w+){0,3} (?:texts?|messages?|sms|mail|e ?mails?|replies)\b
\b(?:we|this (?:office|business|company)) (?:do not|dont|does not|doesnt|can ?not|cant) (?:accept|receive|take|monitor
  |support|get)(?: \w+){0,2} (?:texts?|text messages|messages|sms)(?: (?:at|on|to|from|through|via|here))?(?: this
  [ ](?:number|line|phone))?\b
\b(?:este|esta) (?:numero|linea|telefono|buzon)(?: \w+){0,2} no (?:acepta|recibe|puede recibir|admite) (?:mensajes
  |textos)\b
\b(?:my|our|his|her) (?:\w+ )?<people> (?:said|says|told (?:me|you|us)|asked|wants|tells)(?: \w+){0,4} (?:call|phone
  |ring
  |calling)(?: (?:this|that|the|me|my|her|his|here|phone|number|anymore|house|again))*
\b(?:dont|do not|stop|never|quit) (?:call|calling|us(?:e|ing)|text|texting) this (?:phone|number|line|cell
  |one)(?: any ?more)?
  [ ],? ?(?:please )?(?:call|text|use|try|reach) (?:me (?:on|at)|my|the|his|her)\b
\bdonde (?:\w+ ){0,2}(?:dije|pedi) que no\b|\b(?:he|she|they|<people>) (?:has |had )?never hit (?:me|us)\b(?! up)
""",
    write=_WRITE,
    people=_PEOPLE,
)


def without_others(said: Said) -> Said:
    """The text without the parts that ask for no opt-out of the writer's own."""
    marked = _NOT_OURS.replaced(said.marked, "then")
    if marked == said.marked:
        return said
    plain = " ".join(word for word in marked.split() if word not in (".", ",", "?"))
    return Said(plain, marked, said.shouted_stop)
