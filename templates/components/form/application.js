// The filled application as text, as a mail, and its number. Pure.

const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // none that is taken for another
const MAIL_LENGTH = 2000; // longer addresses are cut or refused by mail programs

// 20261122-7K3M: the day in Beijing and four random letters.
export function referenceNumber(now, random) {
  const day = new Date(now.getTime() + 8 * 3600e3).toISOString().slice(0, 10).replaceAll("-", "");
  return `${day}-${[...random].map((byte) => LETTERS[byte % LETTERS.length]).join("")}`;
}

export function plainText({ item, reference, answers }, words) {
  const lines = answers.map(({ label, value }) => `${label}：${value || words.unsaid}`);
  return [`${words.item}：${item}`, `${words.reference}：${reference}`, ...lines, "", words.unsent].join("\n");
}

// As many whole lines as fit; the rest has to be pasted, and the mail says so.
export function mailAddress(to, subject, text, cut) {
  const head = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=`;
  const whole = encodeURIComponent(text.replaceAll("\n", "\r\n"));
  if (head.length + whole.length <= MAIL_LENGTH) return head + whole;
  const tail = encodeURIComponent(`\r\n${cut}`);
  let body = "";
  for (const line of text.split("\n")) {
    const next = body + encodeURIComponent(`${line}\r\n`);
    if (head.length + next.length + tail.length > MAIL_LENGTH) break;
    body = next;
  }
  return head + body + tail;
}
