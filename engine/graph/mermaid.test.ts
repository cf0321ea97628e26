import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from './everything.fixture.ts';
import type { Graph } from './graph.ts';
import { journeyGraph } from './journey.ts';
import { mermaid } from './mermaid.ts';
import { wrap } from './wrap.ts';

interface Read {
  labels: Map<string, string[]>;
  edges: { from: string; to: string; label?: string }[];
}

/** Within quotes: no quote, and whatever else is special as `#code;`. */
const label = /"((?:[^"#\n]|#\d+;)+)"/.source;
const node = new RegExp(`^(\\w+)(?:\\(\\[|\\(|\\[|\\{\\{|\\[/|\\[\\[|>)${label}(?:\\]\\)|\\)|\\]|\\}\\}|/\\]|\\]\\])$`);
const edge = new RegExp(`^(\\w+) (?:-->|-\\.->)(?:\\|${label}\\|)? (\\w+)$`);

/** The part of Mermaid's flowchart grammar that is in use; throws for any other line. */
function parse(text: string): Read {
  const [head, ...lines] = text.trimEnd().split('\n');
  expect(head).toBe('flowchart TD');
  const read: Read = { labels: new Map(), edges: [] };
  let depth = 0;
  for (const line of lines.map((each) => each.trim())) {
    const [, id = '', said = ''] = node.exec(line) ?? [];
    const [, from = '', about, to = ''] = edge.exec(line) ?? [];
    if (id) read.labels.set(id, decode(said));
    else if (from) read.edges.push({ from, to, ...(about && { label: decode(about).join(' ') }) });
    else if (new RegExp(`^subgraph \\w+\\[${label}\\]$`).test(line)) depth++;
    else if (line === 'end') depth--;
    else if (line !== 'direction TB') throw new Error(`not Mermaid: ${line}`);
  }
  expect(depth).toBe(0);
  return read;
}

function decode(text: string): string[] {
  return text
    .split('<br/>')
    .map((line) => line.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))));
}

const graph = journeyGraph(everything, []);

/** A graph of one node and one edge back to it. */
const saying = (text: string): Graph => ({
  campaign: 'x',
  title: text,
  nodes: [{ id: 'n0', kind: 'choice', title: text, details: [] }],
  edges: [{ from: 'n0', to: 'n0', label: text }],
});

describe('a journey in Mermaid', () => {
  it('has every node with its whole text, and every edge', () => {
    const { labels, edges } = parse(mermaid([graph]));
    expect([...labels.keys()]).toEqual(graph.nodes.map(({ id }) => id));
    for (const { id, title, details } of graph.nodes) {
      expect(labels.get(id)?.join(' ')).toBe([title, ...details].join(' '));
    }
    expect(edges).toEqual(graph.edges.map(({ from, to, label }) => ({ from, to, ...(label && { label }) })));
  });

  it('is in a separate box where there are several', () => {
    const other = journeyGraph(everything, [], 'm');
    expect(parse(mermaid([graph, other])).labels.size).toBe(2 * graph.nodes.length);
  });

  it('keeps any text whole and in its place', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'"#&<>`\\;:%_*~$[](){}|/-=+. 0123\nendяЖ—😀') }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const { labels, edges } = parse(mermaid([saying(text)]));
        const whole = wrap(text, 40).join(' ') || ' ';
        expect(labels.get('n0')?.join(' ')).toBe(whole);
        expect(edges[0]?.label).toBe(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a list', '- one', '#45; one'],
    ['a numbered list', '12. one', '12#46; one'],
    ['emphasis', '_a_ b_c', '#95;a#95; b_c'],
    ['a link', '[a](https://b)', '[a#93;(https#58;//b)'],
    ['a style', 'style x:y"', 'style x#58;y#34;'],
    ['a comment', '%%{init}', '#37;%{init}'],
  ])('takes no %s for its own', (_, text, written) => {
    expect(mermaid([saying(text)])).toContain(`"${written}"`);
  });
});
