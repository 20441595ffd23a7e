// Report, cite, print. The wrong fact is chosen from the labels that the page shows and goes along in the link; nothing is sent from here.

import { day } from "../badge/badge.js";

export default function tools(box) {
  const [fact, whole, cite, copied, citation, paper] = box.dataset.words.split("|");
  const report = box.querySelector("a");
  if (report) report.before(choice(report, fact, whole));
  const copy = button(cite, async () => {
    const text = said(citation);
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = copied;
      setTimeout(() => { copy.textContent = cite; }, 4000);
    } catch {
      copy.replaceWith(Object.assign(document.createElement("input"), { className: "tools-text", readOnly: true, value: text, ariaLabel: citation }));
      box.querySelector("input").select();
    }
  });
  box.append(copy, button(paper, () => print()));
}

function choice(report, fact, whole) {
  const place = new URL(report.href);
  const list = document.createElement("select");
  list.className = "tools-fact";
  list.ariaLabel = fact;
  const labels = new Set([...document.querySelectorAll("main dt, main .facts-title")].filter((one) => !one.closest(".proof, .due")).map((one) => one.textContent.trim()));
  list.append(...[whole, ...labels].map((label, number) => new Option(label, number ? label : "")));
  list.addEventListener("change", () => {
    if (list.value) place.searchParams.set("field", list.value);
    else place.searchParams.delete("field");
    report.href = place.href;
  });
  return list;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tools-button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

// As GB/T 7714-2015 cites what is online: who, what, of which day, read when, where.
function said(form) {
  const read = day(new Date());
  const heading = document.querySelector("h1").textContent.trim();
  const name = document.title.slice(document.title.lastIndexOf(" - ") + 3);
  const built = document.querySelector(".footer time")?.dateTime ?? read;
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  return [name, heading, built, read, address].reduce((text, part) => text.replace("%s", () => part), form);
}
