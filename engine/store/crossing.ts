import type { GuardedFeedback } from '../../spec/model/campaign.ts';

/** A guardrail, and the messages that have crossed it. */
export interface Crossing {
  feedback: GuardedFeedback;
  /** The messages with the feedback, of `messages`. */
  count: number;
  messages: number;
  /** The share above which the campaign is paused, in hundredths of a percent. */
  limit: number;
}

/** Returns the guardrails of a pause as the store has them; null: somebody paused it. */
export function readCrossed(text: string | null): { crossed?: Crossing[] } {
  return text === null ? {} : { crossed: JSON.parse(text) as Crossing[] };
}
