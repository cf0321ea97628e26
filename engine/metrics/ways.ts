import type { CompiledCampaign, Next, StepRow } from '../program/program.ts';

/** More ways than these are not followed: arms of many splits in a row multiply. */
const most = 10_000;

/** Returns the splits to which customers come first behind the arms that they have, by these arms, joined by `/`; null: they have none. */
export function splitsBehind({
  first,
  steps,
}: Pick<CompiledCampaign, 'first' | 'steps'>): Map<string | null, Set<string>> {
  const rows = new Map(steps.map((row) => [row.id, row]));
  const found = new Map<string | null, Set<string>>();
  const seen = new Set<string>();
  const open: [Next, string | null][] = [[first, null]];
  for (let way = open.pop(); way && seen.size < most; way = open.pop()) {
    const [id, path] = way;
    const row = id === null ? undefined : rows.get(id);
    const key = `${id} ${path}`;
    if (!row || seen.has(key)) continue;
    seen.add(key);
    if (row.kind === 'split') {
      found.set(path, (found.get(path) ?? new Set()).add(row.id));
      for (const { name, next } of row.arms) open.push([next, path === null ? name : `${path}/${name}`]);
    } else for (const next of linksOf(row)) open.push([next, path]);
  }
  return found;
}

function linksOf(row: Exclude<StepRow, { kind: 'split' }>): Next[] {
  const stages = row.kind === 'prefer' ? row.stages.map(({ id }) => id) : [];
  return [...stages, ...('next' in row ? [row.next] : []), ...('otherwise' in row ? [row.otherwise] : [])];
}
