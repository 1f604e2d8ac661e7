"""What the screening question asks for: news that a therapist must clear, and everyday ailments; both languages."""

from domain.reply_rules import rules

CONTRAINDICATIONS = rules(
    r"""
\b(?:blood ?thinn?ers?|thinners|anti ?coagulan\w+|eliquis|apixaban|warfarin|coumadin|xarelto|rivaroxaban
  |heparin|lovenox|plavix|clopidogrel|pradaxa|diluyente|adelgaza\w+ (?:de )?(?:la )?sangre)\b
\b(?:just|had|having|scheduled|getting|going in for|going for|recent|recently|emergency|yesterday|after my
  |recovering from|post|need|needs) (?:\w+ ){0,4}(?:surgery|surgeries|operation|hip replacement
  |knee replacement|c section)\b
\bsurgery (?:yesterday|today|last week|this week|last month|on|next|tomorrow|is|was|scheduled|went)\b
\bi was operated\b
\b(?:me operaron|me van a operar|me opere|tuve (?:una )?(?:cirugia|operacion)|recien operad[oa]|cirugia (?:ayer
  |la semana|el|manana))\b
\b(?:broke|broken|fractured|fracture|cracked|fracturad[oa]|rompi|quebre|fracture|fractura|fracturas|me rompi
  |me quebre|me fracture)(?: (?:in|my|a|the|of|el|la|un|una|en|de|mi|two|three|some|left|right|los|las|hairline
  |stress)){0,4} (?:ankle|wrist|arm|leg|foot|toe|toes|finger|hand|rib|ribs|hip|collarbone|collar bone|nose
  |elbow|shoulder|back|neck|bone|bones|vertebra\w*|tobillo|muneca|brazo|pierna|pie|dedo|costilla|costillas
  |cadera|clavicula|hueso|mano)\b
\bfractur\w+
\b(?:im|i am|i might be|might be|found out im|found out i am|may be|am|just found out|now|weeks
  |months) pregnan\w+
\bpregnant\b|\bpregnancy test\b|\b(?:estoy|salgo|sali|quede) embarazada\b|\bembarazada\b
\b(?:high|uncontrolled|really high|spik\w+|elevated) (?:blood pressure|bp)\b
\b(?:blood pressure|bp) (?:\w+ ){0,4}(?:high|spik\w+|through the roof|up|uncontrolled|crazy)\b
\bpresion (?:\w+ ){0,3}(?:alta|altisima|descontrolada)\b|\bhypertensi\w+
\b(?:car|bike|motorcycle|auto) (?:accident|crash|wreck)\b|\brear ?ended\b
\baccidente (?:de|en) (?:carro|coche|auto|moto)\b
\b(?:diagnosed|diagnosticaron|diagnosis|diagnostico)\b[^.?]{0,30}\b(?:cancer|tumou?r|lymphoma|leukemia|heart
  |cancer)\b
\b(?:have|got|tengo|started|starting|doing|having|on|empece|empiezo) (?:\w+ )?(?:cancer|chemo(?:therapy)?|radiation
  |quimio\w*|radioterapia)\b
\b(?:found|have|got|noticed|feel|encontre|tengo) (?:a|an|una?) (?:\w+ )?(?:lump|tumou?r|bulto|bolita)\b
\bpacemaker\b|\bmarcapasos\b|\bdefibrillator\b
"""
)

NEWS = rules(
    r"""
\b(?:fevers?|feverish|chills|flu|influenza|covid|coronavirus|strep|pneumonia|bronchitis|norovirus|shingles|cellulitis
  |mrsa|staph infection|scabies|ringworm|impetigo|pink ?eye|stomach (?:bug|flu|virus)|sore throat|food poisoning
  |chicken ?pox
  |mono(?:nucleosis)?(?! y)|measles|mumps|hives|lice)\b(?! (?:shot|shots|jab|vaccine|season|clinic|years?)\b)
\b(?:temp(?:erature)?|fever)(?: \w+){0,3} (?:99|10[0-5])(?:\.\d)?\b|\b(?:have|had|got|running|with|ran) (?:a |an
  |this )?(?:\w+ )?temp(?:erature)?\b
\b(?:vomit|vomits|vomiting|vomited|puking|puked|throwing up|threw up|thrown up|diarrhea|nauseous|nauseated|nausea)\b
\b(?:infection|infections|infected|contagious|abscess|sepsis|open (?:skin|sores?|wounds?|cuts?)|stitches)\b
\b(?:have|having|got|caught|catching|catch|with|fighting|getting|coming down with|came down with|come down with
  |caught)(?: (?:a|the|this|some|bad|nasty|slight|head|chest|terrible|awful|another|kind of)){0,3} (?:cold|virus|bug)
  \b(?! (?:pack|shower|room|drink|day|water|weather|outside|hands|feet|front|spell|brew|plunge))
\b(?:im|i am|been|was|is|feel|feeling|felt|got|getting|woke up|so|really|very|still|home|little|bit|pretty|super|too
  |calling in|called in|out)(?: so| really| very| still| pretty| too| super| a little| home)* (?:sick|ill|unwell)\b
  (?! (?:of|and tired|leave|days?|to (?:death|see|hear)))|\b(?:come|came|coming|comes) down with\b
\b(?:tested|testing|test came back) positive\b|\bpositive for\b|\bpositive test\b
\b(?:rash|rashes|break(?:ing)? out in|broke out in|poison (?:ivy|oak)|blisters?|boils?|cold sores?|burned my|burnt my
  |sunburn|sunburned|sunburnt|ringworm|bug bites?|tick bite|spider bite|dog bite)\b
\b(?:swelling|swelled|swells|swollen|swole|puffed up|edema)\b
\b(?:numbness|numb|tingling|tingly|tingles?|pins and needles|dizzy|dizziness|lightheaded|vertigo|burning up
  |lost (?:feeling|sensation)|no feeling in|cant feel my)\b
  (?! (?:to the|with (?:boredom|joy)))
\b(?:pregnant|pregnancy|expecting a baby|baby is due|miscarriage|miscarried|postpartum)\b
\b(?:started|starting|start|began|on|new|changed|switched|taking|take|prescribed|gave me|put me on|got|getting|finish
  |finishing|increased|upped|added|need|picked up)(?: (?:a|an|the|some|me|my|to|on|taking|new|different|another|of|round
  |course|strong|high|low|dose|blood pressure|bp|heart|pain|thyroid|nerve|antidepressant|anxiety|cholesterol
  |allergy|asthma|sleep|presure|stomach|daily
  |prescription|kind|type|two|three|couple)){0,5} (?:meds|medication|medications|medicine|medicines|med
  |antibiotics?|prednisone|steroids?|prescription|prescriptions
  |painkillers?|insulin|statins?|ozempic|metformin|lisinopril|gabapentin|opioids?|oxycodone|percocet|norco|tramadol
  |muscle relaxers?|muscle relaxants?|pills?|antidepressants?|zoloft|lexapro|accutane|chemo|chemotherapy|radiation
  |injections?|shots? in my|cortisone|botox|methotrexate|amoxicillin|meloxicam|naproxen)\b(?! ball)
\b(?:antibiotics|prednisone|cortisone|chemo|chemotherapy|blood thinners?|anticoagulants?|methotrexate)\b
\b(?:surgery|surgeries|surgical|operation(?! hours)|biopsy|colonoscopy|root canal|tooth (?:pulled|extracted)
  |wisdom (?:teeth|tooth)|c section|hysterectomy|appendix|stent|pacemaker|catheter|a procedure|port put in
  |hernia|miscarriage|epidural|nerve block)\b
\b(?:fracture|fractures|fractured|concussion|dislocated|whiplash|torn|tore|sprained|herniated|slipped disc|ruptured)\b
\b(?:broke|broken|cracked|busted)(?: (?:my|a|the|his|her|two|some|left|right|big|little|of|\d)){1,4} (?:ankle|wrist|arm
  |leg|foot|toes?|fingers?|hand|ribs?|hip|collar ?bone|nose|elbow|shoulder|back|neck|bones?|tail ?bone|knee)\b
  |\bbroken (?:bones?|ribs?|toe|foot|ankle|wrist|arm|leg|finger|hip)\b
\b(?:i|ive|we|just|and|have|had) (?:just |recently |also |kind of |badly |really )*(?:fell|fallen|slipped|tripped)
  (?: \w+)? (?:off|down|on|and|out|at|in|over|yesterday|last|today|this|from|hard|again)\b
  (?! (?:love|asleep|behind|schedule))
\b(?:car|bike|motorcycle|auto|bad) (?:accident|crash|wreck)\b|\b(?:was|been|got) (?:in|into) (?:an|a) (?:\w+
  )?(?:accident|crash|wreck)\b
\b(?:blood clots?|clots?|dvt|thrombosis|phlebitis|embolism|high blood pressure|blood sugar|diabetes|lymphedema)\b
\b(?:diagnosed with|just diagnosed|diagnosed me|diagnosis of)\b|\b(?:been|was|am|im|got|were|just) (?:in the
  |in|hospitalized|admitted|out of the|discharged from the|at the) ?(?:hospital|er|emergency room|icu)\b
  |\bhospitalized\b|\b(?:went|going|go|trip|had to go|visit|sent me|took me) to (?:the )?(?:er|emergency room|hospital
  |urgent care|emergency)\b
\b(?:fiebre|calentura|escalofrios?|gripe|gripa|catarro|covid|coronavirus|influenza|infeccion|infecciones|infectad[oa]
  |contagios[oa]|contagi(?:o|e|ado|ada)|vomit(?:o|os|e|ando|ado|aba)|nauseas?|diarrea|varicela|sarampion|neumonia
  |bronquitis|culebrilla|herpes|sarna|sarpullido|salpullido|ronchas|urticaria|piel abierta|llagas?|ampollas?)\b
  (?! (?:vacuna))
\b(?:estoy|ando|me siento|me puse|sigo|amaneci|me enferme|he estado|caigo|cai) (?:muy |bien |algo |un poco
  |media |medio )*(?:enferm[oa]|resfriad[oa]|agripad[oa]|mal del? (?:estomago|garganta)|engripad[oa])\b|\bme enferme\b
  |\b(?:tengo|tuve|traigo|agarre|pesque|con|me dio|me esta dando)(?: (?:un|una|el|la|mucha|mucho|algo de|tantit[oa]
  |bastante|fuerte|poco de)){0,3} (?:resfriado|resfrio|temperatura|tos|gripe|virus|infeccion|alergia)\b
\b(?:di|salio|sali|dio|resulte) positiv[oa]\b
\b(?:hinchaz\w+|hinchad[oa]s?|hincho|hinchando|se me (?:hincha|hincho|inflamo|inflama)|inflamad[oa]s?)\b
\b(?:adormecimiento|adormecid[oa]s?|entumecimiento|entumecid[oa]s?|entumid[oa]s?|hormigueos?|se me (?:duerme|duermen
  |durmio|durmieron|adormece|entume))\b
\b(?:embarazada|embarazo|mareos?|maread[oa])\b|\bme sangra\b|\bsangrando\b|\bno siento (?:el|la|los|las|mi|mis|un
  |una) (?:pies?
  |dedos?|manos?|brazos?|piernas?|cara)\b|\b(?:brazo|pierna|mano)(?: \w+)? debil\b|\bdebil(?:idad)? (?:el|la|en)\b
\b(?:im|we are) expecting\b(?! (?:you|to|it|that|your|the|an?|my|someone)\b)|\b(?:arms?|legs?|hands?|foot|feet
  |side)(?: (?:is|are|feels?|felt|went|has been|gone|got|so|really|very|a bit|kind of|getting)){1,3} weak(?:er)?\b
\b(?:warfarina?|apixaban|rivaroxaban|clopidogrel|eliquis|xarelto|plavix|coumadin|enoxaparina?)\b
\b(?:empece|empezando|empiezo|comence|estoy|nuev[oa]s?|recetaron|receto|dieron|dio|cambiaron|cambio|tomo|tomando|tomar
  |toma|mandaron|pusieron|inyectaron)(?: (?:a|un|una|unas|unos|el|la|con|de|me|mi|tomar|tomando|nuev[oa]s?|otr[oa]
  |medico|doctor|para|dolor|presion|corazon)){0,5} (?:medicamentos?|medicinas?|medicacion|pastillas?|antibioticos?
  |inyeccion|inyecciones|tratamiento|insulina|cortisona|anticoagulantes?|quimio\w*|radiacion)\b
\b(?:medicina|medicamento|medicacion|pastilla)s? nuev[oa]s?\b|\b(?:antibioticos?|cortisona|anticoagulantes?)\b
\b(?:cirugia|cirugias|operacion|operaron|operar|operad[oa]|fractura|fracturas|fractur[eo]|fracturad[oa]|esguince
  |conmocion|me (?:rompi|quebre|disloque|cai|torci|corte|queme)|puntos de sutura|(?:tuve|sufri|choque
  |en) (?:un )?accidente(?! (?:en la|del?|que|y hay))|herida abierta|heridas abiertas|hospitalizad[oa]
  |urgencias|en el hospital|coagulos?|trombosis|cesarea|biopsia|diagnosticaron)\b
"""
)
"""What the screening question asks for in words that mean little else: news in whatever context they stand."""

NO_NEWS = rules(
    r"""
\btemp (?:jobs?|agency|work\w*|position|gig|setting|control)\b
\b(?:spring|cabin|disco|hay|gold|baby|yellow|scarlet|world cup|playoff|election) fever\b|\bfever (?:dream|pitch)\b
  |\b(?:gives?|gave|giving|got|get|still get) (?:me |us )?(?:the )?chills\b|\bchills (?:and|down)\b(?! fever)
\bnumb (?:to|sounding)\b|\bclot of\b|\bcant feel my (?:knots?|pain|face lol)\b|\bpregnant (?:pause|with)\b
\bse me durmio (?:el|un) pie en\b|\bse me (?:durmio|duerme) (?:el bebe|la bebe|el nino|la nina|mi \w+)\b
  |\bme corte el (?:pelo|cabello)\b
\b(?:take|taking|took) (?:\w+ )?med(?:icine)?s? ball\b|\b(?:tough|bitter) pill\b|\bchill pill\b|\bchicken pox party\b
\b(?:flu|covid|shingles|pneumonia) (?:shots?|vaccines?|boosters?|jabs?)\b(?= (?:clinic|available|here|season))
\b(?:plant|tree|car|computer|phone|laptop|dishes|house|tooth) (?:surgery|infection|virus)\b|\bcomputer virus\b
\bcold (?:brew|plunge|front|spell|water|hands|room|table|outside)\b|\bbug(?:s|ging)? (?:me|you|in the app|report)\b
\b(?:massage|physical|cupping|stretch\w*) (?:therapy )?medicine\b|\blaughter is (?:the )?best medicine\b
\brash (?:decision|of|move|driver)\b|\b(?:work|job|nurse|tech|rotation|shift) (?:in|at) (?:the )?surgery\b
  |\b(?:covid|flu|strep|pregnancy|blood) tests?\b(?! (?:was|came|is|says|positive|results?))
\boperation (?:hours|time)\b|\bhours of operation\b|\bbroken (?:link|english|promise|heart)\b
"""
)
"""What only sounds like such news."""

NEW_PROBLEMS = rules(
    r"""
\b(?:fever(?:s|ish)?|(?:a|my|high|slight|low grade|running a) temp(?:erature)?|temp(?:erature)? (?:of|is|was|over
  |at) (?:9|10)\d|chills|flu|influenza|covid|coronavirus|cough(?:s|ed|ing)?|sore throat|strep|sick|ill
  |infect(?:ed|ion|ions|ious)?|contagious|virus|viral|stomach (?:bug|flu)|food poisoning|nause\w+|vomit\w*
  |throwing up|threw up
  |diarrhea|pneumonia|bronchitis|uti|pink ?eye|sinus\w*|mono|norovirus)\b
\b(?:a|an|have|caught|catching|got|bad|head|slight|the|nasty|chest)(?: \w+){0,2} colds?\b(?! (?:pack|shower
  |room|drink|day|water|weather|outside|hands))
\bcold sores?\b
\b(?:rash(?:es)?|hives|shingles|poison (?:ivy|oak)|sunburn\w*|burn|burns|burned|burnt|bruis\w*|cuts?|scrapes?
  |scraped|scratch(?:es|ed)?|gash|wounds?|open (?:skin|sores?)|stitches|blister\w*|eczema|psoriasis|ringworm|scabies
  |athletes foot|warts?|lice|mrsa|staph|cellulitis|boils?|abscess|itch(?:y|es|ing|ed)?|bites
  |(?:bug|tick|spider|dog|cat|flea|ant|insect) bite|bitten|stung|lesions?|acne
  |tattoo)\b
\b(?:swelling|swell(?:ing|ings|ed|s)?|swollen|puff(?:y|ed|ing|iness)?|inflam\w*|edema|lumps?|bumps?|knots? that)\b
\b(?:meds?|medications?|medicines?|medecine|antibiotics?|prescri\w+|aspirin|prednisone|steroids?|cortisone
  |injections?|shots?|vaccin\w*|boosters?|botox|pills?|drugs?|insulin|vitamins?|supplements?|statins?|ozempic
  |patch|opioids?|painkillers?|antidepress\w*|metformin|lisinopril|started taking|put me on|im on a
  |taking(?! (?:care|it|good|time|the time|me|my (?:time|call|appointment)|us)\b))\b
\b(?:surgery|surger\w+|surgical|operation|procedure|biopsy|colonoscopy|root canal|tooth pulled|wisdom teeth
  |extraction|implant\w*|catheter|(?:a|my|chemo|med) port|injur\w*|sprain(?:s|ed|ing)?|strain(?:s|ed|ing)?|fell
  |(?<!this )(?<!in the )(?<!last )(?<!next )(?<!early )(?<!late )fall|fallen|accident|crash|wreck
  |fractur\w*|concussion|(?:in|to|from) (?:the )?hospital|hospital(?:ized|ised|ization|izad[oa]|izaron)
  |(?:the|an|in|to|went|at) er
  |urgent care|emergency room|mri|dislocat\w*|torn|tore|pulled(?! (?:in|up|over|into|out|through))
  |tweaked|threw (?:out )?my|threw my back|whiplash|slipped(?! my mind)|tripped|hurt)\b
\b(?:numb(?:ness|ing|ed)?|tingl\w*|weak(?:ness|er|ened|ening)?|pins and needles|dizz\w*|lighthead\w*|vertigo
  |migraines?|headaches?
  |blood pressure|bp|diabet\w*|diagnos\w*|cancer|chemo(?:therapy)?|radiation|tumou?rs?|pregnan\w*|clots?|dvt|stroke
  |osteopor\w*|epilep\w*|asthma|allerg\w*|(?:my|a|the) heart(?! (?:goes|is with|belongs|out))|heart (?:issue
  |problem|condition|rate|murmur|disease)s?|bleed(?:s|ing)?|blood|new pain|new symptom\w*|flare(?:s|d|up|ups)?
  |worse|worsening
  |pain|pains|ache|aches|achy|burning|stent|sciatica|herniat\w*|bulging|arthritis|lupus|gout|miscarr\w*
  |breastfeeding|postpartum|varicose)\b
\b(?:fiebre|calentura|temperatura|escalofrios?|gripe|gripa|resfriad\w*|resfrio|catarro|tos|infeccion\w*
  |infectad\w*|enferm(?:[oaei]|[oa]s|aron|ando|edad|edades)|contagi\w*|vomit\w*|nauseas?|diarrea|garganta|sarpullido|erupcion|salpullido|ronchas
  |urticaria|heridas?|cortadas?|me corte|quemadura\w*|queme|moret(?:on|ones|ead[oa])|moreton\w*|ampollas?
  |picazon
  |comezon|piel abierta|llagas?)\b
\b(?:hinchaz\w*|hinchad\w*|hincho|inflam\w*|medicament\w*|medicinas?|medicacion|pastillas?|antibiotico\w*
  |anticoagula\w*|inyeccion\w*|vacuna\w*|cirugia\w*|operacion\w*|operaron|opero|lesion\w*|lesione|caida|cai
  |me cai|golpe(?:s|o|e|ad[oa])?|accidente|fractur\w*|esguince|torci|torcedura|adormec\w*|entumec\w*|entumid\w*
  |dormid[oa]s?
  |hormigueo\w*|debilidad|debil|embaraz(?:o|ada|adas)|presion (?:alta|baja|arterial|sanguinea)|(?:la|mi) presion
  |mareos?|maread\w*|dolor(?:es|cito|os[oa])?|duele|(?:en|al|del) hospital|urgencias
  |alergi\w*|diabetes|cancer|sangr(?:[eoa]|ando|ado|aba)|coagulo\w*)\b
"""
)
