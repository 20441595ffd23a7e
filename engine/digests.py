"""What tells one state of something from another, also from one build to the next: 16 bytes of BLAKE2b (RFC 7693)."""

from __future__ import annotations

from hashlib import blake2b


def begun(said: bytes | memoryview = b"") -> blake2b:
    """A digest of what is said so far, to be updated."""
    return blake2b(said, digest_size=16)


def digest(said: bytes) -> bytes:
    return begun(said).digest()
