import type { Expression, RfmPart } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import type { Span } from '../problem.ts';
import { purchasesOf } from '../purchases.ts';
import { isInsideEvent, refuse, unknown } from '../refuse.ts';
import type { Context } from '../scope.ts';
import type { Name } from '../syntax.ts';
import { type Family, meaning } from './family.ts';

const parts: RfmPart[] = ['recency', 'frequency', 'monetary'];

export const rfm: Family<never, 'rfm'> = {
  checks: {},
  prints: { rfm: { text: ({ part }) => (part === 'code' ? 'rfm' : `rfm.${part}`) } },
  meanings: {
    rfm: meaning(
      'rfm',
      later`How recent, how many and how great the customer’s purchases are, by three digits from 1 to 5.`,
      'rfm in ("555", "554")',
    ),
    'rfm.recency': meaning('rfm.recency', later`1 to 5, 5 for the latest purchases.`, 'rfm.recency >= 4'),
    'rfm.frequency': meaning('rfm.frequency', later`1 to 5, 5 for the most purchases.`, 'rfm.frequency == 1'),
    'rfm.monetary': meaning(
      'rfm.monetary',
      later`1 to 5, 5 for the greatest sum of their values.`,
      'rfm.monetary + rfm.frequency > 8',
    ),
  },
};

/** Checks `rfm.recency`; without `part`, `rfm`: the three digits. */
export function checkRfm(at: Span, part: Name | undefined, context: Context): Expression | undefined {
  if (isInsideEvent(at, context)) return undefined;
  const score = parts.find((each) => each === part?.text);
  if (part && !score) return unknown(context, 'CRM2022', part, t`There is no score "${part.text}".`, parts);
  const config = purchasesOf(context.scope);
  if (!config) {
    const message = t`What the RFM scores count is not said.`;
    const help = t`Say it beside the events: data: { rfm: { event: order_paid, value: total, window: 365 days } }.`;
    return refuse(context, 'CRM2030', at, message, help);
  }
  return score
    ? { kind: 'rfm', type: 'integer', part: score, config }
    : { kind: 'rfm', type: 'string', part: 'code', config };
}
