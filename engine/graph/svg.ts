import { t } from '../../spec/words/t.ts';
import type { Graph } from './graph.ts';
import { type Box, font, layOut, type Picture, type Point } from './layout.ts';
import { rootClass, styleSheet } from './style.ts';

/** Pixels. */
const GAP = 24;
const HEADING = 34;
/** The greatest width of journeys side by side. */
const ROW = 2000;

/** Journeys as one self-contained SVG picture; it follows the reader's light or dark scheme. */
export function svg(graphs: Graph[]): string {
  const { placed, width, height } = arrange(graphs);
  const title = graphs.map((graph) => graph.title).join(', ');
  const size = `width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${rootClass}" ${size} role="img" aria-labelledby="kaskad-title">`,
    `<title id="kaskad-title">${xml(title)}</title>`,
    `<style>${styleSheet}</style>`,
    '<defs><marker id="kaskad-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L10 5L0 10z"/></marker></defs>',
    `<rect class="paper" width="${px(width)}" height="${px(height)}"/>`,
    ...placed.map(({ graph, picture, at }) => journey(graph, picture, at)),
    '</svg>',
    '',
  ].join('\n');
}

interface Placed {
  graph: Graph;
  picture: Picture;
  at: Point;
}

/** Places the graphs in rows, in the given order. */
function arrange(graphs: Graph[]): { placed: Placed[]; width: number; height: number } {
  const placed: Placed[] = [];
  let at: Point = { x: 0, y: 0 };
  let [width, height] = [0, 0];
  for (const graph of graphs) {
    const picture = layOut(graph);
    if (at.x > 0 && at.x + picture.width > ROW) at = { x: 0, y: height + GAP };
    placed.push({ graph, picture, at });
    width = Math.max(width, at.x + picture.width);
    height = Math.max(height, at.y + HEADING + picture.height);
    at = { x: at.x + picture.width + GAP, y: at.y };
  }
  return { placed, width, height };
}

function journey({ campaign }: Graph, { nodes, edges }: Picture, { x, y }: Point): string {
  return [
    `<g transform="translate(${px(x)} ${px(y + HEADING)})" font-size="${font.size}">`,
    `<text class="heading" x="20" y="-8">${xml(campaign)}</text>`,
    ...edges.map(
      ({ edge, points }) =>
        `<path class="way${edge.anytime ? ' anytime' : ''}" d="${curve(points)}" marker-end="url(#kaskad-tip)"/>`,
    ),
    ...edges.flatMap(({ label }) => (label ? [edgeLabel(label.text, label.box)] : [])),
    ...nodes.map(nodeGroup),
    '</g>',
  ].join('\n');
}

function nodeGroup({ node, box, lines, titled }: Picture['nodes'][number]): string {
  const radius = node.kind === 'entry' || node.kind === 'end' ? box.height / 2 : node.kind === 'choice' ? 0 : 8;
  const first = box.y - (lines.length * font.line) / 2 + font.line * 0.72;
  const texts = lines.map((line, i) => {
    const bold = i < titled ? ' class="bold"' : '';
    return `<text${bold} x="${px(box.x)}" y="${px(first + i * font.line)}">${xml(line)}</text>`;
  });
  const about = node.step === undefined ? node.title : t`step ${node.step}`;
  return `<g class="${node.kind}"><title>${xml(about)}</title>${shape(box, Math.min(radius, 22))}${texts.join('')}</g>`;
}

function shape({ x, y, width, height }: Box, radius: number): string {
  const at = `x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${px(height)}"`;
  return `<rect class="node" ${at} rx="${px(radius)}"/>`;
}

function edgeLabel(text: string, { x, y, width, height }: Box): string {
  const at = `x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${px(height)}"`;
  return `<rect class="paper" ${at} rx="4"/><text class="label" x="${px(x)}" y="${px(y + font.size * 0.34)}">${xml(text)}</text>`;
}

/** Through the middles between the points, so that the edge bends smoothly. */
function curve(points: Point[]): string {
  const [first = { x: 0, y: 0 }, ...rest] = points;
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, i) => {
    const next = rest[i + 1] ?? point;
    return `Q${pair(point)} ${pair({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return `M${pair(first)}${bends.join('')}L${pair(last)}`;
}

function pair({ x, y }: Point): string {
  return `${px(x)} ${px(y)}`;
}

function px(length: number): string {
  return String(Math.round(length * 10) / 10);
}

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Replaces characters that XML 1.0 does not allow by blanks. */
function xml(text: string): string {
  return text
    .replace(/[<>&"]/g, (found) => entities[found] ?? '')
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ');
}
