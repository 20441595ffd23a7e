"""The variables of pages that stand by themselves (`sections` in _site.yaml) and of the sheets that records have besides their page."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

from engine import agenda, urls
from engine.events import CANCELLED, Event, events_of, open_until
from engine.forms import Question, form_of
from engine.model import Key
from engine.view import View, address, card, choices, columns, facet_of, facts, library, term_label


_SPAN = re.compile(r"\d+ *个?(?:工作日|自然日|日|天|小时|月)")
SESSION = "session"  # the question that asks for which session


def section(view: View, id: str) -> SimpleNamespace:
    """A page of its own: what _site.yaml says of it, and its form if it shows one."""
    row = next(row for row in view.site.config.values["sections"] if row["id"] == id)
    return SimpleNamespace(id=id, label=row["label"], summary=row["summary"], form=_form_named(view, row["form"]))


def _form_named(view: View, name: str | None) -> SimpleNamespace | None:
    """The form of the record that is written `services/consult`."""
    if not name or "/" not in name:
        return None
    key = Key(*name.split("/", 1))
    return shown_form(view, key) if key in view.site.records else None


def shelf(view: View, told: Callable[[View, Key], dict]) -> Callable[[str], SimpleNamespace | None]:
    """What a template may ask of any library: itself, its facets, its records as cards, whole, or in the groups of a facet."""

    def of(id: str) -> SimpleNamespace | None:
        collection = view.site.collections.get(id)
        if collection is None:
            return None

        def groups(name: str) -> list[SimpleNamespace]:
            facet = facet_of(collection, name)
            found = view.site.terms[id, name]
            return [
                SimpleNamespace(id=value, label=term_label(view, facet, value), address=urls.term(id, name, value), cards=[card(view, key) for key in keys], count=len(keys))
                for value, keys in found.items()
            ]

        def unsaid(name: str) -> int:
            """How many records a facet does not know."""
            return len(set(view.site.members[id]).difference(*view.site.terms[id, name].values()))

        def bars(name: str) -> list[SimpleNamespace]:
            """The values of a facet with their counts, each as a share of the largest in percent."""
            found = groups(name)
            most = max((group.count for group in found), default=1)
            return [SimpleNamespace(label=group.label, address=group.address, count=group.count, share=round(100 * group.count / most, 1)) for group in found]

        return SimpleNamespace(
            bars=bars,
            unsaid=unsaid,
            **vars(library(view, collection)),
            facets=choices(view, collection),
            columns=columns(collection),
            cards=[card(view, key) for key in view.site.members[id]],
            groups=groups,
            whole=lambda: [told(view, key) for key in view.site.members[id]],
            agenda=agenda.of_collection(view, collection),
        )

    return of


# ── forms ─────────────────────────────────────────────────────────────────────


def shown_form(view: View, key: Key) -> SimpleNamespace | None:
    """A form as its component takes it: the questions, about which record it is, where it can be sent, and the ways besides."""
    form = form_of(view.site, key)
    if form is None:
        return None
    open_events = [event for event in events_of(view.site, key) if event.status != CANCELLED and open_until(event) >= view.site.today]
    if view.site.collections[key.collection].calendar and not open_events:
        return None
    config, owner = view.site.config.values, view.site.records[form.owner]
    said = {fact.name: fact.value for fact in facts(view, owner, view.site.collections[form.owner.collection])}
    return SimpleNamespace(
        id=form.owner.id,
        version=form.version,
        title=view.site.titles[form.owner],
        address=address(view, form.owner),
        absolute=urls.absolute(config["url"], urls.record(form.owner)),
        blank=urls.blank(form.owner),
        about=None if key == form.owner else f"{key.collection}/{key.id}",
        about_title=None if key == form.owner else view.site.titles[key],
        endpoint=config["form_endpoint"],
        email=said["email"].text if "email" in said else config["email"],
        ways=_ways(said),
        last=max((open_until(event).isoformat() for event in open_events), default=None),
        questions=[_shown_question(question, open_events) for question in form.questions],
    )


def _shown_question(question: Question, sessions: list[Event]) -> SimpleNamespace:
    """A question as it is asked. That for the session becomes a choice where the record's own sessions are known, each until its last day."""
    chosen = question.name == SESSION and sessions
    return SimpleNamespace(
        id=f"f-{question.name}",
        name=question.name,
        label=question.label,
        type="choice" if chosen else question.type,
        required=question.is_required,
        from_=question.from_,
        help=None if chosen else question.help,
        options=[SimpleNamespace(text=agenda.when(event), last=open_until(event).isoformat()) for event in sessions] if chosen else [SimpleNamespace(text=option, last=None) for option in question.options],
    )


def _ways(said: dict[str, SimpleNamespace]) -> SimpleNamespace:
    """The ways that the record itself names; what it does not say is None. A promise may be a span of time or a sentence of its own."""
    names = ("online", "online_name", "phone", "window", "stations", "hours", "unit", "promised", "complaint", "address")
    is_span = "promised" in said and _SPAN.fullmatch(said["promised"].text) is not None
    return SimpleNamespace(**{name: said.get(name) for name in names}, is_span=is_span)
