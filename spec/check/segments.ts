import type { Expression } from '../expression/expression.ts';
import type { Segment } from '../model/model.ts';
import type * as written from '../source/document.generated.ts';
import type { Entry } from './contents.ts';
import { type Context, expressionAt } from './context.ts';
import { sources } from './data.ts';

export function buildSegments(entries: Entry<written.Segment>[], context: Context): Segment[] {
  const segments = entries.flatMap((entry) => buildSegment(entry, context) ?? []);
  const references = new Map(segments.map((one) => [one.name, 'where' in one ? segmentsIn(one.where) : []]));
  for (const cycle of cyclesOf(references)) {
    const entry = entries.find(({ name }) => name === cycle[0]);
    if (!entry) continue;
    const next = cycle[1] ?? entry.name;
    const message =
      cycle.length === 1
        ? 'The segment asks for itself'
        : `The segments ask for each other: ${[...cycle, cycle[0]].join(' → ')}`;
    const mention = new RegExp(`segment\\s+(${next})(?![\\w-])`, 'd').exec(whereOf(entry) ?? '')?.indices?.[1];
    const where = entry.place.at('where');
    const range = mention ? where.inside(...mention) : where.value;
    context.report.error(
      'CRM4008',
      range,
      message,
      'Take one of the conditions apart, so that none depends on itself.',
    );
  }
  return segments;
}

/** Whether a segment is a list rather than a condition. */
export function isStatic({ value }: Entry<written.Segment>): boolean {
  return value !== undefined && 'static' in value;
}

function buildSegment(entry: Entry<written.Segment>, context: Context): Segment | undefined {
  const { name, value, place } = entry;
  const titled = value?.title === undefined ? {} : { title: value.title };
  if (value && 'static' in value) return { name, ...titled, sources: sources(value.from) };
  const where = expressionAt(context, whereOf(entry), place.at('where'));
  return where && { name, ...titled, where };
}

function whereOf({ value }: Entry<written.Segment>): string | undefined {
  return value && 'where' in value ? value.where : undefined;
}

/** Names of the segments that an expression asks for. */
export function segmentsIn(expression: Expression): string[] {
  if (expression.kind === 'segment') return [expression.name];
  return Object.values(expression).flatMap((part: unknown) => {
    if (Array.isArray(part)) return part.flatMap((one) => segmentsIn(one as Expression));
    return typeof part === 'object' && part !== null ? segmentsIn(part as Expression) : [];
  });
}

/** Each cycle once, beginning with the first of its names that was come across. */
export function cyclesOf(references: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const root of references.keys()) {
    // A stack of our own: a chain of segments may be longer than the language's.
    const path = new Map<string, Iterator<string>>();
    const enter = (name: string) => path.set(name, new Set(references.get(name)).values());
    if (!done.has(root)) enter(root);
    let current = [...path.keys()].at(-1);
    while (current !== undefined) {
      const next = path.get(current)?.next();
      if (!next || next.done) {
        done.add(current);
        path.delete(current);
        current = [...path.keys()].at(-1);
      } else if (path.has(next.value)) {
        const names = [...path.keys()];
        cycles.push(names.slice(names.indexOf(next.value)));
      } else if (!done.has(next.value)) {
        enter(next.value);
        current = next.value;
      }
    }
  }
  return cycles;
}
