import type { EventPattern, Expression } from '../../model/expression.ts';
import { printDuration } from '../../words/durations.ts';
import { later, t } from '../../words/t.ts';
import { refuse, unknown } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { SequenceSyntax, Syntax, SyntaxOf } from '../syntax.ts';
import { type Family, levels, meaning, type Printer } from './family.ts';
import { eventNamed } from './names.ts';

export const sequences: Family<'sequence' | 'filtered', 'sequence'> = {
  checks: { sequence: checkSequence, filtered: refuseFiltered },
  prints: {
    sequence: {
      level: levels.compare,
      text: ({ first, second, negated, within, since }, printer) => {
        const window = since === undefined ? '' : ` in last ${printDuration(since)}`;
        const next = `${negated ? 'not ' : ''}${printEvent(second, printer)}`;
        return `${printEvent(first, printer)} then ${next} within ${printDuration(within)}${window}`;
      },
    },
  },
  meanings: {
    within: meaning(
      'within 2 hours',
      later`How long after the first event the second one may be.`,
      'viewed then order_paid within 2 hours',
    ),
    then: meaning(
      'a then b within 2 hours, a then not b within 2 hours',
      later`True if an event was followed by another one within the time, or was not.`,
      'viewed then order_paid within 2 hours',
    ),
  },
};

/** Checks `viewed then not order_paid within 2 hours`. */
function checkSequence(syntax: SequenceSyntax, context: Context, checks: Checks): Expression | undefined {
  if (context.aggregated || context.item) {
    const message = t`A sequence is about the customer, not about a single event.`;
    return refuse(context, 'CRM2048', syntax, message, t`Put it outside of the parentheses and join it with "and".`);
  }
  const first = eventAt(syntax.first, context, checks);
  const second = eventAt(syntax.second, context, checks);
  if (!first || !second) return undefined;
  const { negated, within, since } = syntax;
  if (within === 0) return refuse(context, 'CRM2050', syntax, t`Nothing can follow within no time at all.`);
  return {
    ...{ kind: 'sequence', type: 'boolean', first, second, negated, within },
    ...(since !== undefined && { since }),
  };
}

/** Reports the condition of an event where there is no sequence around it. */
function refuseFiltered(syntax: SyntaxOf<'filtered'>, context: Context): undefined {
  const help = t`Count such events: count(viewed where …) > 0; or say what follows: (viewed where …) then order_paid within 2 hours.`;
  return refuse(context, 'CRM2050', syntax, t`A condition on an event belongs to an aggregate or to a sequence.`, help);
}

function eventAt(syntax: Syntax, context: Context, checks: Checks): EventPattern<Expression> | undefined {
  const name = syntax.kind === 'filtered' ? syntax.event : syntax;
  if (name.kind === 'broken') return undefined;
  if (name.kind !== 'name') {
    if (name.kind === 'sequence') {
      const help = t`Join two sequences with "and": a then b within 1 day and b then c within 1 day.`;
      return refuse(context, 'CRM2050', name, t`A sequence has two events.`, help);
    }
    const help = t`Such as: (viewed where viewed.category == "shoes") then not order_paid within 2 hours.`;
    return refuse(context, 'CRM2050', name, t`Around "then" stand names of events.`, help);
  }
  const event = eventNamed(name.name.text, context);
  if (!event) {
    const names = context.scope.data.events.map((each) => each.name);
    return unknown(context, 'CRM2021', name.name, t`There is no event "${name.name.text}".`, names);
  }
  if (syntax.kind !== 'filtered') return { event: event.name };
  const where = checks.condition(syntax.where, { ...context, aggregated: event });
  return where && { event: event.name, where };
}

function printEvent({ event, where }: EventPattern<Expression>, { whole }: Printer): string {
  return where ? `(${event} where ${whole(where, { aggregated: event })})` : event;
}
