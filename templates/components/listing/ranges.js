// Which records cover a value with a small enough uncertainty, and why the others do not.

import { digits, doubtText, judge, parse, plain, rangeText } from "./quantity.js";

const BEST = ["covers", "coarse", "unsaid", "outside", "other"];

/** What the address asks for; null when nothing (or nothing that can be understood) is asked. */
export function asked(state, data) {
  const value = parse(state.covers, data.units);
  if (!value) return null;
  const limit = state.u ? parse(state.u, data.units) : null;
  const fits = limit && (data.relative.includes(limit.unit) || data.units[limit.unit][1] === data.units[value.unit][1]);
  return { ...value, limit: fits ? limit : null, of: plain(state.of).toLowerCase(), text: state.covers, bound: fits ? state.u : "", data };
}

/** For each record its best answer: { state, row, doubt }. A record without any range of that kind has none. */
export function judged(question, data, titles) {
  const answers = new Array(titles.length);
  for (const row of data.rows) {
    const [place, label, ...range] = row;
    if (question.of && !`${data.labels[label]} ${titles[place]}`.toLowerCase().includes(question.of)) continue;
    const answer = { ...judge(range, question, data), row };
    const before = answers[place];
    const rank = before ? BEST.indexOf(answer.state) - BEST.indexOf(before.state) : -1;
    if (rank < 0 || (rank === 0 && answer.doubt < before.doubt)) answers[place] = answer;
  }
  return answers;
}

/** Which range answers, in words: 称量 0~220 g，U = 0.4 mg (k=2). Nothing where a record has only one, which its row says anyway. */
export function said([, label, low, high, unit, u, doubtUnit, k], data) {
  if (!data.labels[label]) return "";
  const reach = `${data.labels[label]} ${rangeText(low, high, data.units[unit][0])}`;
  return u === null ? reach : `${reach}，${doubtText(u, doubtUnit, k, data)}`;
}

/** Why a record is not listed, in words. */
export function reason(answer, question, data, words) {
  if (!answer || answer.state === "other") return words.other;
  const [, label, low, high, unit, u, doubtUnit, k] = answer.row;
  const reach = [data.labels[label], rangeText(low, high, data.units[unit][0])].filter(Boolean).join(" ");
  if (answer.state === "outside") return `${words.outside.replace("%s", question.text)}（${reach}）`;
  if (answer.state === "unsaid") return `${words.unsaid}（${reach}）`;
  const own = data.relative.includes(question.limit.unit) ? data.units[question.unit] : data.units[question.limit.unit];
  const plainly = doubtUnit === question.limit.unit && Number(k) === 2;
  const there = plainly ? "" : words.there.replace("%s", `${digits(answer.doubt / Number(own[2]))} ${own[0]}`);
  return `${doubtText(u, doubtUnit, k, data)}${there} > ${question.bound}（${reach}）`;
}
