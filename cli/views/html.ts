import { currentLanguage } from '../../spec/words/language.ts';

/** Escapes a text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** No script runs, and only pictures are loaded, as in a mail program. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; frame-src 'none'";

const style = `
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1d2329; background: #f3f4f6; }
body { margin: 0 auto; max-width: 1240px; padding: 24px; }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 17px; margin: 32px 0 8px; }
.dim { color: #5c6670; margin: 0 0 4px; }
.missing { background: #fff4d6; border-left: 4px solid #d29b00; margin: 8px 0; padding: 8px 12px; }
.frames { align-items: flex-start; display: flex; flex-wrap: wrap; gap: 24px; }
figure { margin: 8px 0; max-width: 100%; overflow-x: auto; }
figcaption { color: #5c6670; font-size: 13px; margin-bottom: 4px; }
iframe, pre { background: #fff; border: 1px solid #c9ced4; border-radius: 6px; box-sizing: border-box; }
pre, iframe[width="390"] { max-width: 100%; }
pre { font: 14px/1.45 ui-monospace, monospace; margin: 0; overflow-wrap: anywhere; padding: 12px; white-space: pre-wrap; }
@media (max-width: 640px) { body { padding: 12px; } }
`;

/** Returns a complete HTML page. `more`: styles in addition to those of all pages. */
export function htmlPage(title: string, body: string, more = ''): string {
  return `<!doctype html>
<html lang="${currentLanguage().language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
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

/** Returns a frame, `width` pixels wide, with a message's HTML as a separate document in which no script runs. */
export function frame(html: string, title: string, width: number, height = 720): string {
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><iframe sandbox="" title="${escapeHtml(title)}" width="${width}" height="${height}" srcdoc="${escapeHtml(html)}"></iframe></figure>`;
}

/** Returns plain text in a box as wide as a phone. */
export function plain(text: string, width = 390): string {
  return `<pre style="width: ${width}px">${escapeHtml(text)}</pre>`;
}
