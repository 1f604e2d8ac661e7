"""Takes in what comes by mail: whose words they are, what an event means for an address, and who hears of it."""

import asyncio
from datetime import datetime

from domain.actions import AddDeskTask
from records.database import Records
from records.views import MessageRow, StoredEvent
from web.incoming_mail import Mail
from web.intake import Intake
from web.sendgrid_webhooks import Report


async def take_mail(records: Records, intake: Intake, mail: Mail, at: datetime) -> list[StoredEvent]:
    """A mail that came then. A reply becomes the events that are returned; the rest is noted or goes to the desk."""
    if mail.kind == "reply":
        plan_id, trusted = await asyncio.to_thread(whose_words, records, mail)
        return await intake.store_reply(
            mail.provider_id,
            "email",
            mail.from_address,
            mail.text,
            plan_id=plan_id,
            trusted=trusted,
            calendar=mail.calendar,
            at=at,
        )
    if mail.kind == "bounce" and (kept := await _came_back(records, intake, mail)) is not None:
        return kept
    if mail.kind == "automatic" and (noted := await _kept(records, intake, mail, at)) is not None:
        return noted
    what = "A mail came back undelivered." if mail.kind == "bounce" else "An automatic mail came in."
    await asyncio.to_thread(_to_the_desk, records, mail, what, at)
    return []


async def _kept(records: Records, intake: Intake, mail: Mail, at: datetime) -> list[StoredEvent] | None:
    """Keep an out-of-office note in its client's conversation; None where it belongs to nobody's.

    It is nobody's answer, and answering it could go round for ever.
    """
    plan_id, trusted = await asyncio.to_thread(whose_words, records, mail)
    if plan_id is None and not trusted:
        return None
    return await intake.store_reply(
        mail.provider_id,
        "email",
        mail.from_address,
        mail.text,
        plan_id=plan_id,
        trusted=trusted,
        automatic=True,
        at=at,
    )


def whose_words(records: Records, mail: Mail) -> tuple[str | None, bool]:
    """The plan that the mail's conversation belongs to, and whether its sender is who they say they are.

    The token names the conversation and proves nothing: forwarded mails carry it. A sender is trusted whose domain has
    signed the mail and whose address is on file: that of the plan's client, or without a plan any client's.
    """
    plan_id = records.plan_of_conversation(mail.conversation) if mail.conversation else None
    if not mail.aligned:
        return plan_id, False
    theirs = records.plans_of_address("email", mail.from_address)
    theirs += records.plans_of_address("email", mail.from_address, ended=True)
    return plan_id, plan_id in theirs if plan_id else bool(theirs)


async def _came_back(records: Records, intake: Intake, mail: Mail) -> list[StoredEvent] | None:
    """Note a mail of ours as undelivered, if the report holds our link to it; None where it can't be told.

    Anybody can write a report, but only who got the mail has its link: the signature vouches for it.
    """
    link = await asyncio.to_thread(records.message_of_link, mail.failed_link or "")
    if link is None:
        return None
    reported = await intake.store_delivery(link.message_id, "undelivered", mail.failed_because)
    return [reported.event] if reported.event is not None else []


def _to_the_desk(records: Records, mail: Mail, what: str, at: datetime) -> None:
    plan_id = records.plan_of_conversation(mail.conversation) if mail.conversation else None
    task = AddDeskTask(
        key=f"mail:{mail.provider_id}",
        plan_id=plan_id or "",
        kind="reply",
        text=f"{what} From {mail.from_address}, as it came: {mail.text[:2000]}",
        at=at,
    )
    records.add_desk_task(task)


async def take_report(records: Records, intake: Intake, report: Report, now: datetime) -> list[StoredEvent]:
    """A vendor's event about a mail of ours. Returns what the plan is to hear: a failure or an opt-out.

    The address is the one that we wrote to; the vendor's word for it counts only where we have no such mail. The
    suppression comes first, so that a plan that hears of the failure can't write to the address again.
    """
    row = await asyncio.to_thread(records.message, report.message_id) if report.message_id else None
    kept: list[StoredEvent] = []
    address = row.message.address if row is not None else report.email
    if report.suppress and address:
        await asyncio.to_thread(_suppress, records, report, address, now)
        if report.stop and await asyncio.to_thread(_is_a_clients, records, row, address):
            kept = await _said_stop(intake, report, row, address)
    if report.status and report.message_id:
        reported = await intake.store_delivery(
            report.message_id, report.status, report.cause, report.provider_id or None
        )
        kept += [reported.event] if reported.event is not None else []
    return kept


def _suppress(records: Records, report: Report, address: str, now: datetime) -> None:
    """As of the time of the event: a repetition, or an old one that is late, can't undo a START since then."""
    records.suppress("email", address, min(report.at or now, now), report.cause, report.suppress)


def _is_a_clients(records: Records, row: MessageRow | None, address: str) -> bool:
    if row is not None:
        return row.message.audience == "client"
    return bool(records.plans_of_address("email", address))


async def _said_stop(intake: Intake, report: Report, row: MessageRow | None, address: str) -> list[StoredEvent]:
    """Without a confirmation from us: a mail is the last thing that they want."""
    return await intake.store_reply(
        report.event_id,
        "email",
        address,
        "STOP",
        plan_id=row.plan_id if row is not None else None,
        trusted=True,
        carrier_answered=True,
        at=report.at,
    )
