"""What a person must hear of a message that went: twice, or after the client had said stop."""

import contextlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from domain.actions import AddDeskTask
from records.desk import DeskRecords
from records.message_lookups import MessageLookups, open_message
from records.vault import ClientErased

WENT_TWICE = (
    "A message went out twice: the provider has it under two ids ({kind}). The client may have got it twice; tell them "
    "where it matters."
)
STOP_CAME = (
    "A message was already on its way when the client said stop ({kind}), so it may have reached them after that. "
    "Nothing else goes out."
)


class Aftermath(MessageLookups, DeskRecords):
    """Steps of the transactions that settle a message."""

    def _is_second_id(self, row: Row[Any], provider_id: str | None, at: datetime) -> bool:
        """Whether the provider has this message under another id already: then it went twice, and a person hears."""
        known = row.provider_id
        if not known or not provider_id or _same(known, provider_id) or row.message_id in (known, provider_id):
            return False
        self._tell(row, "twice", WENT_TWICE, at)
        return True

    def _tell_of_stop(self, connection: Connection, row: Row[Any], at: datetime) -> None:
        """A person hears once that a message went though an opt-out came while the provider was being called."""
        if row.stop_came_at is None or row.status == "dropped":
            return
        for each, key in self._readable(connection, [row]):
            message = open_message(each, key)
            if not message.safety and not message.about_opt_out:
                self._tell(row, "under-way", STOP_CAME, at)

    def _tell(self, row: Row[Any], what: str, text: str, at: datetime) -> None:
        with contextlib.suppress(ClientErased), self._reading() as connection:
            kinds = [open_message(each, key).kind for each, key in self._readable(connection, [row])]
            for kind in kinds:
                self.add_desk_task(
                    AddDeskTask(
                        key=f"{row.plan_id}:{what}:{row.message_id}",
                        plan_id=row.plan_id,
                        kind="undeliverable" if what == "twice" else "opted_out",
                        text=text.format(kind=kind.replace("_", " ")),
                        at=at,
                    )
                )


def _same(known: str, told: str) -> bool:
    """SendGrid's events repeat the id of its answer with something behind a dot."""
    return known == told or known.startswith(f"{told}.") or told.startswith(f"{known}.")
