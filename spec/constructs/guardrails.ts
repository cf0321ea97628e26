import type * as written from '../document/document.generated.ts';
import { body, form, statement } from '../document/forms.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import { type Guardrails, guardedFeedback } from '../model/campaign.ts';
import { printDuration } from '../words/durations.ts';
import { percent } from '../words/printing.ts';
import { positiveDuration, readPercent } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Context } from './context.ts';

export const guardrailsForm = form('guardrails', 'the guardrails', () => [
  body([
    ...guardedFeedback.map((kind) => statement(kind, 'name')),
    statement('min_messages', 'number'),
    statement('within', 'phrase'),
  ]),
]);

const fewest = 200;
const week = 7 * 86_400_000;

export function buildGuardrails(
  value: Loose<written.Guardrails>,
  place: Place,
  { report }: Context,
): Guardrails | undefined {
  const limits: Guardrails['limits'] = {};
  for (const kind of guardedFeedback) {
    const share = readPercent(value[kind] ?? '');
    if (share !== undefined) limits[kind] = share;
  }
  if (!guardedFeedback.some((kind) => kind in value)) {
    const help = t`Write at least one share, as in \`unsubscribed: 1%\`, \`complained: 0.1%\` or \`bounced: 5%\`.`;
    report.error('CRM4053', place.key, t`These guardrails limit nothing`, help);
  }
  if (Object.keys(limits).length === 0) return undefined;
  const { min_messages: minMessages = fewest, within } = value;
  return { limits, minMessages, within: positiveDuration(within ?? '') ?? week };
}

export function writtenGuardrails({ limits, minMessages, within }: Guardrails): written.Guardrails {
  const shares = guardedFeedback.flatMap((kind) => {
    const share = limits[kind];
    return share === undefined ? [] : [[kind, percent(share)] as const];
  });
  return {
    ...Object.fromEntries(shares),
    ...(minMessages !== fewest && { min_messages: minMessages }),
    ...(within !== week && { within: printDuration(within) }),
  };
}
