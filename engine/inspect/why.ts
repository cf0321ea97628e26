import sql, { join, type Sql } from 'sql-template-tag';
import { printExpression } from '../../spec/expression/print.ts';
import type { Expression, ValueType } from '../../spec/model/expression.ts';
import type { Segment } from '../../spec/model/model.ts';
import type { Program } from '../program/program.ts';
import { byName, compileQuery, type Segments } from '../program/query.ts';
import type { Database } from '../store/database.ts';
import { ask, type QueryContext, value } from '../store/query-sql.ts';
import { queryContextOf } from './segments.ts';

/** A condition, and the answer for one customer. */
export interface Reason {
  /** `all`, `any` and `none` join their parts; a `segment` has its own condition as its part. */
  kind: 'all' | 'any' | 'none' | 'segment' | 'condition';
  /** The condition as the file writes it; empty for one that joins others. */
  text: string;
  holds: boolean;
  /** The value that a comparison compares; null: missing. Dates and numbers as text. */
  found?: { type: ValueType; value: string | null };
  parts: Reason[];
}

/** Returns which conditions of a segment hold for a customer, and which do not; one statement. `segments`: all of the project. */
export async function whyIn(
  db: Database,
  program: Program,
  segments: readonly Segment[],
  name: string,
  { now, customer }: { now: number; customer: number },
): Promise<Reason> {
  const known = byName(segments);
  const leaves: Expression[] = [];
  const tree = outline(conditionOf(name, known), leaves, known);
  const answers = await answersOf(db, { leaves, known }, await queryContextOf(db, program, now, customer), customer);
  return judge(tree, answers);
}

/** Returns the condition of a segment; of a static one, that a customer is in it. */
export function conditionOf(name: string, segments: Segments): Expression {
  const segment = segments.get(name);
  return segment && 'where' in segment ? segment.where : { kind: 'segment', type: 'boolean', name };
}

type Outline = { kind: Reason['kind']; text: string; parts: Outline[]; leaf?: number };

/** Conditions are numbered as they are written. */
function outline(node: Expression, leaves: Expression[], segments: Segments): Outline {
  const inner = (part: Expression) => outline(part, leaves, segments);
  if (node.kind === 'and' || node.kind === 'or')
    return { kind: node.kind === 'and' ? 'all' : 'any', text: '', parts: node.operands.map(inner) };
  if (node.kind === 'not') return { kind: 'none', text: '', parts: [inner(node.operand)] };
  const named = node.kind === 'segment' ? conditionOf(node.name, segments) : node;
  if (node.kind === 'segment' && named.kind !== 'segment')
    return { kind: 'segment', text: printExpression(node), parts: [inner(named)] };
  return { kind: 'condition', text: printExpression(node), parts: [], leaf: leaves.push(node) - 1 };
}

interface Answer {
  holds: boolean;
  found?: Reason['found'];
}

async function answersOf(
  db: Database,
  { leaves, known }: { leaves: Expression[]; known: Segments },
  context: QueryContext,
  customer: number,
): Promise<Answer[]> {
  const of = sql`c.customer = ${customer}::bigint`;
  const compared = leaves.map((leaf) => (leaf.kind === 'compare' ? leaf.left : undefined));
  const statements = leaves.flatMap((leaf, i): Sql[] => {
    const { joins, where } = ask(compileQuery(leaf, known), context);
    const holds = sql`(SELECT ${i}::integer AS nth, TRUE AS holds, NULL::text AS found FROM customer c ${joins} WHERE ${of} AND ${where})`;
    const left = compared[i];
    if (!left) return [holds];
    const asked = value(compileQuery(left, known), context);
    return [
      holds,
      sql`(SELECT ${i}::integer AS nth, FALSE AS holds, (${asked.value})::text AS found FROM customer c ${asked.joins} WHERE ${of})`,
    ];
  });
  const rows =
    statements.length === 0
      ? []
      : await db.query<{ nth: number; holds: boolean; found: string | null }>(join(statements, ' UNION ALL '));
  return leaves.map((_, i): Answer => {
    const mine = rows.filter(({ nth }) => nth === i);
    const left = compared[i];
    const value = mine.find(({ holds }) => !holds)?.found ?? null;
    return { holds: mine.some(({ holds }) => holds), ...(left && { found: { type: left.type, value } }) };
  });
}

function judge({ kind, text, parts: inner, leaf }: Outline, answers: Answer[]): Reason {
  const parts = inner.map((part) => judge(part, answers));
  const answer = leaf === undefined ? undefined : answers[leaf];
  if (answer) return { kind, text, parts, ...answer };
  const held = parts.filter(({ holds }) => holds).length;
  const holds = kind === 'any' ? held > 0 : kind === 'none' ? held === 0 : held === parts.length;
  return { kind, text, parts, holds };
}
