// A list that answers at once: facets, names, order and ranges over the whole library, the state in the address.
// Nothing is loaded before it is needed; whatever fails, the links of the page still lead to the pages made beforehand.

import lower from "../badge/badge.js";
import { mark } from "./marks.js";
import { empty, read, toggled, without, write } from "./state.js";

const PAUSE = 200; // milliseconds after the last key

export default function listing(root) {
  if (location.protocol === "file:") return;
  const said = root.dataset;
  const base = new URL(said.base, location.href);
  const here = location.pathname === base.pathname;
  const nav = document.querySelector(".facets");
  const body = document.querySelector(".listing ~ .sheet .rows tbody");
  if (!body) return narrowed(false);
  const page = { root, said, base, body, table: body.closest(".sheet"), pager: document.querySelector(".listing ~ .pager"), chosen: part("chosen"), count: part("count"), none: part("none"), why: part("why"), form: part("ranges"), options: facetLinks(nav, base) };
  const first = { rows: [...body.children], pager: page.pager };
  const term = page.options.find(({ link }) => link.getAttribute("aria-current"));
  const shares = new Map();
  const slugs = new Set(page.options.map(({ slug }) => slug));
  let state = here ? fromAddress() : { ...empty(), chosen: new Map(term ? [[term.slug, new Set([term.value])]] : []) };
  let compile, filled, ordered, tally, show, ranges; // of modules that come with the data
  let library;
  let reach;
  let turn = 0;
  let timer;

  /** The state that the address says. What others put behind it (?utm_source=, ?from=) is no question. */
  function fromAddress() {
    const said = read(location.search);
    return { ...said, chosen: new Map([...said.chosen].filter(([slug]) => slugs.has(slug))) };
  }

  function part(name) { return root.querySelector(`.listing-${name}`); }

  const load = async () => {
    library ??= Promise.all([fetchJson(said.filter), import("./count.js"), import("./show.js"), import("./filled.js")]).then(([data, count, shown, words]) => {
      ({ compile, ordered, tally } = count);
      show = shown;
      filled = words.filled;
      return { ...data, facets: compile(data, today()), sorts: new Map(data.sorts.map(({ name, ranks }) => [name, ranks])), plain: null };
    });
    library.catch(() => { library = undefined; });
    return library;
  };
  const loadRanges = async () => {
    reach ??= Promise.all([fetchJson(said.ranges), import("./ranges.js")]).then(([data, module]) => {
      ranges = module;
      return data;
    });
    reach.catch(() => { reach = undefined; });
    return reach;
  };
  const share = (number) => {
    if (!shares.has(number)) shares.set(number, fetchJson(`${said.rows}${number}.json`).catch((failure) => { shares.delete(number); throw failure; }));
    return shares.get(number);
  };

  const go = (next, replace = false) => {
    const address = base.pathname + write(next);
    if (!here) return location.assign(address);
    history[replace ? "replaceState" : "pushState"](null, "", address);
    state = next;
    return update();
  };

  /** Shows the state. The latest call wins; an earlier one that is still loading gives up. */
  const update = async () => {
    const mine = ++turn;
    narrowed(Boolean(write(state)));
    page.table.setAttribute("aria-busy", "true");
    try {
      const data = await load();
      const reached = state.covers && said.ranges ? await loadRanges() : null;
      const question = reached && ranges.asked(state, reached);
      const answers = question && ranges.judged(question, reached, data.titles);
      const found = tally(data.facets, data.count, state.chosen, tests(state, data, answers));
      const hits = ordered(found.hits, data.sorts.get(state.sort.replace(/^-/, "")), state.sort.startsWith("-"));
      const chunk = data.chunk;
      const number = Math.min(state.page, Math.max(1, Math.ceil(hits.length / chunk)));
      const shown = hits.slice((number - 1) * chunk, number * chunk);
      const untouched = !write(state);
      const rows = untouched ? [] : await Promise.all(shown.map(async (place) => (await share(Math.floor(place / chunk)))[place % chunk]));
      if (mine !== turn) return;
      if (untouched) body.replaceChildren(...first.rows);
      else show.rows(page, rows, answers && shown.map((place) => ranges.said(answers[place].row, question.data)));
      show.pager(page, first.pager, untouched ? null : { number, pages: Math.ceil(hits.length / chunk), items: hits.length, chunk }, (page_) => base.pathname + write({ ...state, page: page_ }));
      show.options(page, data.facets, found.counts, state, (slug, value) => base.pathname + write(toggled(state, slug, value)));
      show.chips(page, chips(state, data, question), base.pathname);
      show.count(page, untouched ? null : [hits.length, data.count], state.covers && !question ? filled(said.unclear, state.covers) : "");
      show.nothing(page, hits.length || untouched ? null : chips(state, data, question).map((chip) => ({ ...chip, gives: found.without.get(chip.name) ?? 0 })), base.pathname);
      for (const link of root.querySelectorAll(".listing-other")) link.search = write({ ...empty(), covers: state.covers, u: state.u, of: state.of });
      show.reasons(page, question && excluded(found, answers, question, data));
      lower(document.querySelector("main"));
      document.dispatchEvent(new CustomEvent("rows", { detail: body }));
    } catch (failure) {
      if (mine !== turn) return;
      console.error("listing:", failure);
      narrowed(false);
      page.count.textContent = said.failed;
    }
    page.table.removeAttribute("aria-busy");
  };

  const tests = (state, data, answers) => {
    const made = [];
    if (state.text) {
      data.plain ??= data.titles.map(plain);
      const wanted = plain(state.text);
      made.push({ name: "text", passes: data.plain.map((title) => title.includes(wanted)) });
    }
    if (answers) made.push({ name: "covers", passes: data.titles.map((_, place) => answers[place]?.state === "covers") });
    return made;
  };

  /** What is chosen as the visitor reads it, with the state that is left without it. */
  const chips = (state, data, question) => {
    const made = [];
    for (const facet of data.facets) {
      const labels = new Map(facet.values);
      const chosen = [...(state.chosen.get(facet.slug) ?? [])].map((id) => [id, labels.get(id) ?? id]);
      for (const [id, label] of chosen) made.push({ name: facet.slug, label: `${facet.label}：${label}`, address: write(toggled(state, facet.slug, id)), whole: write(without(state, facet.slug)), group: `${facet.label}：${chosen.map(([, label]) => label).join("、")}` });
    }
    if (state.text) made.push({ name: "text", text: state.text, label: filled(said.named, state.text), address: write({ ...state, text: "", page: 1 }) });
    if (question) made.push({ name: "covers", label: filled(page.form.dataset.covers, question.text) + (question.bound && filled(page.form.dataset.bound, question.bound)) + (question.of && filled(page.form.dataset.of, question.of)), address: write({ ...state, covers: "", u: "", of: "", page: 1 }) });
    return made;
  };

  /** The records that only the range keeps out, with the reason: worked out when it is asked for. */
  const excluded = (found, answers, question, data) => {
    const group = found.failed.indexOf("covers");
    const places = data.titles.map((_, place) => place).filter((place) => found.fails[place] === group);
    return { places, of: (place) => ({ title: data.titles[place], state: answers[place]?.state ?? "other", reason: ranges.reason(answers[place], question, question.data, page.form.dataset) }), share, chunk: data.chunk };
  };

  root.hidden = false;
  (page.pager ?? page.table).after(page.why);
  mark(page, state);
  nav?.addEventListener("pointerover", () => load().catch(() => {}), { once: true });
  nav?.addEventListener("focusin", () => load().catch(() => {}), { once: true });
  nav?.closest(".split").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const option = page.options.find((one) => one.link === link);
    if (option) {
      event.preventDefault();
      go(toggled(state, option.slug, option.value));
    } else if (link.dataset.state !== undefined) {
      event.preventDefault();
      go(read(link.dataset.state));
      if (link.closest(".pager")) page.table.scrollIntoView({ block: "start" });
      page.count.focus({ preventScroll: true });
    }
  });
  root.querySelector('[name="text"]').addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => go({ ...state, text: event.target.value.trim(), page: 1 }, Boolean(state.text)), PAUSE);
  });
  root.querySelector('[name="text"]').addEventListener("compositionend", (event) => event.target.dispatchEvent(new Event("input")));
  root.querySelector('[name="sort"]')?.addEventListener("change", (event) => go({ ...state, sort: event.target.value, page: 1 }));
  page.form?.addEventListener("toggle", async () => (await import("./form.js")).openForm(page.form, loadRanges, () => state, (asked) => go({ ...state, ...asked, page: 1 })), { once: true });
  const follow = () => {
    root.querySelector('[name="text"]').value = state.text;
    const sort = root.querySelector('[name="sort"]');
    if (sort) sort.value = state.sort;
    if (page.form && state.covers) page.form.open = true;
  };
  window.addEventListener("popstate", () => {
    state = fromAddress();
    follow();
    update();
  });
  follow();
  narrowed(here && Boolean(write(state)));
  if (write(state)) {
    if (here) update();
    else load().then((data) => { show.chips(page, chips(state, data), base.pathname); show.options(page, data.facets, tally(data.facets, data.count, state.chosen).counts, state, (slug, value) => base.pathname + write(toggled(state, slug, value))); }).catch(() => {});
  }
}

/** The facets' links by what they choose: …/by/<slug>/<value>/. */
function facetLinks(nav, base) {
  const start = `${base.pathname}by/`;
  return [...(nav?.querySelectorAll(".facets-link") ?? [])].flatMap((link) => {
    const path = new URL(link.href).pathname;
    const [slug, value] = path.startsWith(start) ? path.slice(start.length).split("/") : [];
    return slug && value ? [{ link, slug, value: decodeURIComponent(value) }] : [];
  });
}

/** What stands before the rows makes way for the answer (styles/layouts.css). */
const narrowed = (is) => document.documentElement.toggleAttribute("data-narrowed", is);

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\-/._·~]+/g, "");

/** Days since 1970, as Beijing counts them. */
const today = () => Math.floor((Date.now() + 8 * 3600e3) / 86400e3);

async function fetchJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}
