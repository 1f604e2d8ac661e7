"""Bodies that give way: nobody answers, a bleeding pregnancy, a cut nerve, a sugar crisis; in other languages too."""

from domain.reply_rules import rules

_GAVE_WAY = (
    r"(?:faint\w*|pass(?:ed)? out|passing out|collaps\w+|blacked out|seizure\w*|seizing|keeled over|unconscious"
    r"|desmay\w+|desvanec\w+|colaps\w+|convuls\w+|se cayo|se desplom\w+|perdio el conocimiento)"
)
_NO_ANSWER = (
    r"(?:(?:not|wont|isnt|doesnt|does not|dont|cant|stopped|no longer|barely|hasnt|didnt) (?:\w+ )?(?:answer\w*"
    r"|talk\w*"
    r"|mov(?:e|ing)|respond\w*|wak(?:e|ing)|woken|woke|breath\w*|react\w*|com(?:e|ing) (?:to|around|round)"
    r"|open(?:ing)? (?:his|her|their) eyes)"
    r"|no (?:me |nos |le |se )?(?:responde|contesta|reacciona|despierta|habla|mueve|respira|vuelve en si"
    r"|abre los ojos))"
)
NO_ANSWER = rules(
    r"""
\b<gave_way>\b[^.?]{0,70}\b<no_answer>\b(?! (?:my|the|your) (?:texts?|calls?|emails?|phone))
\b<no_answer>\b[^.?]{0,40}\b<gave_way>\b
\b(?:mi|el|la) (?:mama|papa|madre|padre|espos[oa]|marido|hij[oa]|bebe|abuel[oa]|herman[oa]|suegr[oa]|nin[oa]|novi[oa])
  (?: \w+){0,4} no (?:despierta|reacciona|respira|vuelve en si|abre los ojos)\b(?! (?:bien|mejor|temprano|hasta))
\b(?:had|having|has|just had|tuvo|teniendo)(?: \w+){0,2} (?:stroke|heart attack|seizure|infarto|derrame|convulsion)\b
  (?: \w+){0,3} (?:just now|right now|minutes? ago|help|call 911|what do i do|ahora(?: mismo)?|ahorita)\b
\b(?:hes|shes|is|are|esta) (?:having|teniendo) (?:a|an|un|una) (?:\w+ )?(?:stroke|heart attack|seizure|infarto|derrame
  |convulsion)\b
\b(?:baby|husband|wife|mom|mother|dad|father|son|daughter|he|she|hes|shes)(?: \w+){0,3} (?:turn(?:ed|ing)|gone|going)
  [ ](?:blue|grey|gray|purple)\b
""",
    gave_way=_GAVE_WAY,
    no_answer=_NO_ANSWER,
)
BABY_STILL = rules(
    r"""
\b(?:havent|have not|dont|cant|didnt|not|hardly|barely|hasnt)(?: \w+)? (?:felt|feel|feeling)(?: \w+){0,2} (?:baby|him
  |her|any)(?: \w+){0,2} (?:mov\w+|kick\w*)\b
\bbaby(?: (?!me|my)\w+){0,2} (?:isnt|not|hasnt|stopped|wont|quit|no longer|has not)(?: \w+){0,2} (?:moved|moving
  |kick\w*)\b(?! (?:in|to|into|out|around the|his|her|schools?))
\bno (?:\w+ )?(?:movements?|kicks?)(?: \w+){0,4} (?:baby|bebe)\b|\b(?:baby|fetal)(?: \w+){0,2} (?:no|reduced|decreased
  |less) (?:movements?|kicks)\b
\bno (?:siento|he sentido|sentí|senti)(?: \w+){0,4} (?:bebe|movimientos)\b|\bbebe(?: \w+){0,4} no se (?:me )?(?:mueve
  |ha movido|esta moviendo)\b|\bmy water(?:s)? broke\b
"""
)
EXPECTING = rules(
    r"""
\bpregnan\w+\b|\b(?:im|i am|at|only|now|about|were|we are|estoy|tengo|de) \d{1,2} (?:weeks|wks|wk|months|mos|semanas
  |sem
  |meses)\b|\bembaraz\w+\b|^\d{1,2} (?:weeks|wks|semanas)\b|\b(?:first|second|third|1st|2nd|3rd|last) trimester\b
  |\b(?:miscarr\w+|the placenta)\b
"""
)
BLEEDS = rules(
    r"""
\bbleed\w*(?: \w+){0,3} (?:heav\w+|a lot|bad|badly|lots|clots?|bright|through|soak\w*|everywhere|and cramp\w*
  |gush\w*)\b
\b(?:heavy|heavily|lots of|a lot of|bright red|gushing|soak\w+|losing|big clots of)(?: \w+){0,3} (?:bleed\w*|blood
  |pads?)\b
\bsangr\w+(?: \w+){0,3} (?:mucho|much[oa]s?|bastante|abundante|fuerte|coagulos)\b|\b(?:mucha sangre|hemorragia)\b
\bbleed\w*(?: \w+){0,3} (?:down there|vagina\w*)\b
"""
)
CUT_NERVE = rules(
    r"""
\b(?:cant|cannot|can not|dont|couldnt|no|lost|losing|not)(?: (?!pain)\w+){0,3} (?:feel\w*|move|sensation)
  (?: (?!great|good|better)\w+){0,4} (?:from|below|under)(?: \w+){0,2} (?:waist|hips?|chest|neck|belly|ribs
  |shoulders)\b
\b(?:numb|paraly[sz]ed|no feeling|nothing works|dead)(?: \w+){0,3} (?:from|below)(?: \w+){0,2} (?:waist|hips?|chest
  |neck
  |belly)\b(?! (?:when|with the epidural|after the epidural|during))
\bcant feel (?:my|both|either|the) (?:\w+ )?legs?\b[^.?]{0,25}\b(?:cant (?:move|walk|stand)|wont move|paraly\w+)\b
\b(?:gushing|pouring|spurting|squirting)(?: out)? blood\b|\bblood(?: \w+){0,2} (?:gushing|pouring|spurting
  |everywhere)\b
\b(?:is|are|hes|shes|baby|kid|he|she) choking\b(?! (?:on (?:that|the|this) (?:price|bill|smoke|smell)|up|me))
\bno (?:siento|puedo mover)(?: \w+){0,3} (?:de|desde) (?:la )?(?:cintura|cadera|pecho|cuello)(?: \w+)? (?:abajo)\b
"""
)
"""Said of now. An epidural does the same on purpose, and is an idiom."""
NO_BLADDER = rules(
    r"""
\b(?:wet|wetting|peed|peeing|pissed|soiled|pooped|messed|crapped|shit)(?: (?:on|all|over)){0,2} (?:myself|my ?self|my
  [ ](?:pants|bed|underwear)|the bed|himself|herself)\b(?! (?:laughing|lol|haha))
\b(?:cant|cannot|couldnt|can not|unable to|havent|not able to|havent been able to|wont|no longer)(?: (?:even|really|to
  |been|able|make|myself|it)){0,4} (?:pee|peed|urinate\w*|pass (?:urine|water)|feel (?:when|it when) i (?:pee|go)
  |go to the bathroom|poop|control (?:my |the )?(?:bladder|bowels?|pee|it))\b
\b(?:lost|losing|no|loss of)(?: (?:all|my|any|the)){0,2} (?:control|feeling)(?: (?:of|in|over|my|the)){0,3} (?:bladder
  |bowels?)\b|\b(?:lost|losing|no) (?:\w+ )?(?:bladder|bowel) (?:control|function)\b|\bincontinen\w+\b
\bno (?:puedo|he podido|logro) (?:orinar|hacer pipi|controlar (?:la|mi) (?:orina|vejiga))\b|\bme (?:orin\w+
  |hice (?:pipi|encima|popo))\b|\bno (?:aguanto|controlo) (?:la )?(?:orina|pipi|vejiga)\b
"""
)
NO_SEAT = rules(
    r"""
\b(?:saddle|groin|crotch|genital\w*|privates?|private (?:parts?|area)|inner thighs?|between my legs|down there|butt
  |buttocks?|bottom|legs?|where i sit)\b[^.?]{0,30}\b(?:numb(?:ness)?|no feeling|tingl\w*|dead|cant feel|wont hold
  |weak(?:ness)?|wont work|not working)\b
\b(?:numb(?:ness)?|no feeling|no sensation|lost (?:all |the )?feeling|cant feel|cannot feel|can not feel|dont feel
  |couldnt feel|cant move|tingl\w+|weak(?:ness)?)(?: \w+){0,5} (?:saddle|groin|crotch|genital\w*|privates?
  |private (?:parts?|area)|inner thighs?|between my legs|down there|butt|buttocks?|bottom|legs?|feet)\b
\b(?:no siento|dormid\w+|adormec\w+|entumecid\w+|entumid\w+)(?: \w+){0,5} (?:piernas?|entrepierna|nalgas|ingle
  |genital\w*|entre las piernas|partes)\b|\b(?:piernas?|entrepierna|nalgas|ingle)(?: \w+){0,4} (?:dormid\w+|adormec\w+
  |entumecid\w+|entumid\w+|no responden)\b
"""
)
SUGAR = rules(
    r"""
\b(?:blood sugar|bloodsugar|sugars?|glucose|bg|cgm|dexcom|libre|glucometer|azucar|glucosa)(?: (?:is|s|was|at|reads?
  |reading|says?|just|of|level|levels|now|only|still|down|to|has|dropped|up|around|about|like|hit|went|esta|en|la
  |tengo|a
  |me|salio)){0,5} (?:[1-4]\d(?:\.\d)?|[1-2]\.\d|[4-9]\d\d)\b(?! ?(?:g|grams?|percent|usd|dollars?|cents|lbs?|pounds
  |calories|am|pm|free|minutes?|days?|weeks?|months?|years?|a week|or so grams))
\b(?:diabetic (?:coma|shock|emergency|ketoacidosis)|insulin shock|ketoacidosis|in dka|coma diabetico)\b
"""
)
SUGAR_OFF = rules(
    r"""
\b(?:blood sugar|bloodsugar|sugars?|glucose|azucar|glucosa|insulin|diabet\w+)\b(?: \w+){0,4} (?:low|crash\w*|dropp\w+
  |bottom\w*|high|over|hi|sky|through|baja|alta|too much|overdid|bajisima|altisima)\b|\bhypoglyc\w+\b|\bhyperglyc\w+\b
"""
)
SUGAR_ILL = rules(
    r"""
\b(?:cant (?:think|see|stand|focus|walk|stay awake|keep|eat)|confus\w+|passing out|pass out|faint\w*|sweat\w+
  |slurr\w+|blacking out|no one here|alone|vomit\w*|throwing up|cant get (?:it|to)|wont come (?:up|down)
  |no puedo (?:pensar|ver|pararme)|sudando|temblando|shaking (?:so|bad|really|and)|so shaky|barely|disoriented)\b
"""
)
MIND_GONE = rules(
    r"""
\b(?:she|he|shes|hes|mom|mother|dad|father|husband|wife|grandma|grandpa|mama|papa|kid|son|daughter|suddenly|and|i)\b
  (?: \w+){0,4} (?:confus\w+|disoriented|not making (?:any )?sense|delirious|out of it|confundid[oa]|desorientad[oa])\b
\b(?:getting|seems?|is|are|im|very|really|so|acting|a bit|little) (?:confus(?:ed|ion)|disoriented|delirious|drowsy)\b
"""
)
KNOWS_NOT = rules(
    r"""
\b(?:doesnt|does not|didnt|cant|no longer|dont)(?: \w+)? (?:know|remember|tell|recogni[sz]e)(?: (?:me|us))? ?(?:what
  [ ](?:day|year|month)|where (?:he|she) is|who (?:i am|we are|he is|she is)|(?:his|her|my) (?:own )?names?|me|us
  |his wife
  |her (?:kids|husband))\b|\bno sabe (?:que dia|donde esta|quien (?:es|soy)|como se llama)\b
\b(?:one|left|right) side\b|\b(?:weak|slurr\w*|droop\w*|numb)\b
"""
)
ELSEWHERE = rules(
    r"""
\b(?:plus|pas|mal|peine|difficile)(?: \w+){0,2} respir[ae]r\b|\b(?:douleur|mal|serre)(?: \w+){0,4} poitrine\b
  |\bje vais mourir\b|\bappelez (?:une |les )?(?:ambulance|secours|pompiers|police|samu)\b|\bau secours\b
\bnao (?:consigo|posso|to conseguindo|estou conseguindo|da pra|da para)(?: \w+)? respirar\b|\bfalta de ar\b
  |\bdor(?:es)?(?: \w+){0,3} (?:no|do) peito\b|\b(?:chame|chamem|liga\w*) (?:uma |a |para a )?(?:ambulancia|policia)\b
\b(?:keine luft|kann nicht (?:mehr )?atmen|kriege keine luft|schmerzen in der brust|brustschmerzen|rufen sie den
  [ ](?:notarzt|krankenwagen))\b|\bnon (?:riesco a|posso) respirare\b|\bdolore al petto\b
"""
)
"""French, Portuguese, German, Italian: breath, chest, help. Whatever else is written in them is read by a person."""
ELSEWHERE_MIND = rules(
    r"""
\bje (?:veux|voudrais) (?:mourir|en finir|me tuer)\b|\b(?:quero|queria|vou) (?:morrer|me matar)\b|\bwill (?:nur noch |
  nicht mehr )?(?:sterben|leben)\b|\bmich umbringen\b|\bvoglio morire\b|\bme suicider\b
"""
)
NOT_ALIVE_THEN = rules(
    r"""
\b(?:wont|will not|not going to|not gonna|dont plan (?:to|on)|dont expect to|doubt i will|may not|might not
  |wouldnt)(?: (?:even|still|to|being))? ?(?:be |being )alive\b(?=$| (?:by|on|for (?:it|that|the)|at|to (?:see|make
  |come)
  |when|much|any|then|tomorrow|next|this|come|in|anyway|,))
\bi will (?:already )?be (?:dead|gone from this (?:world|life)) (?:by|before|when)(?: (?:then|the time|tomorrow|friday
  |monday|tuesday|wednesday|thursday|saturday|sunday|morning|next|week|you|read|get|this|see)){1,5}$
\bby the time (?:you|u|yall|anyone|she|he) (?:reads?|gets?|sees?) (?:this|it)\b[^.?]{0,25}\b(?:gone|dead)\b(?! (?:on
  |to|for|fishing|home|until|from work))
^(?:so |and |ok |cancel |goodbye |bye |sorry )*(?:i am |im |i )(?:just )?(?:going to|gonna|about to|ready to) jump
  (?: now| tonight| today| soon)*$
\bno (?:voy a estar|estare|creo estar)(?: ya)? (?:viv[oa])\b|\bya (?:no estare|voy a estar muert[oa])\b(?! de)
  |^(?:ya )?(?:voy a|me voy a) (?:saltar|tirar|aventar)$
"""
)
