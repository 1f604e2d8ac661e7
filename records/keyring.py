"""The keys that everything private is locked with: AES-GCM keys with ids, so that a key can be changed without loss.

Written as `PAYLOAD_KEYS="id:base64,id2:base64"`. The first key encrypts, every key decrypts: to rotate, put a new key
in front; the old one can go once nothing that it locked is needed any more (`Records.rewrap_keys` for the records).
"""

import base64
import binascii
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
_HOW = "PAYLOAD_KEYS is written id:key,id2:key2; each key is 32 random bytes in base64"


class DecryptionFailed(Exception):
    """Sealed bytes can't be opened: the key isn't on the ring, or the bytes or their context were changed."""


class KeyRing:
    """Keys by id, the active one first. Never prints a key, except in `dump`."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        """`keys` in order: the first one encrypts."""
        if not keys:
            raise ValueError(f"PAYLOAD_KEYS is empty. {_HOW}")
        self._keys = dict(keys)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """The ring as PAYLOAD_KEYS says it. Raises ValueError that names the fix and shows no key."""
        keys: dict[str, bytes] = {}
        for place, entry in enumerate((part for part in text.split(",") if part.strip()), start=1):
            key_id, key = _parse_entry(entry.strip(), place)
            if key_id in keys:
                raise ValueError(f"PAYLOAD_KEYS has the id '{key_id}' twice; rename one")
            keys[key_id] = key
        return cls(keys)

    @classmethod
    def generate(cls) -> "KeyRing":
        """A ring with one new random key."""
        return cls({f"k{secrets.token_hex(4)}": secrets.token_bytes(KEY_BYTES)})

    def dump(self) -> str:
        """The ring as `parse` reads it. This is the secret itself: for a key file of mode 600 only."""
        return ",".join(f"{key_id}:{base64.b64encode(key).decode()}" for key_id, key in self._keys.items())

    @property
    def active_id(self) -> str:
        """The id of the key that encrypts."""
        return next(iter(self._keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the active one first."""
        return tuple(self._keys)

    def encrypt(self, plain: bytes, context: bytes = b"") -> bytes:
        """`plain` under the active key: key id, zero byte, nonce, ciphertext. Opens with the same `context` only."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self.active_id.encode() + b"\0" + nonce + self._ciphers[self.active_id].encrypt(nonce, plain, context)

    def decrypt(self, sealed: bytes, context: bytes = b"") -> bytes:
        """What `encrypt` locked. Raises DecryptionFailed."""
        key_id, _, rest = sealed.partition(b"\0")
        cipher = self._ciphers.get(key_id.decode("ascii", "replace"))
        if cipher is None:
            raise DecryptionFailed("PAYLOAD_KEYS lacks the key that locked this; put the earlier key back in")
        try:
            return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as error:
            raise DecryptionFailed("sealed with another key of the same id, or damaged") from error

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self._keys)})"


def _parse_entry(entry: str, place: int) -> tuple[str, bytes]:
    key_id, colon, encoded = entry.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", key_id):
        raise ValueError(f"entry {place} has no id of letters, digits, - or _. {_HOW}")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"the key '{key_id}' is not base64. {_HOW}") from error
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key '{key_id}' has {len(key)} bytes instead of {KEY_BYTES}. {_HOW}")
    return key_id, key
