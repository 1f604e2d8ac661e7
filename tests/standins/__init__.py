"""A stand-in for Twilio and SendGrid on loopback that the vendors' own client libraries can't tell from them.

It keeps what it accepted, fails as it is told to, calls back and signs like the vendors, and receives texts and mails
from made-up clients. In a test: `with running_standin() as vendor`. By itself: `python -m tests.standins --help`.
"""

from tests.standins.behaviours import Behaviour, Director, Door, Habit, Outcome
from tests.standins.book import MailSent, Text
from tests.standins.identity import Identity
from tests.standins.running import running_standin
from tests.standins.standin import Standin
from tests.standins.timing import Timing

__all__ = [
    "Behaviour",
    "Director",
    "Door",
    "Habit",
    "Identity",
    "MailSent",
    "Outcome",
    "Standin",
    "Text",
    "Timing",
    "running_standin",
]
