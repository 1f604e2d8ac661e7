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
\b(?:have|got|tengo|started|starting|doing|having|on|empece|empiezo) (?:\w+ )?(?:cancer|chemo\w*|radiation
  |quimio\w*|radioterapia)\b
\b(?:found|have|got|noticed|feel|encontre|tengo) (?:a|an|una?) (?:\w+ )?(?:lump|tumou?r|bulto|bolita)\b
\bpacemaker\b|\bmarcapasos\b|\bdefibrillator\b
"""
)

NEW_PROBLEMS = rules(
    r"""
\b(?:fever\w*|temperature|temp|chills|flu|influenza|covid|coronavirus|cough\w*|sore throat|strep|sick|ill
  |infect\w*|contagious|virus|viral|stomach (?:bug|flu)|food poisoning|nause\w+|vomit\w*|throwing up|threw up
  |diarrhea|pneumonia|bronchitis|uti|pink ?eye|sinus\w*|mono|norovirus)\b
\b(?:a|an|have|caught|catching|got|bad|head|slight|the|nasty|chest)(?: \w+){0,2} colds?\b(?! (?:pack|shower
  |room|drink|day|water|weather|outside|hands))
\bcold sores?\b
\b(?:rash\w*|hives|shingles|poison (?:ivy|oak)|sunburn\w*|burn|burns|burned|burnt|bruis\w*|cuts?|scrapes?
  |scraped|scratch\w*|gash|wounds?|open (?:skin|sores?)|stitches|blister\w*|eczema|psoriasis|ringworm|scabies
  |athletes foot|warts?|lice|mrsa|staph|cellulitis|boils?|abscess|itch\w*|bites?|stung|lesions?|acne|tattoo)\b
\b(?:swelling|swell\w*|swollen|puff\w*|inflam\w*|edema|lumps?|bumps?|knots? that)\b
\b(?:meds?|medications?|medicines?|medecine|antibiotics?|prescri\w+|aspirin|prednisone|steroids?|cortisone
  |injections?|shots?|vaccin\w*|boosters?|botox|pills?|drugs?|insulin|vitamins?|supplements?|statins?|ozempic
  |patch|opioids?|painkillers?|antidepress\w*|metformin|lisinopril|started taking|put me on|im on a|taking)\b
\b(?:surgery|surger\w+|surgical|operation|procedure|biopsy|colonoscopy|root canal|tooth pulled|wisdom teeth
  |extraction|implant\w*|catheter|port|injur\w*|sprain\w*|strain\w*|fell|fall|fallen|accident|crash|wreck|broke
  |broken|fractur\w*|concussion|hospital\w*|er|urgent care|emergency room|mri|dislocat\w*|torn|tore|pulled
  |tweaked|threw (?:out )?my|threw my back|whiplash|slipped|tripped|hurt)\b
\b(?:numb\w*|tingl\w*|weak\w*|pins and needles|dizz\w*|lighthead\w*|vertigo|migraines?|headaches?
  |blood pressure|bp|diabet\w*|diagnos\w*|cancer|chemo\w*|radiation|tumou?rs?|pregnan\w*|clots?|dvt|stroke
  |osteopor\w*|epilep\w*|asthma|allerg\w*|heart|bleed\w*|blood|new pain|new symptom\w*|flare\w*|worse|worsening
  |pain|pains|ache|aches|achy|burning|stent|sciatica|herniat\w*|bulging|arthritis|lupus|gout|miscarr\w*
  |breastfeeding|postpartum|varicose)\b
\b(?:fiebre|calentura|temperatura|escalofrios?|gripe|gripa|resfriad\w*|resfrio|catarro|tos|infeccion\w*
  |infectad\w*|enferm\w*|contagi\w*|vomit\w*|nauseas?|diarrea|garganta|sarpullido|erupcion|salpullido|ronchas
  |urticaria|heridas?|cortad\w+|cortada|me corte|quemadura\w*|queme|moret\w*|moreton\w*|ampollas?|picazon
  |comezon|piel abierta|llagas?)\b
\b(?:hinchaz\w*|hinchad\w*|hincho|inflam\w*|medicament\w*|medicinas?|medicacion|pastillas?|antibiotico\w*
  |anticoagula\w*|inyeccion\w*|vacuna\w*|cirugia\w*|operacion\w*|operaron|opero|lesion\w*|lesione|caida|cai
  |me cai|golpe\w*|accidente|fractur\w*|esguince|torci|torcedura|adormec\w*|entumec\w*|entumid\w*|dormid[oa]s?
  |hormigueo\w*|debilidad|debil|embaraz\w*|presion|mareos?|maread\w*|dolor\w*|duele|hospital|urgencias
  |alergi\w*|diabetes|cancer|sangr\w*|coagulo\w*)\b
"""
)
