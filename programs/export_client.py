"""`followthrough export`: everything that is kept about one client, in one file that only its owner can read."""

import asyncio
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from domain.errors import Problem, Refused
from programs.mails_kept import kept_mails_from, mail_as_it_came
from records.audit import Entry
from records.database import Records
from records.people import Person
from settings import Settings
from worker import load_keys, open_records

COMMAND = "command"
"""Stands in the audit trail for whoever may run commands on this machine."""


async def run_export(
    settings: Settings, plan_id: str, out: Path | None, say: Callable[[str], None], warn: Callable[[str], None]
) -> int:
    """Write the file and say where it is; warn of what may belong to it and isn't in it. Temporal isn't needed.

    Raises Refused; then nothing was written.
    """
    records = await asyncio.to_thread(open_records, settings, load_keys(settings))
    try:
        path, notes = await asyncio.to_thread(export_client, records, plan_id, out, datetime.now(UTC))
        say(str(path))
        for note in notes:
            warn(note)
    finally:
        records.close()
    return 0


def export_client(records: Records, plan_id: str, out: Path | None, at: datetime) -> tuple[Path, list[str]]:
    """Write the person's file, in the current folder where `out` names no other; the audit trail says so first.

    Returns where it is, and what a person should know about what isn't in it.
    """
    person = person_of(records, plan_id)
    if not records.is_readable(person.client_ids):
        raise Refused("export", [Problem("PLAN_ID", "this client was erased; nothing can be read any more")])
    kept = everything_about(records, person, at)
    path = out or Path(f"export-{person.person_id}.json")
    with os.fdopen(_new_file(path), "w", encoding="utf-8") as file:
        records.add_audit([Entry(at, COMMAND, "exported client", client_id) for client_id in person.client_ids])
        json.dump(kept, file, ensure_ascii=False, indent=2)
        file.write("\n")
    return path, [*about_namesakes(records, person, plan_id), *about_shared(records, person)]


def person_of(records: Records, plan_id: str) -> Person:
    """Whose plan it is. Raises Refused where there is no such plan."""
    person = records.person_of_plan(plan_id)
    if person is None:
        raise Refused("records", [Problem("PLAN_ID", f"no plan has the id {plan_id}; look it up on the plan's page")])
    return person


def about_namesakes(records: Records, person: Person, plan_id: str) -> list[str]:
    """Who may be the same person, though nobody has said so: their plans were left alone."""
    return [
        f"Left alone: plan {other} is of a client of the same name with the same number or address. If the two are one "
        f"person, say so (followthrough same-person {plan_id} {other}) and give the command again."
        for other in records.namesakes(person)
    ]


def about_shared(records: Records, person: Person) -> list[str]:
    """What lies under nobody's key and came from a number that somebody else of ours has too."""
    shared = [each for each in records.addresses_of_person(person) if each.shared]
    found = records.unplaced_of(shared)
    count = len(found.texts) + len(kept_mails_from(records, shared))
    if not count:
        return []
    return [
        f"Left alone: {count} texts or mails of before any plan came from a number or address that another client has "
        "too, and nobody can tell whose they are. They go with the last of these clients; read them at the desk."
    ]


def everything_about(records: Records, person: Person, at: datetime) -> dict[str, Any]:
    """One object for JSON, in plain words."""
    clients = person.client_ids
    ids = records.ids_of_clients(clients)
    views = [view for view in map(records.plan, ids.plans) if view is not None]
    own = [each for each in records.addresses_of_person(person) if not each.shared]
    mail_ids = kept_mails_from(records, own)
    unplaced = records.unplaced_of(own, mail_ids)
    mails = [*records.raw_mails_of(clients), *(mail for mail in map(records.raw_mail, mail_ids) if mail is not None)]
    return {
        "client_id": person.person_id,
        "exported_at": at.isoformat(),
        "addresses": [_plain(contact) for contact in records.addresses_of_clients(clients)],
        "consents": [
            {"plan_id": view.state.plan_id} | _plain(consent)
            for view in views
            for consent in view.state.plan.client.consents
        ],
        "opt_outs": records.opt_outs_of_clients(clients),
        "plans": [
            {
                "plan_id": view.state.plan_id,
                "enrolled_at": view.enrolled_at.isoformat(),
                "state": _plain(view.state),
                "events": [_plain(stored, exclude={"new"}) for stored in records.events_of_plan(view.state.plan_id)],
                "story": [_plain(line) for line in records.timeline(view.state.plan_id)],
            }
            for view in views
        ],
        "messages": [_plain(records.message(message_id)) for message_id in records.messages_of_clients(clients)],
        "replies": [*unplaced.texts.values(), *records.replies_of_clients(clients)],
        "mails_kept_as_they_came": [mail_as_it_came(records, mail) for mail in mails],
        "escalations": [_plain(records.escalation(escalation_id)) for escalation_id in ids.escalations],
        "tasks": [_plain(task) for task in (*unplaced.tasks.values(), *records.desk_tasks_of(clients))],
        "claims": [_claim(records, claim_id) for claim_id in ids.claims],
        "seen_and_done_by": records.trail_about({*clients, *ids.plans, *ids.escalations, *ids.claims}),
    }


def _claim(records: Records, claim_id: str) -> dict[str, Any]:
    return {
        "claim_id": claim_id,
        "claim": _plain(records.claim(claim_id)),
        "events": [_plain(stored, exclude={"new"}) for stored in records.events_of_claim(claim_id)],
        "story": [_plain(line) for line in records.claim_story(claim_id)],
    }


def _plain(model: BaseModel | None, exclude: set[str] | None = None) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude=exclude) if model is not None else {}


def _new_file(path: Path) -> int:
    """Made for its owner only from the first moment on, and never in another file's place."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        fix = "exists already and stays as it is; name another one with --out, or move it"
        raise Refused(str(path), [Problem("file", fix)]) from None
    except OSError as error:
        raise Refused(str(path), [Problem("file", f"can't be written: {error.strerror}; name another one")]) from None
