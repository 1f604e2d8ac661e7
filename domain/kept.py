"""What a plan's or a claim's state says about its own keeping: which judgement made it, and what is saved for certain.

Records and Temporal may come to differ: a save that was late, a judgement whose result got lost, a copy from before.
By these words they are told apart, never by a clock.
"""

from domain.client import Model


class Kept(Model):
    """`token` names the judgement that made the state, each attempt at one by another name.

    `revision` is the last one that is saved for certain, `heard` the ids of the events that were heard since.
    """

    token: str = ""
    revision: int = 0
    heard: tuple[str, ...] = ()
