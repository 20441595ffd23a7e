// The form that asks for a value and an uncertainty: its units come with the data, when the fold is first opened.

import { parse, plain } from "./quantity.js";

export function openForm(fold, load, state, ask) {
  const form = fold.querySelector("form");
  const { value, unit, limit, "limit-unit": limitUnit, of } = form.elements;
  let data;

  const fill = async () => {
    if (data) return;
    data = await load();
    const kinds = new Map(Object.keys(data.kinds).map((kind) => [kind, []]));
    for (const [id, [label, kind]] of Object.entries(data.units)) if (data.rows.some((row) => data.units[row[4]][1] === kind)) kinds.get(kind).push(new Option(label, id));
    for (const [kind, options] of kinds) if (options.length) unit.append(Object.assign(document.createElement("optgroup"), { label: data.kinds[kind] }));
    [...kinds.values()].filter((options) => options.length).forEach((options, place) => unit.children[place].append(...options));
    if (data.units.g && unit.querySelector('[value="g"]')) unit.value = "g";
    fillLimit();
    follow();
  };

  /** Uncertainties are said in units of the same kind, or relative. */
  const fillLimit = () => {
    const kind = data.units[unit.value]?.[1];
    const before = limitUnit.value;
    const own = Object.entries(data.units).filter(([id, [, other]]) => other === kind && !data.relative.includes(id));
    limitUnit.replaceChildren(...own.map(([id, [label]]) => new Option(label, id)), ...data.relative.filter((id) => data.units[id]).map((id) => new Option(data.units[id][0], id)));
    limitUnit.value = [...limitUnit.options].some((option) => option.value === before) ? before : data.relative.includes(unit.value) ? unit.value : own.find(([id]) => id === unit.value)?.[0] ?? limitUnit.value;
  };

  const follow = () => {
    const said = state();
    const asked = said.covers && parse(said.covers, data.units);
    if (!asked) return;
    value.value = asked.value;
    unit.value = asked.unit;
    fillLimit();
    const bound = said.u && parse(said.u, data.units);
    limit.value = bound ? bound.value : "";
    if (bound) limitUnit.value = bound.unit;
    of.value = said.of;
  };

  const quantity = (field, unitField) => {
    const digits = plain(field.value);
    if (parse(digits, data.units)) return digits; // its unit is written beside it
    return digits && parse(`${digits} ${data.units[unitField.value]?.[0] ?? ""}`, data.units) ? `${digits} ${data.units[unitField.value][0]}` : "";
  };

  const opened = () => fold.open && fill().catch((failure) => console.error("listing:", failure));
  fold.addEventListener("toggle", opened);
  opened();
  unit.addEventListener("change", fillLimit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const covers = data ? quantity(value, unit) : "";
    value.setCustomValidity(covers ? "" : form.dataset.bad);
    if (!covers) return value.reportValidity();
    ask({ covers, u: limit.value ? quantity(limit, limitUnit) : "", of: of.value.trim() });
  });
  value.addEventListener("input", () => value.setCustomValidity(""));
}
