"""What takes the danger out of a dangerous word: a denial, another person, an everyday phrase, getting better."""

import re

from domain.reply_words import rule

ABOUT_ANOTHER = rule(
    r"""
\b(?:my|our|her|his|mi|mis|a|the) (?:mom|mum|mother|dad|father|mother in law|father in law|brother|sister
  |grand\w+|grandma|grandpa|aunt|uncle|cousin|niece|nephew|friend|best friend|neighbou?r|boss|coworker
  |co worker|colleague|dog|cat|puppy|horse|pet|roommate|landlord|mama|papa|madre|padre|hermano|hermana
  |abuel[oa]|tio|tia|prim[oa]|amig[oa]|vecin[oa]|jef[ea]|perr[oa]|gat[oa]|suegr[oa])s?\b
\b(?:my|mi) (?:husband|wife|son|daughter|partner|kid|child|boyfriend|girlfriend|fiancee?|spouse|esposo|esposa
  |hijo|hija|marido|novi[oa])s? (?:had|was|just had|is pregnant|died|passed|tuvo|fue|estuvo|murio|got|broke
  |fell|is having surgery|has surgery|has a (?:fever|cold)|is sick|esta enferm[oa])\b
\b(?:my|mi) (?:husband|wife|son|daughter|partner|kid|child|boyfriend|girlfriend|fiancee?|spouse|esposa|hija
  |novia)s?\b(?= (?:is pregnant|esta embarazada|has covid|has the flu))
\b(?:covid|flu|illness|suicide|death|heart attack) in the family\b|\b(?:someone|somebody|a guy|traffic)\b
"""
)

IDIOMS = rule(
    r"""
\b(?:dying (?:to|for|of|laughing)|to die for|die for a|strokes? of (?:luck|genius|midnight)|(?:gave|giving|give
  |gives|nearly gave|almost gave) me (?:a|an|another) heart attack|(?:almost|nearly
  |about) had a heart attack (?:when|at|seeing|over)|passed out (?:asleep|on the|on my|in bed|in my bed|early
  |right away|as soon as|the (?:moment|minute|second)|when i got home|like a baby|for \d+ hours)|(?:cant
  |couldnt|hard to|trouble) breath\w* (?:through|out of|from) (?:my|the|one) (?:nose|nostrils?)
  |breathing (?:exercises?|techniques?|practice|room|app)|breath of fresh air|fresh air
  |overdos\w+ on (?:chocolate|coffee|sugar|caffeine|food|turkey|candy|pizza)|drop dead gorgeous|numbing cream
  |(?:long|swedish|massage|firm|light|deep|gentle) strokes?|different strokes|butterfly stroke|back ?stroke
  |breast ?stroke|suicide (?:squad|doors?|drills?|sprints?|prevention)|killing (?:me|it)|(?:hot
  |warm) (?:stones?|towels?|baths?|showers?|packs?|water|compress\w*|oil)|heating pad|warm(?:ing)? up
  |leg warmers?|chest (?:freezer|of drawers)|heart ?(?:felt|warming)|from the bottom of my heart
  |with all my heart|love you|know by heart|(?:hard|hurts|heavy|pain|pains) (?:my|the) (?:sweet )?heart to
  |breaks my heart|bless your heart|red (?:light|line|cross|bag|shirt|door|car|lobster)|(?:tight
  |out) of breath lol|fell (?:asleep|behind|in love|through)|sick (?:and tired|of)|cold (?:outside|weather|room
  |table|hands|in (?:the|here))|ache to|me muero (?:de|por) \w+|muert[oa] de (?:risa|hambre|cansancio|sueno)
  |(?:last year|years ago|decades ago|back in (?:19|20)\d\d|in (?:19|20)\d\d|when i was (?:a kid|young|little)
  |as a (?:kid|child)|hace (?:muchos )?anos))\b
"""
)
"""Everyday phrases that only sound like danger; taken out before the rules look."""

IMPROVED = rule(
    r"""
\b(?:better|improv\w+|went away|gone|goes away|less|down (?:to|from)|decreas\w+|reduced|eased|easing|subsid\w+
  |resolved|healed|better than|no longer|used to|stopped|mejor|mejorado|mejorando|menos|desaparec\w+
  |se (?:me )?quito|ya no)\b
"""
)


BREAK = rule(
    r"""
\b(?:but|pero|except|excepto|though|although|however|aunque|sino|yet|just|only|other than|besides|aside from
  |solo|salvo|menos)\b
"""
)

NOT = rule(
    r"""
\b(?:no(?! ,)|not|without|dont|doesnt|didnt|havent|hasnt|hadnt|isnt|arent|wasnt|never|denies|deny|none|zero
  |free of|neither|nor|sin|ni|nunca|ningun|ninguna|tampoco|aint|negative for|nothing like)\b
"""
)

NO_DENIAL = rule(
    r"""
\b(?:not (?:feeling|doing|so|too|very|really) (?:well|good|great|right|ok|hot)|not sure(?: if| whether)?
  |not only|not just|no idea(?: why| what)?|(?:dont|do not) know(?: if| why| what| whether)?|(?:dont
  |do not) feel (?:so |too |very )?(?:well|good|right|great)|no se (?:si|que|por que)
  |no me siento (?:muy )?bien|(?:not|wont|isnt|doesnt|hasnt|never) (?:going|go|goes|gone|went) away
  |no se (?:me )?quita|not (?:getting |any )?better|no longer|no (?:lie|joke|doubt|kidding)|not (?:kidding
  |joking|gonna lie|going to lie|to alarm you|normal|okay|ok|good|fine)|(?:cant|didnt|couldnt) sleep|(?:didnt
  |did not) (?:want|mean) to|(?:dont|do not) want to|not able to|no puedo dormir|nothing helps)\b
"""
)

GOES_ON = rule(
    r"""
 , (?:and |y |now )?(?:i|im|ive|my|me|tengo|estoy|now|started|got|having|have|woke|feeling|feel|siento|hay
  |since|right)\b
\b(?:i have|im having|ive got|i got|i feel|started|woke up with|tengo|me duele|because|since|so|porque)\b
"""
)

HAVING = re.compile(r"^ (?:tengo|he tenido|tuve|siento|he sentido|hay|tenido|me duele|i have|i feel)\b")

LATER_NO = re.compile(r"^(?: ,)?(?: \w+)? (?:no|none|negative)$")
NOT_IMPROVED = re.compile(
    r"\b(?:not|no|isnt|doesnt|hasnt|never|wont|nothing|without|nada|nunca)(?: \w+){0,3} "
    r"(?:better|gone|improv\w+|eas\w+|mejor\w*)"
)
"""Said of something that stays as it is: "not getting any better"."""
