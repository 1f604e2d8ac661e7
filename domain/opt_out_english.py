"""How people ask in English to be written to no more, by construction: a verb of sending or a word for our messages,
and around it a no, an end, a weariness, a removal, a switch, a threat or a withdrawn consent.
"""

from domain.reply_rules import rules

_NOUN = (
    r"(?:texts?|text messages?|messages|messaging|sms|e ?mails?|reminders|notifications|alerts|texting|surveys"
    r"|check ?ins"
    r"|correspondence|communications?|newsletters?|blasts?|updates|questions|spam|pings|robo ?texts?)"
)
"""Words for what we send."""

_SENDING = (
    r"(?:texting|messaging|e ?mailing|contacting|writing|sending|bothering|bugging|harassing|spamming|pinging"
    r"|pestering"
    r"|notifying|reminding|annoying|disturbing|communicating|reaching out|hitting (?:me|us|this)(?: \w+)? up"
    r"|blowi?ng? up|blowin up|contact|communication|communications|correspondence|hounding|stalking|nagging)"
)
_SEND = (
    r"(?:text|message|e ?mail|mail|contact|write|spam|bother|bug|harass|ping|pester|notify|remind|annoy|disturb"
    r"|sms|hit"
    r"|communicate|reach out|call or text|text or call|call or message|call or email|email or text|text or email"
    r"|call and text)"
)
"""Verbs of sending; "call" counts only beside another one."""

_THESE = (
    r"(?:all |any |the |these |those |this |that |your |ur |my |more |of |such |future |further |from |yall "
    r"|automated )"
)
_US = (
    r"(?:me|us|my|this|here|it|his|her|him|them|again|anymore|any ?more|any longer|further|no more|ever|please"
    r"|thanks|$)"
)
_LIST = (
    r"(?:lists?|texts?|texting|threads?|messages?|messaging|reminders?|system|group|database|mailings?|contacts?"
    r"|records?"
    r"|notifications?|e ?mails?|service|sms|alerts|directory|rolodex|everything|anything|files?|distribution|chain)"
)
_MINE = (
    r"(?:(?:my|this|our|the|his|her) (?:\w+ )?(?:number|name|cell|phone|e ?mail|contact|info|information|details"
    r"|data|line"
    r"|digits|address)|number|phone number)"
)
_REMOVE = (
    r"(?:take|get|remove|delete|drop|scrub|erase|strike|cross|pull|wipe|clear|purge|kick|cut|leave|keep|boot"
    r"|lose)"
)

_OTHER = (
    r"(?!by\b|in\b|at\b|over\b|off\b|and\b|taking\b|doing\b|my (?!phone|cell)|using\b|eating\b|if\b|when\b|to\b"
    r"|for\b(?! good| ever))"
)
"""Words after a stop that make it another stop: by, in, taking, eating."""

_FROM_US = (
    r"\b(?! (?:guys |all )?(?:in\b(?! \w)|in (?:the|my|your)|from (?:the|my|your|getting|parking)"
    r"|(?:to|with|at) (?:(?:the|my|your|a|our|state|local|county) )*(?:board|licens\w*|bbb|b\b|better|police|cops"
    r"|sheriff|attorney|health|insurance|owner|manager|boss|management|corporate|head|hr|hipaa|medicare|medicaid"
    r"|department|dept|authorit\w*|agency|commission|association|state\b|city\b|county\b|media|news|yelp|google)))"
)
"""Behind "report you" and "block you": not to a board or an owner, which is a complaint, nor in a driveway."""
_CHANNEL = r"(?:\w+ )?(?:numbers?|texts?|messages|msgs|sms|e ?mails?|calls|contact|line|spam|address)"
ENGLISH = rules(
    r"""
(?<!\byou )(?<!\bu )(?<!\bthey )(?<!\bwe )\b(?:dont|do not|no longer|not|never|didnt|nobody
  |no one)(?: (?!to\b)\w+)? (?:want|wanna|wants|need|needs|wanting
  |needing|care for|care to|wish|like)(?: to)?(?: (?:get|receive|see|have|be getting|be receiving|keep getting|getting
  |receiving))? (?:any ?more |any |more |of |all |to be )*(?:these|this|those|your (?:\w+ )?<noun>
  |(?:these |those |this |the )*<noun>)(?= ?$| any ?more| no more| from you| please| sent| on my| to my| ever| either
  | any longer| thanks| period)
\b(?:stop|quit|stopping) (?:getting|receiving|with|seeing|having)(?: (?:all|any|of|more|your))* (?:(?:these|this|those
  |the)(?= ?$| please| now| thanks)|(?:these |this |those |the |your )*<noun>)\b|\b(?:stop|quit
  |stopping) checking (?:in|up)\b|\bstop (?:the|this|your) (?:\w+ )?(?:bot|robot|nonsense|service)\b
\b(?:want|like|need|make|making|tell|have|get|mind)(?: \w+){0,4}? (?:<noun>|<sending>|bot|robot|computer|system
  |you guys|people)(?: all)? (?:to )?(?:please |just )?(?:stop|quit|cease|end)\b
  |\bturn (?:off |the |your |this )+(?:bot|robot|automation|auto\w*)
\b(?:no (?:reason|point|use)|pointless|useless|waste|unnecessary)(?: \w+){0,3} (?:<sending>|<noun>)\b
  |\bmind (?:not <sending>|stopping|ending|removing me|taking (?:me|my \w+) off|quitting)\b
\b(?:text|message|email|contact|bother) me (?:one more time|ever again|again and)\b|\b(?:text
  |message)\w*(?: \w+){0,6} (?:lawyer|attorney|police|lawsuit|court)\b|\bone more (?:text|message|email) (?:and
  |from)\b
\b(?:cancel|end|stop) (?:my |the |this )?(?:text |sms |email )?(?:subscription|texting service|messaging service
  |text service)\b|^(?:actually |just |please |so )*(?:stop|end|lose|ditch|nix|kill) (?:them|these|those|em
  |(?:these |those |the |all )*<noun>)(?: all)?\b
\bnever (?:again |ever )*<send> (?:me|us|this)\b|\bnot to be (?:contacted|texted|messaged|emailed)\b|\b(?:remove|take
  |delete) me (?:form|of|frm|off|fro) (?:this|ur|your|the|ths) (?:(?!wait|cancel|stand)\w+ )?list|^(?:un sub|opt ?outt
  |un subscribe)\b|\b(?:lose|ditch|nix|kill) (?:these|those|the) <noun>\b
(?<!\bi )(?<!\breally )(?<!\bwhy )(?<!\byou )(?<!\bthey )(?<!\bwe )\b(?:dont|do not|never|no need to|not|(?:please|pls
  |rather|prefer|like) (?:that )?(?:you )?(?:not|didnt|wouldnt|dont)) (?:you |u |guys |all |ever |even |dare|please
  |be |keep |have to |need to |want to |bother (?:to )?|try to |try and )*(?:<send>|<sending>) ?(?:to |at|with
  |for )?<us>(?! (?:the|a|an|until|about|if|when|because|that|as)\b(?! (?:number|phone|line|cell|any)))
\b(?:dont|do not|no longer|not|never|didnt) (?:ever |really )?(?:want|need|like|wish|ask(?:ed)?
  |care) (?:for )?(?:(?:you|yall|anyone|anybody|u)(?: guys| all| people
  | folks)? )?(?:to )?(?:be )?(?:keep )?(?:<send>ed|texted|<sending>|reminded|notified|contacted|(?:text|message|email
  |contact|bother|remind) (?:me|us)\b)
\byou (?:dont|do not|no longer) (?:have|need) to (?:keep )?(?:<send>|<sending>|send) (?:me|us|this|these|anymore)\b
  |\byou can (?:stop|quit) <sending>\b
\b(?:no|not|zero|without|nomas
  |no mas) (?:any )?(?:more |further |additional |mas |other |longer )+<these>{0,3}(?:<noun>|contact|calls)\b
  |^(?:\w+ )?no (?:calls?|texts?|emails?|texting|text messages|messages|reminders|contact)(?: (?:no|or|and
  |nor))* (?:calls?|texts?|emails?|messages)\b|^(?:please )?no texts?(?: please| pls| thanks| ever| at all
  | to this \w+)*$|\bno need (?:for|of) (?:\w+ ){0,2}?<noun>\b|\bno more of (?:this|these|that|them|those)$
  |\b(?:i )?said no more$|\bno (?:more )?want (?:\w+ ){0,2}<noun>\b
\b(?:requested|asked for|said|want|wants|prefer|appreciate|like) no (?:more |further )?<noun>\b
  |\bthats? the last (?:one|text|message)\b.*\b(?:want|no more)
\b(?:enough|sick|tired|done|finished|through(?= (?:with|getting|receiving))|over|fed up|had it|annoyed|irritated
  |hate|hating|cant stand|good on
  |(?:dont|do not) (?:like|appreciate|enjoy)|all set (?:with|on)|im good (?:with|on)|had enough)(?: (?:and tired|of
  |with|by|on|getting|receiving|seeing|reading|answering|these|those|this|all|the|your|ur|having to|to get|to receive
  |being|so many|constant|sent|daily|damn|stupid|freaking|f\w+ing)){0,6} (?:<noun>|<sending>|texted|messaged|emailed
  |contacted|reminded|spammed|bothered)\b
\b(?:enough|sick|tired|done|over|fed up) (?:of |with )?(?:hearing from|getting (?:these|this|those)|receiving (?:these
  |this)|from) ?(?:you|yall|u|this|$|\w+)
\b(?:dont|do not|no longer|never|not|rather not) (?:ever |really )?(?:want|wanna|wish|need|care
  |like)? ?(?:to )?hear from (?:you|u|yall|your|this|anyone|the)\b
\b(?:<noun>|<sending>|^this|^these|^it) (?:really |all |just |seriously )*(?:needs?|have|has|must|got|gotta|should
  |better) (?:to )?(?:stop|end|quit|cease)\b|\b<noun> (?:is|are) (?:\w+ )?annoying\b|\b(?:<noun>|these|this) (?:is
  |are) (?:\w+ )?(?:harassment|harassing|spam|unwanted|bothering|unsolicited|out of (?:hand|control))\b|\byou(?:re
  | are )? (?:\w+ )?(?:bothering|harassing|spamming|annoying|pestering) me\b|\b(?:text|message
  |email)(?:ing)? (?:me )?(?:way|far)? ?too much\b|\bharass(?:ment|ing)\b
\bwhy (?:do|are|r|would|is|am|cant|wont|does|did)? ?(?:you|u|yall|i|they|this|we|it)? ?(?:guys |all |people |number
  |place )*(?:do |are |am |r )?(?:keep|still|continue to|continually|constantly|always|u keep|keeps)(?: on)? (?:me
  |i )?(?:<sending>|text|message|getting|receiving|get) (?:me|us|this|these|those|my|your|<noun>)\b
\b<remove> (?:me|us|him|her|<mine>)(?: please| pls)?(?: the)? (?:off|out|from)(?: of| from)?(?:$| (?:this|that|it|here
  |there|these|those|your end|ur end)(?:$| please| pls| thing| number| phone| now| asap| immediately)| (?:(?!wait
  |sched|calen|cancel|book|table|pain|appoint|tomorrow|today|slot|class)\w+ ){0,4}?<list>\b)
\b<remove> (?:me|us)(?: please)? off(?: please| pls| now| asap| thanks| already)*$
\b(?:remove|delete|scrub|erase|wipe|forget|unlist|delist|unenroll|disenroll|drop|lose|block) (?:me(?: (?:please|now
  |asap|from everything|entirely|completely|permanently))*$|<mine>\b)|^(?:please |pls )?(?:remove|delete|unlist|delist
  |unenroll)(?: (?:from )?(?:the )?list| number| me| from| this| please| pls)*$|\b(?:unlist|delist|unenroll
  |disenroll) (?:me|us)\b
\b(?:be|been|get|getting|have (?:me|us|my \w+)|want|like|wish|please|was|were)(?: to be| to get)? (?:removed|taken off
  |deleted|unsubscribed|unenrolled)(?:$| please$| (?:from|off)(?: of)? (?:(?!wait|sched|calen|book
  |cancel)\w+ ){0,4}?<list>)|^removed? please$|\b(?:like|want) (?:off|out) (?:of )?(?:this|your|the|these
  |all)\b(?! (?:life|world|pain))|\b(?:let|get) me out of (?:this|these|here)$|\boff (?:this|your
  |the) (?:\w+ )?list\b(?<!waiting list)(?<!wait list)(?<!cancellation list)
\b(?:turn|shut|switch|cut) (?:off <these>{0,3}(?:<noun>|these|them|this|it all)|<these>{0,3}(?:<noun>|these|those|them
  |this|it all) off)\b|\b(?:mute|silence|disable|deactivate|stop|end|kill|cancel|suspend
  |discontinue) <these>{0,3}<noun>\b(?! (?:about|on|at|so|this early))|^(?:please )?(?:mute|silence|disable
  |end) (?:these|this|them)$
\b(?:how|where|way|what|cant|can|unable)\b(?: \w+){0,5} (?:opt out|unsubscribe|get off|get out|end|stop|turn off
  |cancel|make|get) (?:of )?(?:getting |receiving )?(?:these|those|this list|this thing|(?:these |this |the )?<noun>
  |them)(?:$| (?:to )?stop| please| coming| now| from)|\bcan(?:t|not)? (?:i )?(?:unsubscribe|opt out)\b
\bnot interested (?:anymore )?(?:in )?(?:getting |receiving |having |being )?<these>{0,3}(?:<noun>|texted|contacted
  |these|messaged)\b|\bno longer interested in (?:getting|receiving|being|<these>{0,2}<noun>)
\b(?:report|reporting|reported|block|blocking|blocked|sue|suing) (?:(?:you|yall)<from_us>|your <channel>
  |this (?:number|as|to the (?:fcc|ftc|carrier|phone company|feds))|the number|as spam)\b|^(?:youre |you are
  [ ]|number |im )?(?:blocked|blocking)(?: you| u| now)*$|\bfcc\b|\bftc\b|\btcpa\b
  |\bdo not (?:call|text|contact) (?:list|registry)\b|^(?:dnc|dnd)$|\b(?:its|thats|is|as|for) spam\b
\b(?:no|not|never|dont|didnt|do not|did not|without|nobody|who) (?:\w+ ){0,3}?(?:permission|consent\w*|authorization
  |authori[sz]ed?|agreed?|sign(?:ed)? up|ask(?:ed)?|opt(?:ed)? in|gave)(?: (?:for|to|in|you|u|me|my|any|permission
  |consent|get|getting|receive|receiving|be|being|the|your)){0,4} (?:this|these|that$|it$|text\w*|<noun>|<sending>
  |<send>|contacted)\b(?! (?:about|appointment|visit))
\b(?:remove|revoke|withdraw|rescind|cancel|pull|end|take back) (?:my |any |all |the )*(?:consent|permission)\b
\b(?:dont|do not|stop|quit|never|not)(?: \w+)? (?:use|using|hit|hitting|call|calling|text|texting|dial|contact) (?:my
  |this) (?:\w+ )?(?:number|phone|line|cell|again)\b|\bthis number is not for (?:text|this|message)
\b(?:refrain|abstain|desist) from (?:\w+ )?<sending>|\b(?:appreciate|like|love|prefer
  |grateful) (?:it )?(?:very much |so much )?(?:if )?(?:you|u|yall)(?: guys)? (?:stopped|would stop|would not|wouldnt
  |didnt|quit|would quit|not)\b(?! (?:by|in|over|be|charge|cancel|use|press|push|talk))
\b(?:stop|quit|cease|end|terminate|halt|discontinue)(?: (?:all|any|with|w|the|your|further|and desist|this|these|of
  |fucking|damn|f\w+ing|stupid|goddamn|me|my|us|contacting and)){0,4} (?:<sending>|<noun>|contact|using my
  |using this)\b
\b(?:you can|please|just|can you|could you) (?:\w+ )?(?:shut|turn|switch) (?:them|these|those|this) (?:off|down)\b
^(?:please |just |now |so |and )*(?:go away|get lost|buzz off|bug off|piss off)\b|\b(?:leave me (?:\w+ )?(?:alone|be
  |in peace)|f off|eff off|fuck you|screw you)\b(?! (?:pain|and heal))
\b(?:knock|cut|quit|lay|cool|ease) (?:it |this |that )?(?:off|out|it|up)(?: on| with)? (?:<these>{0,3})(?:<noun>
  |<sending>)\b|\b(?:give it|give me) a (?:rest|break) (?:with|from) (?:<these>{0,3})(?:<noun>|<sending>)
\b(?:no longer|dont|do not|not) (?:want|wish|wanna|care|need|like)(?: to)? (?:participate|be (?:part of|contacted
  |bothered|texted|reminded|included|on (?:this|your|the) (?:\w+ )?list|messaged|emailed|disturbed|a part)|take part)
\b(?:dont|do not|no longer|didnt) (?:want|need|like|wish)(?: (?:any|to (?:get|receive|see|answer)|getting|receiving
  |more|of|them|the|to)){0,4} (?:these|those|this)(?: (?:texts?|messages|things|from you))*(?: any ?more| any longer
  | either| thanks| please| period| from (?:you|u|yall))+\b
\b(?:count me out of|opt(?:ing|ed)?(?: me)? (?:out|myself out)(?! of (?:the|my|this|that
  |a)\b)) ?(?:(?:<these>){0,3}<noun>|all|everything|now|please|$)
\b(?:dont|do not|no) (?:want|need) (?:any |no )?more of (?:these|this|them|those)\b
\b(?:make|get) (?:these|them|those|the <noun>|<noun>) (?:to )?stop\b
\b(?:dont|do not|no longer|not|didnt|never) (?:ever |really )?(?:want|wish|need|like|care for|wanna) (?:(?!miss|lose
  |stop|unsubscribe|forget|bother|interrupt|delete|opt|the link|to (?:text|email|message|send)\b)\w+ ){0,5}?<noun>\b
\b(?:call|phone|email|write)(?: to)? me (?:instead|only|from now on)\b.{0,30}\b(?:no|not|dont|do not
  |instead of) (?:\w+ )?text|\b(?:only|just) (?:call|phone|email)\b.{0,30}\bno (?:more )?text\w*
  |\bcall (?:me )?instead of (?:texting|messaging)
\b(?:how many times|did i not|i (?:already )?(?:said|told you|asked you|replied|texted|sent
  |typed)) (?:\w+ ){0,5}?(?:stop|quit|not to (?:text|message|contact|email))\b
  |\bremoved? (?:me )?from\b(?: \w+){0,3} <list>\b
\b(?:dont|do not|didnt|not) (?:send|sent)(?: (?:me|us|out))? (?:nothing|no more|nothin|anything|any more|anymore|any
  |more|further|his|her|these|this|those|stuff|<noun>)\b(?! (?:yet|today|last|this week|yesterday))
\b(?:unsubscribe|unsub|opt ?out)\b(?! of (?:the|my) (?!text|message|email|list))
^(?:please |pls )?stop (?:this|these|that|those) (?!exerci|massage|session|stretch|med|treat|plan)\w+$|^no contact\b
  |^(?:please )?do not disturb\b
\b(?:stop|stp|stopp|quit|cease|discontinue|halt|quite)(?: and desist)?\s(?:<other>\w+\s){0,4}?(?:<sending>|<noun>
  |asking|messag\w+)\b
^(?:please |pls |and )?no (?:more )?(?:text(?:s|ing)|text messages|messages|emails|sms|reminders)\b(?! (?:today
  |received|yet|came|from|arrived|so far|but))
\b(?:dont|do not|no longer|not|didnt|never) (?:ever |really )?(?:want(?:ed)?|wish|need|like|care for|authori[sz]e
  |approve|allow|accept|appreciate|wanna|agreed? to|consent(?:ed)? to|sign(?:ed)? up for|ask(?:ed)? for|interested in
  |opt(?:ed)? in(?:to| to| for)?) (?:(?!miss|lose|stop|unsubscribe|forget|bother|interrupt|delete|opt|the link
  |to (?:text|email|message|send)\b|[,.?])\S+ ){0,4}?(?:<noun>|contacted|texted|messaged|emailed|bothered
  |hear from (?:you|yall|u)|on (?:your|this) list|(?:get|receive|receiving|getting) (?:any ?more|any
  |anything)(?: more)?(?: of)?(?: these| those| this)?$)\b
\b(?:rather|prefer|want|like) (?:to )?not (?:to )?(?:get|receive|have|be) (?:\w+ ){0,3}?(?:<noun>|contacted|texted
  |messaged|these|those|anything|this)\b
\bun ?su[bs]{0,2}cri\w*|\bunsub\b|\bunsuscri\w*|\bopt(?:s|ed|ing)? (?:me |us |myself )?out\b|\boptout\b
\bleave (?:me|us) (?:the (?:hell|f\w+|heck) )?alone\b|\bdo not (?:text|call|contact) list\b|\b(?:knock|cut) (?:it
  |this) (?:off|out)\b(?! of)
\b(?:revok\w+|withdraw\w*|rescind\w*) (?:my |all |any )*(?:consent|permission|authori[sz]ation)\b|\b(?:dont|do not
  |no longer|not) (?:give |have my )?(?:consent|permission)\b
\b(?:fuck|f|piss|bug|buzz|screw) ?off\b|\b(?:block(?:ing)?|report(?:ing)?) this as spam\b
\b(?:told|asked|asking|want|need|wish|begging|telling) (?:you|u|yall|you guys|you all|this|these|them
  |it) (?:to |would )(?:please )?(?:stop|quit)$
\b(?:please|pls|plz|can you|could you|would you|will you|wont you|cant you|for the last time|god|sake|ffs|seriously
  |again|i beg you|im begging|you (?:\w+ )?(?:need to|must|have to|gotta|better|should)|just
  |jus) (?:just |please |pls )?(?:stop|quit)(?: (?:this|it|now|already|please|pls|immediately|asap|everything
  |all of this|all this))*$
^(?:please |pls |just |ok |and |so |now )*stop (?:i|im|ive|id|you|u|ur|who|wrong|dont|do not|everything|all|thanks
  |thank|asap|immediately|for good|already|please|pls|now|right now|no more|never)\b
\b(?:can|could|would) (?:you|u|yall) (?:please |pls |all )*not (?:text|message|contact|email|send|write)\b
""",
    from_us=_FROM_US,
    channel=_CHANNEL,
    noun=_NOUN,
    sending=_SENDING,
    send=_SEND,
    these=_THESE,
    us=_US,
    list=_LIST,
    mine=_MINE,
    remove=_REMOVE,
    other=_OTHER,
)
