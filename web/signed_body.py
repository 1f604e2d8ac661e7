"""Receives a body that may be large before anybody knows who sent it: hashed as it comes, and never in memory whole.

What is larger than a few kilobytes goes into an unnamed file that is gone when it is closed, encrypted under a key that
nobody else ever has; only few such bodies at a time, and the others wait without being read.
"""

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from tempfile import TemporaryFile
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from starlette.requests import ClientDisconnect, Request

SMALL = 32 * 1024
"""Bytes that stay in memory."""
LARGE_AT_ONCE = 4
PART = 512 * 1024


class Body:
    """A body that was received. `signed` is the SHA-256 of the timestamp and the body."""

    def __init__(self, timestamp: bytes) -> None:
        self.size = 0
        self._signed = hashlib.sha256(timestamp)
        self._small = bytearray()
        self._file: IO[bytes] | None = None
        self._key = Cipher(AES(os.urandom(32)), CTR(os.urandom(16)))
        self._locked: Any = None

    @property
    def signed(self) -> bytes:
        """The hash that the vendor signs."""
        return self._signed.digest()

    def digest(self) -> str:
        """What tells one body from another, whenever it was sent."""
        digest = hashlib.sha256()
        for part in self.parts():
            digest.update(part)
        return digest.hexdigest()

    @property
    def is_large(self) -> bool:
        """Whether the rest of it goes to the disk."""
        return self._file is not None

    def add(self, data: bytes) -> None:
        """The next piece."""
        self.size += len(data)
        self._signed.update(data)
        if self._file is None:
            self._small += data
        else:
            self._file.write(self._locked.update(data))

    def spill(self) -> None:
        """From here on to the disk."""
        self._file = TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._locked = self._key.encryptor()
        self._file.write(self._locked.update(bytes(self._small)))
        self._small.clear()

    def parts(self) -> Iterator[bytes]:
        """The body, part by part."""
        if self._file is None:
            for at in range(0, len(self._small), PART):
                yield bytes(self._small[at : at + PART])
            return
        self._file.seek(0)
        opened = self._key.decryptor()
        while data := self._file.read(PART):
            yield opened.update(data)

    def close(self) -> None:
        """Forget it."""
        if self._file is not None:
            self._file.close()
        self._small.clear()


class Receiver:
    """Receives bodies, at most four large ones at a time."""

    def __init__(self, large_at_once: int = LARGE_AT_ONCE) -> None:
        self._large = asyncio.Semaphore(large_at_once)

    @asynccontextmanager
    async def received(self, request: Request, timestamp: bytes) -> AsyncGenerator[Body | None]:
        """The body of this request, forgotten at the end; None where it doesn't come whole. Routes say how large."""
        body = Body(timestamp)
        async with AsyncExitStack() as place:  # given back however it ends, also where the disk takes no more
            try:
                yield body if await self._receive(request, body, place) else None
            finally:
                body.close()

    async def _receive(self, request: Request, body: Body, place: AsyncExitStack) -> bool:
        try:
            async for data in request.stream():
                if not body.is_large and body.size + len(data) > SMALL:
                    await place.enter_async_context(self._large)
                    body.spill()
                body.add(data)
        except ClientDisconnect:
            return False
        return True
