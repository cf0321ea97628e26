import { isMap, isScalar, parseDocument, type Scalar } from 'yaml';
import type { TemplateCode } from '../diagnostics/codes.ts';
import type { Diagnostic, Range, SourceFile } from '../diagnostics/diagnostic.ts';
import { rangeAt } from '../diagnostics/position.ts';
import { extentInside } from '../document/inside.ts';
import { maxDepth } from '../document/limits.ts';
import { type ChannelKind, traitsOf } from '../model/channel-kinds.ts';
import { plain } from '../model/template.ts';
import { suggest } from '../words/suggest.ts';
import { later, t, translated } from '../words/t.ts';
import { tooDeepAt } from '../yaml/depth.ts';
import { explainYaml } from '../yaml/errors.ts';

/** A text inside a file: `range` takes offsets into `text`. */
export interface Located {
  text: string;
  range(start: number, end: number): Range;
}

export interface Split {
  /** The texts by their keys as written: `subject`, `preheader`, `title`; those of a variant with its name before: `warm.subject`. */
  values: Record<string, Located>;
  /** The names of the variants, with their places. */
  variants: Map<string, Range>;
  body: Located;
  diagnostics: Diagnostic[];
}

/** No front matter is longer, in UTF-16 code units; the YAML parser recurses. */
const maxLength = 10_000;

/** The files that are split already: each campaign that uses one needs it, and an editor after every change. */
const splits = new WeakMap<SourceFile, { channel: ChannelKind | undefined; split: Split }>();

/** Splits a template's file into front matter and body; without a channel (a partial) there is no front matter. */
export function splitFront(file: SourceFile, channel?: ChannelKind): Split {
  const known = splits.get(file);
  if (known && known.channel === channel) return known.split;
  const split = takenApart(file, channel);
  splits.set(file, { channel, split });
  return split;
}

function takenApart(file: SourceFile, channel: ChannelKind | undefined): Split {
  const opening = /^\uFEFF?---[ \t]*\r?\n/.exec(file.text);
  if (!opening || !channel) return { ...nothing(), body: bodyFrom(file, 0) };
  const start = opening[0].length;
  const closing = /(?:^|\n)---[ \t]*(?:\r?\n|$)/.exec(file.text.slice(start, start + maxLength));
  if (!closing) {
    const range = rangeAt(file.path, file.text, 0, 3);
    const help = t`Put a line with nothing but --- behind the keys.`;
    const diagnostic = problem('CRM3001', t`The front matter is not closed`, range, help);
    return { ...nothing(diagnostic), body: bodyFrom(file, file.text.length) };
  }
  const end = start + closing.index + (closing[0].startsWith('\n') ? 1 : 0);
  return { ...readFront(file, start, end, channel), body: bodyFrom(file, start + closing.index + closing[0].length) };
}

function bodyFrom(file: SourceFile, from: number): Located {
  const skip = from === 0 && file.text.startsWith('\uFEFF') ? 1 : from;
  return {
    text: file.text.slice(skip),
    range: (start, end) => rangeAt(file.path, file.text, skip + start, skip + end),
  };
}

function readFront(file: SourceFile, start: number, end: number, channel: ChannelKind): Omit<Split, 'body'> {
  const at = (from: number, to: number) => rangeAt(file.path, file.text, from, to);
  const text = file.text.slice(start, end);
  const tooDeep = t`The front matter is nested too deeply`;
  const deep = tooDeepAt(text, maxDepth);
  if (deep !== undefined) return broken(at(start + deep, start + deep + 1), tooDeep);
  let document: ReturnType<typeof parseDocument>;
  try {
    document = parseDocument(text);
  } catch {
    return broken(at(start, end), tooDeep);
  }
  if (document.errors.length > 0) {
    const [slip] = explainYaml(text, document, (from, to) => at(start + from, start + to));
    const twice = text.split('\n').some((line) => quotedTwice.test(line));
    return broken(
      slip?.range ?? at(start, end),
      slip?.message ?? tooDeep,
      twice ? translated(otherQuotes) : slip?.help,
    );
  }
  if (document.contents === null) return nothing();
  if (!isMap(document.contents))
    return broken(at(start, end), t`The front matter is not a list of \`key: text\` lines`);

  const front: Front = {
    ...nothing(),
    channel,
    at: (from, to) => at(start + from, start + to),
    scalar: (node, text) => scalar(file, start, end, node, text),
  };
  for (const { key, value } of document.contents.items) {
    if (!isScalar(key)) return broken(at(start, end), t`A key of the front matter is not a text`);
    if (key.value === 'variants') readVariants(value, key, front);
    else readText(String(key.value), key, value, '', front);
  }
  const { values, variants, diagnostics } = front;
  return { values, variants, diagnostics };
}

/** The diagnostics so far. `at` and `scalar` take offsets into the front matter. */
interface Front extends Omit<Split, 'body'> {
  channel: ChannelKind;
  at(from: number, to: number): Range;
  scalar(node: Scalar, text: string): Located;
}

function nothing(...diagnostics: Diagnostic[]): Omit<Split, 'body'> {
  return { values: {}, variants: new Map(), diagnostics };
}

/** `prefix`: that of the key among the values. */
function readText(name: string, key: Scalar, value: unknown, prefix: string, front: Front): void {
  const { values, diagnostics, channel, at } = front;
  const [from = 0, to = 0] = key.range ?? [];
  if (!traitsOf[channel].front.includes(name)) {
    diagnostics.push(unknownKey(name, channel, at(from, to)));
  } else if (isScalar(value) && typeof value.value === 'string') {
    values[`${prefix}${name}`] = front.scalar(value, value.value);
  } else {
    const help = t`Write a text: ${name}: "…". Texts that begin with {{ need quotes.`;
    diagnostics.push(problem('CRM3003', t`\`${name}\` must be a text`, at(from, to), help));
  }
}

/** Variants by name, each with the keys that it has of its own: `variants: { warm: { subject: "…" }, short: {} }`. */
function readVariants(written: unknown, { range }: Scalar, front: Front): void {
  const refuse = (message: string, [from = 0, to = 0]: readonly number[] = range ?? []) => {
    const help = t`Write the variants by name, each with what it has of its own: variants: { warm: { subject: "…" } }.`;
    front.diagnostics.push(problem('CRM3009', message, front.at(from, to), help));
  };
  if (!isMap(written)) {
    refuse(t`\`variants\` must be a list of names with their texts`);
    return;
  }
  for (const { key, value } of written.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const place = isScalar(key) ? (key.range ?? undefined) : undefined;
    if (name === plain) refuse(t`\`${plain}\` is the template without its variants`, place);
    else if (!variantName.test(name)) refuse(t`\`${name}\` is not a name for a variant`, place);
    else if (!isMap(value)) refuse(t`The variant \`${name}\` must have its texts between braces, or {}`, place);
    else {
      const [from = 0, to = 0] = place ?? [];
      front.variants.set(name, front.at(from, to));
      for (const { key: inner, value: text } of value.items)
        if (isScalar(inner)) readText(String(inner.value), inner, text, `${name}.`, front);
    }
  }
}

const variantName = /^[A-Za-z][A-Za-z0-9_-]*$/;

function scalar(file: SourceFile, start: number, end: number, node: Scalar, text: string): Located {
  const yaml = file.text.slice(start, end);
  return {
    text,
    range: (from, to) => {
      const [begin, finish] = extentInside(yaml, node, text, from, to) ?? [0, 0];
      return rangeAt(file.path, file.text, start + begin, start + finish);
    },
  };
}

function unknownKey(name: string, channel: ChannelKind, range: Range): Diagnostic {
  const { front: known, subject } = traitsOf[channel];
  const close = name === 'subject' && subject ? subject.key : suggest(name, known);
  const list =
    known.length > 0
      ? t`The front matter of ${channel} has: ${known.join(', ')}.`
      : t`A ${channel} template has no front matter.`;
  const help = close ? t`Did you mean \`${close}\`?` : list;
  return problem('CRM3002', t`The front matter has no key \`${name}\``, range, help);
}

/** A text in double quotes with a placeholder that has double quotes itself. */
const quotedTwice = /^[\w-]+:\s*".*\{\{[^{}]*(?<!\\)"[^{}]*\}\}/;

const otherQuotes = later`A double quote within double quotes ends the text. Put single quotes around it: subject: '{{default customer.name "friend"}}, hello'.`;

function broken(
  range: Range,
  message: string,
  help = t`Put texts into quotes: subject: "{{customer.name}}, hello".`,
): Omit<Split, 'body'> {
  return nothing(problem('CRM3001', message, range, help));
}

function problem(code: TemplateCode, message: string, range: Range, help: string): Diagnostic {
  return { code, severity: 'error', message, range, help };
}
