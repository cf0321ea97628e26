export interface Element {
  name: string;
  attributes?: Record<string, string | number>;
  /** Child elements, or a text. */
  children?: Element[] | string;
}

/** Returns an XML 1.0 document. Characters that XML does not allow become U+FFFD. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, '')}\n`;
}

function element({ name, attributes = {}, children = [] }: Element, indent: string): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(String(value))}"`);
  const open = `${indent}<${name}${list.join('')}`;
  if (typeof children === 'string') return `${open}>${text(children)}</${name}>`;
  if (children.length === 0) return `${open}/>`;
  return [`${open}>`, ...children.map((child) => element(child, `${indent}  `)), `${indent}</${name}>`].join('\n');
}

function text(value: string): string {
  return allowed(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Escapes the value of an attribute. Line ends and tabs would be read as blanks. */
function attribute(value: string): string {
  return text(value)
    .replaceAll('"', '&quot;')
    .replaceAll(/[\n\r\t]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Replaces lone surrogates and control characters, which XML 1.0 forbids or discourages. */
function allowed(value: string): string {
  return value.toWellFormed().replaceAll(/[^\t\n\r\P{Cc}]|[\ufffe\uffff]/gu, '\ufffd');
}
