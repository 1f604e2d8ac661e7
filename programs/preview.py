"""`followthrough preview`: the rules are in `domain.preview`, where the desk's form for a new plan uses them too."""

from domain.preview import OPEN_ENDED_SHOWN, Preview, preview

__all__ = ["OPEN_ENDED_SHOWN", "Preview", "preview"]
