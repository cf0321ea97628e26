import { readFileSync } from 'node:fs';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { schemaText } from '../spec/document/schema.ts';
import { compounds } from '../spec/dsl/walk.ts';

/** The texts and nouns of a file that a catalogue translates. */
export interface Found {
  texts: string[];
  /** Texts with values that are stored in English. */
  stored: string[];
  nouns: string[];
}

/** Reads the texts of `t` and `later`, the values of tables in `laterAll` and the nouns of `many` and `noun`, in a file of TypeScript. */
export function textsOf(path: string): Found {
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'));
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: Found = { texts: [], stored: [], nouns: [] };
  let marked = 0;
  const text = (node: Node | null) => {
    if (marked > 0 && node?.type === 'Literal' && typeof node.value === 'string') found.texts.push(node.value);
  };
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type !== 'Identifier' || !['t', 'later'].includes(tag.name)) return;
      const text = quasi.quasis.map(({ value }, i) => (i === 0 ? '' : `{${i - 1}}`) + value.cooked).join('');
      found[tag.name === 'later' && quasi.quasis.length > 1 ? 'stored' : 'texts'].push(text);
    },
    CallExpression({ callee, arguments: given }) {
      const name = callee.type === 'Identifier' && callee.name;
      if (name === 'laterAll') marked += 1;
      const noun = name === 'noun' ? given[0] : name === 'many' ? given[1] : undefined;
      if (noun?.type === 'Literal' && typeof noun.value === 'string') found.nouns.push(noun.value);
    },
    'CallExpression:exit'({ callee }) {
      if (callee.type === 'Identifier' && callee.name === 'laterAll') marked -= 1;
    },
    Property: ({ value }) => text(value),
    ArrayExpression: ({ elements }) => elements.forEach(text),
  }).visit(program);
  return found;
}

/** Returns the texts of the schema of files and of the DSL's table: both are shown in findings and in editors. */
export function textsOfFiles(): string[] {
  const found: string[] = [...compounds].map(({ title }) => title);
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { title, description } = node as { title?: unknown; description?: unknown };
    found.push(...[title, description].filter((text) => typeof text === 'string'));
    Object.values(node).forEach(walk);
  };
  walk(JSON.parse(schemaText()));
  return found;
}

/**
 * Returns the sentences of a file that no catalogue can translate: what begins with a capital letter and goes on in words, and is neither in `t`,
 * `later` or `laterAll` nor the message of an error that is a bug of ours.
 */
export function untagged(path: string): string[] {
  const { program } = parseSync(path, readFileSync(path, 'utf8'));
  const found: string[] = [];
  const apart = new Set<Node>();
  let marked = 0;
  const look = (node: Node, text: string) => {
    if (marked === 0 && !apart.has(node) && sentence.test(text.replaceAll(/`[^`]*`|"[^"]*"/g, '·'))) found.push(text);
  };
  new Visitor({
    TaggedTemplateExpression: ({ quasi }) => apart.add(quasi),
    NewExpression({ callee, arguments: given }) {
      if (callee.type === 'Identifier' && /^(?!User)\w*Error$/.test(callee.name))
        for (const one of given) apart.add(one);
    },
    CallExpression({ callee }) {
      if (callee.type === 'Identifier' && callee.name === 'laterAll') marked += 1;
    },
    'CallExpression:exit'({ callee }) {
      if (callee.type === 'Identifier' && callee.name === 'laterAll') marked -= 1;
    },
    Literal(node) {
      if (typeof node.value === 'string') look(node, node.value);
    },
    TemplateLiteral: (node) => look(node, node.quasis.map(({ value }) => value.cooked).join('·')),
  }).visit(program);
  return found;
}

const sentence = /^(?:· )?[A-Z][a-z’']*(?:,? (?:[a-z’']+|·)){2}/;
