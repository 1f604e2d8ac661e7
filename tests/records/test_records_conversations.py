"""Conversations by email and links to messages: made once, found again, and silent to whoever guesses."""

import re
from datetime import timedelta

import pytest
from records_builder import NOON, a_client, at_once, enrolled, minutes

from records.conversations import Link
from records.database import Records
from records.keyring import KeyRing
from records.store import NoSuchPlan
from records.vault import ClientErased

IN_A_MONTH = NOON + timedelta(days=30)


def test_a_plan_has_one_conversation_for_ever_and_it_leads_back_to_the_plan(records: Records) -> None:
    enrolled(records)
    token = records.conversation_of_plan("tina-1", NOON)
    assert records.conversation_of_plan("tina-1", NOON + minutes(1)) == token
    assert records.plan_of_conversation(token) == "tina-1"


def test_a_token_is_128_bits_of_small_hex_and_survives_a_change_of_case(records: Records) -> None:
    enrolled(records)
    token = records.conversation_of_plan("tina-1", NOON)
    assert re.fullmatch("[0-9a-f]{32}", token)
    assert records.plan_of_conversation(token.upper()) == "tina-1"


def test_two_plans_have_two_conversations(records: Records) -> None:
    enrolled(records)
    enrolled(records, "tom-1", client=a_client(name="Tom Ward"))
    tokens = {records.conversation_of_plan(plan_id, NOON) for plan_id in ("tina-1", "tom-1")}
    assert len(tokens) == 2


def test_eight_mails_at_once_share_one_conversation(records: Records) -> None:
    enrolled(records)
    assert len(set(at_once(lambda: records.conversation_of_plan("tina-1", NOON)))) == 1


def test_a_token_that_was_never_given_out_leads_nowhere(records: Records) -> None:
    enrolled(records)
    records.conversation_of_plan("tina-1", NOON)
    assert records.plan_of_conversation("0" * 32) is None
    assert records.plan_of_conversation("") is None


def test_a_plan_that_is_not_there_has_no_conversation(records: Records) -> None:
    with pytest.raises(NoSuchPlan):
        records.conversation_of_plan("nobody-1", NOON)


def test_an_erased_client_has_no_conversation_any_more(records: Records) -> None:
    enrolled(records)
    token = records.conversation_of_plan("tina-1", NOON)
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    assert records.plan_of_conversation(token) is None
    with pytest.raises(ClientErased):
        records.conversation_of_plan("tina-1", NOON)


def test_a_link_names_its_message_and_its_end_in_every_process_that_shares_the_records(
    database_url: str, keys: KeyRing
) -> None:
    worker, web = Records.open(database_url, keys), Records.open(database_url, keys)
    token = worker.link_to_message("m-1_x", IN_A_MONTH)
    assert web.message_of_link(token) == Link("m-1_x", IN_A_MONTH)
    worker.close()
    web.close()


def test_a_link_with_another_message_end_or_signature_is_none_of_ours(records: Records) -> None:
    message_id, ends, signature = records.link_to_message("m1", IN_A_MONTH).split(".")
    later = f"{int(ends, 16) + 1:x}"
    forged = [
        f"m2.{ends}.{signature}",
        f"m1.{later}.{signature}",
        f"m1.{ends}.{'0' * 32}",
        f"m1.{ends}",
        f"m1.{ends}.{signature}é",
        f"{message_id}.{ends}.{signature}\n",
        "",
        "." * 3,
        f"m1.{'f' * 11}.{signature}",
    ]
    assert [records.message_of_link(token) for token in forged] == [None] * len(forged)
