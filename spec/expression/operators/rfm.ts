import type { Rfm } from '../../model/data.ts';
import type { Expression, RfmPart } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import type { Span } from '../problem.ts';
import { refuse, unknown } from '../refuse.ts';
import type { Context, Scope } from '../scope.ts';
import type { Name } from '../syntax.ts';

const parts: RfmPart[] = ['recency', 'frequency', 'monetary'];
const year = 365 * 86_400_000;

/** `rfm.recency`; without `part`, `rfm`: the three digits. */
export function checkRfm(at: Span, part: Name | undefined, context: Context): Expression | undefined {
  if (context.aggregated || context.item) {
    const message = t`This is about the customer, not about a single event.`;
    return refuse(context, 'CRM2048', at, message, t`Put it outside of the parentheses and join it with "and".`);
  }
  const score = parts.find((each) => each === part?.text);
  if (part && !score) return unknown(context, 'CRM2022', part, t`There is no score "${part.text}".`, parts);
  const config = scores(context.scope);
  if (!config) {
    const message = t`What the RFM scores count is not said.`;
    const help = t`Say it beside the events: data: { rfm: { event: order_paid, value: total, window: 365 days } }.`;
    return refuse(context, 'CRM2030', at, message, help);
  }
  return score
    ? { kind: 'rfm', type: 'integer', part: score, config }
    : { kind: 'rfm', type: 'string', part: 'code', config };
}

/** As configured; else the year of the only event kind that has a field `total` of money. */
function scores({ rfm, data }: Scope): Rfm | undefined {
  if (rfm) return rfm;
  const worth = data.events.filter(({ fields }) =>
    fields.some(({ name, type }) => name === 'total' && type === 'money'),
  );
  const [only, other] = worth;
  return only && !other ? { event: only.name, value: 'total', window: year } : undefined;
}
