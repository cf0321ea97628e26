import { everyStep, sentBy, stepKind } from '../constructs/steps/index.ts';
import { triggerKind } from '../constructs/triggers/index.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Expression } from '../model/expression.ts';
import type { Model } from '../model/model.ts';

export interface Uses {
  segments: ReadonlySet<string>;
  channels: ReadonlySet<string>;
  /** The templates in use, by name and kind of channel: `cart/reminder email`. */
  templates: ReadonlySet<string>;
}

/** Returns the parts of a project to which other parts refer. */
export function usesIn(model: Model): Uses {
  const segments = new Set<string>();
  const channels = new Set<string>();
  const sent = model.campaigns.flatMap(({ steps }) => [...everyStep(steps)].flatMap(sentBy));
  const kinds = new Map(model.channels.map(({ name, kind }) => [name, kind]));
  for (const { channel } of sent) channels.add(channel);
  for (const { stages } of model.cascades) for (const { channel } of stages) channels.add(channel);
  const asked = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) asked(one);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as Partial<Expression>;
    if (node.kind === 'segment' && 'name' in node && typeof node.name === 'string') segments.add(node.name);
    if ((node.kind === 'reachable' || node.kind === 'consent') && node.channel) channels.add(node.channel);
    for (const inner of Object.values(value)) asked(inner);
  };
  for (const segment of model.segments) if ('where' in segment) asked(segment.where);
  for (const campaign of model.campaigns) {
    asked(campaign);
    for (const name of named(campaign)) segments.add(name);
  }
  return {
    segments,
    channels,
    templates: new Set(
      sent.flatMap(({ channel, template }) => (template ? [`${template} ${kinds.get(channel)}`] : [])),
    ),
  };
}

/** Segments that a campaign names without a condition. */
function named({ on, steps }: Campaign): string[] {
  const changed = [...everyStep(steps)].flatMap((step) => stepKind(step).segment?.(step) ?? []);
  const watched = triggerKind(on).segment?.(on);
  return watched === undefined ? changed : [watched, ...changed];
}
