import { isDefinition, type Mention } from '../spec/names/mention.ts';

interface FileNames {
  path: string;
  names: readonly Mention[];
}

/**
 * Returns, by path of a template or partial, the event of the campaigns that send it, if all of them are about the same one.
 * `kindOf`: returns the kind of a channel.
 */
export function eventsOfTemplates(
  files: readonly FileNames[],
  kindOf: (channel: string) => string,
): ReadonlyMap<string, string> {
  const sent = new Map<string, Set<string>>();
  const add = (key: string, events: Iterable<string>) => {
    sent.set(key, new Set([...(sent.get(key) ?? []), ...events]));
  };
  const uses = files.flatMap(({ names }) => names.filter((name) => name.kind === 'template' && !isDefinition(name)));
  for (const { name, channel, event } of uses) {
    if (event !== undefined) add(`${name} ${channel === undefined ? '' : kindOf(channel)}`, [event]);
  }
  const templates = files.flatMap(({ path, names }) => {
    const self = names.find(isDefinition);
    return self && (self.kind === 'template' || self.kind === 'partial') ? [{ path, names, self }] : [];
  });
  const pathOfPartial = new Map(templates.map(({ path, self }) => [self.kind === 'partial' ? self.name : '', path]));
  const events = new Map<string, Set<string>>();
  const spread = (path: string, found: ReadonlySet<string>) => {
    const known = events.get(path) ?? new Set();
    if ([...found].every((one) => known.has(one))) return;
    events.set(path, new Set([...known, ...found]));
    const included = templates.find((one) => one.path === path)?.names.filter(({ kind }) => kind === 'partial') ?? [];
    for (const { name } of included) {
      const inner = pathOfPartial.get(name);
      if (inner !== undefined && inner !== path) spread(inner, found);
    }
  };
  for (const { path, self } of templates) {
    if (self.kind !== 'template') continue;
    // The use of a cascade names one template for all of its channels.
    spread(path, new Set([...(sent.get(`${self.name} ${self.channel}`) ?? []), ...(sent.get(`${self.name} `) ?? [])]));
  }
  return new Map([...events].flatMap(([path, found]) => (found.size === 1 ? [[path, [...found][0] ?? '']] : [])));
}

/** Returns the names of a template, with `event` as its event; without an event, its fields have no owner. */
export function resolveEvents(names: readonly Mention[], event: string | undefined): Mention[] {
  return names.flatMap((name) => {
    if (name.kind !== 'field' || !/^event(\.|$)/.test(name.owner ?? '')) return [name];
    return event === undefined ? [] : [{ ...name, owner: `${event}${name.owner?.slice('event'.length)}` }];
  });
}
