"""A tap on a message of ours, which the phone turns into a text: "Liked “…”", "Removed a heart from “…”".

In English, Spanish, French, German, Italian and Portuguese, as Apple's and Google's programs write them. A tap says
nothing that we could act on, since nobody knows to which of our messages it belongs. It has one exact form, the verb
and one quotation; who types the verb and quotation marks may say anything with them, and is read.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from domain.reply_ours import is_of
from domain.reply_rules import word_list

Mood = Literal["likes", "asks", "none"]

_OPENING = '"“”«„‟″「'
_CLOSED_BY = {'"': '"”', "“": '”"', "«": "»", "„": "“”"}
_INVISIBLE = re.compile("[\u200a-\u200f\u2028-\u202f\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f]")
_HEAD = re.compile(rf"[^{_OPENING}]{{0,60}}")
_FIRST_WORDS = word_list(
    """
    liked loved disliked emphasized emphasised questioned laughed reacted removed
    le les me no se enfatizo exclamo cuestiono pregunto reacciono elimino quito retiro dio encanto gusto destaco subrayo
    a n il elle ont aime adore retire supprime
    gefallt geliebt gelacht betont hervorgehoben hat liebt lacht mag fragt entfernt reagiert
    ha hai hanno
    gostou amou adorou riu enfatizou questionou reagiu removeu nao
    """
)
_VERBS = re.compile(
    r"^(?:(?:you|he|she|they) )?(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned"
    r"|reacted (?:with )?(?:an? )?(?:[^\w\s]{1,12}|like|love|heart|laugh|\w+ sticker|sticker) (?:to|at|on|from)"
    r"|removed (?:an? )?(?:[^\w\s]{1,12}|like|dislike|heart|love|laugh|exclamation(?: mark)?|question(?: mark)?"
    r"|emphasis|reaction|\w+ reaction|sticker) from"
    r"|(?:no )?(?:le|les|me) (?:ha )?(?:gusto|gusta|gustan|encanto|encanta|dio risa|hizo gracia|divirtio|importa)"
    r"(?: a)?"
    r"|se rio de|se ha reido de|(?:ha )?(?:enfatizo|enfatizado|exclamo|destaco|destacado|subrayo|cuestiono|cuestionado"
    r"|pregunto por|dudo de)|reacciono(?: con)? [^\w\s]{1,12} (?:a|al)"
    r"|(?:elimino|quito|retiro|ha quitado|ha eliminado) (?:un |una |el |la |su )?(?:[^\w\s]{1,12}|me gusta|no me gusta"
    r"|me encanta|corazon|risa|jaja|exclamacion|signo de \w+|pregunta|reaccion) (?:de|a|en)"
    r"|(?:(?:il|elle|ils) )?(?:n ?)?(?:a|ont) (?:pas )?(?:aime|adore|ri|rigole|ri de|mis en (?:evidence|avant)|insiste"
    r"|souligne|accentue|questionne|interroge|pose une question|reagi|retire|supprime)\b.*"
    r"|gefallt(?: (?:mir|dir|ihm|ihr))?(?: nicht)?|(?:ge)?liebt|(?:ge)?lacht uber|betont(?:e)?|hervorgehoben|mag"
    r"|(?:hat |hast )?(?:mit )?.{0,20}(?:gefallt mir|geliebt|gelacht|betont|hervorgehoben|in frage gestellt|reagiert"
    r"|entfernt)\b.*|hat (?:mit|auf|bei|ein|eine|einen|das|die|uber|zu)\b.*|fragt nach|reagierte\b.*|hat"
    r"|(?:ha|hai|hanno) (?:messo|amato|adorato|riso|enfatizzato|evidenziato|domandato|reagito|rimosso"
    r"|tolto|aggiunto)\b.*"
    r"|(?:nao )?(?:gostou|amou|adorou|riu|enfatizou|questionou|reagiu|removeu|deu)\b.*)$"
)
_GERMAN_END = re.compile(
    r"^\s*(?:mit .{1,20} )?(?:reagiert|markiert|hervorgehoben|gelacht|geliebt|entfernt|betont)\b", re.I
)
_MARK_TO = re.compile(r"^(?:reacted |reacciono con )?[^\w\s]{1,12}\s+(?:to|a|à|zu|auf)$|^[^\w\s]{1,12}\s+(?:to|a)$")
_LIKES = re.compile(
    r"^(?:you )?(?:liked|loved|(?:le|me) (?:gust|encant)\w+|a (?:aime|adore)|gefallt(?! nicht)|geliebt|liebt|mag"
    r"|hat .*gefallt mir|hat .*geliebt|(?:ha|hai) messo (?:mi piace|un cuore)|ha amato|gostou|amou|adorou)"
    r"|^[^\w]*[👍❤♥💯👌✅🙏💜💙💚]"
    r"|(?:reacted|reacciono con|reagi avec|reagito con|reagiu com|mit) ?[👍❤♥💯👌✅🙏]"
)
_ASKS = re.compile(
    r"question|cuestion|pregunt|frage|domandat|dubbio|dislik|^no |n a pas|nicht|non mi piace|nao gost|[👎❓❔❌]"
)


class Reaction(NamedTuple):
    """A tap on a message: what it quotes, what stands after the quotation, and how it is meant."""

    quoted: str
    after: str
    mood: Mood


def reaction_in(text: str, folded: str, sent: Sequence[str] = ()) -> Reaction | None:
    """The tap that a text begins with; `folded` is the text without case and accents, sign for sign or not.

    What it quotes is the beginning of a text of ours among `sent`, or stands between two marks.
    """
    bare = _INVISIBLE.sub(" ", folded).strip()
    head = _HEAD.match(bare)
    if head is None or head.end() >= len(bare):
        return None
    verb = " ".join(re.sub(r"['’`´]", " ", head.group()).split()).rstrip(" :,-")
    if not _is_reaction(verb):
        return None
    quotation = _quotation(_INVISIBLE.sub(" ", text).strip(), sent)
    return Reaction(*quotation, _mood(verb)) if quotation else None


def _is_reaction(verb: str) -> bool:
    if _MARK_TO.match(verb):
        return True
    first = verb.split(" ", 1)[0] if verb else ""
    return (first in _FIRST_WORDS or first in ("you", "he", "she", "they")) and bool(_VERBS.match(verb))


def _quotation(text: str, sent: Sequence[str]) -> tuple[str, str] | None:
    """What the quotation marks hold and what stands behind them; None where nothing closes a quotation."""
    start = next((at for at, sign in enumerate(text) if sign in _CLOSED_BY), len(text))
    closing = _CLOSED_BY.get(text[start : start + 1], "")
    ends = [at for at, sign in enumerate(text) if sign in closing and at > start]
    for end in (len(text), *reversed(ends)):
        if text[start + 1 : end].strip() and is_of(text[start + 1 : end], sent):
            return text[start + 1 : end], _behind(text[end + 1 :])
    if not ends:
        return (text[start + 1 :], "") if text.rstrip().endswith(("…", "...")) else None
    return text[start + 1 : ends[0]], _behind(text[ends[0] + 1 :])


def _behind(text: str) -> str:
    return _GERMAN_END.sub("", text).strip(" .!…")


def _mood(verb: str) -> Mood:
    if verb.startswith(("removed", "elimino", "quito", "retiro", "ha rimosso", "ha tolto", "removeu")) or re.search(
        r"\b(?:entfernt|retire|supprime|quitado|eliminado)\b", verb
    ):
        return "none"
    if _ASKS.search(verb):
        return "asks"
    return "likes" if _LIKES.search(verb) else "none"
