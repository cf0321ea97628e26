import type * as written from '../document/document.generated.ts';
import { body, form, optional, statement } from '../document/forms.ts';
import { printExpression } from '../expression/print.ts';
import type { Expression } from '../model/expression.ts';
import type { Segment } from '../model/model.ts';
import { t } from '../words/t.ts';
import type { Entry } from './contents.ts';
import { type Context, expressionAt } from './context.ts';
import { sourceForm } from './source-form.ts';
import { sourcesOf, writtenSources } from './sources.ts';

export const segmentForm = form('segment', 'a segment', () => [
  optional('title', 'text'),
  body([statement('where', 'expression'), statement('static', 'flag'), statement('from', sourceForm, { many: true })]),
]);

export function buildSegments(entries: Entry<written.Segment>[], context: Context): Segment[] {
  const segments = entries.flatMap((entry) => buildSegment(entry, context) ?? []);
  const references = new Map(segments.map((one) => [one.name, 'where' in one ? segmentsIn(one.where) : []]));
  for (const cycle of cyclesOf(references)) {
    const entry = entries.find(({ name }) => name === cycle[0]);
    if (!entry) continue;
    const next = cycle[1] ?? entry.name;
    const message =
      cycle.length === 1
        ? t`The segment asks for itself`
        : t`The segments ask for each other: ${[...cycle, cycle[0]].join(' → ')}`;
    const mention = new RegExp(`segment\\s+(${next})(?![\\w-])`, 'd').exec(whereOf(entry) ?? '')?.indices?.[1];
    const where = entry.place.at('where');
    const range = mention ? where.inside(...mention) : where.value;
    context.report.error(
      'CRM4008',
      range,
      message,
      t`Take one of the conditions apart, so that none depends on itself.`,
    );
  }
  tooLarge(segments, entries, references, context);
  return segments;
}

/** Far more than a person writes, and little enough for any database. */
const MOST_PARTS = 10_000;

/** Conditions are written out where segments name them, and could grow without bound: each may double the one before. */
function tooLarge(
  segments: Segment[],
  entries: Entry<written.Segment>[],
  references: ReadonlyMap<string, readonly string[]>,
  context: Context,
): void {
  if (cyclesOf(references).length > 0) return;
  const sizes = new Map<string, number>();
  for (const segment of byDependence(segments, references)) {
    const size =
      ownParts(segment) + (references.get(segment.name) ?? []).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    // One finding is enough: those that name it count it as small.
    sizes.set(segment.name, size > MOST_PARTS ? 1 : size);
    const entry = entries.find(({ name }) => name === segment.name);
    if (size <= MOST_PARTS || !entry) continue;
    context.report.error(
      'CRM1004',
      entry.place.at('where').value,
      t`With the segments that it names written out, the condition has more than ${MOST_PARTS} parts`,
      t`Name each segment once, or make one of them a static segment that a campaign fills.`,
    );
  }
}

/** Returns the segments, each after the ones that it names. */
function byDependence(segments: Segment[], references: ReadonlyMap<string, readonly string[]>): Segment[] {
  const found = new Map(segments.map((segment) => [segment.name, segment]));
  const ordered = new Set<Segment>();
  // A stack of our own: a chain of segments may be longer than the language's.
  const stack = segments.toReversed();
  for (let segment = stack.at(-1); segment; segment = stack.at(-1)) {
    const open = new Set(references.get(segment.name)?.flatMap((name) => found.get(name) ?? []));
    const missing = ordered.has(segment) ? [] : [...open].filter((one) => !ordered.has(one));
    if (missing.length > 0) stack.push(...missing);
    else ordered.add(stack.pop() ?? segment);
  }
  return [...ordered];
}

function ownParts(segment: Segment): number {
  const parts = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + parts(one), 0);
    return typeof value === 'object' && value !== null ? 1 + parts(Object.values(value)) : 0;
  };
  return 'where' in segment ? parts(segment.where) : 1;
}

/** Returns true if a segment is a list rather than a condition. */
export function isStatic({ value }: Entry<written.Segment>): boolean {
  return value !== undefined && 'static' in value;
}

function buildSegment(entry: Entry<written.Segment>, context: Context): Segment | undefined {
  const { name, value, place } = entry;
  const titled = value?.title === undefined ? {} : { title: value.title };
  if (value && 'static' in value) {
    const files = { value: value.from, place: place.at('from') };
    return { name, ...titled, sources: sourcesOf(files, context.report, { holds: 'list', names: [] }) };
  }
  const where = expressionAt(context, whereOf(entry), place.at('where'));
  return where && { name, ...titled, where };
}

function whereOf({ value }: Entry<written.Segment>): string | undefined {
  return value && 'where' in value ? value.where : undefined;
}

/** Returns the names of the segments in an expression. */
export function segmentsIn(expression: Expression): string[] {
  if (expression.kind === 'segment') return [expression.name];
  return Object.values(expression).flatMap((part: unknown) => {
    if (Array.isArray(part)) return part.flatMap((one) => segmentsIn(one as Expression));
    return typeof part === 'object' && part !== null ? segmentsIn(part as Expression) : [];
  });
}

/** Returns each cycle once, beginning with the first of its names that was found. */
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

export function writtenSegment(segment: Segment): written.Segment {
  const title = segment.title === undefined ? {} : { title: segment.title };
  if ('where' in segment) return { ...title, where: printExpression(segment.where) };
  return { ...title, static: true, ...writtenSources(segment.sources) };
}
