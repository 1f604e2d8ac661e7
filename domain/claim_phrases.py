"""The words of nudges and deadlines in both languages: what to do next, the checklist, and how a last day is called.

No text names a client, a payer, a diagnosis or an amount: these go out as messages.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from babel.dates import format_date

from domain.client import Language
from domain.denials import NextAction
from domain.payer import RuleAbout

NudgeKind = Literal[
    "unsent",
    "acknowledgement",
    "rejected",
    "status",
    "prompt_pay",
    "complaint",
    "information",
    "promise",
    "denial",
    "decision",
    "balance",
    "settle",
]


@dataclass(frozen=True)
class Phrase:
    """One nudge's next action and its checklist."""

    action: str
    checklist: tuple[str, ...]


NUDGES: dict[NudgeKind, dict[Language, Phrase]] = {
    "unsent": {
        "en": Phrase(
            "Send the claim: it hasn't gone out yet.",
            ("Check member id, codes, units and authorization.", "Send it.", "Record the day and the reference."),
        ),
        "es": Phrase(
            "Envíe la reclamación: todavía no ha salido.",
            (
                "Revise número de miembro, códigos, unidades y autorización.",
                "Envíela.",
                "Anote el día y la referencia.",
            ),
        ),
    },
    "acknowledgement": {
        "en": Phrase(
            "Find out whether the claim arrived: nobody has acknowledged it.",
            ("Look for the 999 and the 277CA report.", "Send it again if it isn't there.", "Keep the report as proof."),
        ),
        "es": Phrase(
            "Averigüe si llegó la reclamación: nadie ha confirmado su entrada.",
            ("Busque los informes 999 y 277CA.", "Envíela otra vez si no está.", "Guarde el informe como prueba."),
        ),
    },
    "rejected": {
        "en": Phrase(
            "Correct the claim and send it again: it came back unread.",
            ("Read the reason of the rejection.", "Correct it.", "Send it again and record the day."),
        ),
        "es": Phrase(
            "Corrija la reclamación y envíela otra vez: fue devuelta sin leer.",
            ("Lea el motivo del rechazo.", "Corríjala.", "Envíela otra vez y anote el día."),
        ),
    },
    "status": {
        "en": Phrase(
            "Ask where the claim stands.",
            ("Ask for its status, in writing or by telephone.", "Write down date, name and reference.", "Record it."),
        ),
        "es": Phrase(
            "Pregunte en qué punto está la reclamación.",
            ("Pregunte por escrito o por teléfono.", "Anote fecha, nombre y referencia.", "Guárdelo en la página."),
        ),
    },
    "prompt_pay": {
        "en": Phrase(
            "Send the prompt-pay letter: the time to pay is over.",
            ("Read the draft on the claim's page.", "Sign it and send it.", "Keep the proof of sending."),
        ),
        "es": Phrase(
            "Envíe la carta de pago puntual: el plazo para pagar ha pasado.",
            ("Lea el borrador en la página.", "Fírmelo y envíelo.", "Guarde la prueba del envío."),
        ),
    },
    "complaint": {
        "en": Phrase(
            "Complain to the state: the letter brought no payment.",
            ("Gather proof of filing and the letter.", "File the complaint with the state.", "Record its reference."),
        ),
        "es": Phrase(
            "Presente una queja ante el estado: la carta no trajo el pago.",
            ("Reúna la prueba del envío y la carta.", "Presente la queja.", "Anote su referencia."),
        ),
    },
    "information": {
        "en": Phrase(
            "Send the records that were asked for.",
            ("Read what is wanted, and until when.", "Send only that.", "Keep the proof of sending."),
        ),
        "es": Phrase(
            "Envíe los documentos que se pidieron.",
            ("Lea qué piden y hasta cuándo.", "Envíe solo eso.", "Guarde la prueba del envío."),
        ),
    },
    "promise": {
        "en": Phrase(
            "Ask again: what was promised hasn't come.",
            ("Name the promise, its date and who made it.", "Ask for a new day.", "Write down name and reference."),
        ),
        "es": Phrase(
            "Pregunte otra vez: lo prometido no ha llegado.",
            ("Cite la promesa, su fecha y quién la hizo.", "Pida un día nuevo.", "Anote nombre y referencia."),
        ),
    },
    "denial": {
        "en": Phrase("Read the denial and take the next step.", ()),
        "es": Phrase("Lea la denegación y dé el paso siguiente.", ("El detalle está en la página.",)),
    },
    "decision": {
        "en": Phrase(
            "Ask for the decision on the appeal: its time is over.",
            ("Name the day of filing and the reference.", "Ask for the decision in writing.", "Record the answer."),
        ),
        "es": Phrase(
            "Pida la respuesta a la apelación: su plazo ha pasado.",
            ("Cite el día y la referencia.", "Pida la respuesta por escrito.", "Anote lo que le digan."),
        ),
    },
    "balance": {
        "en": Phrase(
            "Ask why a part isn't paid: no code explains it.",
            ("Compare the payment with the claim, line by line.", "Ask for the reason.", "Record the answer."),
        ),
        "es": Phrase(
            "Pregunte por qué falta una parte: ningún código lo explica.",
            ("Compare el pago con la reclamación.", "Pregunte el motivo.", "Anote la respuesta."),
        ),
    },
    "settle": {
        "en": Phrase(
            "Decide: write the claim off or close it, no way is left open.",
            ("Read the claim's story.", "Write it off, or close it and say why."),
        ),
        "es": Phrase(
            "Decida: dé por perdida la reclamación o ciérrela.",
            ("Lea la historia de la reclamación.", "Ciérrela y diga por qué."),
        ),
    },
}

STEPS_ES: dict[NextAction, str] = {
    "correct_and_resubmit": "Corrija la reclamación y envíela otra vez.",
    "appeal": "Apele, con el plan y el progreso medido.",
    "send_records": "Envíe los documentos que se piden.",
    "bill_client": "Lea el motivo y compruebe la parte del cliente.",
    "write_off": "Lea el motivo; si es cierto, dé por perdido el resto.",
    "check_status": "Pregunte qué significa la respuesta.",
    "bill_other_payer": "Averigüe quién paga primero y envíela allí.",
    "hold": "Espere y pregunte al encargado del caso.",
    "dispute": "Reclame como proveedor, con la prueba del envío.",
    "post": "Anote la reducción y compárela con el contrato.",
}
"""The next action on a denial in Spanish; in English the advice says it more closely."""

DEADLINES: dict[RuleAbout, dict[Language, str]] = {
    "timely_filing": {"en": "timely filing", "es": "plazo de envío"},
    "corrected_claim": {"en": "corrected claim", "es": "reclamación corregida"},
    "information": {"en": "records to send", "es": "documentos pedidos"},
    "internal_appeal": {"en": "internal appeal", "es": "apelación interna"},
    "external_review": {"en": "external review", "es": "revisión externa"},
    "dispute": {"en": "provider's dispute", "es": "recurso del proveedor"},
}
"""How a deadline is called in a message."""


@lru_cache(maxsize=4096)
def day_in_words(day: date, language: Language) -> str:
    """ "Mon Nov 23, 2026", "lun 23 nov 2026"."""
    if language == "en":
        return format_date(day, "EEE MMM d, y", locale="en_US")
    return format_date(day, "EEE d MMM y", locale="es_US")


def numbered(steps: tuple[str, ...] | list[str]) -> str:
    """A checklist in one line: "1) Do this. 2) Do that."."""
    return " ".join(f"{number}) {step}" for number, step in enumerate(steps, start=1))
