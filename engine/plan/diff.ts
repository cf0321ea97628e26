import type { Next, Program } from '../program/program.ts';
import { relinked } from '../tick/steps/index.ts';
import type { Change, FieldChange } from './change.ts';
import { compareFacets, type Facet } from './facets.ts';
import { linkFacets } from './links.ts';
import { type Resource, resourcesOf } from './resources.ts';

/** Every resource in which two Programs differ, in the desired one's order, what is removed last. None: they do the same. */
export function diffPrograms(desired: Program, applied: Program | undefined): Change[] {
  const after = resourcesOf(desired);
  const before = applied ? resourcesOf(applied) : [];
  const earlier = new Map(before.map((resource) => [resource.address, resource]));
  const later = new Map(after.map((resource) => [resource.address, resource]));
  const altered = new Set(after.filter((one) => earlier.get(one.address)?.hash !== one.hash).map((one) => one.address));

  const changes = after.flatMap((resource): Change[] => {
    const old = earlier.get(resource.address);
    const usedBy = users(resource.address, after);
    if (!old)
      return [
        { ...base(resource, 'create', usedBy), after: version(resource), fields: compareFacets([], resource.facets) },
      ];
    if (old.hash === resource.hash) return [];
    return [changed(old, resource, usedBy, altered)];
  });
  const removed = before
    .filter((resource) => !later.has(resource.address))
    .map((resource) => ({
      ...base(resource, 'remove' as const, users(resource.address, before)),
      before: version(resource),
      fields: compareFacets(resource.facets, []),
    }));
  return [...changes, ...removed];
}

function changed(before: Resource, now: Resource, usedBy: string[], altered: ReadonlySet<string>): Change {
  const { old, moves } = moved(before, now);
  const fields = [...moves, ...compareFacets(...linked(old, now))];
  const because = now.uses.filter(
    (used) => old.uses.includes(used) && altered.has(used) && used.startsWith('segment.'),
  );
  const versions: FieldChange = { path: 'definition', before: version(old), after: version(now) };
  return {
    ...base(now, 'change', usedBy),
    before: version(old),
    after: version(now),
    // A difference that no aspect shows must not pass unseen.
    fields: fields.length === 0 && because.length === 0 ? [versions] : fields,
    because,
  };
}

/** The earlier version with the ids that its moved steps have now, so that nothing but the move shows of them. */
function moved(old: Resource, now: Resource): { old: Resource; moves: FieldChange[] } {
  const present = new Set(old.campaign?.steps.map((step) => step.id));
  const ids = new Map(
    Object.entries(now.campaign?.moved ?? {}).flatMap(([to, from]) => (present.has(from) ? [[from, to]] : [])),
  );
  if (ids.size === 0 || !old.campaign) return { old, moves: [] };
  const to = (id: Next) => (id === null ? null : (ids.get(id) ?? id));
  const steps = old.campaign.steps.map((step) => relinked(step, to));
  const facets = old.facets.map((facet) => {
    const id = ids.get(facet.path.replace(/^steps\./, ''));
    return id === undefined ? facet : { ...facet, path: `steps.${id}` };
  });
  const moves = [...ids].map(([from, to]) => ({
    path: `steps.${to}`,
    before: `called ${from}`,
    after: `called ${to}`,
  }));
  return { old: { ...old, campaign: { ...old.campaign, first: to(old.campaign.first), steps }, facets }, moves };
}

/** The aspects of two versions; of campaigns also how the steps that both have are linked. */
function linked(old: Resource, now: Resource): [Facet[], Facet[]] {
  if (!old.campaign || !now.campaign) return [old.facets, now.facets];
  const ids = new Set(old.campaign.steps.map((step) => step.id));
  const common = new Set(now.campaign.steps.map((step) => step.id).filter((id) => ids.has(id)));
  return [
    [...old.facets, ...linkFacets(old.campaign, common)],
    [...now.facets, ...linkFacets(now.campaign, common)],
  ];
}

/** Campaigns that use a resource, themselves or through others. */
function users(address: string, resources: Resource[]): string[] {
  const reached = new Set([address]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const resource of resources)
      if (resource.uses.some((used) => reached.has(used))) reached.add(resource.address);
  }
  reached.delete(address);
  return resources.filter((one) => one.kind === 'campaign' && reached.has(one.address)).map((one) => one.name);
}

function version(resource: Resource): string {
  return resource.campaign?.hash ?? resource.hash;
}

function base(resource: Resource, action: Change['action'], usedBy: string[]): Omit<Change, 'fields'> {
  const { address, kind, name, title } = resource;
  return { address, kind, name, ...(title !== undefined && { title }), action, because: [], usedBy };
}
