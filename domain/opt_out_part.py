"""Does the client want only some messages: those of one kind, or by one way? "Only homework texts please".

The safe reading of the law is that it stops all: what is wanted less must not go on, and which part is meant is a
guess. So it counts as an opt-out at once, and a person asks whether they want the rest.
"""

from functools import lru_cache

from domain.reply_rules import rules
from domain.reply_words import Said

_APART = (
    r"(?:home ?work|exercises?|stretch\w*|surveys?|feedback|ratings?|reviews?|check ?ins?|marketing|promo\w*|offers?"
    r"|billing|claims?|insurance|progress|tareas?|ejercicios?|encuestas?|ofertas|promocion\w*|seguro)"
)
"""Of the kinds of messages those that nobody takes for all of them, as "your reminders" may be."""
_KIND = rf"(?:{_APART}|reminders?|appointments?|appts?|visits?|scheduling|health|pain|citas?|recordatorios?)"
_SENT = (
    r"(?:texts?|txts?|messages?|msgs?|e ?mails?|reminders?|notifications?|alerts?|questions?|mensajes?|textos?|correos?"
    r"|recordatorios?|avisos?|preguntas?)"
)
_SPANISH = r"(?:recordatorios|(?:<sent> (?:de )?(?:la |los |las |mi |mis )?)<kind>)"
_LEAD = (
    r"(?:please |pls |hi |hello |ok |okay |yes |hey |can you |could you |can i |could i |i |we |id like |would like "
    r"|por favor |hola |quiero |pueden |puede )*"
)
_ENDING = r"(?: (?:please|pls|plz|thanks|thank you|thx|ok|from now on|for now|only|por favor|gracias|nada mas))*"
_SMALL = r"(?:send|text|want|keep|need|give|get|do|like|have|receive|me|us|the|my|to|for|about|los|las|mis|de|la|el)"
_NO = r"(?:stop|quit|no|not|dont|do|please|i|im|ya|never)"
_WAY = r"(?:texts?|texting|te?xt me|e ?mails?|emailing|mensajes|textos|correos?)"

_ONLY = rules(
    r"""
^<lead>(?:<small> ){0,4}(?:only|just) (?:<small> ){0,5}(?:reminders|(?:<kind> ){1,2}<sent>)<ending>$
^<lead>(?:<small> ){0,3}(?:reminders|(?:<kind> ){1,2}<sent>) only(?: (?:please|pls|thanks))*$
^<lead>(?:<small> ){0,3}(?:solo|solamente|unicamente|nada mas) (?:(?:manden|mande|manda|envien|envie|quiero
  |<small>)(?:me)? ){0,5}<spanish><ending>$
\b(?:stop|quit|cancel|end|no) (?:with )?(?:everything else|anything else|all the (?:rest|others)|(?:all|everything
  |anything) (?:but|except) (?:the |my )?(?:<kind>|<sent>)|todo lo demas)\b
""",
    spanish=_SPANISH,
    kind=_KIND,
    sent=_SENT,
    lead=_LEAD,
    ending=_ENDING,
    small=_SMALL,
)
_PART = rules(
    r"""
\b(?:stop|quit|end|cancel|no|no more|dont|do not|unsubscribe|less|fewer|without|skip|drop|turn off|paren|dejen|sin
  |ya no|no quiero|no mas|cancelen|quiten)\b(?: \w+){0,5} (?:<apart>|<kind> (?:reminders|recordatorios))\b
\b<apart>(?: <sent>)?\b(?: \w+){0,6} (?:stop|stopped|no more|unsubscribe)\b
\b(?:but|just|only|except|besides|pero|excepto|menos|salvo|solo|solamente)\b(?: (?!<no>\b)\w+){0,5} (?:<apart>
  |reminders|recordatorios|<way>)\b
(?<!dont )(?<!not )(?<!no )\b(?:keep|leave|want|like|need|continue|mantengan|dejen)(?: (?:the|my|getting|sending|me|to
  |los|las|mis)){0,3} (?:<apart>|reminders|<kind> <sent>|recordatorios|the (?:rest|others?)|el resto|los (?:demas
  |otros))\b
\b(?:<way>|reminders?|<apart>|the (?:rest|others?)|el resto|los (?:demas|otros)|recordatorios)(?: \w+){0,2} (?:is|are
  |esta|estan|son) (?:\w+ )?(?:ok|okay|fine|good|great|alright|bien|enough)\b
\b(?:everything|anything|all) (?:but|except)\b|\b(?:texts?|e ?mails?) only\b|\bno e ?mails?\b
  |\btodo (?:menos|excepto|lo demas)\b
""",
    apart=_APART,
    kind=_KIND,
    sent=_SENT,
    no=_NO,
    way=_WAY,
)


@lru_cache(maxsize=64)
def asks_for_some_only(said: Said) -> bool:
    """Whether the text asks for messages of one kind alone, and for nothing besides: "only homework texts please"."""
    return not said.asks and any(_ONLY.found_in(clause) for clause in said.clauses)


def speaks_of_a_part(said: Said) -> bool:
    """Whether an opt-out speaks of one kind of messages or one way, so that the rest may still be wanted."""
    return asks_for_some_only(said) or _PART.found_in(said.plain)
