// What a list shows of its state: rows, pages, counts at the choices, what is chosen, why nothing is left. Each takes the page's parts.

import { filled } from "./filled.js";
import { chosen } from "./marks.js";

const element = (tag, attributes = {}, ...inner) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inner);
  return made;
};

/** A link that the list answers itself; opened elsewhere it shows the same. */
const way = (path, state, attributes, ...inner) => element("a", { href: path + state, "data-state": state, ...attributes }, ...inner);

export function rows({ body }, markup, hints) {
  const holder = document.createElement("tbody");
  holder.innerHTML = markup.join("");
  hints?.forEach((hint, place) => hint && holder.children[place].firstElementChild.append(element("p", { class: "listing-hit" }, hint)));
  body.replaceChildren(...holder.children);
}

export function pager(page, original, made, address) {
  const { said, table } = page;
  const old = page.pager;
  let next = original;
  if (made) {
    const { number, pages, items, chunk } = made;
    const list = element("ul", { class: "pager-list" });
    const step = (to, text, attributes) => {
      const href = address(to);
      const state = href.includes("?") ? href.slice(href.indexOf("?")) : "";
      list.append(element("li", to === number ? { class: "pager-number" } : {}, way(href.slice(0, href.length - state.length), state, { class: "pager-link", ...attributes }, text)));
    };
    if (number > 1) step(number - 1, said.previous, { rel: "prev" });
    for (const one of [...new Set([1, number - 1, number, number + 1, pages])].filter((one) => one >= 1 && one <= pages)) step(one, one, { "aria-label": filled(said.number, one), ...(one === number ? { "aria-current": "page" } : {}) });
    if (number < pages) step(number + 1, said.next, { rel: "next" });
    const range = element("p", { class: "pager-range" }, filled(said.range, (number - 1) * chunk + 1, Math.min(number * chunk, items), items));
    next = pages > 1 ? element("nav", { class: "pager", "aria-label": said.pages }, list, range) : null;
  }
  if (old === next) return;
  old?.remove();
  if (next) table.after(next);
  page.pager = next;
}

/** The choices begin to be answered here: more than one may be chosen. */
export function options(page, facets, counts, state, address) {
  for (const facet of facets) {
    const places = new Map(facet.values.map(([id], place) => [id, place]));
    const last = page.options.findLast(({ slug }) => slug === facet.slug);
    for (const [id, label] of facet.values) { // a state that none was in when the page was made
      const place = places.get(id);
      if (!last || !counts.get(facet.slug)[place] || page.options.some(({ slug, value }) => slug === facet.slug && value === id)) continue;
      const link = last.link.cloneNode(true);
      link.firstChild.textContent = label;
      last.link.parentElement.after(element("li", {}, link));
      page.options.push({ link, slug: facet.slug, value: id });
    }
    for (const { link, slug, value } of page.options) {
      if (slug !== facet.slug) continue;
      const count = counts.get(slug)[places.get(value)] ?? 0;
      link.href = address(slug, value);
      link.querySelector(".facets-count").textContent = count;
      const is = state.chosen.get(slug)?.has(value);
      chosen(link, is);
      link.parentElement.hidden = !count && !is;
    }
  }
  for (const fold of document.querySelectorAll(".facets-rest")) unfold(fold);
  for (const title of document.querySelectorAll(".facets-title")) title.hidden = ![title.nextElementSibling, ...after(title)].some((list) => list.querySelector(":scope > li:not([hidden])"));
}

/** The folded rest of a facet's values, if it has one. */
const after = ({ nextElementSibling: list }) => (list.nextElementSibling?.matches(".facets-rest") ? list.nextElementSibling.querySelectorAll("ul") : []);

const VISIBLE = 8; // as many as the page shows before it folds

/** The long tail of a facet need not be folded when little of it is left, and must not be when something in it is chosen. */
function unfold(fold) {
  const left = [...fold.previousElementSibling.children, ...fold.querySelectorAll("li")].filter((item) => !item.hidden);
  const rest = left.filter((item) => fold.contains(item));
  fold.hidden = !rest.length;
  if (left.length <= VISIBLE || rest.some((item) => item.querySelector("[aria-current]"))) fold.open = true;
  const more = fold.querySelector("summary");
  more.textContent = more.textContent.replace(/\d+/, rest.length);
}

export function chips({ root, said, chosen: list }, made, path) {
  const close = () => root.querySelector("template").content.cloneNode(true);
  const items = made.map(({ label, address }) => element("li", {}, way(path, address, { class: "chip", "aria-label": filled(said.drop, label) }, label, close())));
  if (made.length > 1) items.push(element("li", {}, way(path, "", { class: "listing-clear" }, said.clear)));
  list.replaceChildren(...items);
}

export function count({ count: place, said }, numbers, warning) {
  place.tabIndex = -1;
  place.textContent = warning || (numbers ? filled(said.found, ...numbers) : "");
  const button = document.querySelector(".facets-button"); // on a phone the choices cover the rows: the button that folds them says how many there are
  if (!button) return;
  const told = button.querySelector(".facets-found") ?? button.appendChild(element("span", { class: "facets-found" }));
  told.textContent = place.textContent;
}

/** Nothing is left: which choice to drop, and how much that would give. */
export function nothing({ none, said, table }, chips, path) {
  none.hidden = !chips;
  table.hidden = Boolean(chips);
  if (!chips) return none.replaceChildren();
  const groups = new Map();
  for (const chip of chips) groups.set(chip.name, { ...chip, label: chip.group ?? chip.label, address: chip.whole ?? chip.address });
  const useful = [...groups.values()].filter(({ gives }) => gives).sort((one, other) => other.gives - one.gives);
  const ways = useful.map(({ label, address, gives }) => element("li", {}, way(path, address, { class: "ways-link" }, filled(said.noneEach, label, gives))));
  ways.push(element("li", {}, way(path, "", { class: "ways-link" }, said.clear)));
  const text = chips.find(({ name }) => name === "text")?.text;
  const wider = text ? [element("p", {}, element("a", { class: "more", href: `${said.search}?q=${encodeURIComponent(text)}` }, filled(said.searchFor, text)))] : [];
  none.replaceChildren(element("p", {}, element("strong", {}, said.none)), ...wider, element("p", {}, useful.length ? said.noneText : said.noneAll), element("ul", { class: "ways" }, ...ways));
}

const REASONS = 60; // of one kind; more would only be scrolled past

/** Why records that only the range keeps out are not listed: made when the fold is opened. */
export function reasons({ why, form }, excluded) {
  why.hidden = !excluded?.places.length;
  why.open = false;
  if (why.hidden) return;
  why.querySelector("summary").textContent = filled(form.dataset.why, excluded.places.length);
  why.ontoggle = async () => {
    if (!why.open) return;
    const groups = { coarse: [], unsaid: [], outside: [], other: [] };
    for (const place of excluded.places) groups[excluded.of(place).state].push(place);
    const lists = Object.entries(groups).filter(([, places]) => places.length).map(([state, places]) => {
      const head = `${{ coarse: form.dataset.coarse, unsaid: form.dataset.unsaid, outside: form.dataset.far, other: form.dataset.other }[state]}：${places.length}`;
      if (state === "other") return element("p", {}, head);
      const items = places.slice(0, REASONS).map((place) => {
        const { title, reason } = excluded.of(place);
        const link = element("a", {}, title);
        name(link, place, excluded);
        return element("li", {}, link, " ", element("span", { class: "listing-reason" }, reason));
      });
      if (places.length > REASONS) items.push(element("li", {}, filled(form.dataset.rest, places.length - REASONS)));
      return element("details", state === "coarse" ? { open: "" } : {}, element("summary", { class: "listing-fold" }, head), element("ul", { class: "listing-list" }, ...items));
    });
    why.querySelector(".listing-reasons").replaceChildren(...lists);
  };
}

/** The address of a record stands in its row only. */
async function name(link, place, { share, chunk }) {
  const row = document.createElement("tbody");
  row.innerHTML = (await share(Math.floor(place / chunk)))[place % chunk];
  const href = row.querySelector(".rows-title")?.getAttribute("href");
  if (href) link.href = href;
}
