"""Does somebody else read what we send to this phone? Where violence is told of, nothing may go there then."""

from domain.reply_rules import rules
from domain.reply_words import Said

_OTHER = (
    r"(?:he|she|hes|shes|they|theyre|my (?:husband|hubby|wife|boyfriend|bf|girlfriend|gf|partner|ex|spouse|dad"
    r"|father|mom"
    r"|mother|brother|stepdad|family)|el|ella|mi (?:esposo|esposa|marido|novio|novia|pareja|ex|papa))"
)
_WORDS = rules(
    r"""
\b<other>(?: (?:is|will|can|could|might|always|also|still|sometimes|always|has|been|may|just|all|me|lo|la|todo
  |siempre))*
  [ ](?:reads?|reading|checks?|checking|sees?|seeing|looks? (?:at|through)|goes through|going through|monitors?
  |monitoring
  |controls?|controlling|tracks?|tracking|takes?|took|watch(?:es|ing)?|has|got|lee|revisa|ve|mira|controla|checa|tiene)
  [ ](?:(?:all|everything|on|this|my|the|it|these|those|our|mi|este|el|los|mis|todos|todo) ?){1,4}(?:phone|texts?
  |messages?|cell
  |mail|emails?|telefono|celular|mensajes)?\b
\b(?:dont|do not|never|please not|cant|not) (?:\w+ )?(?:call|text|phone|reply|respond|message|write|answer|contact|ring
  |email|send (?:me )?anything)\b(?! (?:me )?(?:after|before|until) (?:\d|noon))
\bno (?:me )?(?:llam\w+|escrib\w+|text\w+|mand\w+|contest\w+|marqu\w+|respond\w+|envi\w+)\b
\b(?:dont|do not|never|not|no longer) leave(?: me)?(?: (?:any|more|a|an|any more|further|your))* (?:messages?
  |voice ?mails?
  |texts)\b|\bno (?:me )?dejen? (?:mas )?mensajes\b
\bdelete (?:this|these|that|my)\b|\b(?:shared|his|her|not my) phone\b|\bno (?:calls?|texts?)\b|\bhe cant know\b
  |\b(?:if|before) (?:he|she) (?:sees|finds|reads|comes back)\b|\bborr\w+ (?:este|esto|el)\b
""",
    other=_OTHER,
)


def is_unsafe(said: Said) -> bool:
    """Whether the words say that another reads this phone, or that nothing may come to it."""
    return _WORDS.found_in(said.plain)
