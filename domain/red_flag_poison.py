"""Poison and overdose: a whole bottle, many tablets, what a child must never swallow."""

from domain.reply_rules import rules

_TOOK = (
    r"(?:took|taken|taking|swallow(?:ed|ing)?|down(?:ed|ing)|popp(?:ed|ing)|gulped|ingested|ate|eaten|had|tome|tomado"
    r"|trague|tragado|me tome|se tomo|se trago)"
)
_TABLETS = (
    r"(?:pills?|pils|meds?|medications?|medicines?|tablets?|tabs|capsules?|caplets?|pastillas?|pildoras?|tabletas?"
    r"|tylenols?|advils?|aspirins?|ibuprofens?|paracetamol|acetaminophens?|aleves?|xanax|ambiens?|percocets?|percs?"
    r"|oxys?|oxycodones?|norcos?|vicodins?|tramadols?|gabapentins?|opioids?|fentanyl|benadryls?|melatonins?|ativans?"
    r"|klonopins?|valiums?|flexerils?|soma|somas|trazodones?|metoprolols?|insulin|sleepers|antidepressants?"
    r"|painkillers?)"
)
_WORDED = r"(?:twelve|fifteen|twenty|thirty|forty|fifty|sixty|dozen|dozens|treinta|veinte|cuarenta|cincuenta)"
_POISON = (
    r"(?:bleach|clorox|lysol|detergent|laundry pods?|tide pods?|dish(?:washer|washing)? (?:pods?|soap|tabs?)"
    r"|antifreeze"
    r"|drano|(?:\w+ )?cleaners?|cleaning (?:fluid|product|solution|spray|stuff|liquid)|dish liquid|lighter fluid"
    r"|gasoline|kerosene|rat poison|poison|pesticide"
    r"|windex|ammonia|paint thinner|turpentine|nail polish remover|hand sanitizer|rubbing alcohol|vape juice|nicotine"
    r"|weed (?:killer|gummies|gummy|edibles?)|edibles|cloro|lejia|blanqueador|veneno|raticida|detergente|gasolina"
    r"|anticongelante|insecticida)"
)
_CHILD = (
    r"(?:baby|babies|toddler|infant|newborn|kid|kids|kiddo|child|son|daughter|grand\w+|\d+ ?yo"
    r"|granson|nephew|niece|little one|little (?:boy|girl)|(?:year|yr|month) old|yo|twins?|bebe|ninos?|ninas?"
    r"|hij[oa]s?"
    r"|hijit[oa]|niet[oa])"
)
_DRINK = r"(?:alcohol|booze|liquor|vodka|whiske?y|tequila|rum|gin|beers?|wine|drinking|licor|cerveza|vino|trago)"
_NO_AMOUNT = (
    r"(?! ?(?:mg|mcg|milli\w*|mil|ml|am|pm|days?|weeks?|wks?|mins?|minutes|hours?|hrs?|months?|years?|yrs?|oclock"
    r"|percent|units|steps|times|dollars|usd|bucks|x|of my \w+ visits|sessions?|more (?:days|weeks|minutes)|more)\b)"
)

POISON = rules(
    r"""
\b(?:took|taken|swallowed|downed|popped|gulped|me tome|se tomo|se trago|tome)(?: \w+){0,3} (?:whole|hole|entire|full)
  [ ](?:bottle|bottles|pack|packet|box|strip|jar|prescription|container)\b(?! (?:of (?!(?:\w+ ){0,3}<tablets>)|home
  |back
  |with me|to (?:work|the)|off|from the (?:car|store)|over the))
\b(?:drank|drunk|finished|emptied|chugged)(?: \w+){0,2} (?:whole|entire|full) bottle of (?:\w+ ){0,2}(?:<tablets>
  |cough (?:syrup|medicine)|nyquil|robitussin|<poison>)\b
\b<took>(?: (?!mg)\w+){0,5} (?:1\d|[2-9]\d|[1-3]\d\d|<worded>)<no_amount>(?: (?!mg|mcg|mil|days?|weeks?|hours?
  |minutes?|for|since|before|after|the)\w+){0,4} <tablets>\b(?! (?:this|last|over|since|in the (?:past|last)|a day ago
  |years?|total (?:this|since)|for (?:\d|a)))
\b(?:took|swallowed|downed|popped|tome|me tome)(?: (?:about|like|around|some|almost|at|least|over|more|than|como
  |unas)){0,3} (?:1\d|[2-9]\d|1\d\d|<worded>)(?: \w+)? (?:of them|of these|of those|all at once|at once|de golpe
  |de ellas)\b
\b(?:took|swallowed|downed|ate|popped)(?: \w+){0,2} (?:handfuls?|fistfuls?|bunch|ton|loads?|lot|too many|way too many
  |all|every one|every last one)(?: (?:of|my|the|these|those|moms|dads|his|her|last|heart|sleeping|pain|sleep|blood
  |pressure|anxiety)){0,4} <tablets>\b(?! (?:as (?:prescribed|directed)|on time|this (?:week|morning)|today|like))
\b(?:drank|drunk|drinks?|drinking|swallow(?:s|ed|ing)?|ate|eaten|ingested|chugged|licked|sipped|got into|gotten into
  |bebio|bebi|tomo|tome|trago|trague|comio|se tomo|se bebio)(?: (?!water|before|after|and|near|while|to|then)\w+){0,4}
  [ ]<poison>\b(?! (?:free|ivy|oak|smell|stain))
\b(?:baby|toddler|<child>|hes?|shes?|just|and|i|ive|who|may have|might have|se)(?: \w+){0,2} (?:swallow(?:ed|s)?
  |swollowed|ingested|trago|tragado|choked on)(?: (?!the pill|my pride)\w+){0,4} (?:batter(?:y|ies)|magnets?|coins?
  |needle
  |nails?|razor\w*|glass|button batt\w*|pilas?|baterias?|imanes|iman|monedas?|marbles?|legos?|pins?|screws?)\b
\b<child>(?: (?!dog|cat|not)\w+){0,3} (?:ate|eaten|swallowed|got into|drank|got a hold of|got hold of|chewed|comio
  |se comio|se tomo|se trago|took)(?: (?!his|her|their|sus|su|and)\w+){0,2} (?:my|our|grandmas|grandpas|nanas|dads|moms
  |daddys|mommys|mama?s|adult|some|bunch|handful|bottle|mis|unas|las)(?: \w+){0,3} <tablets>\b
\b(?:se )?(?:tomo|trago|comio)(?: \w+){0,2} (?:mis|un monton de|muchas|todas las|el frasco de|un frasco de)(?: \w+)?
  [ ](?:pastillas?|pildoras?|medicinas?|medicamentos?|tabletas?)\b|\bme tome (?:todo el|un|el) frasco\b
\b(?:mix(?:ed|ing)|mezcl(?:e|o|ando)|combin(?:ed|ing|e))(?: \w+){0,4} <tablets>(?: \w+){0,3} (?:and|with|w|n|y|con)
  [ ](?:\w+ ){0,2}<drink>\b|\b(?:mix(?:ed|ing)|mezcl(?:e|o|ando)|combin(?:ed|ing|e))(?: \w+){0,4} <drink>(?: \w+){0,3}
  [ ](?:and|with|w|n|y|con) (?:\w+ ){0,2}<tablets>\b
\b(?:took|taken|taking|swallowed|popped|downed|drank|tome|me tome)(?: \w+){0,4} (?:pills|meds|pastillas|xanax|oxys?
  |percocets?
  |sleeping pills)(?: and| with| n| y| con)(?: \w+){0,2} <drink>\b
\b(?:od ?ed|o d d|oding|overdos\w+)\b
""",
    took=_TOOK,
    drink=_DRINK,
    tablets=_TABLETS,
    worded=_WORDED,
    poison=_POISON,
    child=_CHILD,
    no_amount=_NO_AMOUNT,
)
