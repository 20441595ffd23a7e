"""Reading the tables of material, and drawing from them so that nothing comes twice before everything has come once."""

from datetime import date, timedelta
from pathlib import Path
import random

import yaml

from .identifiers import TODAY

FOLDER = Path(__file__).parent
TODAY_DATE = date.fromisoformat(TODAY)


def table(name):
    """The table `people_<name>.yaml`."""
    return yaml.safe_load((FOLDER / f"people_{name}.yaml").read_text(encoding="utf-8"))


def deck(rng, items):
    """Draw for ever: each round is a new shuffle of all the items."""
    items = list(items)
    while True:
        yield from rng.sample(items, len(items))


def draw(cards, count):
    """The next `count` different cards of a deck, in the order drawn; fewer when the deck ends."""
    hand = []
    while len(hand) < count:
        card = next(cards, None)
        if card is None:
            break
        if card not in hand:
            hand.append(card)
    return hand


def branch(rng):
    """A generator of its own, so that a change in one library leaves the others as they are."""
    return random.Random(rng.getrandbits(64))


def some(rng, items, low, high):
    """Between `low` and `high` of the items, in their own order."""
    count = min(len(items), rng.randint(low, high))
    chosen = set(rng.sample(range(len(items)), count))
    return [item for place, item in enumerate(items) if place in chosen]


def day(rng, first, last=TODAY):
    """A date between two, both included."""
    start = date.fromisoformat(first)
    return str(start + timedelta(days=rng.randint(0, (date.fromisoformat(last) - start).days)))


def numbered(prefix, number, width):
    return f"{prefix}-{number:0{width}d}"


def care(rng, units, since="2026-01-05"):
    """When a record was changed and when somebody checked it: two different things, and not every record has both."""
    updated = day(rng, since, "2026-11-20")
    verified = rng.random() < 0.75
    return {
        "updated": updated,
        "verified_on": day(rng, "2025-09-01", "2026-11-20") if verified else None,
        "verified_by": rng.choice(units) if verified else None,
        "review_after": rng.choice(("6个月", "1年", "1年", "2年")) if verified else None,
    }
