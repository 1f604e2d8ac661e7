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
from records.audit import Entry
from records.database import Records
from settings import Settings
from worker import load_keys, open_records

COMMAND = "command"
"""Stands in the audit trail for whoever may run commands on this machine."""


async def run_export(settings: Settings, plan_id: str, out: Path | None, say: Callable[[str], None]) -> int:
    """Write the file and say where it is. Temporal isn't needed. Raises Refused; then nothing was written."""
    records = await asyncio.to_thread(open_records, settings, load_keys(settings))
    try:
        say(str(await asyncio.to_thread(export_client, records, plan_id, out, datetime.now(UTC))))
    finally:
        records.close()
    return 0


def export_client(records: Records, plan_id: str, out: Path | None, at: datetime) -> Path:
    """Write the client's file, in the current folder where `out` names no other; the audit trail says so first."""
    client_id = client_of(records, plan_id)
    if not records.is_readable(client_id):
        raise Refused("export", [Problem("PLAN_ID", "this client was erased; nothing can be read any more")])
    kept = everything_about(records, client_id, at)
    path = out or Path(f"export-{client_id}.json")
    with os.fdopen(_new_file(path), "w", encoding="utf-8") as file:
        records.add_audit([Entry(at, COMMAND, "exported client", client_id)])
        json.dump(kept, file, ensure_ascii=False, indent=2)
        file.write("\n")
    return path


def client_of(records: Records, plan_id: str) -> str:
    """The opaque id of the plan's client. Raises Refused where there is no such plan."""
    client_id = records.client_of_plan(plan_id)
    if client_id is None:
        raise Refused("records", [Problem("PLAN_ID", f"no plan has the id {plan_id}; look it up on the plan's page")])
    return client_id


def everything_about(records: Records, client_id: str, at: datetime) -> dict[str, Any]:
    """One object for JSON, in plain words."""
    ids = records.ids_of_client(client_id)
    views = [view for view in map(records.plan, ids.plans) if view is not None]
    return {
        "client_id": client_id,
        "exported_at": at.isoformat(),
        "addresses": [_plain(contact) for contact in records.addresses_of_client(client_id)],
        "consents": [
            {"plan_id": view.state.plan_id} | _plain(consent)
            for view in views
            for consent in view.state.plan.client.consents
        ],
        "opt_outs": records.opt_outs_of_client(client_id),
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
        "messages": [_plain(records.message(message_id)) for message_id in records.messages_of_client(client_id)],
        "replies": records.replies_of_client(client_id),
        "escalations": [_plain(records.escalation(escalation_id)) for escalation_id in ids.escalations],
        "tasks": [_plain(task) for task in records.desk_tasks_of(client_id)],
        "claims": [_claim(records, claim_id) for claim_id in ids.claims],
        "seen_and_done_by": records.trail_about({client_id, *ids.plans, *ids.escalations, *ids.claims}),
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
