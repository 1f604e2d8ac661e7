"""News about a client's body by construction: what was taken out, a medicine changed, a bone, a new diagnosis."""

from domain.reply_rules import rules

_ORGAN = (
    r"(?:gall ?bladder|appendix|tonsils?|adenoids|spleen|uterus|ovar(?:y|ies)|kidney|thyroid|prostate|colon"
    r"|breasts?|moles?"
    r"|cysts?|polyps?|lumps?|tumou?r|fibroids?|bunion|cataracts?|wisdom (?:teeth|tooth)|tooth|teeth|molars?|iud"
    r"|implants?|stents?"
    r"|screws|plate|port|pacemaker|lymph nodes?|melanoma|skin cancer|disc|meniscus|vesicula|apendice|matriz"
    r"|amigdalas|anginas"
    r"|muelas?|quiste|lunar|tumor|rinon)"
)
_JOINT = r"(?:hip|hips|knee|knees|shoulder|valve|acl|rotator cuff|meniscus|hernia|disc|cadera|rodilla)"
_SUFFIXED = (
    r"(?:\w+(?:olol|sartan|statins?|azole|cillin|mycin|floxacin|oxetine|azepam|prazole|triptan|gliptin|glutide"
    r"|patide|formin"
    r"|thiazide|tinib|umab|ximab|zumab|xaban|grel|lukast|thasone|nisolone|nisone|dipine|tiapine|zapine|semide"
    r"|traline|lopram"
    r"|zodone|zolam|pidem|gabalin|dronate|barbital|setron|triptyline|mustine|platin|azine)|(?!april\b)\w+pril)"
)
_BRAND = (
    r"(?:wegovy|ozempic|mounjaro|zepbound|trulicity|saxenda|victoza|humira|enbrel|stelara|cosentyx|dupixent|prolia"
    r"|evenity"
    r"|fosamax|synthroid|levothyroxine|adderall|ritalin|vyvanse|prozac|zoloft|lexapro|cymbalta|effexor|wellbutrin"
    r"|celexa|lipitor"
    r"|crestor|norvasc|lasix|keppra|lamictal|topamax|lyrica|neurontin|gabapentin|estrogen|estradiol|progesterone"
    r"|testosterone"
    r"|hrt|trt|clomid|letrozole|tamoxifen|lithium|insulin|lantus|jardiance|farxiga|januvia|entresto|eliquis|xarelto"
    r"|accutane|aimovig|methotrexate|plaquenil|remicade|xolair|depo|semaglutide|glp ?1s?|hormones?|hormonas"
    r"|birth control"
    r"|fertility (?:meds?|drugs?|shots?|treatments?)|immunotherapy|dialysis|infusions?|iv antibiotics)"
)
_DRUG = rf"(?:{_SUFFIXED}|{_BRAND})"
_ANY_MEDS = (
    rf"(?:{_DRUG}|meds?|medications?|medicines?|dos(?:e|age|es)|prescriptions?|rx|pills?|blood pressure|bp meds?|shots?"
    r"|medicinas?|medicamentos?|pastillas?|dosis|inyecci\w+)"
)
_BONE = (
    r"(?:ribs?|wrists?|ankles?|toes?|fingers?|foot|feet|arms?|legs?|hips?|collar ?bone|clavicle|elbows?|nose|hands?"
    r"|tail ?bone"
    r"|shoulder|kneecap|vertebra\w*|pelvis|sternum|jaw|acl|meniscus|rotator cuff|achilles|hamstring|costillas?"
    r"|muneca|tobillo)"
)
_ILLNESS = (
    r"(?:osteopor\w+|osteopen\w+|arthritis|rheumatoid|ra|lupus|ms|multiple sclerosis|parkinsons?|(?:pre ?)?diabet\w+"
    r"|hypertension|high blood pressure|a ?fib|atrial fib\w*|heart (?:failure|disease|murmur|condition|problem)"
    r"|copd|asthma|cancer|melanoma|lymphoma"
    r"|leukemia|a tumou?r|a mass|aneurysm|a blockage|neuropathy|epilepsy|fibromyalgia|gout|stenosis|scoliosis"
    r"|spondyl\w+"
    r"|hepatitis|hiv|kidney (?:disease|stones?|failure)|crohns|colitis|celiac|endometriosis|pots|ehlers danlos"
    r"|lymphedema"
    r"|anemi[ac]|thyroid|graves|hashimotos|pneumonia|mono|lyme|sepsis|a (?:hernia|clot|fracture|torn \w+"
    r"|herniated disc"
    r"|bulging disc)|osteoporosis|artritis|diabetes|presion alta|cancer|anemia)"
)

BODY_NEWS = rules(
    r"""
\b(?:got|had|getting|having|get|have|took|taken|taking|removed|need|lost)(?: (?:my|the|a|an|both|all|his|her|of|some
  |two|one
  |out|last|4|four|bad|little|weird|of my|cancerous)){0,4} <organ> (?:out|removed|taken out|pulled|extracted|replaced
  |put in
  |done|taken|in|cut out|biopsied|lasered)\b
\b(?:took|taken|taking|cut|removed) out (?:my|the|a|her|his)(?: \w+)? ?<organ>\b|\bremoved (?:my|a|the) <organ>\b
\b(?:got|had|having|getting)(?: (?:my|the|a|left|right|other|both|torn)){1,3} <joint> (?:replaced|repaired|scoped|fixed
  |replacement|repair|operated on)\b|\b<joint> (?:replacement|repair|surgery)\b
\b(?!vas|col)\w{3,}(?:ectomy|ostomy)\b|\b(?:laparoscop\w+|arthroscop\w+|endoscopy|vasectomy|colectomy|rhinoplasty
  |cesarean|liposuction|tummy tuck|facelift|boob job|ablation|angioplasty|bypass|lasik|cardioversion)\b(?! (?:lane|road
  |traffic|exit|the))
\b(?:got|get|just|came|im|am|been|getting|finally|released|discharged|and|only)(?: (?:home|back|just))? (?:out of
  |from|out the)
  [ ](?:the )?(?:hospital|er|icu|emergency room)\b(?! (?:shift|job|parking|cafeteria
  |where i work))(?<!got from the hospital)
  |\bstents\b
\b(?:bit of|low grade|slight|little|mild|spiked|spiking|running)(?: (?:a|an|of|low grade|slight
  |little))* temp(?:erature)?\b
  (?! (?:job|jobs|agency|work\w*|setting|control|difference|fix|solution|drop|change|place))
\b(?:theres|there is|there are|hay|noticed|i feel|i have|got|have|found)(?: (?:a|an|un|una|this|some|new|big|small
  |hard|weird
  |little|sore)){0,3} (?:lumps?|bultos?|bolitas?)\b(?! (?:sum|in my throat|of (?:sugar|clay|coal)))|\b(?:lump|bulto
  |bolita)\b
  [^.?]{0,40}\b(?:bigger|growing|grew|grown|harder|crece|creciendo|mas grande)\b
\bme (?:quitaron|sacaron|extirparon|extrajeron|removieron)(?: \w+)? (?:<organ>)\b
\b(?:dr|doc|doctors?|np|pa|cardiologist|psychiatrist|neurologist|physician|specialist|surgeon|rheumatologist|they
  |hes?|shes?
  |we|i|medico|doctora?)(?: (?:just|has|have|had|also|recently|finally|again|kind|of)){0,3} (?:upped|increased|raised
  |doubled
  |lowered|reduced|dropped|halved|bumped(?: up)?|adjusted|switched|changed|swapped|tweaked|stopped|added|subio|aumento
  |bajo|cambio|cambiaron|subieron)(?: (?:up|my|me|the|to|on|from|off|a|new|heart|bp|blood pressure|thyroid|pain|la|el
  |mi|dose
  |of|dosis|de)){0,5} (?:<any_meds>)\b
\bme (?:cambiaron|subieron|bajaron|quitaron|recetaron|aumentaron|ajustaron)(?: (?:la|el|las|los|de|mi|otra|un
  |una)){0,3}
  [ ](?:<any_meds>)\b
\b(?:upped|increased|doubled|switched|changed)(?: (?:my|the|to|a|new)){1,3} (?:<any_meds>)\b
\b(?:started|start|starting|began|begun|switched to|put me on|puts me on|prescribed(?: me)?|got me on|now on|just on
  |been on
  |went on|going on|new to|first (?:dose|shot) of|back on|quit|stopped|stopping|came off|weaned off|went off|empece
  |empece con
  |me recetaron)(?: (?:me|on|my|the|a|taking|new|some|weekly|low|dose|of|with|doing|daily|high|taking some|con|la
  |el)){0,4}
  [ ](?:<drug>)\b
\b<bone>(?: (?:is|are|was|were|got|may|be|might|probably|both|now|all|also|im|pretty|sure|possibly|definitely)){1,4}
  [ ](?:cracked|broken|fractured|busted|dislocated|torn|sprained|broke)\b
\b(?:a|the|my|had a|took a|bad|nasty|this|from a) (?:\w+ )?(?:fall|tumble|spill) (?:down|off|from|on (?:the|ice
  |some)|in the
  [ ](?:shower|tub|bath\w*|kitchen|garage|parking)|yesterday|last (?:week|night)|at (?:work|home)|skiing|over)\b
\b(?:dr|doc|doctors?|np|cardiologist|neurologist|specialist|physician|they|tests?|scan|mri|x ?rays?|ct|bloodwork|labs
  |results?
  |biopsy|medico|doctora?|estudios|analisis)(?: \w+){0,3} (?:says?|said|told me|tells me|thinks?|found|confirmed
  |showed|shows
  |came back|diagnosed|dice|dijo|salio|encontraron)(?: (?:that|out|i|ive|have|has|had|got|its|it|is|a|an|my|me|with
  |probably
  |might|may|new|mild|early|some|severe|que|tengo|yo|un|una|with|for|as)){0,6} (?:<illness>)\b
\b(?:i have|ive got|i got|i now have|turns out i have|i might have|looks like i have|tengo)(?: (?:a|an|mild|early|new
  |some))*
  [ ](?:<illness>) (?:now|apparently|as of|they say|it turns out|ahora)\b|\b(?:new|newly|just) (?:diagnosed
  |diagnosis)\b
\b(?:testing|tested|checking|evaluating|worked up|screening|scanning|working me up) (?:me )?for (?:<illness>)\b
""",
    organ=_ORGAN,
    joint=_JOINT,
    any_meds=_ANY_MEDS,
    drug=_DRUG,
    bone=_BONE,
    illness=_ILLNESS,
)
"""News in whatever context it stands."""

BARE_NEWS = rules(
    r"""
\b(?:ivf|iui|(?:<brand>))\b
\b(?:scratchy|raw|itchy|burning|tickly) throat\b|\bthroat(?: \w+){0,3} (?:scratchy|raw|sore|hurts?)\b
""",
    brand=_BRAND,
)
"""News only where the health question is open: the bare name of a treatment, a throat that scratches."""
