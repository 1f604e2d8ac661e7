"""How much of somebody's words is read: reading takes longer the more there is, and a plan takes in no more than this.

Whatever is cut off is for a person, with the whole of it.
"""

from domain.actions import AddDeskTask
from domain.email_reply import without_history
from domain.incoming import Incoming

READ_CHARACTERS = 10_000
"""Twenty times a long text, five times a long mail without the ones that it quotes."""
LOOKED_THROUGH = 50_000
"""In a longer mail the quoted ones aren't looked for."""
SHOWN_CHARACTERS = 100_000
"""How much of the words the desk's task shows."""


def heard(text: str, *, mail: bool = False) -> tuple[str, bool]:
    """As much of a text as is read, and whether that is all that the sender wrote. Quoted mails go first."""
    if len(text) <= READ_CHARACTERS:
        return text, True
    own = without_history(text[:LOOKED_THROUGH]) if mail else text
    return own[:READ_CHARACTERS], len(own) <= READ_CHARACTERS and len(text) <= LOOKED_THROUGH


def cut_short(reply: Incoming) -> tuple[Incoming, AddDeskTask | None]:
    """The reply as it is read, and where that isn't all of it, the task of a person to read the whole."""
    text, whole = heard(reply.text, mail=reply.channel == "email")
    short = reply.model_copy(update={"text": text})
    if whole:
        return short, None
    words = "A text" if reply.channel == "sms" else "An email"
    task = AddDeskTask(
        key=f"long:{reply.provider_id}",
        plan_id="",
        kind="reply",
        text=f"{words} came in that is too long: only its beginning was read. "
        f'They wrote: "{reply.text[:SHOWN_CHARACTERS]}"',
        at=reply.at,
    )
    return short, task
