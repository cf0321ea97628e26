import type { Shape } from '../../spec/constructs/steps/step.ts';

/** A journey as a picture shows it: nodes in the order of the file, and the edges between them. */
export interface Graph {
  campaign: string;
  title: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export type NodeKind = Shape | 'entry' | 'goal';

export interface GraphNode {
  /** Unique among all graphs that are drawn together: letters, digits and underscores. */
  id: string;
  kind: NodeKind;
  /** The step's id in the campaign; absent where the node is none. */
  step?: string;
  title: string;
  /** Conditions and the like, one each. */
  details: string[];
}

export interface GraphEdge {
  from: string;
  to: string;
  label?: string;
  /** It may happen at any time rather than in its turn. */
  anytime?: true;
}

/** An edge without a target yet. */
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
