"""The wordings of "you have the wrong number", English and Spanish, and what only looks like it."""

import re

from domain.reply_rules import rule, rules

WRONG_OUTRIGHT = rules(
    r"""
^(?:sorry |hi |hey |um |no |uh |, )*(?:this is not|this isnt|esta no es|este no es) (?!good|working|helpful|ok|okay
  |true|right|me|possible|fair
  |funny|urgent|necessary|acceptable|normal|cool|great|it|bueno|justo|cierto|verdad|mi)[a-z]+(?: sorry| lo siento)?$
^wrong$|\bwrong (?:number|person|phone|num|nuber|#|guy|contact|recipient|cell)\b|\b(?:have|got|reached|texted
  |texting|messaging) the wrong\b(?! (?:way|time|day))|\bnot the right (?:number|person)\b|\bincorrect (?:number
  |phone)\b
"""
)
"""Counts in a question too."""

WRONG = rules(
    r"""
\b(?:no one|nobody|noone|no) (?:\w+ )?(?:here |by |with |named |called |of |that |name |lives )*(?:by that name|named
  |called(?! (?:me|us|back|to|my|yet|about|again|him|her))|with that name|of that name|here by)\b|\b(?:dont
  |do not) know (?:a|any|anyone|anybody|who) (?:\w+ )?(?:named
  |called|by that name|that is|this is for|tina|you are texting)?\b(?=.*(?:named|called|name|number
  |$))(?<!know who)(?<!know a)
\b(?:theres|there is|there are|its) no \w+ (?:here|at this number)\b
\b(?:not|no longer) (?:his|her|their|hers) (?:number|phone|cell)\b|\bthis (?:is not
  |isnt) (?:\w+s? |his |her )(?:number|phone|cell)\b|\bthis is no longer (?:\w+ )?(?:number|phone)\b|\b(?:new
  |changed) (?:number|owner)\b(?=.*(?:not|wrong|dont))|\bthis number (?:belongs|isnt|is not|now)\b
\b(?:numero|persona|telefono) (?:equivocad[oa]|incorrect[oa])\b|\b(?:se )?equivoc\w+ (?:de )?(?:numero|persona)\b
  |\bse equivoc(?:o|aron)(?:$| conmigo)|\bnot \w+ (?:phone|number|cell)(?: any ?more| no more)?$|\bno (?:es
  |soy) (?:\w+ )?(?:el numero|la persona)\b|\baqui no (?:vive|hay)\b|\bno (?:conozco a|hay ningun[oa]|hay nadie)\b
  |\beste no es (?:el )?(?:numero|telefono)\b|\beste numero (?:ya no|no) (?:es|pertenece)\b
"""
)

NAME_DENIED = rule(
    r"""
\b(?:I(?:['’]?m| am) not|[Tt]his (?:isn['’]?t|is not)|[Nn]o soy|[Ee]sta no es|[Ii]['’]?m not)\s+[A-Z][a-z]{2,}\b
"""
)

PLAINLY_WRONG = rules(
    r"""
\bwrong (?:number|person|phone|num|cell)\b|\b(?:numero|persona|telefono) (?:equivocad[oa]|incorrect[oa])\b
"""
)
"""Words that mean nothing else, whatever stands around them."""

MEANT_FOR_ANOTHER = re.compile(
    r"\b(?:i|we) (?:(?!you|u\b)\w+ ){0,3}?(?:gave|give|dialed|called|typed|wrote|put|entered|sent|filled"
    r"|have|had|got)\b.{0,30}\bwrong\b"
    r"|\b(?:meant (?:to|for|that)|was (?:supposed|meant)|that was for|ignore (?:that|my last)|era para)\b"
)
