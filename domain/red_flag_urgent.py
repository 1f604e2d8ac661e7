"""Words of what must be seen today: a clot in the leg, pressed nerves of the back, a wound gone bad."""

from domain.reply_rules import rules

_LIMB = r"(?:calf|calfs|calves|calve|legs?|thighs?|shin|lower leg|pantorrillas?|batatas?|piernas?|muslos?)"
_CLOT_SIGN = (
    r"(?:swoll?en|swell?ing|swelled|swells|swole|puffy|warm|hot|red|redness|purple|throbbing"
    r"|hinchad\w+|hincho|hincha|hinchazon|hinchando|inflamad\w+|inflamo|caliente|roj[oa]s?|enrojecid\w+)"
)

SWOLLEN = rules(
    r"""
\b<limb>\b[^.?]{0,50}(?<!not )(?<!no )(?<!isnt )(?<!arent )(?<!nor )(?<!without )(?<!sin )(?<!not really )\b<sign>\b
  |\b<sign>\b(?: \w+){0,5} <limb>\b
\b(?:one leg|left leg|right leg|one calf|leg)(?: \w+){0,4} (?:bigger|larger|fatter) than\b
""",
    limb=_LIMB,
    sign=_CLOT_SIGN,
)

CALF_PAIN = rules(
    r"""
\b(?:calf|calve)(?: (?:is|was|really|still|has|been|feels?|so|very|super|muscle|area|all|a|bit|little|keeps|started
  |new|sharp|bad|some|in|severe|weird)){0,4} (?:pain(?:s|ful|ing|ed)?|hurt(?:s|ing|ed)?|tender(?:ness)?|throb\w*
  |ach(?:e|es|ed|ing|y)|burning|killing)\b
\b(?:pain|pains|hurts|hurting|tender(?:ness)?|ache|aching|throbbing|burning)(?: \w+){0,4} (?:calf|calve)\b
\b(?:dolor|duele|molesta|arde)(?: \w+){0,4} pantorrilla\b|\bpantorrilla(?: \w+){0,3} (?:duele|dolor|adolorida|dura)\b
"""
)

TODAY = rules(
    r"""
\b(?:acelera|acelero|brinca)(?: \w+){0,2} (?:el )?corazon\b|\bcorazon(?: \w+){0,3} acelera\b
\b(?:tell|know)(?: \w+){0,3} when i (?:need|have|got|gotta) to (?:pee|go|poop|use the)\b
  |\bno siento(?: \w+){0,3} (?:orin\w+|pip\w)\b|\b(?:durm\w+|duerm\w+|dormid\w+|entumid\w+
  |adormec\w+)(?: \w+){0,5} (?:partes|nalgas|entrepierna|ingle|genital\w*|entre las piernas)\b|\barrastr\w+ (?:la|una
  |mi) pierna\b|\b(?:peeing|pee|pooping|poop|urinating) blood\b
\b(?:blood )?clots?\b(?! of)|\bdvt\b|\bdeep vein\b|\bpulmonary embol\w+|\bthrombo\w+|\bcoagulos?\b(?! \w*nte)
  |\btrombosis\b
\b(?:saddle|groin|crotch|genital\w*|perine\w+|inner thighs?|between my legs|private(?:s| parts| area)|down there
  |vagina\w*|penis|buttocks?|anus|rectum)(?: \w+){0,5} (?:numb(?:ness|ing|ed)?|tingl\w*|no feeling|cant feel|feeling)\b
\b(?:numb(?:ness|ing|ed)?|tingl\w*|no feeling|cant feel|lost feeling|no sensation)(?: \w+){0,5} (?:saddle|groin
  |crotch|genital\w*
  |perine\w+|inner thighs?|between my legs|private(?:s| parts| area)|down there|vagina\w*|penis|buttocks?|butt
  |bottom)\b
\b(?:dormid\w+|adormec\w+|entumec\w+|no siento)(?: \w+){0,5} (?:ingle|entrepierna|genital\w*|silla de montar|partes
  |zona intima|nalgas)\b|\b(?:ingle|entrepierna|genital\w*|partes intimas|zona intima
  |nalgas)(?: \w+){0,4} (?:dormid\w+|adormec\w+|entumec\w+)\b
\b(?:lost|losing|lose|loss of|cant|cannot|can not|couldnt|trouble|problems?|difficulty|unable|hard to|issues|not able
  |no control)(?: (?!wait)\w+){0,4} (?:bladder|bowels?|pee|peeing|pees|urinat\w+|urine|poop\w*|go to the bathroom
  |defecat\w+)\b
\b(?:bladder|bowels?)(?: \w+){0,3} (?:control|problems?|issues?|accidents?|changes?|trouble|leak\w*|stopped|weird
  |not working)\b|\bincontinen\w*|\b(?:wet|wetting|peed|peeing|pooped|soiled|soiling|pissed) (?:myself|my pants
  |the bed|my bed)\b
\bno (?:puedo|he podido|logro) (?:orinar|hacer pipi|ir al bano|(?:controlar|aguantar
  |contener) (?:la |mi |los |mis )?(?:vejiga|orina|pipi|esfinter\w*|intestinos?))\b|\b(?:perd\w+|pierdo|sin
  |no tengo) (?:el )?control (?:de|sobre)\b|\bcontrol de (?:la |mi |los )?(?:vejiga|esfinter\w*|intestinos?)\b
  |\bme orin[oe]\b|\bno controlo\b
\b(?:both|my|the) legs(?: (?:are|feel|felt|have|got|gotten|is|been|so|very|really|both|keep|went|just|started|suddenly
  |getting|a|bit|like|theyre|going|all)){0,5} (?:weak(?:ness|er|ened|ening)?|numb(?:ness|ing|ed)?|giving (?:out
  |way)|gave (?:out|way)|buckl\w+|give out
  |wont hold|paraly\w*|heavy and)\b
\b(?:weak(?:ness|er|ened|ening)?|numb(?:ness|ing|ed)?|tingling)(?: \w+){0,3} (?:both|my) legs\b|\blegs? (?:gave
  |giving|gives|keeps giving) (?:out
  |way)\b|\bfoot drop\b|\bleg weakness\b|\bweak legs\b
\b(?:cant|cannot|can not|couldnt|unable to|barely|hardly) (?:even )?(?:walk|stand|stand up|feel my (?:legs?|feet|foot
  |toes)|move my (?:legs?|feet|foot|toes)|lift my (?:foot|leg|feet|legs))\b(?! (?:the|my|dogs?|in|there|over
  |to (?:your|the)|you|up the stairs fast|far|long|as|more|for|up straight|the heat|it|this|your|that))
\b(?:weakness|numbness|tingling)(?: \w+){0,4} (?:spread\w*|worse\w*|progress\w+|climbing|moving up|more and more)\b
  |\bgetting (?:weaker|more numb|number)\b|\bprogressive\w* (?:weak(?:ness|er|ened|ening)?|numb(?:ness|ing|ed)?)
\b(?:ambas|mis|las|dos) piernas(?: \w+){0,3} (?:debil\w*|dormid\w+|adormec\w+|entumec\w+|no (?:me )?responden|fallan
  |fuerza|flojas)\b|\bdebilidad en (?:las|ambas|mis|las dos) piernas\b|\b(?:adormec\w+|entumec\w+|se me duermen
  |fuerza)(?: \w+){0,4} piernas\b
\bno (?:puedo|siento|logro|puedo ni)(?: \w+)? (?:caminar|mover las piernas|las piernas|los pies|mis piernas|mis pies
  |la pierna|ponerme de pie|pararme)\b(?! (?:mucho|tanto|lejos|rapido|bien|por mas|mas de|mis|al|a))
\b(?:hit|hurt|banged|bumped|smashed) my head\b|\bconcuss\w+|\bhead injury\b|\bconmocion\b|\bme (?:golpee
  |pegue)(?: \w+){0,2} (?:la|en la) cabeza\b
\b(?:heart|pulse)(?: \w+){0,3} (?:racing|pounding|skipping|flutter\w*|irregular|beating (?:fast|hard|irregular\w*|out
  |weird))\b|\b(?:racing|irregular|pounding) (?:heart|heartbeat|pulse)\b|\bpalpit\w+
  |\bcorazon(?: \w+){0,3} (?:acelerad\w+|rapido|fuerte|irregular)\b
\b(?:stiff neck|neck is stiff|cuello rigido)\b[^.?]{0,40}\b(?:fever|fiebre)\b|\b(?:fever
  |fiebre)\b[^.?]{0,40}\b(?:stiff neck|cuello rigido)\b
\bblood in (?:my |the )?(?:urine|stool|pee|poop)\b|\bsangre en (?:la |las )?(?:orina|heces)\b|\bred streaks?\b
\b(?:cant|cannot|couldnt|havent|hasnt|unable|trouble|not able|wont|barely|no longer|havent been able|hard)(?: (?:been
  |able|to|even|really|go|hardly|make|myself|at all|i)){0,5} (?:pee|peed|peeing|urinat\w+|poop\w*|pass (?:urine
  |water))\b
\b(?:leak\w*|dribbl\w*|drip\w*)(?: \w+){0,4} (?:pee|urine|when i|without|down my leg|and dont|into my)\b|\b(?:pee
  |urine|poop|stool|bladder|bowels?)(?: \w+){0,4} (?:leak\w*|coming out|comes out|came out|dribbl\w*|escap\w*
  |by itself|on its own|without (?:me )?(?:feeling|knowing|realizing))\b|\b(?:peed|peeing|wet|pooped|soiled|crapped
  |shit|pissed|went|messed) (?:on )?(?:myself|my ?self|my (?:pants|bed|underwear)|the bed)\b(?! laughing)
  |\baccidents?(?: \w+){0,3} (?:bladder|pee|underwear|bathroom)\b
\b(?:cant|cannot|dont|no longer|couldnt|not|didnt|doesnt) (?:even |really )?feel(?: \w+){0,5} (?:wip\w*|bathroom|pee
  |peeing|poop\w*|down there|groin|toilet|seat|bottom|butt|privates?|genitals?|between my legs|crotch|when i (?:go
  |sit))\b|\b(?:numb(?:ness|ing|ed)?|no feeling|no sensation|nothing|dead|tingl\w*
  |pins and needles)(?: \w+){0,6} (?:(?:where|when
  |places?) i (?:sit|wipe)|bike seat|bicycle seat|saddle|butt|buttocks|bottom|down there|between my legs|groin|crotch
  |privates?|genitals?)\b
\bse me (?:sale|salio|salen|escapa|escapo|esta saliendo|anda saliendo|fue|sale sola)(?: \w+){0,3} (?:orina|pipi|pis
  |popo|caca|heces|excremento|sola|del dos)\b|\b(?:orina|pipi|pis|popo|caca|heces
  |vejiga)(?: [\w,]+){0,5} (?:se me (?:sale|escapa|salio)|sale sola?|sin (?:sentir|darme))|\bno (?:aguanto|retengo
  |controlo|contengo|siento|puedo (?:controlar|aguantar|retener|contener))(?: \w+){0,3} (?:orina|pipi|pis|popo|vejiga
  |esfinter\w*|caca|intestino)
\bme (?:hice|hago|orin\w+|cag\w+|meo|mee|ensuci\w+)(?: \w+){0,4} (?:encima|pipi|popo|bano|cuenta|pantalon\w*|cama
  |sin (?:sentir|querer))\b|\bno (?:he podido|puedo|pude|logro|logre|consigo)(?: \w+){0,2} (?:orinar|hacer (?:pipi|pis
  |del bano|popo)|mear|evacuar|obrar)
\bno siento(?: \w+){0,6} (?:abajo|limpi\w+|bano|uno se sienta|sentarme|me siento|intim\w+|nalgas|entrepierna|ingle
  |entre las piernas|piernas|pies)\b|\b(?:dormid\w+|adormec\w+|entumec\w+|hormigue\w*)(?: \w+){0,6} (?:entrepierna
  |ingle|nalgas|entre las piernas|intim\w+|ahi abajo|donde (?:me|uno se) s(?:ie|e)nt\w+)
\b(?:legs?)(?: \w+){0,4} (?:giv(?:ing|es|e) (?:out|way)|gave (?:out|way)|buckl\w+|collaps\w+|going out|goes out
  |went out|fold\w* under|crumpl\w+|feel like jello and)\b(?! for)|\bpiernas?(?: \w+){0,4} (?:doblan|dobla|fallan
  |falla|no (?:me )?responden?|vencen|vence|flaquean?|no (?:me )?sostienen)\b|\bse me (?:doblan|vencen|aflojan|duermen
  |durmieron|traban|van)(?: \w+){0,3} piernas\b|\b(?:sin|no tengo|perd\w+|no tienen|poca
  |menos)(?: la)? fuerza(?: \w+){0,3} piernas?\b|\b(?:debil\w*|debilidad)(?: \w+){0,4} piernas?\b
  |\bpiernas?(?: \w+){0,4} (?:mas |muy )?debil\w*
\b(?:foot|feet|toes?|ankle|leg)(?: \w+){0,4} (?:drag(?:s|ged|ging)?|flop\w*|slap\w*|drops|limp|paraly\w*
  |wont (?:lift|come up
  |go up|move|raise|work)|wouldnt (?:lift|move|work)|dead weight)\b|\b(?:drag(?:s|ged|ging)?|cant (?:lift|raise
  |move|pick up|flex
  |wiggle)|couldnt (?:lift|raise|move|wiggle)|unable to (?:lift|raise|move)|not able to (?:lift|raise|move))(?: (?:my
  |the|front|of|up|left|right|one|either|own|big|part|around)){0,5} (?:foot|feet|toes?)\b(?! (?:all the way
  |up the stairs|over))|\bit drags\b|\btrip\w* over my (?:own )?(?:foot|feet|toes)
\b(?:arrastr\w+|no puedo (?:levantar|mover|alzar|subir)|se me (?:cae|arrastra|dobla|va)|no levanto
  |no me responde)(?: \w+){0,2} (?:pie|pies|dedos del pie|punta del pie)\b|\bpie caido\b
  |\bse me cae(?:n)?(?: \w+){0,2} cosas\b
\b(?:keep|kept|been|always|started|start|constantly) dropping (?:stuff|things|everything|cups?|my (?:phone|coffee
  |keys)|it)\b|^dropping (?:stuff|things|everything)\b|\bhands?(?: \w+){0,3} (?:weak|clumsy|wont grip|cant grip)\b
  |\b(?:adormec\w+|hormigueo|debilidad|entumec\w+|numb(?:ness|ing|ed)?|weakness
  |tingling)(?: \w+){0,4} (?:va subiendo|va avanzando
  |cada vez (?:mas|peor)|empeora\w*|mas arriba|spreading|climbing|moving up|creeping up|getting worse|worsening
  |worse every day)
\b(?:leg|calf|ankle|pierna|pantorrilla|batata|knee|thigh)\b[^.?]{0,50}\b(?:balloon\w*|twice (?:the|its|as)
  |double the size|inflat\w+|hincho|enorme|bien dura)\b|\b(?:foot|feet|toes|leg|hand|fingers|pie|pierna
  |dedos)(?: \w+){0,3} (?:turn\w* |went |going |is |are |got |gone |look\w* |se puso |esta )(?:\w+ )?(?:blue|purple
  |gray|grey|ice cold|morad\w|azul\w*|fri\w y)\b(?! (?:polish|nails?|shoes))
\b(?:wound|incision|stitches|surgical site|cut|sore|scar|herida|cortada|llaga|puntos|cicatriz)\b[^.?]{0,40}\b(?:pus
  |ooz\w*|foul|smells? (?:bad|funny|awful|weird)|stinks?|huele|supura\w*|soltando|infected and)\b
  |\bpus\b[^.?]{0,30}\b(?:wound|incision|cut|herida|cortada)
"""
)
