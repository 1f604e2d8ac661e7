"""Denials that deny nothing of the danger behind them: "no one is home and my chest hurts", "aspirin didn't help"."""

import re

from domain.reply_rules import rule

DENIES_ELSE = rule(
    r"""
\b(?:no one|noone|nobody|no body)\b|\bno hay nadie\b|\bnadie\b
\bnone of (?:my|the|these|those|this|our) (?:\w+ ){1,3}?(?:(?:is|are|was|were|seems?|did|do|has|have) )?(?:work|help
  |touch|eas|stop|reliev|mak|do)\w*\b|\bnothing (?:is |has |i (?:do|take|took|try|tried) |seems to )?(?:work|help|touch
  |eas|stop|reliev)\w*\b
\bwithout (?:my|the|his|her|an?|any|our) (?:\w+ ){0,1}?(?:inhaler|meds?|medications?|medicine|nitro\w*|oxygen|insulin
  |pills?|epi ?pen|help|car|ride|phone|insurance|money|walker|cane|cpap|nebulizer|husband|wife|mask)\b|\bsin (?:mi|el
  |la|mis|las|los|un) (?:inhalador|medicina|medicinas|medicamentos?|pastillas?|oxigeno|insulina|ayuda|carro|telefono)\b
\bno (?:car|ride|phone|money|insurance|signal|service|doctor|ambulance|inhaler|meds|medicine|help|transportation|way to
  [ ]get)\b(?! (?:changes?|new|or|nor|and no|needed|required)\b)
\b(?:didnt|doesnt|does not|did not|isnt|arent|aint|not|hasnt|havent|wont|dont|never|wasnt) (?:(?:even|really|seem to
  |seeming to|been|do|doing|touch|anything for) )*(?:help(?:s|ed|ing)?|work(?:s|ed|ing)?|touch(?:es|ed|ing)?
  |eas(?:e|es|ed|ing)|reliev\w+|stop(?:s|ped|ping)?|anything for|get(?:ting)? rid of|fix\w*|taking|let(?:ting)? up)\b
\bno (?:me |le |nos )?(?:ayud[aoe]\w*|sirv\w+|funcion\w+|quit[aoe]\w*|hace(?:n)? (?:nada|efecto)|hizo (?:nada
  |efecto))\b
\b(?:never|havent|have not|hadnt|didnt|nunca|jamas)(?: (?:ever|really|in my life|me|lo|he|habia|had|have|been|se me))*
  [ ](?:had|felt|feel|experienced|hurt|seen|known|happened|gotten|got|dolido|pasado|dado|sentido|tenido|visto)(?: (?:to
  [ ]me|me))? (?:this|it|like this|like that|so (?:bad|much|hard)|such|anything (?:like|this|so|close)|something like
  |asi|esto|tanto|tan|algo (?:asi|como|igual|tan)|un dolor (?:asi|como))\b(?: (?:before|antes|bad|hard|kind of
  |type of))?
"""
)
"""What is denied is company, a remedy or an earlier time."""
AND_NOW = re.compile(
    r"\b(?:and|so|but|n|y|e|pero) (?:ahora |now |also |then |all of a sudden |suddenly )?(?:my|i|im|ive|mi|me|tengo"
    r"|siento)\b"
)
"""A new thought of the writer's own: "no car and my chest hurts"."""
CANNOT = re.compile(r"(?:cant|cannot|can not|couldnt|could not|no puedo|hardly|barely|unable to)\b")
NO_BREATH = re.compile(rf"{CANNOT.pattern}(?: \w+){{0,3}} (?:breath\w*|respirar)\b")
"""Danger that is itself a denial: one before it denies it only where it stands next to it."""
