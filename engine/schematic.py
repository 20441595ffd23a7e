"""A schematic map: one block for each district with a mark for each record. It claims no borders, no distances and no directions."""

from __future__ import annotations

from types import SimpleNamespace

from engine import urls
from engine.model import Collection
from engine.view import View

COLUMNS = 3
WIDTH, HEIGHT, GAP = 220, 150, 12
MARKS = ("square", "triangle", "circle", "diamond")
_IN_ROW, _STEP = 7, 28


def map_of(view: View, collection: Collection) -> SimpleNamespace | None:
    """Blocks in the order of the vocabulary, and what each mark means; None where the collection declares no map."""
    if not collection.map:
        return None
    site, field = view.site, collection.fields[collection.map[0]]
    kinds = collection.fields[collection.map[1]].choices if len(collection.map) > 1 else {}
    shapes = dict(zip(kinds, MARKS))
    places = {value: [key for key in site.members[collection.id] if site.records[key].values[field.name] == value] for value in site.vocabularies["areas"].terms}
    blocks = []
    for number, (value, keys) in enumerate((value, keys) for value, keys in places.items() if keys):
        x, y = number % COLUMNS * (WIDTH + GAP), number // COLUMNS * (HEIGHT + GAP)
        marks = sorted((shapes.get(site.records[key].values.get(collection.map[1]) if kinds else None, MARKS[2]) for key in keys), key=MARKS.index)
        blocks.append(
            SimpleNamespace(
                x=x,
                y=y,
                label=site.vocabularies["areas"].terms[value].label,
                count=len(keys),
                address=urls.term(collection.id, field.name, value) if field.facet else None,
                marks=[SimpleNamespace(shape=shape, x=x + 26 + place % _IN_ROW * _STEP, y=y + 78 + place // _IN_ROW * _STEP) for place, shape in enumerate(marks)],
            )
        )
    rows = -(-len(blocks) // COLUMNS)
    legend = [SimpleNamespace(shape=shapes[kind], label=label, count=sum(site.records[key].values[collection.map[1]] == kind for key in site.members[collection.id])) for kind, label in kinds.items() if kind in shapes]
    return SimpleNamespace(width=COLUMNS * (WIDTH + GAP) - GAP, height=rows * (HEIGHT + GAP) - GAP, block_width=WIDTH, block_height=HEIGHT, blocks=blocks, legend=legend)
