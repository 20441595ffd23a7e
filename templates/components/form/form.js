// Checks a form on submit, makes the filled application of it, and keeps a draft when it is asked to. Nothing leaves the device
// unless the form has an endpoint of its own; then the browser sends it, as it would without this script.

import { faultOf } from "./checks.js";
import { code } from "./code.js";
import { drafts } from "./drafts.js";
import { filled } from "../listing/filled.js";
import { mailAddress, plainText, referenceNumber } from "./application.js";

const ABOUT = /^[a-z0-9-]{1,60}\/[a-z0-9-]{1,100}$/;

export default function form(root) {
  const said = root.dataset;
  const body = root.querySelector("form");
  const done = root.querySelector(".form-done");
  const errors = root.querySelector(".form-errors");
  const fields = [...body.querySelectorAll(".form-field")];
  const title = document.title;
  const sends = body.hasAttribute("action");
  const opened = Date.now();

  body.noValidate = true;
  for (const button of body.querySelectorAll("button[hidden]")) button.hidden = button.disabled = false;
  for (const choice of body.querySelectorAll("[data-closes]")) {
    if (choice.dataset.closes >= today()) continue;
    choice.firstChild.disabled = true;
    choice.append(`（${said.closed}）`);
  }
  fillAbout(body.elements.about, said.root);
  fillSought(body, said.sought);
  fillField(body.elements.field);
  const draft = drafts(root, body, fields);

  body.addEventListener("submit", (event) => {
    const faults = fields.map((field) => [field, faultOf(question(field), said)]).filter(([, fault]) => fault);
    for (const field of fields) mark(field, null);
    errors.hidden = faults.length === 0;
    document.title = faults.length ? said.error + title : title;
    if (faults.length) {
      event.preventDefault();
      for (const [field, fault] of faults) mark(field, fault);
      tell(errors, faults);
      return;
    }
    if (sends) {
      body.elements.seconds.value = Math.round((Date.now() - opened) / 1000); // programs are quicker than people: for the server to judge
      return;
    }
    event.preventDefault();
    show();
  });

  // ── the filled application ──

  const reference = referenceNumber(new Date(), crypto.getRandomValues(new Uint8Array(4)));

  function show() {
    const answers = fields.map(question).filter((one) => one.label);
    const fixed = body.querySelector(".form-about input");
    if (fixed) answers.unshift({ name: "about", label: said.about, value: fixed.value });
    const whole = { item: said.title, form: said.form, reference, answers: answers.map(({ name, label, value }) => ({ name, label, value })) };
    const text = plainText(whole, said);
    done.querySelector("[data-code]").textContent = reference;
    draw(done.querySelector("[data-drawn]"), `${said.link}#${reference}`, said.codeLabel.replace("%s", reference));
    done.querySelector("[data-answers]").replaceChildren(...whole.answers.map(row(said.unsaid)));
    const plain = done.querySelector("[data-plain]");
    plain.value = text;
    offer(done.querySelector("[data-text]"), `${reference}.txt`, "text/plain", "\ufeff" + text);
    offer(done.querySelector("[data-json]"), `${reference}.json`, "application/json", JSON.stringify(whole, null, 1));
    const mail = root.querySelector("[data-mail]");
    if (mail) mail.href = mailAddress(said.email, said.subject.replace("%s", said.title) + ` ${reference}`, text, said.cut);
    body.hidden = true;
    done.hidden = false;
    done.focus();
  }

  done.querySelector("[data-print]").addEventListener("click", () => print());
  done.querySelector("[data-back]").addEventListener("click", () => {
    done.hidden = true;
    body.hidden = false;
    body.querySelector("input:not([type=hidden]), textarea")?.focus();
  });
  const copy = done.querySelector("[data-copy]");
  copy.addEventListener("click", async () => {
    const plain = done.querySelector("[data-plain]");
    const label = copy.textContent;
    try {
      await navigator.clipboard.writeText(plain.value);
      copy.textContent = said.copied;
    } catch {
      plain.hidden = false;
      plain.focus();
      plain.select();
      copy.textContent = said.copyByHand;
    }
    setTimeout(() => { copy.textContent = label; }, 4000);
  });

  body.querySelector("[data-clear]").addEventListener("click", () => {
    body.reset();
    draft.clear();
    for (const field of fields) mark(field, null);
    errors.hidden = true;
    document.title = title;
  });
}

// What a field asks and what stands in it.
function question(field) {
  const inputs = [...field.querySelectorAll("input, textarea")];
  const chosen = field.dataset.type === "choice" ? inputs.find((input) => input.checked) : inputs[0];
  const label = field.querySelector(".form-label").firstChild.textContent.trim();
  return { name: inputs[0].name, label, type: field.dataset.type ?? "text", isNeeded: "needed" in field.dataset, value: (chosen?.value ?? "").trim(), isBroken: Boolean(inputs[0].validity?.badInput) };
}

function mark(field, fault) {
  const place = field.querySelector(".form-error");
  if (!place) return;
  place.textContent = fault ?? "";
  place.hidden = !fault;
  for (const input of field.querySelectorAll("input, textarea")) {
    if (fault) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

function tell(errors, faults) {
  errors.querySelector("ul").replaceChildren(...faults.map(([field, fault]) => {
    const link = document.createElement("a");
    const target = field.querySelector("input, textarea");
    link.href = `#${field.id || target.id}`;
    link.textContent = fault;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      target.focus();
      field.scrollIntoView({ block: "center" });
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  errors.focus();
  errors.scrollIntoView({ block: "start" });
}

// The code that the build drew leads to the item; this one carries the number of the application too.
function draw(place, text, label) {
  const made = place && code(text);
  if (!made) return;
  const picture = place.querySelector("svg");
  picture.setAttribute("viewBox", `0 0 ${made.size} ${made.size}`);
  picture.setAttribute("aria-label", label);
  picture.querySelector("path").setAttribute("d", made.path);
  place.querySelector("span span").textContent = text;
}

const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10); // in Beijing

const row = (unsaid) => ({ label, value }) => {
  const group = document.createElement("div");
  const term = document.createElement("dt");
  const text = document.createElement("dd");
  group.className = "facts-item";
  term.className = "facts-label";
  text.className = "facts-value";
  term.textContent = label;
  text.textContent = value || unsaid;
  group.append(term, text);
  return group;
};

function offer(button, name, type, text) {
  button.onclick = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
  };
}

// ?sought=… is what the visitor looked for in vain: it becomes the beginning of the first long answer, as text.
function fillSought(body, words) {
  const sought = (new URLSearchParams(location.search).get("sought") ?? "").trim().slice(0, 120);
  const answer = body.querySelector("textarea");
  if (sought && words && answer && !answer.value) answer.value = filled(words, sought);
}

// ?field=校准有效期至 names the fact that the visitor says is wrong; it only ever becomes text.
function fillField(input) {
  const field = (new URLSearchParams(location.search).get("field") ?? "").trim().slice(0, 60);
  if (field && input?.type === "text" && !input.value) input.value = field;
}

// What the page of a record says under a label, as text.
function factOf(record, label) {
  const fact = [...record.querySelectorAll("dt")].find((term) => term.textContent.trim() === label)?.nextElementSibling;
  const items = fact?.querySelectorAll(".value-lines > li"); // of values in a row the signs between them are text
  return (items?.length ? [...items] : [fact]).map((one) => one?.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join("、");
}

// ?about=equipment/eq-0001 names the record that the visitor comes from. It is hostile until it has the form of an id; its title
// and what its facts answer are read from its own page and only ever become text.
async function fillAbout(input, root) {
  const about = new URLSearchParams(location.search).get("about") ?? "";
  if (!input || input.type === "hidden" || !ABOUT.test(about) || input.value) return;
  input.value = about;
  try {
    const answer = await fetch(`${root}${about}/`);
    if (!answer.ok) return;
    const record = new DOMParser().parseFromString(await answer.text(), "text/html");
    const heading = record.querySelector("h1")?.textContent.trim();
    if (heading && input.value === about) input.value = `${heading}（${about}）`.slice(0, 200);
    for (const field of input.form.querySelectorAll("[data-from]")) {
      const answer = field.querySelector("input, textarea");
      if (!answer.value) answer.value = factOf(record, field.dataset.from).slice(0, 200);
    }
  } catch {
    // from the disk a page cannot be read; the id alone will do
  }
}
