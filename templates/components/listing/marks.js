// The links of the facets as choices: what is chosen carries aria-current.

export function mark({ options }, state) {
  for (const { link, slug, value } of options) {
    link.classList.add("facets-link--live");
    chosen(link, state.chosen.get(slug)?.has(value));
  }
}

export const chosen = (link, is) => (is ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
