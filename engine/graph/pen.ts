import type { GraphEdge, GraphNode, NodeKind } from './graph.ts';

/** A way that does not lead anywhere yet. */
export type Loose = Omit<GraphEdge, 'to'>;

/** Collects nodes and edges, and gives nodes their ids. */
export class Pen {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];
  private readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  node(kind: NodeKind, title: string, details: string[] = [], step?: string): string {
    const id = `${this.prefix}${this.nodes.length}`;
    this.nodes.push({ id, kind, ...(step !== undefined && { step }), title, details });
    return id;
  }

  lead(ends: Loose[], to: string): void {
    this.edges.push(...ends.map((end) => ({ ...end, to })));
  }
}
