// A table as CSV (RFC 4180, with a byte order mark for Excel), handed to the visitor as a file.

const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

export const csv = (rows) => `\ufeff${rows.map((row) => row.map((cell) => quoted(guarded(String(cell)))).join(",")).join("\r\n")}\r\n`;

/** A spreadsheet must not take a text for a formula (engine/exports/tables.py does the same). */
const guarded = (text) => (FORMULA.test(text) ? `'${text}` : text);

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function download(rows, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
