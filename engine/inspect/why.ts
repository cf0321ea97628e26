import sql, { join, type Sql } from 'sql-template-tag';
import { printExpression } from '../../spec/expression/print.ts';
import type { Expression, ValueType } from '../../spec/model/expression.ts';
import { canonical } from '../program/hash.ts';
import type { CompiledSegment, Program } from '../program/program.ts';
import { byName, compileQuery, raiseQuery } from '../program/query.ts';
import type { Database } from '../store/database.ts';
import { type Asking, ask, value } from '../store/query-sql.ts';
import { askingOf } from './segments.ts';

/** A condition, and the answer for one customer. */
export interface Reason {
  /** `all`, `any` and `none` join their parts; a `segment` has its own condition as its part. */
  kind: 'all' | 'any' | 'none' | 'segment' | 'condition';
  /** As the file writes it; empty for what joins others. */
  text: string;
  holds: boolean;
  /** The value that a comparison compares; null: missing. Dates and numbers as text. */
  found?: { type: ValueType; value: string | null };
  parts: Reason[];
}

/** Returns which conditions of a segment hold for a customer, and which do not; one statement. */
export async function whyIn(
  db: Database,
  program: Program,
  segment: CompiledSegment,
  { now, customer }: { now: number; customer: number },
): Promise<Reason> {
  const named = new Map(program.segments.map(({ name, query }) => [canonical(raiseQuery(query)), name]));
  const leaves: Expression[] = [];
  const tree = outline(raiseQuery(segment.query), leaves, (node) => {
    const name = named.get(canonical(node));
    return name === segment.name ? undefined : name;
  });
  const answers = await answersOf(db, program, leaves, askingOf(db, program, now, customer), customer);
  return judge(tree, answers);
}

type Outline = { kind: Reason['kind']; text: string; parts: Outline[]; leaf?: number };

/** Conditions are numbered as they stand. */
function outline(node: Expression, leaves: Expression[], nameOf: (node: Expression) => string | undefined): Outline {
  const name = node.kind === 'segment' ? undefined : nameOf(node);
  const inner = (): Outline => {
    if (node.kind === 'and' || node.kind === 'or')
      return {
        kind: node.kind === 'and' ? 'all' : 'any',
        text: '',
        parts: node.operands.map((operand) => outline(operand, leaves, nameOf)),
      };
    if (node.kind === 'not') return { kind: 'none', text: '', parts: [outline(node.operand, leaves, nameOf)] };
    return { kind: 'condition', text: printExpression(node), parts: [], leaf: leaves.push(node) - 1 };
  };
  return name === undefined ? inner() : { kind: 'segment', text: `in segment ${name}`, parts: [inner()] };
}

interface Answer {
  holds: boolean;
  found?: Reason['found'];
}

async function answersOf(
  db: Database,
  program: Program,
  leaves: Expression[],
  asking: Asking,
  customer: number,
): Promise<Answer[]> {
  const lists = byName(program.segments.map(({ name }) => ({ name, sources: [] })));
  const of = sql`c.customer = ${customer}::bigint`;
  const compared = leaves.map((leaf) => (leaf.kind === 'compare' ? leaf.left : undefined));
  const statements = leaves.flatMap((leaf, i): Sql[] => {
    const { joins, where } = ask(compileQuery(leaf, lists), asking);
    const holds = sql`(SELECT ${i}::integer AS nth, TRUE AS holds, NULL::text AS found FROM customer c ${joins} WHERE ${of} AND ${where})`;
    const left = compared[i];
    if (!left) return [holds];
    const asked = value(compileQuery(left, lists), asking);
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
