"""Who is one person: for export and erasure what somebody has said, for messages a name with a number."""

import pytest
from records_builder import NOON, TINA_PHONE, a_client, a_message, enrolled, sent

from domain.client import Client
from records.database import Records
from records.store import NoSuchPlan
from records.vault import ClientErased

OTHER_PHONE = "+12065550133"


def persons(records: Records, *plan_ids: str) -> list[str]:
    """The id of each plan's person."""
    found = [records.person_of_plan(plan_id) for plan_id in plan_ids]
    return [person.person_id for person in found if person is not None]


def two_plans(records: Records, first: Client | None = None, second: Client | None = None) -> tuple[str, str]:
    enrolled(records, "tina-1", client=first or a_client())
    enrolled(records, "tina-2", client=second or a_client(name="tina  wexford"))
    one, other = persons(records, "tina-1", "tina-2")
    return one, other


def test_two_plans_of_one_name_and_phone_are_two_people_under_two_keys(records: Records) -> None:
    one, other = two_plans(records)
    assert one != other
    assert records.client_of_plan("tina-1") != records.client_of_plan("tina-2")
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    assert (records.plan("tina-1"), records.plan("tina-2") is not None) == (None, True)


def test_two_plans_of_one_id_are_one_persons_under_one_key_whatever_their_name(records: Records) -> None:
    one, other = two_plans(records, a_client(id="T-17"), a_client(id=" T-17 ", name="Tina Moss", phone=OTHER_PHONE))
    assert one == other
    person = records.person_of_plan("tina-2")
    assert person is not None
    assert person.plan_ids == ["tina-1", "tina-2"]
    assert person.client_ids == [records.client_of_plan("tina-1")]


def test_the_namesakes_of_a_person_are_told_apart_by_two_ids(records: Records) -> None:
    two_plans(records, a_client(id="T-17"), a_client(id="T-18"))
    enrolled(records, "tina-3", client=a_client())
    named = {
        plan_id: records.namesakes(person)
        for plan_id in ("tina-1", "tina-2", "tina-3")
        if (person := records.person_of_plan(plan_id)) is not None
    }
    assert named["tina-1"] == ["tina-3"], "not tina-2: the practice has said that they are two"
    assert named["tina-2"] == ["tina-3"]
    assert named["tina-3"] == ["tina-1", "tina-2"]


def test_plans_that_somebody_calls_the_same_persons_are_so_with_all_their_other_plans(records: Records) -> None:
    two_plans(records, a_client(id="T-17"))
    enrolled(records, "tina-3", client=a_client(id="T-17", name="Tina Moss", phone=OTHER_PHONE, email=None))
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))
    joined = records.same_person("tina-2", "tina-3")
    assert joined.plan_ids == ["tina-1", "tina-2", "tina-3"]
    assert len(set(persons(records, "tina-1", "tina-2", "tina-3"))) == 1
    assert records.namesakes(joined) == []
    assert persons(records, "tom-1") != [joined.person_id]
    assert records.same_person("tina-1", "tina-2") == records.person_of_plan("tina-1")
    assert sorted(records.plans_of_recipient("tina-3")) == ["tina-1", "tina-2", "tina-3"]


def test_nobody_is_joined_with_who_was_erased_or_never_was(records: Records) -> None:
    two_plans(records)
    with pytest.raises(NoSuchPlan):
        records.same_person("tina-1", "nobody")
    records.destroy_client_key(records.client_of_plan("tina-2") or "", NOON)
    with pytest.raises(ClientErased):
        records.same_person("tina-1", "tina-2")
    assert persons(records, "tina-1") != persons(records, "tina-2")


def test_an_id_of_an_erased_client_begins_anew(records: Records) -> None:
    one, _ = two_plans(records, a_client(id="T-17"))
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    enrolled(records, "tina-3", client=a_client(id="T-17"))
    assert persons(records, "tina-3") != [one]


def test_for_messages_two_of_one_name_and_phone_are_one(records: Records) -> None:
    two_plans(records, second=a_client())
    assert records.plans_of_recipient("tina-1") == ["tina-1", "tina-2"]
    sent(records, a_message("a"), NOON)
    counted = records.care_messages_sent_since("tina-2", OTHER_PHONE, NOON.replace(year=2025))
    assert len(counted) == 1, "the cap of a client counts over all their plans and numbers"
    threads = [thread for thread in records.phone_threads() if thread.role == "client" and thread.channel == "sms"]
    assert [thread.name for thread in threads] == ["Tina Wexford"]
    assert len(threads[0].messages) == 1


def test_an_opt_out_covers_everybody_who_has_the_number(records: Records) -> None:
    two_plans(records)
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))
    records.suppress("sms", TINA_PHONE, NOON, "STOP", "the client's own words")
    for plan_id in ("tina-1", "tina-2", "tom-1"):
        view = records.plan(plan_id)
        assert view is not None
        assert "sms" in records.opted_out_of(view.state.plan.client)
    assert sorted(records.plans_of_address("sms", TINA_PHONE)) == ["tina-1", "tina-2", "tom-1"]


def test_two_of_one_name_and_phone_with_ids_of_their_own_die_each_alone(records: Records) -> None:
    two_plans(records, a_client(id="T-17"), a_client(id="T-18"))
    records.person_died(records.client_of_plan("tina-1") or "", NOON)
    stopped = [records.is_person_stopped(records.client_of_plan(each) or "") for each in ("tina-1", "tina-2")]
    assert stopped == [True, False]


def test_without_ids_a_death_is_about_both_and_so_is_its_end(records: Records) -> None:
    two_plans(records)
    clients = [records.client_of_plan(each) or "" for each in ("tina-1", "tina-2")]
    records.person_died(clients[1], NOON)
    assert [records.is_person_stopped(each) for each in clients] == [True, True]
    records.person_lives(clients[0], NOON.replace(hour=23))
    assert [records.is_person_stopped(each) for each in clients] == [False, False]


def test_a_client_is_found_by_the_practices_own_id(records: Records) -> None:
    two_plans(records, a_client(id="T-17"))
    assert [view.state.plan_id for view in records.find_plans("T-17", 10)] == ["tina-1"]
