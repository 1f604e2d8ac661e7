"""All that shows when a mail is opened is read: each part, its HTML where the plain one says nothing, its subject."""

import base64

import pytest

from domain.replies import understand
from web.incoming_mail import Envelope, read_mail
from web.mail_words import words_of

IMAGE = "Content-Type: image/png\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"


def a_mail(kind: str, *parts: str, subject: str = "Re: Your visit") -> str:
    body = "".join(f"--q\n{part}\n" for part in parts)
    head = f"From: tina@example.com\nSubject: {subject}\nContent-Type: multipart/{kind}; boundary=q"
    return f"{head}\n\n{body}--q--\n"


def said(mail: str | bytes) -> str:
    return read_mail(mail.encode() if isinstance(mail, str) else mail, Envelope()).text


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (PLAIN + "Please stop emailing me", "Please stop emailing me"),
        (HTML + "<p>I have chest pain</p>", "I have chest pain"),
        ("Content-Type: multipart/related; boundary=r\n\n--r\n" + HTML + "<b>STOP</b>\n--r--", "STOP"),
    ],
)
def test_words_below_a_picture_are_read(last: str, words: str) -> None:
    text = said(a_mail("mixed", PLAIN + "Yes", IMAGE, last))
    assert text.split() == ["Yes", *words.split()]


def test_an_attached_text_is_not_what_was_said() -> None:
    attached = "Content-Type: text/plain\nContent-Disposition: attachment\n\nSTOP"
    assert said(a_mail("mixed", PLAIN + "Yes", attached)) == "Yes"


@pytest.mark.parametrize(
    "plain",
    [
        "",
        " \n",
        "This message is in HTML format.",
        "Your mail program does not support HTML.",
        "View this in your browser",
    ],
)
def test_the_html_is_read_where_the_plain_part_says_nothing(plain: str) -> None:
    assert (
        said(a_mail("alternative", PLAIN + plain, HTML + "<p>Please stop emailing me</p>")) == "Please stop emailing me"
    )


def test_of_alternatives_one_is_read() -> None:
    assert said(a_mail("alternative", PLAIN + "Yes", HTML + "<p>Yes</p>")) == "Yes"


@pytest.mark.parametrize("subject", ["UNSUBSCRIBE", "I have chest pain and can't breathe", "Please stop emailing me"])
@pytest.mark.parametrize(
    "body", ["", "Tina Ferris", "-- \nTina Ferris\n206-555-0100", "Sent from my iPhone", "Thanks,\nTina"]
)
def test_an_urgent_subject_counts_where_the_body_is_only_signed(subject: str, body: str) -> None:
    text = said(f"From: tina@example.com\nSubject: {subject}\n\n{body}")
    assert understand(text, open_question=None, channel="email").intent in ("red_flag", "stop")


@pytest.mark.parametrize(
    ("subject", "body", "text"),
    [
        ("RE: STOP", "", "STOP"),
        ("Re: Fwd: unsubscribe", "", "unsubscribe"),
        ("Re: Your visit on Thursday", "", ""),
        ("Re: STOP", "Yes", "Yes"),
        ("Hello", "Tina Ferris", "Tina Ferris"),
        ("Chest pain, can't breathe", "please hurry", "Chest pain, can't breathe\n\nplease hurry"),
    ],
)
def test_the_subject_of_an_answer_is_ours_and_another_is_the_senders(subject: str, body: str, text: str) -> None:
    assert said(f"From: tina@example.com\nSubject: {subject}\n\n{body}") == text


@pytest.mark.parametrize("named", ["", "Content-Type: text/plain\n", "Content-Type: text/plain; charset=us-ascii\n"])
def test_a_mail_without_a_charset_is_utf_8_first(named: str) -> None:
    assert said(f"From: tina@example.com\n{named}\nI can’t breathe".encode()) == "I can’t breathe"
    encoded = base64.encodebytes("no puedo más, señora".encode()).decode()
    assert said(f"From: t@example.com\n{named}Content-Transfer-Encoding: base64\n\n{encoded}") == "no puedo más, señora"


def test_a_mail_that_is_no_utf_8_is_read_as_windows_wrote_it() -> None:
    assert said("From: tina@example.com\n\nI can’t breathe".encode("cp1252")) == "I can’t breathe"


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>Yes</td><td>stop</td></tr></table>",
        "<ul><li>Yes<li>stop</ul>",
        "<h1>Yes</h1>stop",
        "<div>Yes</div>stop",
        "<th>Yes</th><td>stop</td>",
        "<p>Yes<hr>stop",
    ],
)
def test_words_of_two_places_are_two_words(html: str) -> None:
    assert words_of(html).split() == ["Yes", "stop"]


def test_words_that_are_one_stay_one() -> None:
    assert words_of("<p>Y<b>e</b>s</p>") == "Yes"
