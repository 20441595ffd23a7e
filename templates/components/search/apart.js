// A query in one run as words that stand apart: 食品检测 as 食品 检测. Asked when little was found by what was typed. No interface here.

import { BY_TEXT, matching, named, names } from "./index.js";
import { isHan } from "./words.js";

// What a question has and no record: it is left out.
const ASKING = /^(请问|我想|我要|想要|去哪[里儿]?|在?哪[里儿]|在哪|哪家|谁|怎么|怎样|如何|[最附就]近的?)+(可以|能够?|会)?(办理?|做|找)?|(的?(多少钱|要钱吗|收费吗|价格|收费标准|怎么办理?|怎么做|怎么收费|如何办理|流程|需要(准备)?(什么|哪些)(材料|资料|手续)|[在去]?哪[里儿]?(可以|能)?(办理?|做|有)?|找谁|找哪家|哪家好|电话|地址)|吗|呢)+$/g;
// What is done, and who does it, as far as the beginning or the end of a run tells; of those of one kind any may be written in a record.
const KINDS = ["检测 检验 化验 测试 测定 分析 试验 监测 鉴定", "检定 校准 送检 校验", "认证 认可 评审 审核", "培训 辅导 课程", "机构 单位 公司 实验室 中心", "设备 仪器", "标准", "专家", "报告 证书", "服务", "备案", "查询"].map((kind) => kind.split(" "));
const ACTS = KINDS.flat();
const FEW = 3; // hits by a run without such a word, beside which it is cut
const LONGEST = 10; // characters of a run that is cut between any two
const RUNS = /[a-z0-9]+|[^a-z0-9]+/g;

/**
 * The words by which much is found, or at least something, or none. `hits` are those that were found by the words as they were typed: beside
 * some the words must be in names, beside fewer they may stand anywhere.
 */
export async function reading(index, list, hits) {
  const isNamed = (some) => some.some(({ rank }) => rank < BY_TEXT);
  const isMuch = (some) => some.length >= FEW || isNamed(some);
  const acts = cutAtActs(list);
  let something;
  const tried = async (words) => {
    const some = String(words) === String(list) ? [] : await matching(index, words, list.join(""));
    if (some.length) something ??= words;
    return hits.length < FEW ? isMuch(some) : isNamed(some);
  };
  if (await tried(acts)) return acts;
  if (something || isMuch(hits)) return hits.length < FEW ? something : undefined;
  if (!hits.length) {
    for (const words of inOtherWords(acts)) if (await tried(words)) return words;
    const apart = acts.flatMap((part) => part.match(RUNS));
    if (await tried(apart)) return apart;
  }
  for (const part of acts) {
    if (isMuch(await matching(index, [part], part))) continue;
    const two = await cut(index, part);
    const words = acts.flatMap((one) => (one === part ? two : [one]));
    if (two.length && (await tried(words))) return words;
  }
  return something;
}

export const isAct = (part) => ACTS.includes(part);

/** Each part without the words of a question, and what is done apart from what it is done to. */
export function cutAtActs(list) {
  return [...new Set(list.flatMap((part) => (isHan(part.slice(-1)) || isHan(part) ? acts(asked(part)).map(asked) : [part])))];
}

const asked = (part) => part.replace(ASKING, "") || part;

function acts(part) {
  const after = [];
  let rest = part;
  for (let act; (act = ACTS.find((one) => rest.endsWith(one) && rest !== one)); rest = rest.slice(0, -act.length)) after.unshift(act);
  const first = after.length ? undefined : ACTS.find((one) => rest.startsWith(one) && rest !== one);
  return first ? [rest.slice(first.length), first] : [rest, ...after];
}

/** The same with another word for what is done, and without it. */
function inOtherWords(list) {
  const objects = list.filter((part) => !isAct(part));
  if (!objects.length || objects.length === list.length) return [];
  const kinds = KINDS.filter((kind) => list.some((part) => kind.includes(part)));
  return [...kinds.flatMap((kind) => kind.map((act) => [...objects, act])), objects];
}

/** A run as two parts of names (不锈钢铬): the cut by which most names have both. */
async function cut(index, part) {
  const signs = [...part];
  if (signs.length < 3 || signs.length > LONGEST || !signs.every(isHan)) return [];
  await named(index.records);
  let best = { two: [], count: 0 };
  for (let at = 1; at < signs.length; at++) {
    const two = [signs.slice(0, at).join(""), signs.slice(at).join("")];
    const both = index.records.filter((record) => two.every((one) => names(record, one)));
    if (both.length > best.count && isWord(both, two[1])) best = { two, count: both.length };
  }
  return best.two;
}

/** Whether it stands in names by itself: 车计价器 only stands after 汽, so it is no word. */
function isWord(records, part) {
  const before = new Set(records.map(({ plain }) => plain[plain.indexOf(part) - 1]));
  return before.size > 1 || before.has(undefined) || before.has("中");
}
