"""The ring of PAYLOAD_KEYS: what it locks, what it refuses, how keys are changed."""

import base64

import pytest

from records.keyring import DecryptionFailed, KeyRing

OLD = "old:" + base64.b64encode(b"a" * 32).decode()
NEW = "new:" + base64.b64encode(b"b" * 32).decode()


def test_what_was_locked_opens_again() -> None:
    ring = KeyRing.generate()
    assert ring.decrypt(ring.encrypt(b"Hi Tina", b"place"), b"place") == b"Hi Tina"


def test_the_same_text_is_locked_differently_each_time() -> None:
    ring = KeyRing.generate()
    assert ring.encrypt(b"Hi Tina") != ring.encrypt(b"Hi Tina")


def test_a_written_ring_is_read_again() -> None:
    ring = KeyRing.generate()
    assert KeyRing.parse(ring.dump()).decrypt(ring.encrypt(b"x")) == b"x"
    assert KeyRing.parse(f" {NEW} , {OLD} ").dump() == f"{NEW},{OLD}"


def test_the_first_key_locks_and_its_id_stands_in_front() -> None:
    ring = KeyRing.parse(f"{NEW},{OLD}")
    assert ring.active_id == "new"
    assert ring.ids == ("new", "old")
    assert ring.encrypt(b"x").startswith(b"new\0")


def test_what_the_old_key_locked_opens_after_a_rotation() -> None:
    sealed = KeyRing.parse(OLD).encrypt(b"x")
    assert KeyRing.parse(f"{NEW},{OLD}").decrypt(sealed) == b"x"


def test_without_the_old_key_the_error_says_to_put_it_back() -> None:
    sealed = KeyRing.parse(OLD).encrypt(b"x")
    with pytest.raises(DecryptionFailed, match="put the earlier key back"):
        KeyRing.parse(NEW).decrypt(sealed)


def test_another_place_doesnt_open() -> None:
    ring = KeyRing.parse(OLD)
    with pytest.raises(DecryptionFailed):
        ring.decrypt(ring.encrypt(b"x", b"here"), b"there")


@pytest.mark.parametrize("keep", [0, 3, 4, 10, 25])
def test_cut_bytes_dont_open(keep: int) -> None:
    ring = KeyRing.parse(OLD)
    with pytest.raises(DecryptionFailed):
        ring.decrypt(ring.encrypt(b"x")[:keep])


def test_a_changed_byte_doesnt_open() -> None:
    ring = KeyRing.parse(OLD)
    sealed = bytearray(ring.encrypt(b"x"))
    sealed[-1] ^= 1
    with pytest.raises(DecryptionFailed):
        ring.decrypt(bytes(sealed))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "PAYLOAD_KEYS is empty"),
        (" , ", "PAYLOAD_KEYS is empty"),
        ("no-colon", "entry 1 has no id"),
        (f"{OLD},a b:xyz", "entry 2 has no id"),
        ("k:***", "the key 'k' is not base64"),
        ("k:YWJj", "the key 'k' has 3 bytes instead of 32"),
        (f"{OLD},{OLD}", "the id 'old' twice"),
    ],
)
def test_a_ring_that_cant_be_read_is_refused_with_the_fix(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="PAYLOAD_KEYS") as refused:
        KeyRing.parse(text)
    assert says in str(refused.value)


def test_a_printed_ring_shows_no_key() -> None:
    assert repr(KeyRing.parse(f"{NEW},{OLD}")) == "KeyRing(new, old)"
