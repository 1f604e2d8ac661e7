"""Somebody has the files and some keys: which words can they read? Every offset of every file is tried with every key.

AES-GCM is a counter mode: whoever has the key reads without the tag, and without knowing where a text stood. So nothing
that is sealed under a key at hand escapes, whether a row, a page that was freed, or a payload of Temporal's.
"""

import zlib
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

NONCE = 12
BLOCK = 16
LONGEST = 64 * 1024
AT_ONCE = 1024 * 1024
BEGINNINGS = (b'{"', b"the ", b"x\x9c", b"--")
"""How a sealed text of ours begins: JSON, the source of an opt-out, a compressed payload, a mail's form."""


def words_in_files(folder: Path, keys: Iterable[bytes], words: Iterable[str]) -> dict[str, set[str]]:
    """The words that can be read, by file: as they stand, or under one of the keys."""
    found: dict[str, set[str]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        held = path.read_bytes()
        texts = [held, *(text for key in keys for text in opened(held, key))]
        said = {word for word in words for text in texts if word.encode() in text}
        if said:
            found[path.name] = said
    return found


def opened(held: bytes, key: bytes) -> list[bytes]:
    """Whatever in these bytes was sealed under this key, wherever it stands."""
    texts: list[bytes] = []
    for first in range(0, len(held), AT_ONCE):
        piece = held[first : first + AT_ONCE + NONCE + BLOCK]
        texts += [text for at in _candidates(piece, key) if (text := _opened_at(held, first + at, key))]
    return texts


def _candidates(piece: bytes, key: bytes) -> list[int]:
    """Offsets at which a nonce may stand: what follows it would begin as our texts do."""
    many = len(piece) - NONCE - BLOCK + 1
    if many <= 0:
        return []
    counters = bytearray(BLOCK * many)
    for nth in range(NONCE):
        counters[nth::BLOCK] = piece[nth : nth + many]
    counters[BLOCK - 1 :: BLOCK] = b"\2" * many
    # Each block by itself on purpose: this is the key stream that counter mode would use there.
    stream = Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(counters)  # noqa: S305
    longest = max(map(len, BEGINNINGS))
    plain = [_xor(stream[nth::BLOCK], piece[NONCE + nth : NONCE + nth + many]) for nth in range(longest)]
    found: list[int] = []
    for beginning in BEGINNINGS:
        at = plain[0].find(beginning[:1])
        while at >= 0:
            if all(plain[nth][at] == byte for nth, byte in enumerate(beginning)):
                found.append(at)
            at = plain[0].find(beginning[:1], at + 1)
    return found


def _opened_at(held: bytes, at: int, key: bytes) -> bytes:
    nonce, sealed = held[at : at + NONCE], held[at + NONCE : at + NONCE + LONGEST]
    plain = Cipher(algorithms.AES(key), modes.CTR(nonce + b"\0\0\0\2")).decryptor().update(sealed)
    if not plain.startswith(b"x\x9c"):
        return plain
    try:
        return zlib.decompressobj().decompress(plain)
    except zlib.error:
        return _as_far_as_it_goes(plain)


def _as_far_as_it_goes(plain: bytes) -> bytes:
    """A payload that is cut by the end of a page: what was compressed before the cut."""
    opener, text = zlib.decompressobj(), b""
    try:
        for at in range(0, len(plain), BLOCK):
            text += opener.decompress(plain[at : at + BLOCK])
    except zlib.error:
        pass
    return text


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))
