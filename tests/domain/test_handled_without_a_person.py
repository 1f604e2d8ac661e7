"""A score with a list of denials, a dying phone, a signed no: every word is accounted for, and nobody need read it."""

import pytest

from domain.client import Channel
from domain.replies import Intent, understand
from domain.touchpoint import QuestionKind


@pytest.mark.parametrize(
    ("asked", "channel", "text", "intent", "value"),
    [
        ("pain_0_10", "sms", "2 no chest pain no shortness of breath, shoulder looser", "pain", 2),
        ("pain_0_10", "sms", "0 out of 10 no blood no bruises no numbness all good", "pain", 0),
        ("pain_0_10", "sms", "3, no swelling or bruising", "pain", 3),
        ("pain_0_10", "sms", "1. no numbness, neck feels better", "pain", 1),
        ("confirm_appointment", "sms", "My phone is dying, yes see you tomorrow", "confirm", None),
        ("screening_yes_no", "sms", "nope nothing like that", "no", None),
        ("screening_yes_no", "email", "No, nothing like that. Thanks, Carl", "no", None),
        ("screening_yes_no", "email", "No, nothing like that.\n\nThanks,\nCarl", "no", None),
        ("screening_yes_no", "email", "None of those.\n\nRegards,\nCarl Weber", "no", None),
        (
            "confirm_appointment",
            "email",
            "I confirm my appointment at 10. Best wishes, June Arkwright",
            "confirm",
            None,
        ),
    ],
)
def test_it_acts_by_itself(
    asked: QuestionKind, channel: Channel, text: str, intent: Intent, value: float | None
) -> None:
    meant = understand(text, open_question=asked, channel=channel)
    assert (meant.intent, meant.value, meant.sure, meant.also) == (intent, value, True, ())


@pytest.mark.parametrize(
    ("asked", "channel", "text"),
    [
        ("pain_0_10", "sms", "2 and numbness"),
        ("pain_0_10", "sms", "2 no blood but numbness"),
        ("pain_0_10", "sms", "2 no swelling, numb fingers"),
        ("pain_0_10", "sms", "2 no shoulder better"),
        ("confirm_appointment", "sms", "phone is dying"),
        ("confirm_appointment", "sms", "My phone is dying, can I come later"),
        ("screening_yes_no", "email", "No, nothing like that. Thanks, Fever"),
        ("screening_yes_no", "email", "No. Thanks,\nbut I have a rash"),
        ("screening_yes_no", "email", "No, nothing like that. Thanks, Carl. PS new pills"),
        ("confirm_appointment", "email", "Yes. Regards, Tom Cancel"),
    ],
)
def test_a_word_more_is_acted_on_or_read(asked: QuestionKind, channel: Channel, text: str) -> None:
    meant = understand(text, open_question=asked, channel=channel)
    alone = meant.sure and not meant.also and meant.intent in ("pain", "confirm", "no")
    assert not alone
