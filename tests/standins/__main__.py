"""`python -m tests.standins`: the stand-in by itself, to point a running system at. Ctrl-C ends it."""

import json
import signal
import threading
from types import FrameType
from typing import Annotated

import typer

from tests.standins.behaviours import Behaviour, Habit
from tests.standins.book import MailSent, Text
from tests.standins.identity import OUR_NUMBER, made_up
from tests.standins.running import running_standin
from tests.standins.standin import Standin
from tests.standins.timing import Timing

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def _line(arrived: Text | MailSent) -> None:
    what = "mail" if isinstance(arrived, MailSent) else "text"
    said = f"{arrived.subject}: {arrived.body}" if isinstance(arrived, MailSent) else arrived.body
    typer.echo(f"{arrived.accepted_at:%H:%M:%S}  {what} to {arrived.to}  {json.dumps(said, ensure_ascii=False)}")


@app.command()
def main(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 8850,
    webhooks: Annotated[str, typer.Option(help="Where the system listens.")] = "http://127.0.0.1:8000",
    public_url: Annotated[str, typer.Option(help="Its PUBLIC_URL, if that differs from --webhooks.")] = "",
    fixed: Annotated[str, typer.Option(help="Any word: the same one gives the same ids and keys again.")] = "",
    from_number: Annotated[str, typer.Option(help="The practice's number.")] = OUR_NUMBER,
    texts: Annotated[Behaviour, typer.Option(help="What to do with each text.")] = "ok",
    mails: Annotated[Behaviour, typer.Option(help="What to do with each mail.")] = "ok",
    callbacks: Annotated[Habit, typer.Option(help="How callbacks come.")] = "on_time",
    pace: Annotated[float, typer.Option(help="Seconds between two steps of a message.")] = 0.5,
    list_delay: Annotated[float, typer.Option(help="Seconds before a new text shows in the list.")] = 0.0,
    advanced_opt_out: Annotated[bool, typer.Option(help="Say OptOutType in inbound texts.")] = False,
    shared_key: Annotated[bool, typer.Option(help="Sign with a SharedKey and HMAC_SHA256.")] = False,
    inbound_fragment: Annotated[str, typer.Option(help="Retries of inbound texts, such as rc=3&rp=all.")] = "",
) -> None:
    """A stand-in for Twilio and SendGrid: prints the settings to use, then a line for each message that arrives."""
    try:
        with running_standin(
            webhooks=webhooks,
            public_url=public_url or None,
            identity=made_up(fixed or None, from_number),
            timing=Timing(pace=pace, late=10 * pace, retry=1.0, list_delay=list_delay, patience=86_400),
            port=port,
            advanced_opt_out=advanced_opt_out,
            shared_key=shared_key,
            inbound_fragment=inbound_fragment,
            on_arrival=_line,
        ) as vendor:
            vendor.behave(on="texts", default=texts)
            vendor.behave(on="mails", default=mails)
            vendor.call_back(default=callbacks)
            _introduce(vendor, public_url or webhooks, shared_key=shared_key)
            _until_stopped()
            typer.echo(json.dumps(vendor.report()))
    except OSError as error:
        typer.echo(f"--port {port}: {error.strerror}; take another, or 0 for a free one", err=True)
        raise typer.Exit(1) from None


def _introduce(vendor: Standin, public_url: str, *, shared_key: bool) -> None:
    """The lines of the environment, and how to write to the system as a client."""
    for name, value in {**vendor.environment(), "PUBLIC_URL": public_url}.items():
        typer.echo(f"{name}={value}")
    typer.echo(f"# In place of the number: TWILIO_MESSAGING_SERVICE_SID={vendor.identity.service_sid}")
    if shared_key:
        typer.echo(f"# Webhooks are signed with the SharedKey secret {vendor.identity.shared_key_secret}")
    order = '{"from": "+12065550101", "body": "yes"}'
    typer.echo(f"# A client texts: curl -X POST {vendor.url}/_standin/text -d '{order}'")
    typer.echo(f"# What it has: {vendor.url}/_standin/state   Ctrl-C ends it.")


def _until_stopped() -> None:
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopped.wait(0.2):  # in short waits, so that a signal is acted on at once
        pass


if __name__ == "__main__":
    app()
