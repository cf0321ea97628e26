import type { Cascade, CascadeStage } from '../../spec/model/campaign.ts';
import type { Channel } from '../../spec/model/model.ts';
import { duration } from '../../spec/words/many.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import type { Loose, Pen } from './graph.ts';

/** A cascade as it runs: stages one after the other, or, in preferred order, around the point where one is chosen. */
export function drawCascade(cascade: Cascade, before: Loose[], pen: Pen, channels: Channel[]): Loose[] {
  if (cascade.order === 'preferred') return drawPreferred(cascade, before, pen);
  const stages = cascade.order === 'cheapest' ? byPrice(cascade.stages, channels) : cascade.stages;
  const ends: Loose[] = [];
  let ways = before;
  for (const [i, stage] of stages.entries()) {
    const last = i === stages.length - 1;
    const note = i === 0 && cascade.order ? [t`cheapest first`] : [];
    const node = drawStage(stage, pen, [...(last ? [] : waitLines(stage)), ...note]);
    pen.lead(ways, node);
    ends.push({ from: node, ...(!last && stage.until !== undefined && { label: word(stage.until) }) });
    ways = [{ from: node, ...(stage.until !== undefined && { label: t`not ${word(stage.until)}` }) }];
  }
  return stages.length === 0 ? before : ends;
}

function drawPreferred({ id, stages }: Cascade, before: Loose[], pen: Pen): Loose[] {
  const choice = pen.node('choice', t`the channel answered most`, [t`of those not tried yet`], id);
  pen.lead(before, choice);
  const ends = stages.map((stage): Loose => {
    const node = drawStage(stage, pen, waitLines(stage));
    pen.lead([{ from: choice }], node);
    pen.lead([{ from: node, label: t`not ${word(stage.until ?? 'sent')}` }], choice);
    return { from: node, label: word(stage.until ?? 'sent') };
  });
  return [...ends, { from: choice, label: t`none is left` }];
}

function drawStage({ id, channel, template }: CascadeStage, pen: Pen, details: string[]): string {
  return pen.node('message', channel, [template, ...details], id);
}

function waitLines({ until, within }: CascadeStage): string[] {
  return until && within !== undefined ? [t`until ${word(until)} within ${duration(within)}`] : [];
}

const words: Record<Outcome, string> = laterAll({
  sent: 'sent',
  delivered: 'delivered',
  opened: 'opened',
  clicked: 'clicked',
});

function word(until: Outcome): string {
  return translated(words[until]);
}

type Outcome = NonNullable<CascadeStage['until']> | 'sent';

/** Returns the stages in the engine's order: equal prices as written. */
function byPrice(stages: CascadeStage[], channels: Channel[]): CascadeStage[] {
  const price = new Map(channels.map((channel) => [channel.name, channel.price]));
  return stages.toSorted((a, b) => (price.get(a.channel) ?? 0) - (price.get(b.channel) ?? 0));
}
