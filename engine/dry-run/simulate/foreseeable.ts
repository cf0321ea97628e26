import { zoneAttribute } from '../../program/facts.ts';
import type { Query } from '../../program/program.ts';
import { holdsAnywhere } from '../../program/query.ts';
import { rowKind } from '../../tick/steps/index.ts';
import type { Tick, Version } from '../../tick/tick.ts';

/** Returns true if the answer depends on events and time alone, and on what no journey changes. */
export function isForeseeable({ program, versions }: Pick<Tick, 'program' | 'versions'>, query: Query): boolean {
  const steps = versions.flatMap(({ definition }) => definition.steps);
  const written = writtenBy(versions);
  const zone = zoneAttribute(program);
  const listed = new Set(steps.flatMap((row) => ('segment' in row ? [row.segment] : [])));
  return !holdsAnywhere(query, (node) => {
    switch (node.kind) {
      case 'attribute':
        return written.has(node.name);
      case 'items':
        return node.of === 'customer' && written.has(node.list);
      case 'listed':
        return listed.has(node.segment);
      case 'today':
      case 'calendar':
        return zone !== undefined && written.has(zone);
      default:
        return node.kind === 'consent' || node.kind === 'reachable';
    }
  });
}

/** Returns the attributes that journeys write. */
export function writtenBy(versions: Version[]): Set<string> {
  return new Set(
    versions.flatMap(({ definition }) => definition.steps.flatMap((row) => rowKind(row).writes?.(row) ?? [])),
  );
}
