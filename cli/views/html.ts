import { currentLanguage } from '../../spec/words/language.ts';

/** Escapes a text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Escapes a sentence, in which what stands between backticks is code. */
export function htmlSentence(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

/** No script runs; only pictures are loaded, as in a mail program, or nothing. */
const policies = {
  pictures: "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; frame-src 'none'",
  /** For what strangers may have written: a picture would tell them who looks. */
  closed: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'none'",
};

const style = `
:root {
  color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--desk);
  --ink: #1d2329; --dim: #5c6670; --desk: #f3f4f6; --paper: #fff; --line: #c9ced4; --note: #fff4d6; --link: #0b57d0;
  --good: #1a7f37; --warn: #d29b00; --bad: #c4302b; --was: #9aa4af; --becomes: #2f6fde;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ed; --dim: #a3acb6; --desk: #14181c; --paper: #1d2329; --line: #3a434c; --note: #3d3314; --link: #8ab4f8;
    --good: #4ac26b; --warn: #d6a419; --bad: #ff7b72; --was: #69747f; --becomes: #6ea8fe;
  }
}
a { color: var(--link); }
body { margin: 0 auto; max-width: 1240px; padding: 24px; }
h1, h2, p, li, summary { overflow-wrap: anywhere; }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 17px; margin: 32px 0 8px; }
.dim { color: var(--dim); margin: 0 0 4px; }
.missing { background: var(--note); border-left: 4px solid var(--warn); margin: 8px 0; padding: 8px 12px; }
.frames { align-items: flex-start; display: flex; flex-wrap: wrap; gap: 24px; }
figure { margin: 8px 0; max-width: 100%; overflow-x: auto; }
figcaption { color: var(--dim); font-size: 13px; margin-bottom: 4px; }
iframe, pre { border: 1px solid var(--line); border-radius: 6px; box-sizing: border-box; }
/* A message is seen as a mail program shows it, which most do on white. */
iframe { background: #fff; color-scheme: light; }
pre { background: var(--paper); }
pre, iframe[width="390"] { max-width: 100%; }
pre { font: 14px/1.45 ui-monospace, monospace; margin: 0; overflow-wrap: anywhere; padding: 12px; white-space: pre-wrap; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; margin: 8px 0; }
th, td { border-bottom: 1px solid var(--line); padding: 4px 16px 4px 0; text-align: left; vertical-align: top; }
th { color: var(--dim); font-weight: normal; }
.right { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
@media screen and (max-width: 640px) { body { padding: 12px; } th, td { padding-right: 10px; } }
/* On paper nothing can be scrolled: what is wide is small, and its titles have several lines. */
@media print {
  :root { color-scheme: light; --desk: #fff; font-size: 12px; }
  body { max-width: none; padding: 0; }
  table { font-size: 10px; }
  th, td { padding: 2px 8px 2px 0; }
  th.right { vertical-align: bottom; white-space: normal; }
  .table, figure { overflow: visible; }
  figure, tr { break-inside: avoid; }
  h1, h2, h3, summary { break-after: avoid; }
}
`;

/** Returns a complete HTML page. `more`: styles in addition to those of all pages. */
export function htmlPage(title: string, body: string, more = '', policy: keyof typeof policies = 'pictures'): string {
  return `<!doctype html>
<html lang="${currentLanguage().language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policies[policy]}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${style}${more}</style>
</head>
<body>
${body}</body>
</html>
`;
}

/** Returns a table that scrolls by itself where it is wider than the page; empty without rows. The cells are HTML. */
export function htmlTable(columns: { title: string; right?: boolean }[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const side = (i: number) => (columns[i]?.right ? ' class="right"' : '');
  const head = columns.map(({ title }, i) => `<th scope="col"${side(i)}>${escapeHtml(title)}</th>`).join('');
  const lines = rows.map((row) => `<tr>${row.map((cell, i) => `<td${side(i)}>${cell}</td>`).join('')}</tr>`);
  return `<div class="table"><table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table></div>\n`;
}

/** Returns a list of texts; empty without any. */
export function htmlList(lines: string[]): string {
  return lines.length > 0 ? `<ul>${lines.map((one) => `<li>${htmlSentence(one)}</li>`).join('')}</ul>\n` : '';
}

/** A message as it is shown, and its plain text. */
interface Shown {
  html: string;
  text: string;
}

/** Returns a height in pixels in which a message has room, by its lines and pictures: no script can measure it. */
function heightOf({ text, html }: Shown, width: number): number {
  const letters = (width - 40) / 8;
  const lines = text.split('\n').map((line) => Math.max(1, Math.ceil(line.length / letters)));
  const pictures = html.match(/<img\b/g)?.length ?? 0;
  return 80 + 24 * lines.reduce((sum, n) => sum + n, 0) + 120 * pictures;
}

/** Returns a frame, `width` pixels wide and at most `most` high, with a message's HTML as a separate document in which no script runs. */
export function frame(message: Shown, title: string, width: number, most = 720): string {
  const height = Math.min(most, heightOf(message, width));
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><iframe sandbox="" title="${escapeHtml(title)}" width="${width}" height="${height}" srcdoc="${escapeHtml(message.html)}"></iframe></figure>`;
}

/** Returns plain text in a box as wide as a phone. */
export function plain(text: string, width = 390): string {
  return `<pre style="width: ${width}px">${escapeHtml(text)}</pre>`;
}
