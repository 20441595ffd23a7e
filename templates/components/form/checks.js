// What is wrong with an answer, in words; null when nothing is. Pure: { label, type, isNeeded, value, isBroken } and the words with %s.

import { filled } from "../listing/filled.js";

const PHONE = /^(?:0\d{2,3}-?\d{7,8}(?:-\d{1,5})?|(?:\+?86-?)?1[3-9]\d{9}|400-?\d{3}-?\d{4}|1\d{4}|9\d{4})$/;
const MAIL = /^[\w.%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
const NUMBER = /^\d{1,12}(?:\.\d{1,6})?$/;
const LONGEST = { textarea: 2000 };

const plain = (text) => text.normalize("NFKC").replace(/[\s()]/g, "").replace(/[‐-―−]/g, "-");

export function isDate(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const day = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
  return +parts[1] >= 1900 && day.getUTCMonth() === +parts[2] - 1 && day.getUTCDate() === +parts[3];
}

const RULES = {
  phone: (value) => PHONE.test(plain(value)),
  email: (value) => MAIL.test(value),
  number: (value) => NUMBER.test(plain(value)),
  date: isDate,
};
const SAID = { phone: "phone", email: "mail", number: "number", date: "date" };

export function faultOf({ label, type, isNeeded, value, isBroken }, words) {
  if (isBroken) return filled(words[SAID[type] ?? "fill"], label);
  if (!value) return isNeeded ? filled(words[type === "choice" ? "choose" : "fill"], label) : null;
  const longest = LONGEST[type] ?? 200;
  if (value.length > longest) return filled(words.long, label, longest);
  return !RULES[type] || RULES[type](value) ? null : filled(words[SAID[type]], label);
}
