"""Who of the staff somebody named in a plan is, which owners are told, and who reads words that accuse."""

import pytest

from domain.accused import accuses, quotes_accusation, without_quotation
from domain.client import Person
from domain.members import Member, is_out, owners_to_tell, readers_of_accusations, same
from domain.roles import Role

TESS = Person(name="Tess Quill", phone="+12065550102", email="tess@example.com")


def a_member(name: str, role: Role = "therapist", email: str = "", *, let_in: bool = True) -> Member:
    address = email or f"{name.split()[0].lower()}@example.com"
    return Member(staff_id=f"id-{address}", name=name, email=address, role=role, let_in=let_in)


def test_two_are_the_same_by_number_or_address_else_by_exactly_the_same_name():
    assert same(TESS, Person(name="T. Quill", phone="+1 206 555 0102"))
    assert same(TESS, Person(name="T. Quill", email="Tess@Example.com"))
    assert same(TESS, Person(name="Tess Quill", phone="+12065550199"))
    assert not same(TESS, Person(name="Tess", phone="+12065550199"))


def test_who_is_let_in_no_more_is_out_by_address_whatever_their_name():
    gone = a_member("Theresa Quill", email="tess@example.com", let_in=False)
    assert is_out(TESS, [gone, a_member("Tess Quill", email="other@example.com")])


def test_who_shares_a_name_with_somebody_let_in_isnt_out_and_who_has_no_login_neither():
    by_name = Person(name="Tess Quill", phone="+12065550102")
    assert is_out(by_name, [a_member("Tess Quill", let_in=False)])
    both = [a_member("Tess Quill", let_in=False), a_member("Tess Quill", email="new@example.com")]
    assert not is_out(by_name, both)
    assert not is_out(by_name, [])


def test_owners_are_told_each_once_and_never_whom_it_is_about():
    olga = Person(name="Olga Lind", phone="+12065550105")
    members = [
        a_member("Olga Lind", "owner"),
        a_member("Tess Quill", "owner"),
        a_member("Ann Old", "owner", let_in=False),
    ]
    assert [person.name for person in owners_to_tell(olga, members, but=TESS)] == ["Olga Lind"]
    assert [person.name for person in owners_to_tell(None, members)] == ["Olga Lind", "Tess Quill"]


def test_owners_read_accusations_else_the_front_desk_else_the_owner_who_treats():
    owner, desk, tess = (
        a_member("Olga Lind", "owner"),
        a_member("Robin Fay", "front_desk"),
        a_member("Tess Quill", "owner"),
    )
    assert readers_of_accusations([owner, desk, tess], TESS) == {owner.staff_id}
    assert readers_of_accusations([desk, tess], TESS) == {desk.staff_id}
    assert readers_of_accusations([tess, a_member("Otto Ray")], TESS) == {tess.staff_id}
    assert readers_of_accusations([owner.model_copy(update={"let_in": False}), desk], TESS) == {desk.staff_id}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("she touched my breast during the session", True),
        ("my husband is hurting me and she touched me inappropriately", True),
        ("I will sue Tess", True),
        ("My lawyer will call about the therapist", True),
        ("My lawyer will call about the parking lot", False),
        ("5, thank you Tess", False),
    ],
)
def test_what_accuses(words: str, told: bool):
    assert accuses(words, "Tess Quill") is told


def test_a_quotation_is_left_out_whole():
    text = 'The client is late. They wrote: "She said "go" and touched my breast"'
    assert quotes_accusation(text)
    assert without_quotation(text) == "The client is late. They wrote: (words that only an owner reads)"
    assert not quotes_accusation("The client may be accusing somebody of misconduct.")
