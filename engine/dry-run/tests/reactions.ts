import type { CampaignTest, TestReaction } from '../../../spec/model/test.ts';
import { later } from '../../../spec/words/t.ts';
import type { Delivered } from './sent-messages.ts';

/** A row of feedback, as a provider would report it. */
export interface Feedback {
  id: string;
  message: string;
  kind: TestReaction['kind'];
  at: number;
}

/** The reactions of one test, in order of time: which message each answers is known only when it is due. */
export class Reactions {
  /** Reactions to messages that nobody had sent; sentences. */
  readonly problems: string[] = [];
  private readonly test: CampaignTest;
  private readonly pending: TestReaction[];
  private count = 0;

  /** `end`: the end of the test, epoch milliseconds; later reactions are left out. */
  constructor(test: CampaignTest, end: number) {
    this.test = test;
    this.pending = test.reactions.filter(({ at }) => test.start + at <= end).sort((a, b) => a.at - b.at);
  }

  get none(): boolean {
    return this.pending.length === 0;
  }

  /**
   * Returns the reactions before the tick at `next`, or at its instant. Each answers the latest message
   * that left before it, or else one that left at the very instant. `sent`: the messages to a customer (the test's id), in order of time.
   */
  due(next: number | undefined, sent: (customer: string) => Delivered[]): Feedback[] {
    const rows: Feedback[] = [];
    for (;;) {
      const [reaction] = this.pending;
      const at = reaction ? this.test.start + reaction.at : Number.POSITIVE_INFINITY;
      if (!reaction || (next !== undefined && at > next)) return rows;
      const { customer, channel, kind } = reaction;
      const through = sent(customer).filter((one) => one.channel === channel && one.refused === undefined);
      const answered = through.findLast((one) => one.at < at) ?? through.find((one) => one.at === at);
      if (!answered && at === next) return rows;
      this.pending.shift();
      if (answered) rows.push({ id: `${this.test.name}:${this.count++}`, message: answered.id, kind, at });
      else
        this.problems.push(later`${customer} reacts (${kind}) to a message by ${channel}, but none had left by then.`);
    }
  }
}
