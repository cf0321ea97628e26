import { type Feedback, feedbackBits } from '../store/feedback.ts';
import { addEnrolments, type EnrolmentCounts, type EnrolmentRow, nobody } from './enrolments.ts';
import { addMessages, type MessageCounts, type MessageRow, noMessages } from './messages.ts';
import { meanInterval, shareInterval } from './stats/intervals.ts';
import { type Estimate, sampleOf } from './stats/sample.ts';

/** Shares with their intervals; null where there is nothing to have a share of. */
type Rates<Name extends string> = Record<Name, Estimate | null>;

export interface MessageFigures extends MessageCounts {
  /**
   * `refused` is a share of the decided messages, `bounced` of those handed over (sent, in doubt or failed), the others of those sent or in doubt:
   * null, too, where no feedback of the kind has ever come by any of the channels.
   */
  rates: Rates<
    'refused' | 'delivered' | 'opened' | 'prefetched' | 'clicked' | 'bounced' | 'complained' | 'unsubscribed'
  >;
}

export interface EnrolmentFigures extends Omit<EnrolmentCounts, 'squares'> {
  /** The share of the aimed enrolments that reached the goal. */
  rates: Rates<'converted'>;
  /** The revenue of an aimed one; null for less than two. */
  perEntry: Estimate | null;
  /** (revenue − spent) ÷ spent; null where nothing was spent. Its interval is that of the revenue. */
  roi: Estimate | null;
}

/** The outcomes of the enrolments and of the messages of some days. */
export interface Figures {
  enrolments: EnrolmentFigures;
  messages: MessageFigures;
}

/** `heard`: the kinds of feedback that have ever come by each channel, as bits. */
export function figures(
  enrolments: EnrolmentRow[],
  messages: MessageRow[],
  heard: ReadonlyMap<string, number>,
): Figures {
  const known = messages.reduce((bits, { channel }) => bits | (heard.get(channel) ?? 0), 0);
  return {
    enrolments: enrolmentFigures(enrolments.reduce<EnrolmentCounts>(addEnrolments, nobody())),
    messages: messageFigures(messages.reduce<MessageCounts>(addMessages, noMessages()), known),
  };
}

function messageFigures(counts: MessageCounts, heard: number): MessageFigures {
  const { decided, sent, unknown, failed } = counts;
  const away = sent + unknown;
  const of = (hits: number, n: number) => shareInterval({ hits, n }) ?? null;
  const told = (kind: Exclude<Feedback, 'bounced'>) =>
    (heard & feedbackBits[kind]) === feedbackBits[kind] ? of(counts[kind], away) : null;
  return {
    ...counts,
    rates: {
      refused: of(counts.refused, decided),
      delivered: told('delivered'),
      opened: told('opened'),
      prefetched: told('prefetched'),
      clicked: told('clicked'),
      bounced: of(counts.bounced, away + failed),
      complained: told('complained'),
      unsubscribed: told('unsubscribed'),
    },
  };
}

export function enrolmentFigures({ squares, ...counts }: EnrolmentCounts): EnrolmentFigures {
  const { aimed, converted, revenue, spent } = counts;
  const perEntry = meanInterval(sampleOf(aimed, revenue, squares)) ?? null;
  return {
    ...counts,
    rates: { converted: shareInterval({ hits: converted, n: aimed }) ?? null },
    perEntry,
    roi: roi(revenue, spent, perEntry, aimed),
  };
}

function roi(revenue: number, spent: number, perEntry: Estimate | null, n: number): Estimate | null {
  if (spent === 0) return null;
  const of = (amount: number) => (amount - spent) / spent;
  const estimate = of(revenue);
  return {
    estimate,
    low: perEntry ? of(perEntry.low * n) : estimate,
    high: perEntry ? of(perEntry.high * n) : estimate,
  };
}
