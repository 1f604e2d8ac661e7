"""The words of danger themselves, English and Spanish, graded by the fixed answer that they call for."""

import re
from typing import Literal, NamedTuple

from domain.reply_words import rule, rules

Grade = Literal["emergency_911", "emergency_988", "urgent_care", "hold"]


class Sign(NamedTuple):
    """One wording. A weak one doesn't count where the sentence speaks of getting better."""

    grade: Grade
    words: re.Pattern[str]
    weak: bool = False


_SELF_HARM = rules(
    r"""
\b(?:end|ended|ending) (?:it all|my life|my own life|everything)\b|\b(?:no
  |sin)(?: \w+){0,3} sentido (?:a |de )?(?:la vida|vivir|seguir)|\bla vida no (?:tiene|vale)
\b(?:nobody|no one|noone|anyone|everyone)(?: \w+){0,3} (?:miss me|care if i|notice if i|better without me)
  |\bhate my life\b|\bodio mi vida\b|\b(?:feel|feeling|so|is|am|everythings) hopeless\b|\bburden (?:to
  |on) (?:everyone|my|them)
\bplan to (?:die|end|kill)|\b(?:gun|knife) to my\b|\bnadie me extran\w+|\bsoy una carga\b|\bdont see (?:a|any
  |the) future\b
suicid\w*|\bsucid(?:e|al)\b|self harm\w*|\bkms\b|\bunalive\b
\b(?:kill|killing|unalive|harm|harming|shoot|shooting|hang|hanging|cutting|drown) (?:my ?self|me)\b
\b(?:want|wanna|going|gonna|might|could|will|thinking (?:of|about)|thoughts (?:of|about)|urge|feel like
  |afraid ill|scared ill) (?:to )?(?:hurt|hurting|cut|cutting|end|ending) (?:myself|it all|it|things|my life
  |everything|my suffering)(?! off)\b
\b(?:hurting|harming) myself\b(?! (?:at|in|on|doing|lifting|working|again (?:at|lifting|doing)))
\b(?:end|ending|take|taking|took) (?:my (?:own )?life|it all)\b|\bend my suffering\b|\bend(?:ing)? it all\b
\b(?:want|wanna|wish|rather|ready|like|going|gonna|hope|prefer
  |wanting) (?:i |to |i could |i would |just |i could just |be |it |id |i was |i were )*(?:die|dying|dead
  |not wake up|never wake up|not be (?:alive|here)|disappear forever)\b
\bwish(?:ed|ing)? (?:that )?i (?:was|were|wasnt|werent|hadnt|didnt|wouldnt|could|would) (?:just |not )?(?:dead
  |alive|been born|wake up|exist|never wake up|die|disappear)\b
\bbetter off (?:dead|without me|if i (?:was|were|wasnt|werent))\b|\bnot worth living\b|\bworth living\b(?! for)
  |\bisnt worth (?:it|living) any ?more\b
\b(?:dont|do not|no longer|cant) (?:really )?(?:want|wanna|care) to? ?(?:be )?(?:live|alive|living
  |here any ?more|around any ?more|exist|wake up)\b
\b(?:dont|do not) want to (?:live|be alive|exist|wake up|be here any ?more|be around any ?more|go on)\b
\b(?:no|any|a|the|what|see|whats) ?(?:a |the |any )?(?:reason|point|will) (?:to live|of living|of life
  |of going on|of being alive|to keep living|in living|to go on|to keep going|going on|in going on|to be alive
  |to keep living)\b
\bcant go on(?: (?:like this|living|any ?more|with (?:this|life)))?$|\bcant (?:go on|keep going|keep living
  |live) (?:like this|living|any ?more|with this life)\b|\bcant (?:do|take) (?:this|life) any ?more and (?:want
  |dont)\b
\bgive up on life\b|\bgiving up on life\b|\bjump(?:ing)? (?:off|from) (?:a|the) (?:bridge|roof|building)\b
  |\bno longer want to (?:live|be alive|be here)\b|\btired of (?:living|being alive|life)\b
\bmatarme\b|\bme (?:voy a |quiero |quisiera )?mat(?:o|ar)\b|\bquit(?:arme|arse|o) la vida\b
  |\bno quiero (?:seguir )?(?:vivir|viviendo|vivir mas|estar aqui|existir|despertar)\b
\bno (?:quiero|tengo ganas de|puedo) (?:seguir )?(?:vivir|viviendo)\b|\b(?:me )?(?:quiero|quisiera|deseo
  |ganas de|prefiero|preferiria) (?:morir\w*|estar muert[oa]|desaparecer para siempre)\b
\b(?:hacerme|me (?:quiero|voy a) hacer) dano\b|\b(?:acabar|terminar) con (?:mi vida|todo)\b
  |\b(?:mejor (?:estaria |estar )?muert[oa]|estaria mejor muert[oa])\b|\bno vale la pena (?:seguir )?(?:vivir
  |viviendo)\b
\b(?:quiero|pienso|pensando|ganas de|voy a) (?:en )?(?:lastimarme|cortarme|hacerme dano|colgarme)\b
  |\blastimarme\b(?! (?:al|en el|jugando|corriendo))|\bno tengo (?:razon(?:es)?|motivos?) para vivir\b
\bya no (?:quiero|puedo) (?:mas con (?:mi|la|esta) vida|vivir|estar aqui|seguir viva?o?)\b
  |\bcansad[oa] de (?:vivir|la vida|mi vida)\b|\bsin ganas de vivir\b|\bestarian mejor sin mi\b
"""
)

_EMERGENCY = rules(
    r"""
\bdolor(?: \w+){0,3} de cabeza\b[^.?]{0,50}\b(?:peor|de mi vida|repentin\w+|subit\w+|insoportable|horrible
  |jamas)\b|\bel peor de mi vida\b|\bmedio cuerpo\b|\bmitad (?:del|de mi|de la) (?:cuerpo|cara)\b
\bturning blue\b|\blips? (?:are |is )?blue\b|\bsudden(?:ly)? (?:\w+ )?(?:confus\w+|dizz\w+|weak\w*|numb\w*
  |disoriented|vision|cant (?:see|talk|speak|walk|move))\b|\bcant (?:speak|get (?:my |the )?words out
  |talk (?:right|properly|straight|clearly|normally))\b|\bdisoriented\b
\b(?:arm|hand)(?: \w+){0,2} (?:went|gone|suddenly|is going) (?:\w+ )?(?:weak|limp|dead|numb)\b
  |\bde repente\b[^.?]{0,30}\b(?:debil|adormec\w+|confund\w+|mareo|no veo|dormid\w)\b|\bhearing voices\b
\bchest(?! (?:muscles?|press|press(?:es)|openers?|stretch\w*|wall|fly|flies|day)\b)(?: (?:is|was|has|feels?
  |felt|just|really|still|been|area|keeps|kind|sort|of|a|bit|little|started|starting|very|super|so|all|getting
  |got|an?|like|weird|some)){0,5} ?(?:pain\w*|hurt\w*|ach\w+|pressure|tight\w*|heavy|heaviness|squeez\w+
  |burning|discomfort|crushing|stabbing|elephant|pounding|killing)\b
\b(?:pain|pains|pressure|tightness|tight|heaviness|heavy|burning|squeezing|ache|aching|hurt\w*|discomfort
  |stabbing|crushing|sharp)(?: (?!muscle|to)\w+){0,4} (?:chest|heart)\b(?! (?:muscles?|stretch\w*|openers?
  |press|wall)\b)
\bheart attack|\bcardiac\b|\bhearth? (?:hurts|attack|stopped)\b|\bangina\b|\binfarto|\bataque (?:al|de
  |cardiaco)(?: corazon)?\b
\b(?:dolor|dolores|presion|opresion|molestia|punzada|punzadas|apretado)(?: \w+){0,3} (?:pecho|corazon)\b
  |\bpecho(?: \w+){0,3} (?:duele|aprieta|apretado|oprimid\w+|dolor|pesado|arde)\b
\b(?:duele|aprieta|oprime|arde|molesta)(?: \w+){0,3} (?:pecho|corazon)\b
\b(?:cant|cannot|can not|cant even|couldnt|could not|hard to|harder to|difficult to|struggl\w+ to
  |struggling with|trouble|difficulty|difficulties|hardly|barely|unable to|hurts to|hurts when i|painful to
  |problems?|labou?red|shallow|hard time|issues)(?: (?!stop|wait|get|make)\w+){0,2} breath\w*\b
\bshort(?:ness)? (?:of|on|in) (?:my )?breath\w*|\b(?:out|loss) of breath\b|\bbreathless\w*|\bgasping\b
  |\bnot breathing\b|\bsuffocat\w+|\bchoking\b|\bcatch my breath\b|\bwheez\w+|\bwinded\b
\bno (?:puedo|podia|logro|alcanzo a|estoy|consigo) (?:casi |bien )?respir\w+
  |\bfalta(?:ndo)? (?:de |el |la |del )?(?:aire|aliento|respiracion)
  |\b(?:me )?cuesta (?:mucho |trabajo )?respirar|\bdificult\w+ (?:(?:para|al|de|el|mucho) )?respirar
\bsin (?:aliento|aire)\b|\bme (?:estoy )?(?:ahogo|ahogando|asfixi\w+)\b|\brespir\w+ (?:con dificultad|mal)\b
  |\bproblemas? (?:para|al|de) respirar
\b(?:face|mouth|smile|eyelid|lip)(?: \w+){0,4} (?:droop\w*|numb\w*|dropp\w+|sagg\w+|paraly\w*|crooked
  |lopsided)\b|\b(?:droop\w*|paraly\w+|lopsided)(?: \w+){0,4} (?:face|mouth|smile|side)\b|\bfacial (?:droop\w*
  |numb\w*|paraly\w*)
\b(?:numb\w*|tingl\w+|weak\w*)(?: \w+){0,4} (?:face|one side|right side|left side|half of my body)\b|\b(?:one
  |left|right) side(?: \w+){0,5} (?:numb\w*|weak\w*|paraly\w*|droop\w*)\b|\bhalf (?:of )?my (?:face|body)\b
\bslurr\w+|\bslured\b|\bwords (?:are )?(?:\w+ )?(?:coming out|come out|came out) (?:wrong|weird|jumbled
  |funny)\b|\b(?:trouble|difficulty|problems?) (?:speaking|talking|forming words)\b
  |\bspeech (?:\w+ ){0,2}(?:off|weird|funny|garbled|slow)\b|\bgarbled\b
\b(?:a|having|had|mini|another|like|possible|the) (?:mini )?(?:stroke|stoke)\b(?! of)|\bstroke symptoms?\b
  |\bstroke like\b|\btia\b|\bderrame\b|\bembolia\b|\baccidente cerebro\w+|\baneurysm\w*|\baneurisma\b
\bcara(?: \w+){0,4} (?:caida|torcida|dormida|adormecida|paralizada|chueca|entumecida|cae|durmio|adormece|tuerce
  |colgando)\b|\b(?:se me )?(?:paraliz\w+|adormec\w+|durmio|cayo|torcio|entumec\w+)(?: \w+){0,3} (?:cara|boca
  |lado)\b|\bmedia cara\b|\bboca (?:torcida|chueca)\b
\bno puedo hablar(?: bien)?$|\bno puedo hablar bien\b|\b(?:hablo|hablar|habla|hablando) (?:raro|arrastr\w+
  |con dificultad|enredado)\b|\barrastr\w+ las palabras\b|\bse me (?:traba|enreda)\w* la lengua\b
  |\bdificultad para hablar\b
\b(?:worst|sudden|suddenly|thunderclap|explosive|blinding|excruciating)(?: \w+){0,3} (?:headaches?|head ache
  |migraine|head pain|head)\b(?! massage)|\b(?:headache|head ache|migraine
  |head hurts)(?: \w+){0,6} (?:of my life|ever had|ive had|in my life|ever|out of nowhere|suddenly)\b
\bpeor (?:dolor|migrana|jaqueca)(?: de cabeza)?\b|\bdolor de cabeza(?: \w+){0,5} (?:de mi vida|repentin\w+
  |subit\w+|insoportable|horrible|de repente|nunca)\b
\bfaint(?:ed|ing|s)?\b(?! (?:smell|line|memory|scar|bruise|mark|music|sound))|\b(?:pass|passed|passing|black
  |blacked|blacking) out\b|\b(?:lost|losing|lose) consciousness\b|\bunconscious\b|\bi collapsed\b
  |\bcollapsed\b(?! on the (?:couch|bed))|\bknocked out cold\b
\bdesmay\w+|\b(?:perdi|perder|perdio|pierdo) (?:el |la )?(?:conocimiento|conciencia|consciencia)\b
  |\bme desvaneci\w*
\bseizures?\b|\bconvuls\w+|\b(?:cough|vomit|throw|spit|puk|hack|pee|peeing|poop)\w*(?: up
  | out)? (?:\w+ )?blood\b|\b(?:wont|doesnt|cant|hasnt|not) stop(?:ped)? (?:the )?bleeding\b
  |\bbleeding (?:heavily|a lot|badly|wont stop|and it wont stop|out|nonstop)\b
\b(?:vomit\w*|tos\w*|escup\w*)(?: \w+)? sangre\b|\bsangrado (?:abundante|que no para)\b|\bno (?:deja
  |para) de sangrar\b
\bthroat(?: \w+){0,3} (?:closing|closed|swelling|swollen shut|tightening|swelled)\b|\b(?:tongue|lips?
  |face)(?: \w+){0,3} (?:swelling|swollen|swelled|hinchad\w+)\b|\banaphyl\w+|\ballergic reaction\b
  |\breaccion alergica\b|\b(?:cierra|cerrando|cierre)(?: \w+){0,2} garganta\b
\boverdos\w+|\bsobredosis\b|\btook (?:too many|a bunch of|all (?:of )?my|a whole bottle of
  |way too many) (?:\w+ )?(?:pills?|meds|medication|ibuprofen|tylenol|oxy\w*)\b|\btome (?:demasiadas|muchas
  |todas (?:mis|las)) (?:pastillas|pildoras)\b
\b911\b|\bambulan(?:ce|cia)\b|\bmedical emergency\b|\bemergencia medica\b|\bes una emergencia\b|\b(?:its
  |this is|its an|having) an? emergency\b|\b(?:i think |think |feel like )im dying\b|\bi(?:m
  | am) dying\b(?! (?:to|for|of|laughing|over))|\bme estoy muriendo\b|\bme muero\b(?! (?:de (?:risa|ganas
  |hambre|sueno)|por))
\b(?:cant|cannot|can not|couldnt|unable to) (?:feel|move
  |lift) (?:my |the |one |either )?(?:left |right )?(?:arms?|face|hands?|side|body)\b(?! (?:above|over|past
  |behind|up|overhead|all the way|fully|without|much|as))|\bno (?:siento|puedo mover) (?:el |la |mi )?(?:brazo
  |cara|mano|lado)\b
\b(?:lost|losing|loss of|lose) (?:my |all )?(?:vision|sight|eyesight)\b|\b(?:went|going|gone) blind\b
  |\bcant see (?:out of|from|anything|straight|with my|at all)\b|\bdouble vision\b
  |\bvision(?: \w+){0,3} (?:gone|went|lost|double|doubled|blurry|blurred|black)\b|\b(?:blurry|blurred) vision\b
  |\bvision (?:doble|borrosa)\b|\bveo (?:doble|borroso)\b|\bperd\w+ la vista\b
\b(?:left arm|jaw|arm)(?: \w+){0,6} (?:sweat\w*|nausea\w*|jaw|chest|nauseous|clammy)\b|\bbrazo izquierdo\b
  |\bpain(?: \w+){0,3} (?:shooting|radiating|spreading|going|running|down)(?: \w+){0,3} left arm\b
\b(?:not|dont feel|isnt) safe at home\b|\b(?:hitting|beating|abusing|choking) me\b|\bme (?:pega|golpea
  |esta pegando|maltrata)\b
"""
)

_LIMB = r"(?:calf|calfs|calves|calve|legs?|thighs?|shin|lower leg|pantorrillas?|piernas?|muslos?)"
_CLOT_SIGN = (
    r"(?:swoll?en|swell?ing|swelled|swells|swole|puffy|warm|hot|red|redness|purple|throbbing"
    r"|hinchad\w+|hincho|hincha|hinchazon|hinchando|inflamad\w+|inflamo|caliente|roj[oa]s?|enrojecid\w+)"
)

_SWOLLEN = rules(
    r"""
\b<limb>\b[^.?]{0,50}(?<!not )(?<!no )(?<!isnt )(?<!arent )(?<!nor )(?<!without )(?<!sin )(?<!not really )\b<sign>\b
  |\b<sign>\b(?: \w+){0,5} <limb>\b
\b(?:one leg|left leg|right leg|one calf|leg)(?: \w+){0,4} (?:bigger|larger|fatter) than\b
""",
    limb=_LIMB,
    sign=_CLOT_SIGN,
)

_CALF_PAIN = rules(
    r"""
\b(?:calf|calve)(?: (?:is|was|really|still|has|been|feels?|so|very|super|muscle|area|all|a|bit|little|keeps
  |started|new|sharp|bad|some|in|severe|weird)){0,4} (?:pain\w*|hurt\w*|tender\w*|throb\w*|ach\w+|burning
  |killing)\b
\b(?:pain|pains|hurts|hurting|tender\w*|ache|aching|throbbing|burning)(?: \w+){0,4} (?:calf|calve)\b
\b(?:dolor|duele|molesta|arde)(?: \w+){0,4} pantorrilla\b|\bpantorrilla(?: \w+){0,3} (?:duele|dolor|adolorida
  |dura)\b
"""
)

_TODAY = rules(
    r"""
\b(?:blood )?clots?\b|\bdvt\b|\bdeep vein\b|\bpulmonary embol\w+|\bthrombo\w+|\bcoagulos?\b(?! \w*nte)
  |\btrombosis\b
\b(?:saddle|groin|crotch|genital\w*|perine\w+|inner thighs?|between my legs|private(?:s| parts| area)
  |down there|vagina\w*|penis|buttocks?|anus|rectum)(?: \w+){0,5} (?:numb\w*|tingl\w*|no feeling|cant feel
  |feeling)\b
\b(?:numb\w*|tingl\w*|no feeling|cant feel|lost feeling|no sensation)(?: \w+){0,5} (?:saddle|groin|crotch
  |genital\w*|perine\w+|inner thighs?|between my legs|private(?:s| parts| area)|down there|vagina\w*|penis
  |buttocks?|butt|bottom)\b
\b(?:dormid\w+|adormec\w+|entumec\w+|no siento)(?: \w+){0,5} (?:ingle|entrepierna|genital\w*|silla de montar
  |partes|zona intima|nalgas)\b|\b(?:ingle|entrepierna|genital\w*|partes intimas|zona intima
  |nalgas)(?: \w+){0,4} (?:dormid\w+|adormec\w+|entumec\w+)\b
\b(?:lost|losing|lose|loss of|cant|cannot|can not|couldnt|trouble|problems?|difficulty|unable|hard to|issues
  |not able|no control)(?: (?!wait)\w+){0,4} (?:bladder|bowels?|pee|peeing|pees|urinat\w+|urine|poop\w*
  |go to the bathroom|defecat\w+)\b
\b(?:bladder|bowels?)(?: \w+){0,3} (?:control|problems?|issues?|accidents?|changes?|trouble|leak\w*|stopped
  |weird|not working)\b|\bincontinen\w*|\b(?:wet|wetting|peed|peeing|pooped|soiled|soiling|pissed) (?:myself
  |my pants|the bed|my bed)\b
\bno (?:puedo|he podido|logro) (?:orinar|hacer pipi|ir al bano|(?:controlar|aguantar
  |contener) (?:la |mi |los |mis )?(?:vejiga|orina|pipi|esfinter\w*|intestinos?))\b|\b(?:perd\w+|pierdo|sin
  |no tengo) (?:el )?control (?:de|sobre)\b|\bcontrol de (?:la |mi |los )?(?:vejiga|esfinter\w*|intestinos?)\b
  |\bme orin[oe]\b|\bno controlo\b
\b(?:both|my|the) legs(?: (?:are|feel|felt|have|got|gotten|is|been|so|very|really|both|keep|went|just|started
  |suddenly|getting|a|bit|like|theyre|going|all)){0,5} (?:weak\w*|numb\w*|giving (?:out|way)|gave (?:out|way)
  |buckl\w+|give out|wont hold|paraly\w*|heavy and)\b
\b(?:weak\w*|numb\w*|tingling)(?: \w+){0,3} (?:both|my) legs\b|\blegs? (?:gave|giving|gives
  |keeps giving) (?:out|way)\b|\bfoot drop\b|\bleg weakness\b|\bweak legs\b
\b(?:cant|cannot|can not|couldnt|unable to|barely|hardly) (?:even )?(?:walk|stand|stand up|feel my (?:legs?
  |feet|foot|toes)|move my (?:legs?|feet|foot|toes)|lift my (?:foot|leg|feet|legs))\b(?! (?:the|my|dogs?|in
  |there|over|to (?:your|the)|you|up the stairs fast|far|long|as|more|for|up straight|the heat|it|this|your
  |that))
\b(?:weakness|numbness|tingling)(?: \w+){0,4} (?:spread\w*|worse\w*|progress\w+|climbing|moving up
  |more and more)\b|\bgetting (?:weaker|more numb|number)\b|\bprogressive\w* (?:weak\w*|numb\w*)
\b(?:ambas|mis|las|dos) piernas(?: \w+){0,3} (?:debil\w*|dormid\w+|adormec\w+|entumec\w+|no (?:me )?responden
  |fallan|fuerza|flojas)\b|\bdebilidad en (?:las|ambas|mis|las dos) piernas\b|\b(?:adormec\w+|entumec\w+
  |se me duermen|fuerza)(?: \w+){0,4} piernas\b
\bno (?:puedo|siento|logro|puedo ni)(?: \w+)? (?:caminar|mover las piernas|las piernas|los pies|mis piernas
  |mis pies|la pierna|ponerme de pie|pararme)\b
\b(?:hit|hurt|banged|bumped|smashed) my head\b|\bconcuss\w+|\bhead injury\b|\bconmocion\b|\bme (?:golpee
  |pegue)(?: \w+){0,2} (?:la|en la) cabeza\b
\b(?:heart|pulse)(?: \w+){0,3} (?:racing|pounding|skipping|flutter\w*|irregular|beating (?:fast|hard
  |irregular\w*|out|weird))\b|\b(?:racing|irregular|pounding) (?:heart|heartbeat|pulse)\b|\bpalpit\w+
  |\bcorazon(?: \w+){0,3} (?:acelerad\w+|rapido|fuerte|irregular)\b
\b(?:stiff neck|neck is stiff|cuello rigido)\b[^.?]{0,40}\b(?:fever|fiebre)\b|\b(?:fever
  |fiebre)\b[^.?]{0,40}\b(?:stiff neck|cuello rigido)\b
\bblood in (?:my |the )?(?:urine|stool|pee|poop)\b|\bsangre en (?:la |las )?(?:orina|heces)\b|\bred streaks?\b
"""
)

_HOLD = rules(
    r"""
\bnight sweats?\b|\bsudor(?:es)? nocturn\w+
\b(?:lost|losing|dropped|losin)\b[^.?]{0,40}\b(?:weight|pounds|lbs|kilos|kg)\b[^.?]{0,60}\b(?:without
  |unexplained|no reason|not trying|dont know why|trying|no idea|reason|cant explain|unintentional\w*
  |accident\w*)\b
\b(?:unexplained|unintentional|unintended|sudden) weight (?:loss|drop)\b
  |\bweight loss\b[^.?]{0,40}\b(?:unexplained|without|reason|not trying)\b|\b(?:perdid[oa]|perdiendo|bajado
  |bajando|perdi|baje)\b[^.?]{0,30}\b(?:peso|kilos|libras)\b[^.?]{0,50}\b(?:sin|razon|motivo|que|porque)\b
  |\bperdida de peso (?:sin|inexplica\w+|repentina)\b
\b(?:pain|ache|hurts?|hurting|throbbing|it)(?: \w+){0,6} (?:wakes|waking|woke|wake|awakens?|keeps? waking) me\b
  |\b(?:wakes|waking|wake|woke|woken) (?:me )?(?:up )?(?:\w+ ){0,5}(?:pain|hurting)\b|\b(?:night ?time
  |night) pains?\b|\bworse at night\b|\b(?:constant|severe|bad|terrible|awful|deep) (?:\w+ ){0,3}pain at night\b
\bdolor(?: \w+){0,5} (?:de noche|por la noche|en la noche|por las noches|me despierta|nocturno)\b
  |\bme despierta(?: \w+){0,3} (?:dolor|noche)\b|\bdolor nocturno\b
\b(?:unremitting|unrelenting|unbearable|excruciating|intolerable|agony|agoni[sz]ing)\b|\b(?:insoportable
  |intolerable|inaguantable)\b|\bworst pain (?:of my life|ever|ive ever|i have ever|in my life)\b
  |\bpeor dolor de mi vida\b
\b(?:cancer|tumou?r|metasta\w+|lymphoma|leukemia)\b[^.?]{0,60}\b(?:pain\w*|hurt\w*|lump|back|spread|grew
  |growing|came back|returned)\b|\b(?:pain\w*|lump|hurt\w*)\b[^.?]{0,60}\b(?:cancer|tumou?r|metasta\w+
  |chemo\w*)\b|\bcancer\b[^.?]{0,40}\bdolor\b|\bdolor\b[^.?]{0,40}\bcancer\b
"""
)

_FEVER = re.compile(r"\b(?:fevers?|feverish|fiebre|calentura|chills|temp(?:erature)? of 10\d)\b")
_BACK_PAIN = rule(
    r"""
\b(?:back|spine|spinal|espalda|columna)\b[^.?]{0,30}\b(?:pain\w*|hurt\w*|ach\w+|killing|sore|worse|duele
  |dolor)\b
\b(?:pain\w*|hurt\w*|ach\w+|dolor|duele)\b[^.?]{0,25}\b(?:back|spine|espalda|columna)\b|\bback ?ache\b
"""
)
_BRITTLE = re.compile(r"\bosteopor\w+|\bbrittle bones?\b")
_TRAUMA = re.compile(
    r"\b(?:fell|fall|fallen|tripped|slipped|accident|crash|hit|injur\w+|cai|caida|caid[oa]|golpe|golpee|accidente)\b"
)

TOGETHER: tuple[tuple[Grade, tuple[re.Pattern[str], ...]], ...] = (
    ("hold", (_FEVER, _BACK_PAIN)),
    ("hold", (_BRITTLE, _TRAUMA)),
)
"""Signs that count only together, in one text."""

SIGNS: tuple[Sign, ...] = (
    *(Sign("emergency_988", words) for words in _SELF_HARM),
    *(Sign("emergency_911", words) for words in _EMERGENCY),
    *(Sign("urgent_care", words) for words in _SWOLLEN),
    *(Sign("urgent_care", words, weak=True) for words in _CALF_PAIN),
    *(Sign("urgent_care", words) for words in _TODAY),
    *(Sign("hold", words, weak=True) for words in _HOLD),
)
