import { graphlib, layout as place } from '@dagrejs/dagre';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { textWidth, wrap } from './wrap.ts';

/** All lengths in pixels. */
export const font = { size: 13, line: 18 };

const padding = { x: 14, y: 9 };
const margin = 20;
const COLUMNS = 34;

export interface Point {
  x: number;
  y: number;
}

/** `x`, `y`: the middle. */
export interface Box extends Point {
  width: number;
  height: number;
}

export interface Picture {
  width: number;
  height: number;
  /** `lines`: of which the first `titled` are the title. */
  nodes: { node: GraphNode; box: Box; lines: string[]; titled: number }[];
  edges: { edge: GraphEdge; points: Point[]; label?: { text: string; box: Box } }[];
}

/** The place of everything in a graph, from the top downwards. */
export function layOut({ nodes, edges }: Graph): Picture {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, edgesep: 16, ranksep: 34, marginx: margin, marginy: margin });
  const shown = nodes.map((node) => ({ node, ...linesOf(node) }));
  for (const { node, lines, titled } of shown) graph.setNode(node.id, size(lines, titled));
  for (const [i, { from, to, label }] of edges.entries())
    graph.setEdge(from, to, label === undefined ? {} : { ...labelSize(label), labelpos: 'c' }, String(i));
  // Without edges that lead back, earlier branches are further left and no edges cross; otherwise nodes are only sorted by that.
  place(graph, { disableOptimalOrderHeuristic: graphlib.alg.isAcyclic(graph) });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: shown.map((each) => ({ ...each, box: graph.node(each.node.id) as Box })),
    edges: edges.map((edge, i) => {
      const { points, ...box } = graph.edge(edge.from, edge.to, String(i)) as Box & { points: Point[] };
      return { edge, points, ...(edge.label !== undefined && { label: { text: edge.label, box } }) };
    }),
  };
}

function linesOf({ title, details }: GraphNode): { lines: string[]; titled: number } {
  const titleLines = wrap(title, COLUMNS);
  return { lines: [...titleLines, ...details.flatMap((detail) => wrap(detail, COLUMNS))], titled: titleLines.length };
}

/** Bold is about an eighth wider. */
function size(lines: string[], titled: number): { width: number; height: number } {
  const widest = Math.max(...lines.map((line, i) => textWidth(line, font.size) * (i < titled ? 1.125 : 1)), 40);
  return { width: Math.ceil(widest + 2 * padding.x), height: lines.length * font.line + 2 * padding.y };
}

function labelSize(label: string): { width: number; height: number } {
  return { width: Math.ceil(textWidth(label, font.size) + 10), height: font.line };
}
