"""Words of suicide and self-harm, the roundabout ones too: not waking up, being done with life, goodbye letters."""

from domain.reply_rules import rules

SELF_HARM = rules(
    r"""
\bdont think i (?:want|can|wanna)(?: to)? (?:be alive|live|go on|be here|keep going)\b
  |\bpills?\b[^.?]{0,40}\b(?:thinking about|tempted|take them all|end it)\b|\b(?:thinking|thought|tempted|want|going
  |gonna)\b[^.?]{0,20}\b(?:tak\w+|swallow\w*) (?:all|every|the whole|a bottle)\b|\bout of this life\b
\bwant (?:it|this|everything) all to (?:end|be over|stop)\b|\b(?:just )?want it (?:all )?to be over\b|\bend me$
  |\bnever (?:been |to have been )?born\b|\b(?:my )?life (?:is|has|feels|seems) (?:\w+ )?(?:pointless|meaningless
  |no meaning|over|worthless|hopeless|no purpose|not worth)\b|\bim worthless\b
\b(?:urge|urges|want|wanting|relapsed|tempted)(?: to| and| into)? cut(?:ting)?(?= ?$| myself| again| my (?:arm|wrist
  |leg))|\bwant to dye$
\b(?:gustaria|ojala|quisiera|mejor|prefi?er\w+)(?: \w+){0,2} (?:morir\w*|muriera|muriese|muero|estuviera muert\w
  |estar muert\w|no hubiera nacido|nunca haber nacido)\b|\bnadie(?: \w+){0,3} extran\w+|\b(?:he estado|estuve|ando
  |estoy|volvi a) cort(?:ando|arme)(?:me)?(?= ?$| los| las| otra)|\bme corto (?:los|las) (?:brazos|venas|munecas
  |piernas)
\bganas de no (?:despertar|vivir|existir|estar)\b|\b(?:voy a|quiero|pienso|pensando en
  |ganas de) (?:\w+ )?tomar\w*(?: \w+){0,2} (?:todas|todo el frasco|un frasco|muchas)\b
\b(?:end|ended|ending) (?:it all|my life|my own life|everything)\b|\b(?:no
  |sin)(?: \w+){0,3} sentido (?:a |de )?(?:la vida|vivir|seguir)|\bla vida no (?:tiene|vale)
\b(?:nobody|no one|noone|anyone|everyone)(?: \w+){0,3} (?:miss me|care if i|notice if i|better without me)
  |\bhate my life\b|\bodio mi vida\b|\b(?:feel|feeling|so|is|am|everythings) hopeless\b|\bburden (?:to|on) (?:everyone
  |my|them)
\bplan to (?:die|end|kill)|\b(?:gun|knife) to my\b|\bnadie me extran\w+|\bsoy una carga\b|\bdont see (?:a|any
  |the) future\b
suicid\w*|\bsucid(?:e|al)\b|self harm\w*|\bkms\b|\bunalive\b
\b(?:kill|killing|unalive|harm|harming|shoot|shooting|hang|hanging|cutting|drown|drowning|stab|stabbing) my ?self\b
  |(?<!gonna )(?<!going to )(?<!will )(?<!would )(?<!to )\bkill me\b(?! (?:if|for|when|lol|haha|with))
\b(?:want|wanna|going|gonna|might|could|will|thinking (?:of|about)|thoughts (?:of|about)|urge|feel like|afraid i will
  |scared i will) (?:to )?(?:hurt|hurting|cut|cutting|end|ending) (?:myself|it all|it|things|my life|everything
  |my suffering)(?! (?:off|close|short|at \d|at the|early|with (?:him|her|my)|fine|in half|too|a (?:bit|little)|it))\b
\b(?:hurting|harming) myself\b(?! (?:at|in|on|doing|lifting|working|again (?:at|lifting|doing)))
\b(?:end|ending|take|taking|took) (?:my (?:own )?life|it all)\b|\bend my suffering\b|\bend(?:ing)? it all\b
\b(?:want|wanna|wish|rather|ready|like|going|gonna|hope|prefer
  |wanting) (?:i |to |i could |i would |just |i could just |be |it |id |i was |i were )*(?:die|dying|dead|not wake up
  |never wake up|not be (?:alive|here)|disappear forever)\b
\bwish(?:ed|ing)? (?:that )?i (?:was|were|wasnt|werent|hadnt|didnt|wouldnt|could|would) (?:just |not )?(?:dead|alive
  |been born|wake up|exist|never wake up|die|disappear)\b
\bbetter off (?:dead|without me|if i (?:was|were|wasnt|werent))\b|\bnot worth living\b|\bworth living\b(?! for)
  |\bisnt worth (?:it|living) any ?more\b
\b(?:dont|do not|no longer|cant) (?:really )?(?:want|wanna|care) to? ?(?:be )?(?:live|alive|living|here any ?more
  |around any ?more|exist|wake up(?! from))\b
\b(?:dont|do not) want to (?:live|be alive|exist|wake up(?! from)|be here any ?more|be around any ?more|go on)\b
\b(?:no|any|a|the|what|see|whats) ?(?:a |the |any )?(?:reason|point|will) (?:to live|of living|of life|of going on
  |of being alive|to keep living|in living|to go on|to keep going|going on|in going on|to be alive|to keep living)\b
\bcant go on(?: (?:like this|living|any ?more|with (?:this|life)))?$|\bcant (?:go on|keep going|keep living
  |live) (?:like this|living|any ?more|with this life)\b|\bcant (?:do|take) (?:this|life) any ?more and (?:want
  |dont)\b
\bgive up on life\b|\bgiving up on life\b|\bjump(?:ing)? (?:off|from) (?:a|the) (?:bridge|roof|building)\b
  |\bno longer want to (?:live|be alive|be here)\b|\btired of (?:living|being alive|life)\b
\bmatarme\b|\bme (?:voy a |quiero |quisiera )?mat(?:o|ar)\b|\bquit(?:arme|arse|o) la vida\b
  |\bno quiero (?:seguir )?(?:vivir|viviendo|vivir mas|existir|despertar)\b
\bno (?:quiero|tengo ganas de|puedo) (?:seguir )?(?:vivir|viviendo)\b|\b(?:me )?(?:quiero|quisiera|deseo|ganas de
  |prefiero|preferiria) (?:morir\w*|estar muert[oa]|desaparecer para siempre)\b
\b(?:hacerme|me (?:quiero|voy a) hacer) dano\b|\b(?:acabar|terminar) con (?:mi vida|todo)\b
  |\b(?:mejor (?:estaria |estar )?muert[oa]|estaria mejor muert[oa])\b|\bno vale la pena (?:seguir )?(?:vivir
  |viviendo)\b
\b(?:quiero|pienso|pensando|ganas de|voy a) (?:en )?(?:lastimarme|cortarme|hacerme dano|colgarme)\b
  |\blastimarme\b(?! (?:al|en el|jugando|corriendo))|\bno tengo (?:razon(?:es)?|motivos?) para vivir\b
\bya no (?:quiero|puedo) (?:mas con (?:mi|la|esta) vida|vivir|seguir viva?o?)\b|\bcansad[oa] de (?:vivir|la vida
  |mi vida)\b|\bsin ganas de vivir\b|\bestarian mejor sin mi\b
\b(?:hope|wish|want|wanna|pray\w*|rather|better|easier|like|love|nice)(?: \w+){0,6} (?:not|dont|never|didnt|wouldnt
  |wont|without) (?:\w+ ){0,2}?(?:wake|waking) up\b(?! (?:from|early|so early|before|at|that))
\b(?:dont|do not|didnt|not|no longer|never)(?: \w+)? (?:want|wanna|wish|care|deserve)(?: \w+){0,2} (?:be here|be alive
  |exist|live|living|be around|be on this earth|be in this world|breathe)(?= ?(?:$|,)| (?:any|no more|tonight|tomorrow
  |like this|with|and|but|at all|if|without))
\b(?:want|wanna|like|wish|going|ready|need) to (?:just |simply )?(?:not (?:exist|be alive|be here|live)|vanish
  |stop existing|cease to exist|fade away|disappear(?! (?:into|for a|from work|on)))\b
\b(?:done|tired|sick|over|finished|exhausted|through|giv\w+ up|gave up|hate)(?: (?:with|of|on|my|this|being|the|all
  |just|so|fighting|trying to)){0,3} (?:living|life|alive|existing|breathing)\b(?! (?:in|at|with my|near|so far|down
  |room|out of))
\bcant (?:\w+ )?(?:do|take|live|handle|stand|face|continue|deal with) (?:this |my |with this |another )?(?:life
  |day of this)\b|\bcant keep (?:living|doing this life|going any ?more)
\b(?:no|any|the|a|whats|see|there|my|little) (?:\w+ )?(?:reason|point|sense|will|purpose|desire|use)(?: (?:left|in me
  |for me))? (?:to|in|of) (?:live|living|life|exist\w*|being (?:alive|here)|be alive|be here|go on|going on
  |keep(?:ing)? (?:going|living)|any of it|continuing|wake up|it all any ?more)\b
\bnothing (?:left )?(?:to live for|for me (?:here|any ?more|to live))\b|\bno (?:way out|hope left)\b(?! of)
  |\bno future for me\b|\blast resort is to\b
\b(?:ready|going|gonna|about|want|decided|plan\w*|time|able) to (?:just )?end (?:it|things|everything)\b(?! (?:early
  |with|at|on|there|here|now so))|\bending (?:it|things)(?: all)?(?: tonight| today| now| soon| tomorrow| this
  | for good)*(?= ?$| ,)
\b(?:bought|got|have|holding|loaded|found|getting|buying|using)(?: \w+){0,2} (?:gun|noose|pistol|rope
  |razor blades?)\b(?! (?:show|range|massag\w+|class|safety|swing|ladder))(?<!massage gun)
  (?<!nerf gun)(?<!toy gun)(?<!nail gun)(?<!glue gun)(?<!water gun)(?<!heat gun)
\b(?:think\w*|thought\w*|want|wanna|gonna|going to|could|might|keep|urge|feel like|tempted|plan\w*|imagin\w*|quiero
  |voy a|pienso|pensando|ganas|dan ganas)\b[^.?]{0,30}\b(?:jump\w*|driv\w+|step\w*|walk\w*|throw\w*|run\w*|crash\w*
  |aventar\w*|tirar\w*|saltar|lanzar\w*|chocar)(?: \w+){0,4} (?:bridge|cliff|roof|building|balcony|overpass|tree
  |traffic|train|tracks|oncoming|wall|puente|edificio|tren|balcon|azotea|precipicio|barranco)\b
\b(?:jump|step|walk|throw myself|run) (?:in ?front of|into|off)(?: \w+){0,2} (?:train|bridge|cliff|roof|traffic|bus
  |truck|car)\b|\b(?:looking|staring|driving) (?:at|over|to) (?:\w+ )?bridge\b
\b(?:slit|slitting|cut|cutting)(?: \w+)? wrists?\b|\bdrink(?:ing)? myself to death\b|\bstarv\w+ myself\b
  |\bput a (?:gun|bullet)\b|\bblow my (?:brains|head)
\b(?:cut|cutting|burn(?:s|ed|t|ing)?|hurt(?:s|ing|ed)?|harm\w*|injur\w*|hit\w*) (?:myself|my (?:arms?|wrists?|legs?
  |thighs?))(?: \w+){0,3} (?:on purpose|to cope|intentionally|deliberately|purposely|to feel)\b|\b(?:cut|cutting
  |burn(?:s|ed|t|ing)?) (?:myself )?again\b(?! (?:shaving|cooking|on|at|in|with|while|chopping|back))
  |\bbeen cutting(?: myself)?(?: again| lately)?(?= ?$| ,)|\bself (?:harm|injur)\w*|^sh again\b
\b(?:good ?bye|suicide|farewell|despedida)(?: \w+)? (?:letters?|notes?|messages|cartas?)\b|\b(?:cartas?
  |notas?) de despedida\b|^this is (?:my )?(?:final |last )?goodbye$|\bsaid my goodbyes\b|\bwrote my (?:will and
  |goodbyes?)\b
\bplan\w*(?: \w+)? my (?:own )?(?:death|suicide|funeral)\b|\bmade up my mind to (?:end|die|go)\b|\bmy (?:last
  |final) (?:day|night) (?:alive|on earth)\b
\b(?:wont|will not|not (?:going|gonna) to?|might not|may not) be (?:around|here|alive) (?:much longer|any ?more
  |for long|long|after (?:tonight|today))\b
\b(?:pills?|meds|pastillas)(?: \w+){0,3} (?:lined up|in front of me|in my hand|saved up|counted out|en la mano
  |enfrente)\b|\b(?:scared|afraid|worried)(?: \w+){0,2} what (?:i will|i|im|id) (?:\w+ )*?do\b|\b(?:not
  |dont feel) safe (?:with|from|around|by|being) (?:myself|alone)\b|\bdont trust myself\b(?! (?:to drive|lifting
  |with))|\bmiedo (?:de|a) lo que (?:\w+ ){0,3}hacer\w*
\b(?:thoughts?|ideas?|pensamientos|pensando|piens\w+|ganas|thinking)(?: \w+){0,3} (?:of|about|de|en|sobre) (?:dying
  |death|killing|ending (?:it|things|my)|hurting myself|not being (?:here|alive)|morir\w*|la muerte|muerte|matar\w*
  |suicid\w*|no estar)\b
\b(?:quisiera|quiero|ojala|prefi?er\w+|desearia|espero|deseo|mejor
  |gustaria)(?: \w+){0,6} no (?:volver a |me )?(?:despert\w+|existir|haber nacido|estar viv[oa]|estar aqui$)
  |\b(?:dormir\w*|acostar\w*)(?: \w+){0,4} no (?:volver a )?despert\w+|\bno despertar(?: nunca| jamas| mas)\b
\b(?:ya )?no (?:voy a|quiero|quisiera|deseo) (?:estar|seguir) (?:mas )?(?:aqui|en este mundo|en esta vida|viv[oa]
  |existiendo)(?: mas)?(?= ?$| ,)|\b(?:quiero|quisiera|ganas de|deseo|mejor|gustaria) (?:solo )?desaparecer(?= ?$| ,
  | del| para siempre| de este)
\b(?:ahorcarme|colgarme|aventarme|ahogarme a mi)\b|\btirarme (?:de|del|al|a las|por)\b|\bme (?:quiero|voy a|quisiera
  |dan ganas de|voy) (?:a )?(?:aventar|colgar|ahorcar|cortar las venas|quitar la vida|suicidar|envenenar|dar un tiro
  |pegar un tiro|tirar (?:de|del|al|por)|matar|morir hoy)\b|\bquit\w* la vida\b
\bme (?:corte|corto|estoy cortando|ando cortando|quemo|queme|lastimo|lastime|hago
  |hice)(?: dano)?(?: \w+){0,3} (?:a proposito|adrede|intencional\w*|otra vez los brazos)\b|\bme estoy (?:cortando
  |lastimando|haciendo dano)\b(?! (?:el pelo|las unas))
\b(?:no (?:aguanto|soporto|puedo)|hart[oa]|cansad[oa])(?: (?:mas|ya|con|de|a|seguir con)){0,3} (?:la|mi|esta) vida\b
  |\b(?:para|a) que (?:seguir |sigo |continuar |quiero )?(?:viv\w+|la vida|existir|en este mundo)\b
  |\bno (?:le )?(?:veo|encuentro|hay|tengo)(?: (?:el|mas|ningun|ya)){0,2} (?:sentido|caso|razon|motivo)(?: (?:a|para
  |de|en))? (?:seguir |la |mi |continuar |esta |estar )?(?:vi\w+|vida|aqui)\b
\b(?:acabar|terminar|acabo|termino|poner\w*(?: un)? fin|fin)(?: de una vez)? (?:con|a) (?:todo|mi vida|la vida
  |mi existencia|mi sufrimiento)\b|\bseria mejor (?:no estar|morir\w*|estar muert[oa]|si no estuviera)\b|\b(?:estarian
  |estaria|estan) mejor sin mi\b|\bno (?:merezco|deberia) (?:vivir|estar viv[oa]|existir)\b
  |\bno me importa(?:ria)? (?:morir|si me muero|vivir)
"""
)
