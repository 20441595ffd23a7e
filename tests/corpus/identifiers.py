"""Identifiers that satisfy their check digits. Fictional by construction: see `credit_code`."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
TODAY = "2026-11-22"  # the day on which the corpus is set; nothing here asks a clock


def credit_code(rng, kind="91", area="140302") -> str:
    """A unified social credit code (GB 32100-2015): kind, division, organisation code (GB 11714), check character.

    `kind`: 91 company, 93 cooperative, 12 public institution, 11 authority, 51 association, 52 private non-enterprise unit, N2 village collective.
    The organisation code starts with MA9 (firms) or MB9 (others), series that were not issued in this division.
    """
    series = "MA9" if kind[0] in "9N" else "MB9"
    body = series + "".join(rng.choice(ALPHABET) for _ in range(5))
    code = kind + area + body + organisation_check(body)
    return code + credit_check(code)


def organisation_check(body: str) -> str:
    """The ninth character of an organisation code (GB 11714)."""
    values = (int(character, 36) for character in body)
    check = 11 - sum(value * weight for value, weight in zip(values, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def credit_check(code: str) -> str:
    """The eighteenth character of a unified social credit code (GB 32100)."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return ALPHABET[(31 - total) % 31]


def cma_number(year: int, field: int, sector: int, serial: int) -> str:
    """The twelve digits of a CMA certificate that Shanxi (04) issued: year, issuer, field 00-21, sector 00-34, serial 0001-9999."""
    assert 0 <= field <= 21 and 0 <= sector <= 34 and 1 <= serial <= 9999
    return f"{year % 100:02d}04{field:02d}{sector:02d}{serial:04d}"


def standard_id(number: str) -> str:
    """The id of a standard's record: `GB/T 11170-2008` → `gb-t-11170-2008`."""
    letters = (character if character.isascii() and character.isalnum() else " " for character in number.lower())
    return "-".join("".join(letters).split())


def patent_number(year: int, kind: int, serial: int) -> str:
    """A patent number with its check digit; `kind` 1 invention, 2 utility model, 3 design: `ZL201710601862.3`."""
    digits = f"{year:04d}{kind}{serial:07d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5))) % 11
    return f"ZL{digits}.{'X' if check == 10 else check}"


def phone(rng) -> str:
    """A land line of the city in a block kept for fictional bodies."""
    return f"0353-555{rng.randrange(10000):04d}"
