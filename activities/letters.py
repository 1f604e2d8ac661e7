"""What a mail to a client carries besides its text: a link, an address that names the conversation, a calendar file."""

from dataclasses import replace
from datetime import timedelta

from domain.actions import SendMessage
from domain.calendar_file import calendar_file
from domain.policy import Practice
from providers.base import Outgoing
from records.database import Records

LINK_LASTS = timedelta(days=30)


class Letters:
    """Dresses mails before they go. Texts, and mails to staff, pass as they are."""

    def __init__(self, records: Records, practice: Practice, public_url: str, from_email: str | None = None) -> None:
        """`public_url` is where clients reach our pages; `from_email` organises visits where nothing else can."""
        self._records = records
        self._practice = practice
        self._public_url = public_url.rstrip("/")
        self._from_email = from_email

    def dress(self, outgoing: Outgoing, message: SendMessage) -> Outgoing:
        """The same mail with its link, reply address and calendar file. Call it before the send has begun.

        Raises NoSuchPlan, ClientErased.
        """
        if outgoing.channel != "email" or message.audience != "client":
            return outgoing
        reply_to = self._reply_to(outgoing, message)
        return replace(
            outgoing,
            link=self._link(outgoing),
            reply_to=reply_to,
            calendar=self._calendar(outgoing, message, reply_to or self._from_email),
        )

    def _link(self, outgoing: Outgoing) -> str:
        token = self._records.link_to_message(outgoing.message_id, outgoing.at + LINK_LASTS)
        return f"{self._public_url}/m/{token}"

    def _reply_to(self, outgoing: Outgoing, message: SendMessage) -> str | None:
        domain = self._practice.email.replies_at
        if domain is None:
            return None
        return f"r+{self._records.conversation_of_plan(message.plan_id, outgoing.at)}@{domain}"

    def _calendar(self, outgoing: Outgoing, message: SendMessage, organizer: str | None) -> str | None:
        """None without an organizer's address, too: a request without one is no request (RFC 5546, 3.2.2)."""
        if message.visit is None or organizer is None or not self._practice.email.calendar:
            return None
        return calendar_file(
            message.visit,
            plan_id=message.plan_id,
            practice_name=self._practice.name,
            organizer=organizer,
            attendee=outgoing.address,
            language=message.language,
            at=outgoing.at,
        )
