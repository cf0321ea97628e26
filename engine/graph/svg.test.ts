import { describe, expect, it } from 'vitest';
import { everything } from './everything.fixture.ts';
import { journeyGraph } from './journey.ts';
import { type Box, font, layOut } from './layout.ts';
import { svg } from './svg.ts';
import { textWidth } from './wrap.ts';

const graph = journeyGraph(everything, []);
const picture = layOut(graph);

it('shows the arms of a split from the left to the right as they are written', () => {
  const split = graph.nodes.find(({ step }) => step === 'offer')?.id;
  const targets = graph.edges.filter(({ from }) => from === split).map(({ to }) => to);
  const places = targets.map((id) => picture.nodes.find(({ node }) => node.id === id)?.box.x ?? 0);
  expect(places).toHaveLength(4);
  // An arm without steps leads to what follows the split.
  const [control = 0, , cheap = 0, liked = 0] = places;
  expect(control).toBeLessThan(cheap);
  expect(cheap).toBeLessThan(liked);
});

const apart = (a: Box, b: Box) =>
  Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
const within = ({ x, y, width, height }: Box) =>
  x - width / 2 >= 0 && y - height / 2 >= 0 && x + width / 2 <= picture.width && y + height / 2 <= picture.height;

describe('the layout', () => {
  const boxes = picture.nodes.map(({ box }) => box);
  const labels = picture.edges.flatMap(({ label }) => (label ? [label.box] : []));

  it('keeps boxes and labels apart, and on the paper', () => {
    const all = [...boxes, ...labels];
    for (const [i, box] of all.entries()) {
      expect(within(box), JSON.stringify(box)).toBe(true);
      for (const other of all.slice(i + 1)) expect(apart(box, other), JSON.stringify([box, other])).toBe(true);
    }
    expect(boxes).toHaveLength(graph.nodes.length);
  });

  it('has room for every line', () => {
    for (const { box, lines } of picture.nodes) {
      expect(lines.length * font.line).toBeLessThan(box.height);
      for (const line of lines) expect(textWidth(line, font.size), line).toBeLessThan(box.width);
    }
  });

  it('leads each way from the edge of one box to the edge of another', () => {
    const boxOf = new Map(picture.nodes.map(({ node, box }) => [node.id, box]));
    for (const { edge, points } of picture.edges) {
      for (const [id, point] of [[edge.from, points[0]] as const, [edge.to, points.at(-1)] as const]) {
        const box = boxOf.get(id);
        if (!box || !point) expect.unreachable();
        expect(Math.abs(point.x - box.x)).toBeLessThanOrEqual(box.width / 2 + 0.01);
        expect(Math.abs(point.y - box.y)).toBeLessThanOrEqual(box.height / 2 + 0.01);
      }
    }
  });
});

describe('the picture', () => {
  const text = svg([graph, journeyGraph({ ...everything, name: 'other' }, [], 'm')]);

  it('is well-formed, however hard its texts', () => {
    const open: string[] = [];
    for (const [, closing, name = '', own] of text.matchAll(/<(\/?)([a-z]+)(?:\s+[\w:-]+="[^"<]*")*(\/?)>/g)) {
      if (closing) expect(open.pop()).toBe(name);
      else if (!own) open.push(name);
    }
    expect(open).toEqual([]);
    const rest = text.replace(/<(\/?)([a-z]+)(?:\s+[\w:-]+="[^"<]*")*(\/?)>/g, '').replace(/&(?:lt|gt|amp|quot);/g, '');
    expect(rest).not.toMatch(/[<&\0]/);
  });

  it('has its titles, follows the colour scheme, and refers to no other file', () => {
    expect(text).toContain('<title id="kaskad-title">Всё сразу: &quot;скобки&quot;');
    expect(text).toContain('<title>step offer</title>');
    expect(text).toContain('prefers-color-scheme:dark');
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|url\((?!#)/);
  });
});

it('takes wide letters for wider', () => {
  expect(textWidth('illi', 10)).toBeLessThan(textWidth('abab', 10));
  expect(textWidth('щшжю', 10)).toBeGreaterThan(textWidth('аоие', 10));
  expect(textWidth('漢字', 10)).toBeGreaterThanOrEqual(20);
});
