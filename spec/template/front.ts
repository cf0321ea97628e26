import { isMap, isScalar, parseDocument, type Scalar } from 'yaml';
import type { TemplateCode } from '../diagnostics/codes.ts';
import type { Diagnostic, Range, SourceFile } from '../diagnostics/diagnostic.ts';
import { rangeAt } from '../diagnostics/position.ts';
import { extentInside } from '../document/inside.ts';
import { maxDepth } from '../document/limits.ts';
import { type ChannelKind, traitsOf } from '../model/channel-kinds.ts';
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
  /** The texts by their keys as written: `subject`, `preheader`, `title`. */
  values: Record<string, Located>;
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
  if (!opening || !channel) return { values: {}, body: bodyFrom(file, 0), diagnostics: [] };
  const start = opening[0].length;
  const closing = /(?:^|\n)---[ \t]*(?:\r?\n|$)/.exec(file.text.slice(start, start + maxLength));
  if (!closing) {
    const range = rangeAt(file.path, file.text, 0, 3);
    const help = t`Put a line with nothing but --- behind the keys.`;
    const diagnostic = problem('CRM3001', t`The front matter is not closed`, range, help);
    return { values: {}, body: bodyFrom(file, file.text.length), diagnostics: [diagnostic] };
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
  if (document.contents === null) return { values: {}, diagnostics: [] };
  if (!isMap(document.contents))
    return broken(at(start, end), t`The front matter is not a list of \`key: text\` lines`);

  const values: Record<string, Located> = {};
  const diagnostics: Diagnostic[] = [];
  for (const { key, value } of document.contents.items) {
    if (!isScalar(key)) return broken(at(start, end), t`A key of the front matter is not a text`);
    const [keyStart = 0, keyEnd = 0] = key.range ?? [];
    const name = String(key.value);
    if (!traitsOf[channel].front.includes(name)) {
      diagnostics.push(unknownKey(name, channel, at(start + keyStart, start + keyEnd)));
    } else if (isScalar(value) && typeof value.value === 'string') {
      values[name] = scalar(file, start, end, value, value.value);
    } else {
      const help = t`Write a text: ${name}: "…". Texts that begin with {{ need quotes.`;
      diagnostics.push(problem('CRM3003', t`\`${name}\` must be a text`, at(start + keyStart, start + keyEnd), help));
    }
  }
  return { values, diagnostics };
}

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
  return { values: {}, diagnostics: [problem('CRM3001', message, range, help)] };
}

function problem(code: TemplateCode, message: string, range: Range, help: string): Diagnostic {
  return { code, severity: 'error', message, range, help };
}
