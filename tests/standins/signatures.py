"""Signs webhooks as the vendors do. Written from their descriptions, apart from the code that verifies them."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Algorithm = Literal["HMAC_SHA1", "HMAC_SHA256"]
Fields = Sequence[tuple[str, str]]
"""A form, in the order in which it is posted."""

_DIGESTS = {"HMAC_SHA1": hashlib.sha1, "HMAC_SHA256": hashlib.sha256}
_ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def twilio_signature(secret: str, url: str, fields: Fields, algorithm: Algorithm = "HMAC_SHA1") -> str:
    """The X-Twilio-Signature of a form post: an HMAC over the URL and then every field, sorted, name and value.

    A field that repeats counts once per different value. The URL has no fragment: it never leaves the vendor.
    """
    message = url + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.digest(secret.encode(), message.encode(), _DIGESTS[algorithm])).decode()


class SigningKey:
    """One of SendGrid's key pairs on P-256. `public` is what its settings page shows: base64 of the DER."""

    def __init__(self, seed: str) -> None:
        number = int.from_bytes(hashlib.sha512(seed.encode()).digest()) % (_ORDER_OF_P256 - 1) + 1
        self._key: EllipticCurvePrivateKey = derive_private_key(number, SECP256R1())
        der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.public = base64.b64encode(der).decode()

    def sign(self, timestamp: str, body: bytes) -> str:
        """The base64 signature over the timestamp followed by the raw body."""
        return base64.b64encode(self._key.sign(timestamp.encode() + body, ECDSA(SHA256()))).decode()
