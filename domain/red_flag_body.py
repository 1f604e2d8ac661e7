"""Words of an emergency of the body: heart, breath, stroke, allergy, fainting, bleeding, poisoning."""

from domain.reply_rules import rules

EMERGENCY = rules(
    r"""
\bchest\b(?! (?:muscles?|press\w*|openers?|stretch\w*|fly|flies|day|workout|exercises?))(?: \w+){0,6} (?:pain(?:s
  |ful|ing|ed)?
  |hurt(?:s|ing|ed)?|ach(?:e|es|ed|ing|y)|pressure|tight(?:ness|er|ened|ening|ens)?|heavy|squeez\w+|discomfort|crushing|stabbing)\b|\b(?:sweat\w*
  |clammy)\b[^.?]{0,40}\bchest\b|\bhurts?(?: \w+){0,5} (?:breathe?|breathing|inhale|deep breath)\b
\b(?:finding|find|forming|form|getting) (?:my |the |any )?words\b(?! to (?:thank|describe))|\b(?:lost|loss of|losing
  |no) (?:all |any )?(?:feeling|sensation|strength|movement|use)(?: \w+)? (?:in|of)(?: \w+){0,3} (?:arms?|hands?|legs?
  |foot|feet|face|side)\b
\b(?:blurr\w*|cant see)\b[^.?]{0,40}\bsudden\w*|\bsudden\w*\b[^.?]{0,30}\b(?:blurr\w*|cant see)
  |\bfell\b[^.?]{0,30}\bcant get up\b|\bblack (?:and )?tarry\b|\bbleeding\b[^.?]{0,40}\b(?:wont|not|doesnt
  |cant get it to) stop\w*|\bparal[iy][sz]ed\b
\b(?:dolor|dolores|presion|molestia)(?: \w+){0,6} pecho\b|\bpecho(?: \w+){0,4} (?:oprimid\w|apretad\w|pesad\w|duro)\b
  |\bcorazon\b(?: \w+){0,4} (?:sale|brinca|salta|revienta)\b|\brespirar me (?:cuesta|duele)|\bno (?:jalo|agarro|tomo
  |alcanzo)(?: \w+)? aire\b|\b(?:siento|siento como|me siento) ahog\w+
\b(?:cara|boca|sonrisa)(?: \w+){0,3} (?:de lado|torcid\w|chuec\w|no se mueve)\b|\bno (?:puedo
  |logro) mover(?: \w+){0,4} (?:cuerpo|lado|brazo|mano|cara)\b|\bno puedo (?:levantar
  |mover)(?: \w+){0,3} brazo\b[^.?]{0,20}\bde repente\b|\bse me paraliz\w+|\b(?:hormigueo|adormecid\w
  |entumid\w)(?: \w+){0,5} lado (?:izquierdo|derecho)
\bperd\w+ (?:la |el )?(?:vision|vista|sentido|conocimiento)\b|\binconsciente\b|\b(?:de pronto
  |de repente)\b[^.?]{0,20}\bno veo\b|\bse me nubl\w+ la vista\b|\b(?:orin\w+|hago popo|popo|heces|defec\w+
  |evacu\w+)(?: \w+){0,2} sangre\b
\bdolor(?: \w+){0,3} de cabeza\b[^.?]{0,50}\b(?:peor|de mi vida|repentin\w+|subit\w+|insoportable|horrible|jamas)\b
  |\bel peor de mi vida\b|\bmedio cuerpo\b|\bmitad (?:del|de mi|de la) (?:cuerpo|cara)\b
\bturning blue\b|\blips? (?:are |is )?blue\b|\bsudden(?:ly)? (?:\w+ )?(?:confus\w+|dizz\w+|weak(?:ness|er|ened
  |ening)?|numb(?:ness|ing|ed)?|disoriented
  |vision|cant (?:see|talk|speak|walk|move))\b|\bcant (?:speak(?! (?:right now|to|with|at|for|up|on|now|because
  |today|until|about|when|while
  |highly|english|spanish|ingles|espanol|much|any|a word|the language|good|well enough))|get (?:my |the )?words out
  |(?:talk|speak) (?:right(?! (?:now|this|at|away|then|here))|properly
  |straight|clearly|normally))\b|\bdisoriented\b
\b(?:arm|hand)(?: \w+){0,2} (?:went|gone|suddenly|is going) (?:\w+ )?(?:weak|limp|dead|numb)\b
  |\bde repente\b[^.?]{0,30}\b(?:debil|adormec\w+|confund\w+|mareo|no veo|dormid\w)\b|\bhearing voices\b
\bchest(?! (?:muscles?|press|press(?:es)|openers?|stretch\w*|wall|fly|flies|day)\b)(?: (?:is|was|has|feels?|felt|just
  |really|still|been|area|keeps|kind|sort|of|a|bit|little|started|starting|very|super|so|all|getting|got|an?|like
  |weird|some)){0,5} ?(?:pain(?:s|ful|ing|ed)?|hurt(?:s|ing|ed)?|ach(?:e|es|ed|ing|y)|pressure|tight(?:ness|er|ened
  |ening|ens)?|heavy|heaviness|squeez\w+|burning|discomfort
  |crushing|stabbing|elephant|pounding|killing)\b
\b(?:pain|pains|pressure|tightness|tight|heaviness|heavy|burning|squeezing|ache|aching|hurt(?:s|ing|ed)?|discomfort|stabbing
  |crushing|sharp)(?: (?!muscle|to)\w+){0,4} (?:chest|heart)\b(?! (?:muscles?|stretch\w*|openers?|press|wall)\b)
\bheart attack|\bcardiac\b|\bhearth? (?:hurts|attack|stopped)\b|\bangina\b|\binfarto|\bataque (?:al|de
  |cardiaco)(?: corazon)?\b
\b(?:dolor|dolores|presion|opresion|molestia|punzada|punzadas|apretado)(?: \w+){0,3} (?:pecho|corazon)\b
  |\bpecho(?: \w+){0,3} (?:duele|aprieta|apretado|oprimid\w+|dolor|pesado|arde)\b
\b(?:duele|aprieta|oprime|arde|molesta)(?: \w+){0,3} (?:pecho|corazon)\b
\b(?:cant|cannot|can not|cant even|couldnt|could not|hard to|harder to|difficult to|struggl\w+ to|struggling with
  |trouble|difficulty|difficulties|hardly|barely|unable to|hurts to|hurts when i|painful to|problems?|labou?red
  |shallow|hard time|issues)(?: (?!stop|wait|get|make)\w+){0,2} breath\w*\b
\bshort(?:ness)? (?:of|on|in) (?:my )?breath\w*|\b(?:out|loss) of breath\b|\bbreathless\w*|\bgasping\b
  |\bnot breathing\b|\bsuffocat\w+|\bchoking\b|\bcatch my breath\b|\bwheez\w+|\bwinded\b
\bno (?:puedo|podia|logro|alcanzo a|estoy|consigo) (?:casi |bien )?respir\w+
  |\bfalta(?:ndo)? (?:de |el |la |del )?(?:aire|aliento|respiracion)|\b(?:me )?cuesta (?:mucho |trabajo )?respirar
  |\bdificult\w+ (?:(?:para|al|de|el|mucho) )?respirar
\bsin (?:aliento|aire)\b|\bme (?:estoy )?(?:ahogo|ahogando|asfixi\w+)\b|\brespir\w+ (?:con dificultad|mal)\b
  |\bproblemas? (?:para|al|de) respirar
\b(?:face|mouth|smile|eyelid|lip)(?: \w+){0,4} (?:droop\w*|numb(?:ness|ing|ed)?|dropp\w+|sagg\w+|paraly\w*|crooked
  |lopsided)\b
  |\b(?:droop\w*|paraly\w+|lopsided)(?: \w+){0,4} (?:face|mouth|smile|side)\b|\bfacial (?:droop\w*|numb(?:ness|ing
  |ed)?|paraly\w*)
\b(?:numb(?:ness|ing|ed)?|tingl\w+|weak(?:ness|er|ened|ening)?)(?: \w+){0,4} (?:face|one side|right side|left side
  |half of my body)\b|\b(?:one|left
  |right) side(?: \w+){0,5} (?:numb(?:ness|ing|ed)?|weak(?:ness|er|ened|ening)?|paraly\w*|droop\w*)\b
  |\bhalf (?:of )?my (?:face|body)\b
\bslurr\w+|\bslured\b|\bwords (?:are )?(?:\w+ )?(?:coming out|come out|came out) (?:wrong|weird|jumbled|funny)\b
  |\b(?:trouble|difficulty|problems?) (?:speaking|talking|forming words)\b|\bspeech (?:\w+ ){0,2}(?:off|weird|funny
  |garbled|slow)\b|\bgarbled\b
\b(?:a|having|had|mini|another|like|possible|the) (?:mini |small |minor |light |mild )?(?:stroke|stoke)\b(?! of)
  |\bstroke symptoms?\b
  |\bstroke like\b|\b(?:a|had|mini) tia\b|\bderrame\b|\bembolia\b|\baccidente cerebro\w+|\baneurysm\w*|\baneurisma\b
\bcara(?: \w+){0,4} (?:caida|torcida|dormida|adormecida|paralizada|chueca|entumecida|cae|durmio|adormece|tuerce
  |colgando)\b|\b(?:se me )?(?:paraliz\w+|adormec\w+|durmio|cayo|torcio|entumec\w+)(?: \w+){0,3} (?:cara|boca|lado)\b
  |\bmedia cara\b|\bboca (?:torcida|chueca)\b
\bno puedo hablar(?: bien)?$|\bno puedo hablar bien\b|\b(?:hablo|hablar|habla|hablando) (?:raro|arrastr\w+
  |con dificultad|enredado)\b|\barrastr\w+ las palabras\b|\bse me (?:traba|enreda)\w* la lengua\b
  |\bdificultad para hablar\b
\b(?:worst|sudden|suddenly|thunderclap|explosive|blinding|excruciating)(?: \w+){0,3} (?:headaches?|head ache|migraine
  |head pain|head)\b(?! massage)|\b(?:headache|head ache|migraine|head hurts)(?: \w+){0,6} (?:of my life|ever had
  |ive had|in my life|ever|out of nowhere|suddenly)\b
\bpeor (?:dolor|migrana|jaqueca)(?: de cabeza)?\b|\bdolor de cabeza(?: \w+){0,5} (?:de mi vida|repentin\w+|subit\w+
  |insoportable|horrible|de repente|nunca)\b
\bfaint(?:ed|ing|s)?\b(?! (?:smell|line|memory|scar|bruise|mark|music|sound))|\b(?:pass|passed|passing|black|blacked
  |blacking) out\b|\b(?:lost|losing|lose) consciousness\b|\bunconscious\b|\bi collapsed\b
  |\bcollapsed\b(?! on the (?:couch|bed))|\bknocked out cold\b
\bdesmay\w+|\b(?:perdi|perder|perdio|pierdo) (?:el |la )?(?:conocimiento|conciencia|consciencia)\b|\bme desvaneci\w*
\bseizures?\b|\bconvuls\w+|\b(?:cough|vomit|throw|spit|puk|hack|pee|peeing|poop)\w*(?: up| out)? (?:\w+ )?blood\b
  |\b(?:wont|doesnt|cant|hasnt|not) stop(?:ped)? (?:the )?bleeding\b|\bbleeding (?:heavily|a lot|badly|wont stop
  |and it wont stop|out|nonstop)\b
\b(?:vomit\w*|tos\w*|escup\w*)(?: \w+)? sangre\b|\bsangrado (?:abundante|que no para)\b|\bno (?:deja
  |para) de sangrar\b
\bthroat(?: \w+){0,3} (?:closing|closed|swelling|swollen shut|tightening|swelled)\b|\b(?:tongue|lips?
  |face)(?: \w+){0,3} (?:swelling|swollen|swelled|hinchad\w+)\b|\banaphyl\w+|\ballergic reaction\b
  |\breaccion alergica\b|\b(?:cierra|cerrando|cierre)(?: \w+){0,2} garganta\b
\boverdos\w+|\bsobredosis\b|\btook (?:too many|a bunch of|all (?:of )?my|a whole bottle of
  |way too many) (?:\w+ )?(?:pills?|meds|medication|ibuprofen|tylenol|oxy\w*)\b|\btome (?:demasiadas|muchas
  |todas (?:mis|las)) (?:pastillas|pildoras)\b
\b911\b|\bambulan(?:ce|cia)\b|\bmedical emergency\b|\bemergencia medica\b|\bes una emergencia\b|\b(?:its|this is
  |its an|having) an? emergency\b|\b(?:i think |think |feel like )im dying\b|\bi(?:m| am) dying\b(?! (?:to|for|of
  |laughing|over))|\bme estoy muriendo\b|\bme muero\b(?! (?:de (?:risa|ganas|hambre|sueno)|por))
\b(?:cant|cannot|can not|couldnt|unable to) (?:feel|move|lift) (?:my |the |one |either )?(?:left |right )?(?:arms?
  |face|hands?|side|body)\b(?! (?:above|over|past|behind|up|overhead|all the way|fully|without|much|as))
  |\bno (?:siento|puedo mover) (?:el |la |mi |un |una )?(?:brazo|cara|mano|lado)\b
\b(?:lost|losing|loss of|lose) (?:my |all )?(?:vision|sight|eyesight)\b|\b(?:went|going|gone) blind\b
  |\bcant see (?:out of|from|anything|straight|with my|at all)\b|\bdouble vision\b|\bvision(?: \w+){0,3} (?:gone|went
  |lost|double|doubled|blurry|blurred|black)\b|\b(?:blurry|blurred) vision\b|\bvision (?:doble|borrosa)\b
  |\bveo (?:doble|borroso)\b|\bperd\w+ la vista\b
\b(?:left arm|jaw|arm)(?: \w+){0,6} (?:sweat\w*|nausea\w*|jaw|chest|nauseous|clammy)\b|\bbrazo izquierdo\b
  |\bpain(?: \w+){0,3} (?:shooting|radiating|spreading|going|running|down)(?: \w+){0,3} left arm\b
\b(?:peso|piedra|ladrillo|elefante|losa|nudo|plomo)(?: \w+){0,3} (?:en|sobre) el pecho\b|\bchest(?: \w+){0,5} (?:funny
  |weird|strange|off|killing|fluttery|sore and|weight|brick|numb|on fire)\b(?! muscles)|\b(?:weight|elephant|someone
  |somebody|something|brick|truck|sitting|standing|rock|stone|lead|pressing|squeez\w+)(?: \w+){0,3} (?:on|in|across
  |over) (?:my |the )?chest\b
\b(?:its|is|mostly|now|hurts|feel it|also|pain) (?:in|across|behind|under) (?:my |the )?(?:chest|breastbone|sternum)\b
  |\bchest\b[^.?]{0,40}\b(?:left arm|jaw|down my arm|arms?|shoulder blade|sweat\w*|nause\w*|clammy|dizzy)\b|\b(?:chst
  |ches) pain\b|\bchest p(?:ia|ai|an)n?\b
\bleft (?:arm|hand|shoulder)(?: \w+){0,4} (?:heavy|numb|tingl\w*|weak|limp|dead|useless)\b(?! (?:since
  |from) (?:surgery|lifting))|\b(?:cold sweats?|clammy|sudor frio|sudores frios|sudo frio
  |sudando frio)\b[^.?]{0,40}\b(?:arm|jaw|chest|nause\w*|pecho|brazo|quijada|mandibula|mareo|mareada|dolor|dizz\w+)\b
  |\b(?:arm|jaw|chest|nause\w*|pecho|brazo|quijada|mandibula|mareo|dolor)\b[^.?]{0,40}\b(?:cold sweats?|clammy
  |sudor frio|sudo frio|sudando frio)\b
\bheart\b(?: \w+){0,6} (?:explode|burst|pop(?:ping)? out|jump\w* out|stopping|stops|giving out|failing)\b|\b(?:hand
  |arm) (?:suddenly )?(?:wont|stopped|isnt|doesnt|not|quit) (?:work\w*|mov\w+|respond\w*|listen\w*)\b
\b(?:cant|cannot|can not|couldnt|not|hard to|barely|unable to|never|hardly|tough to|struggling to)(?: \w+)? (?:get
  |getting|take|taking|catch|draw|pull|suck)(?: \w+){0,4} (?:breaths?|breathe|air|oxygen)\b(?! (?:conditioning
  |mattress|fryer|filter))
\b(?:breathing|breath|breaths|breathe)(?: \w+){0,2} (?:is|are|has been|feels?|got|gets|getting|gotten|seems|became|so
  |really|very|super)(?: \w+){0,2} (?:hard|harder|difficult|worse|bad|shallow|heavy|funny|weird|off|labou?red|painful
  |tight|short|scary|rough|tough)\b|\bheavy breathing and\b|\bstab\w*(?: \w+){0,4} (?:breathe?|breathing)\b
\b(?:cuesta|costando|costado|costo|batallo|batallando|trabajo|esforzarme|dificil|dificultad)(?: \w+){0,3} respirar\b
  |\bno me (?:entra|llega|pasa|alcanza)(?: \w+){0,3} (?:aire|respiracion|aliento)\b|\bse me (?:va|corta|acaba
  |esta yendo|fue|cierra)(?: \w+)? (?:aire|respiracion|aliento|pecho)\b|\brespir\w+(?: \w+){0,2} (?:con dificultad|mal
  |dificil|agitad\w|entrecortad\w|poquito|cortit\w)\b
\b(?:tongue|lips?|throat|airway|lengua|labios?|garganta)(?: \w+){0,4} (?:swell(?:ing|ings|ed|s)?|swoll?en|swole
  |puff(?:y|ed|ing|iness)?|fat|fatter
  |thick(?:er|ened)?|big|bigger|huge|tight(?:ness|er|ened|ening|ens)?|clos(?:e|es|ed|ing)|numb and|hinch\w+
  |inflam\w+|cierr\w+|cerr\w+|apriet\w+)\b|\b(?:swell(?:ing|ings|ed|s)?
  |swoll?en|puffy|puff(?:y|ed|ing|iness)? up|hinch\w+|inflam\w+|cierr\w+|cerrando|thick|fat)(?: \w+){0,4} (?:tongue
  |lips?|throat
  |lengua|labios|garganta|cara)\b|\bface(?: \w+){0,3} (?:swelling|swelled|swollen|swole|ballooning|puffing)\b
  |\bcara(?: \w+){0,3} hinch\w+
\b(?:hard|difficult|trouble|cant|cannot|unable|couldnt|painful|no puedo|me cuesta|cuesta) (?:to |\w+ )?(?:swallow\w*
  |tragar|pasar saliva)\b(?! (?:the|that) (?:price|cost|bill))|\bepi ?pen\b|\bhives (?:all over|everywhere)\b
  |\b(?:ronchas|urticaria)\b[^.?]{0,30}\b(?:aire|respir\w+|hinch\w+|garganta)\b
\b(?:face|mouth|smile|eyelid|cheek|side of (?:my|her|his|the) face)(?: \w+){0,4} (?:hang(?:s|ing)?|slack|frozen
  |froze|(?:slid|slide|slides|sliding)
  |slipp\w+|not moving|wont move|wont work(?: right)?|isnt working|doesnt move|feels? (?:weird|funny|dead|heavy)|dead
  |pulled to)\b(?! (?:lol|haha|out))|\b(?:face|mouth) (?:cradle|rest)\b(?!)
\b(?:she|he|hes|shes|im|i am|says im|says i am|i was|was) (?:\w+ )?(?:not|isnt|wasnt
  |arent) making (?:any )?sense\b(?! (?:of|about))|\b(?:talking|speaking|speech|words|voice)(?: \w+){0,3} (?:gibberish
  |nonsense|jumbled|mush\w*|garbled|slur\w*|thick|wrong|funny|weird|mixed up|not coming out)\b|\b(?:no me salen
  |se me traban|no encuentro)(?: \w+)? palabras\b|\bno se (?:me|le) entiende\b|\bno me entienden (?:cuando|lo que
  |al) habl\w+|\b(?:hablo|hablando|habla|hablar)(?: \w+)? (?:raro|enredad\w|arrastrad\w|trabad\w|mal de repente)
\b(?:see|seeing|sees) (?:double|two of everything|black spots and)\b|\b(?:cant|cannot|couldnt|unable to) see (?:out of
  |from|with|through) (?:\w+ )?(?:one|left|right|my|an) ?(?:\w+ )?eyes?\b|\beverything (?:went|goes|is going
  |turned) (?:black|dark|blurry)\b|\bno veo (?:nada )?(?:de|por|con|bien de) (?:un|el|mi|uno de mis) ojos?\b
  |\bojo(?: \w+){0,2} no ve\b|\bcurtain (?:over|in) my eye
\b(?:left|right|one|whole) side(?: \w+){0,6} (?:numb(?:ness|ing|ed)?|weak(?:ness|er|ened|ening)?|paraly\w*|limp
  |dead|not (?:moving|working|responding)
  |wont (?:move|work)|no feeling|cant move|heavy)\b|\b(?:numb(?:ness|ing|ed)?|weak(?:ness|er|ened|ening)?|paraly\w*
  |cant move|cant feel
  |no feeling)(?: \w+){0,5} (?:left|right|one|whole) side\b
\blado (?:derecho|izquierdo|del cuerpo)\b[^.?]{0,30}\b(?:dormid\w|durmi\w+|adormec\w+|debil|paraliz\w+
  |no (?:me )?(?:responde|siento|puedo)|sin fuerza|entumec\w+|caid\w|cae|chuec\w)\b|\b(?:durmio|duerme|adormecio
  |paralizo|siento|mover|fuerza)(?: \w+){0,4} (?:lado (?:derecho|izquierdo)|medio cuerpo|media cara|mitad (?:de|del)
  |un lado)
\b(?:brazos?|manos?)(?: \w+){0,4} (?:no (?:me )?(?:tiene|responde|tengo|puedo mover|sirve)|sin|perdi\w*
  |debil)(?: \w+)? ?(?:fuerza|$|de repente|mover|responde)\b|\b(?:perd\w+|sin|no tengo
  |no tiene)(?: la)? fuerza(?: \w+){0,3} (?:brazo|mano|lado)\b
\b(?:head|headache|migraine|cabeza)\b[^.?]{0,40}\b(?:thunder\w*|lightning|bolt|trueno|relampago|rayo|explot\w+
  |explod\w+|de golpe|out of nowhere|came on (?:suddenly|fast)|blinding)\b|\b(?:peor|worst)(?: \w+){0,2} (?:head
  |cabeza|migraine|jaqueca)
\bsangre (?:al|cuando|si) (?:tos\w+|vomit\w+|escup\w+)|\bblood (?:when|every time|whenever|if|as) i (?:cough(?:s|ed
  |ing)?|spit
  |vomit|throw|puke)|\bwoke up on the (?:floor|ground)\b|\b(?:found|came to) (?:myself )?on the floor\b
  |\bno (?:me )?recuerdo (?:haberme )?ca(?:i|er)\w*
\b(?:took|taken|swallowed|taking|ate|downed|had|tome|tomado|trague|tomando)(?: \w+){0,4} (?:bottle|handful|bunch
  |too many|too much|whole|entire|all|frasco|bote|punado|todas|muchas|demasiad\w+|todo el)(?: \w+){0,4} (?:pills?
  |meds?|medications?|medicines?|tablets|pastillas|pildoras|tylenol|advil|ibuprofen|aspirin\w*|oxy\w*|percocet|xanax
  |ambien|sleeping|opioids?|medicinas?|medicamentos?|completo|entero|gabapentin|muscle relaxers)\b
  |\bfrasco (?:completo|entero) de\b|\b(?:tome|tomado|trague)(?: \w+){0,3} frasco (?:completo|entero)
"""
)

ANYBODY = rules(
    r"""
\b(?:he|she|they|hes|shes|it|and|who|[a-z]{3,})(?<!just)(?<!hope)(?<!really) (?:wont|isnt|will not|is not|cant|doesnt
  |not|couldnt|didnt) (?:\w+ )?(?:wake up|waking up|respond(?:ing)?|breathe|breathing|have a pulse)\b(?! (?:to (?:my
  |the|texts?|calls?|emails?)|well|until|early|from|before|heavy|in))
\b(?:tirad\w|en el (?:piso|suelo)|desplom\w+)(?: \w+){0,4} no (?:responde|contesta|reacciona|se mueve|respira)\b
  |\b(?:couldnt|cant|could not) wake (?:me|him|her|them)\b|\bunresponsive\b|\bfacedown on the floor\b
  |\bno (?:despierta|reacciona|respira)\b(?! (?:bien|mejor))|\bcall 911\b
  |\bllam(?:en|e|a) al 911\b
"""
)
"""Said of anybody near: whoever does not wake up needs the ambulance, client or not."""
