"""A fictional directory of any size, made by a program and the same on every run.

What it makes at scale 1 is committed under `content/` and edited by hand from then on; larger scales are for benchmarks.

Two halves, `technical` and `people`, each offer one function:

    make(rng: random.Random, scale: int) -> Iterator[File]

where a file is the tuple `(collection, name, content, body)`:

- `content` a mapping: one record whose id is `name`; with a `body` (Markdown) it becomes `<name>.md`, with None `<name>.yaml`;
- `content` a list: `<name>.yaml`, a file of many records, each a mapping that begins with `id` (`body` is None).

Values are text, whole numbers, booleans, lists of these, or lists of mappings (tables); None and empty lists are left out.
The halves draw from separate generators, so that neither disturbs the other, and know each other by ids alone. At scale N
the ids run on from 1 without a gap: institutions to 43 N, equipment to 812 N, capabilities to 640 N at least, experts to 134 N,
enterprises to 60 N, projects to 110 N; they are padded as at scale 1 and grow wider as needed (`inst-99`, `inst-100`). Standards are real and do not multiply.
"""
