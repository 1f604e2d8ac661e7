"""Words of lawyers, complaints and courts, both languages; a lawyer who asks for papers is everyday mail."""

import re

from domain.reply_rules import rules

LEGAL = rules(
    r"""
\b(?:my|our|an?|the) (?:\w+ )?(?:lawyer|attorney)s? (?:will|wil|is|are|has|shall|wants|says?|said|advised|ll|about
  |gonna|to)\b|\b(?:hear|hearing|letter|call|served) (?:from|by) (?:my|our|an?) (?:\w+ )?(?:lawyer|attorney)s?\b
\b(?:call|calling|called|contact\w*|get|getting|hire|hiring|hired|got|talk\w* to|talked to|speak\w* (?:to|with)
  |spoke (?:to|with)|involv\w+|retain\w*|have|see|seeing) (?:my|our|an?) (?:\w+ )?(?:lawyer|attorney)s?\b
  |\blawyer(?:ing|ed)? up\b
\b(?:tak(?:e|ing)|pursu\w+|fac(?:e|ing)|consider\w*|threaten\w*|start\w*|seek\w*|with) (?:\w+ )?legal action\b
  |\blegal action (?:against|will)\b
\b(?:suing|lawsuits?|law suit|legal proceedings|legal consequences|malpractice|negligen\w+
  |small claims|class action|cease and desist (?:letter|order)|court order|tcpa|fcc|ftc)\b
\b(?:ill|i will|we will|well|will|going to|gonna|want to|ready to|plan to|have to|can|could|might|may
  |should) sue\b|\bsue (?:you|your|u|the|this|him|her|them|yall|for)\b
\b(?:take|taking|see|seeing|drag\w*) (?:you|u|this|him|her|them|yall)(?: all)? (?:to|in) court\b|\b(?:press
  |pressing|file|filing|filed) charges\b|\bpolice report\b|\b(?:call|calling|called|calling in) the (?:police
  |cops)\b|\b(?:going|go|went) to the (?:police|cops|press|media|news)\b
\b(?:report(?:ed|ing|s)?|complain\w*|complaints?)\b(?: \w+){0,7} (?:board|licens\w+|police|(?<=to )b|(?<=to the )b
  |better business
  |authorit\w+|attorney general|hipaa|ocr|fda|health department|department of health|the state)\b
\b(?:file|filing|filed|lodge\w*|make|making|submit\w*) (?:an? )?(?:\w+ )?(?:complaint|grievance)\b(?! form)
  |\b(?:hipaa|privacy) (?:violation|breach|complaint)s?\b|\bviolat\w+ (?:of )?(?:hipaa|my (?:privacy|rights))\b
\babogad[oa]s?(?: \w+){0,3} (?:los|las|le|les|te|va|se|contact\w*|llam\w*|comunic\w*|hablar\w*|escrib\w*|demand\w*
  |pondra|avis\w*)\b|\b(?:hablar|hablare|hable|llamar|llamare|consultar|contactar)(?: \w+){0,2} abogad[oa]s?\b
\b(?:demandar\w*|demandare\w*|demandaremos)\b|\b(?:los|las|te|le|les) demando\b|\b(?:una|poner|presentar|meter
  |pongo) (?:una )?(?:demanda|denuncia|queja formal)\b|\bdenunciar\w*\b|\b(?:los|las|te|le|les) denunci\w+\b
  |\bacci(?:on|ones) legal\w*|\bnegligencia\b|\btribunal\w*\b|\ba la corte\b|\ba la policia\b
"""
)
PAPERS = re.compile(
    r"\b(?:records?|bills?|billing|receipts?|invoices?|paperwork|settlement|lien|statements?|recibos?|factur\w+"
    r"|expedientes?|documentos|papeles)\b"
)
"""What lawyers ask practices for on behalf of clients: after an accident that is everyday mail."""
A_LAWYER_ONLY = re.compile(r"\b(?:lawyer|attorney|abogad[oa])s?\b")
MORE_THAN_A_LAWYER = re.compile(
    r"\b(?:su(?:e|ing)|lawsuit|court|complain\w*|malpractice|negligen\w+|demand\w+|denunci\w+)\b"
)
