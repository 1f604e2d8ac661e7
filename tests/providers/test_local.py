from providers.base import Evidence, GivesEvidence
from providers.local import LocalProvider
from tests.providers.outgoing_builder import an_outgoing


def test_the_local_phone_accepts_a_message_under_an_id_made_from_ours():
    assert LocalProvider("sms").send(an_outgoing(message_id="4f2a9c")).provider_id == "local-4f2a9c"


def test_the_local_phone_gives_the_same_message_the_same_id_twice():
    phone = LocalProvider("sms")
    assert phone.send(an_outgoing()) == phone.send(an_outgoing())


def test_the_local_phone_finds_what_it_was_sent():
    phone = LocalProvider("email")
    assert isinstance(phone, GivesEvidence)
    sent = an_outgoing(message_id="4f2a9c")
    assert phone.find(sent, sent.at, lambda _: False) == Evidence("accepted", phone.send(sent).provider_id)


def test_one_local_provider_serves_one_channel():
    assert (LocalProvider("sms").channel, LocalProvider("email").channel) == ("sms", "email")
