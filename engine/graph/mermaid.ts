import type { Graph, GraphEdge, GraphNode, NodeKind } from './graph.ts';
import { wrap } from './wrap.ts';

/** Wider labels make the picture hard to follow. */
const COLUMNS = 40;

const shapes: Record<NodeKind, [string, string]> = {
  entry: ['([', '])'],
  wait: ['(', ')'],
  message: ['[', ']'],
  choice: ['{{', '}}'],
  change: ['[/', '/]'],
  notice: ['[[', ']]'],
  end: ['([', '])'],
  goal: ['>', ']'],
};

/** Journeys as one Mermaid flowchart; several are side by side, each in a box. */
export function mermaid(graphs: Graph[]): string {
  const [only] = graphs;
  const body =
    graphs.length === 1 && only
      ? graphLines(only, '  ')
      : graphs.flatMap((graph, i) => [
          `  subgraph g${i}[${quoted([graph.title])}]`,
          '    direction TB',
          ...graphLines(graph, '    '),
          '  end',
        ]);
  return ['flowchart TD', ...body, ''].join('\n');
}

function graphLines({ nodes, edges }: Graph, indent: string): string[] {
  return [...nodes.map(nodeLine), ...edges.map(edgeLine)].map((line) => `${indent}${line}`);
}

function nodeLine({ id, kind, title, details }: GraphNode): string {
  const [open, close] = shapes[kind];
  return `${id}${open}${quoted([title, ...details])}${close}`;
}

function edgeLine({ from, to, label, anytime }: GraphEdge): string {
  const arrow = anytime ? '-.->' : '-->';
  return `${from} ${arrow}${label === undefined ? '' : `|${quoted([label])}|`} ${to}`;
}

function quoted(lines: string[]): string {
  const text = lines.flatMap((line) => wrap(line, COLUMNS)).join('\n');
  // An empty label is none to Mermaid; a blank is.
  return `"${escaped(text).replaceAll('\n', '<br/>') || ' '}"`;
}

/** Characters that end a label or mean something within it, in any place. */
const always = /["#&<`\\@*~]|(?!\n)[\p{Cc}\p{Cf}]/u;

/** Texts that Mermaid, or the Markdown that it reads labels as, takes for its own in this place only. */
const here = [
  // Lists, quotations and rules, at the beginning of a line.
  /(?<=^|\n)[-+>=]/,
  /(?<=(?:^|\n)\d+)[.)]/,
  // Emphasis, but not snake_case.
  /(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/u,
  // Links, comments, formulas.
  /:(?=\/\/)|(?<=www)\.|\](?=[([])|%(?=%)|\$(?=\$)/,
];

const codes = [always, ...here].map(({ source }) => source).join('|');

/** The characters to escape. A colon before a code is one: Mermaid reads `style x:…#…;` as a style, even within a label. */
const special = new RegExp(`${codes}|:(?=[^ ]*?(?:${codes}))`, 'gu');

/** Writes characters that have another meaning as character codes. */
function escaped(text: string): string {
  return text.replace(special, (found) => `#${found.codePointAt(0)};`);
}
