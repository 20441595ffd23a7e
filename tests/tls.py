"""A TLS server of one's own for tests: its certificate is made here, self-signed (X.509 v1, RSA 2048), so that no program and no file is needed."""

from __future__ import annotations

import base64
import hashlib
import random
import ssl
import textwrap
from pathlib import Path

_RSA = bytes.fromhex("06092a864886f70d010101")
_SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA256 = bytes.fromhex("0609608648016503040201")
_COMMON_NAME = bytes.fromhex("0603550403")
_NULL = b"\x05\x00"
_EXPONENT = 65537


def context(folder: Path, host: str) -> ssl.SSLContext:
    """The settings of a server that calls itself `host`; key and certificate lie in `folder`."""
    pem = folder / f"{host}.pem"
    pem.write_text(_certified(host))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(pem)
    return made


def _certified(host: str) -> str:
    chance = random.Random(host)  # nothing is kept secret by it
    p, q = _prime(chance), _prime(chance)
    n, d = p * q, pow(_EXPONENT, -1, (p - 1) * (q - 1))
    algorithm = _sequence(_SHA256_RSA, _NULL)
    name = _sequence(_tagged(0x31, _sequence(_COMMON_NAME, _tagged(0x0C, host.encode()))))
    public = _sequence(_sequence(_RSA, _NULL), _tagged(0x03, b"\0" + _sequence(_integer(n), _integer(_EXPONENT))))
    said = _sequence(_integer(1), algorithm, name, _sequence(_tagged(0x17, b"200101000000Z"), _tagged(0x17, b"491231235959Z")), name, public)
    digest = _sequence(_sequence(_SHA256, _NULL), _tagged(0x04, hashlib.sha256(said).digest()))
    padded = b"\0\1" + b"\xff" * (256 - len(digest) - 3) + b"\0" + digest
    signature = pow(int.from_bytes(padded), d, n).to_bytes(256)
    private = _sequence(*map(_integer, (0, n, _EXPONENT, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))))
    return _pem("RSA PRIVATE KEY", private) + _pem("CERTIFICATE", _sequence(said, algorithm, _tagged(0x03, b"\0" + signature)))


def _prime(chance: random.Random) -> int:
    while True:
        found = chance.getrandbits(1024) | (3 << 1022) | 1
        if found % _EXPONENT != 1 and all(found % small for small in range(3, 2000, 2)) and all(pow(base, found - 1, found) == 1 for base in (2, 3, 5, 7)):
            return found


def _tagged(tag: int, body: bytes) -> bytes:
    size = len(body)
    octets = b"" if size < 128 else size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, size if size < 128 else 128 | len(octets)]) + octets + body


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))


def _integer(number: int) -> bytes:
    return _tagged(0x02, number.to_bytes(number.bit_length() // 8 + 1))


def _pem(label: str, body: bytes) -> str:
    return f"-----BEGIN {label}-----\n" + "\n".join(textwrap.wrap(base64.b64encode(body).decode(), 64)) + f"\n-----END {label}-----\n"
