"""Dates around the day on which the corpus is set."""

from datetime import date, timedelta

from .identifiers import TODAY

NOW = date.fromisoformat(TODAY)


def between(rng, first: str, last: str) -> date:
    """A day from `first` to `last`; never the 29th of a month or later, so that it exists in every year."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    day = start + timedelta(days=rng.randrange((end - start).days + 1))
    return day.replace(day=min(day.day, 28))


def working(day: date) -> date:
    """The same day, or the Friday before a weekend: offices sign nothing on Sundays."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def last_day(issued: date, years: int) -> date:
    """The last day of something that is valid for so many years."""
    return issued.replace(year=issued.year + years) - timedelta(days=1)
