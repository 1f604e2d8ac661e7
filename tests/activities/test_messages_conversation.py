"""A claim's word to the client waits while a person is in the conversation of its plan."""

from records.database import Records
from tests.activities.sending import DAY, HOUR, MINUTE, TEN_IN_THE_MORNING, Carrier, a_message, ask
from tests.saving import save_view


def a_word_about_a_claim() -> dict[str, object]:
    expires_at = TEN_IN_THE_MORNING + 3 * DAY
    return {"message_key": "claim:c1:nudge", "template": "claim_nudge_client", "expires_at": expires_at}


def a_person_talks(records: Records, until: object) -> None:
    view = records.plan("p1")
    assert view is not None
    state = view.state.model_copy(update={"conversation_by": "Robin", "conversation_until": until, "revision": 1})
    save_view(records, state, None)


def test_a_word_about_a_claim_waits_for_the_person_and_goes_afterwards(records: Records) -> None:
    a_person_talks(records, TEN_IN_THE_MORNING + HOUR)
    carrier = Carrier()
    outcome = ask(records, carrier, a_message(**a_word_about_a_claim()))
    assert (outcome.result, outcome.until) == ("deferred", TEN_IN_THE_MORNING + HOUR)
    assert outcome.because == "a person is in the conversation"
    assert carrier.handed == []
    later = TEN_IN_THE_MORNING + HOUR + MINUTE
    assert ask(records, carrier, a_message(**a_word_about_a_claim()), later).result == "accepted"


def test_the_plans_own_messages_are_held_back_by_the_plan_and_not_a_second_time(records: Records) -> None:
    a_person_talks(records, TEN_IN_THE_MORNING + HOUR)
    assert ask(records, Carrier(), a_message()).result == "accepted"
