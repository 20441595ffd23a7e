// Which records pass, and how many each further choice would give: OR within a facet, AND between. Pure: no page, no clock.

const SOON = 90;

/** The facets with a list of values for each record; those of validity are worked out for a day (days since 1970-01-01). */
export function compile(data, today) {
  return data.facets.map((facet) => {
    const of = (facet.until ? states(facet, today) : facet.of).map(listed);
    const ends = facet.ends?.map(listed);
    return { ...facet, of: ends ? of.map((values, place) => values.filter((_, number) => !ends[place][number] || ends[place][number] >= today)) : of };
  });
}

const listed = (found) => (Array.isArray(found) ? found : found < 0 ? [] : [found]);

function states({ until, halted }, today) {
  const stopped = new Set(halted);
  return until.map((last, place) => (stopped.has(place) ? 3 : last === null ? -1 : last < today ? 2 : last - today <= SOON ? 1 : 0));
}

/** `tests` are further conditions: { name, passes: an array of 0 and 1 }. */
export function tally(facets, count, chosen, tests = []) {
  const groups = [...tests];
  for (const facet of facets) {
    if (!chosen.has(facet.slug)) continue;
    const wanted = facet.values.map(([id]) => chosen.get(facet.slug).has(id));
    groups.push({ name: facet.slug, passes: facet.of.map((values) => values.some((value) => wanted[value])) });
  }
  const failed = new Int16Array(count).fill(-1); // the only condition that a record fails; -1 none, -2 several
  groups.forEach(({ passes }, group) => {
    for (let place = 0; place < count; place++) if (!passes[place]) failed[place] = failed[place] === -1 ? group : -2;
  });
  const hits = [];
  const saved = new Array(groups.length).fill(0);
  failed.forEach((group, place) => {
    if (group === -1) hits.push(place);
    else if (group >= 0) saved[group]++;
  });
  const counts = new Map();
  for (const facet of facets) {
    const own = groups.findIndex(({ name }) => name === facet.slug);
    const found = new Array(facet.values.length).fill(0);
    facet.of.forEach((values, place) => {
      if (failed[place] === -1 || (own >= 0 && failed[place] === own)) for (const value of values) found[value]++;
    });
    counts.set(facet.slug, found);
  }
  return { hits, counts, without: new Map(groups.map(({ name }, group) => [name, hits.length + saved[group]])), failed: groups.map(({ name }) => name), fails: failed };
}

/** Places in the order of a column; the unsaid last either way, equals in the library's own order. */
export function ordered(hits, ranks, down) {
  if (!ranks) return hits;
  const sign = down ? -1 : 1;
  return [...hits].sort((one, other) => {
    const [first, second] = [ranks[one], ranks[other]];
    return first < 0 || second < 0 ? (first < 0) - (second < 0) || one - other : sign * (first - second) || one - other;
  });
}
