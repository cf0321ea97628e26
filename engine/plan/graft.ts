import type { Model } from '../../spec/model/model.ts';

/**
 * Returns `under` with the resources of these addresses as they are in `desired`: added, changed, or absent as there. What they
 * name comes along only if its address is given too. Both without what only readers of files need (`runningPart`). Pure.
 */
export function graft(under: Model, desired: Model, addresses: ReadonlySet<string>): Model {
  const isTaken = (address: string) => addresses.has(address);
  const named = <T>(of: (model: Model) => readonly T[], address: (one: T) => string): T[] => {
    const kept = of(under).filter((one) => !isTaken(address(one)));
    const taken = of(desired).filter((one) => isTaken(address(one)));
    return [...kept, ...taken].sort((a, b) => (address(a) < address(b) ? -1 : 1));
  };
  const part = <T>(address: string, of: (model: Model) => T): T => of(isTaken(address) ? desired : under);
  const { rfm: _, ...rest } = under;
  const rfm = part('data.rfm', (model) => model.rfm);
  const { tolerance: __, ...data } = under.data;
  const tolerance = part('data.tolerance', (model) => model.data.tolerance);
  return {
    ...rest,
    ...(rfm && { rfm }),
    project: part('project', ({ project }) => project),
    policies: part('policies', ({ policies }) => policies),
    variables: part('variables', ({ variables }) => variables),
    data: {
      ...data,
      ...(tolerance !== undefined && { tolerance }),
      customers: part('data.customers', (model) => model.data.customers),
      consent: part('data.consent', (model) => model.data.consent),
      feedback: part('data.feedback', (model) => model.data.feedback),
      suppressions: part('data.suppressions', (model) => model.data.suppressions),
      events: named(
        (model) => model.data.events,
        ({ name }) => `event.${name}`,
      ),
    },
    segments: named(
      ({ segments }) => segments,
      ({ name }) => `segment.${name}`,
    ),
    channels: named(
      ({ channels }) => channels,
      ({ name }) => `channel.${name}`,
    ),
    holdouts: named(
      ({ holdouts }) => holdouts,
      ({ name }) => `holdout.${name}`,
    ),
    campaigns: named(
      ({ campaigns }) => campaigns,
      ({ name }) => `campaign.${name}`,
    ),
    templates: named(
      ({ templates }) => templates,
      ({ name, channel }) => `template.${name}.${channel}`,
    ),
    partials: named(
      ({ partials }) => partials,
      ({ name }) => `partial.${name}`,
    ),
  };
}
