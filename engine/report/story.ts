import type { Cause } from '../../spec/constructs/triggers/index.ts';
import type { MessageStatus } from '../../spec/model/outcomes.ts';
import type { Suppressed } from '../consent/suppressions.ts';
import type { FileLoss } from '../data/intake/losses.ts';
import type { Earned } from '../metrics/attribution.ts';
import type { Pause } from '../store/pauses.ts';
import type { DataWait } from './data-waits.ts';
import type { EventChange } from './event-changes.ts';
import type { SuppressionAt, SuppressionEntry } from './suppression-entries.ts';

/** The history of one customer in the store. It has no attribute but the time zone: a story may be shown around. */
export interface Story {
  customer: string;
  /** Every id of the shop's that means this customer. */
  ids: string[];
  /** IANA; `own` is false where it is the project's. */
  zone: { name: string; own: boolean };
  /** About the customer, and about an address that the customer has. `path`: the file; null where none is known. */
  consent: { at: number; channel: string; granted: boolean; path: string | null }[];
  /** The instant since which no file of customers names this one, where the files are complete. */
  removedAt?: number;
  /** The files of customers of which rows were lost; present if the store has no value of the customer from such a file. */
  unheard?: FileLoss[];
  /** The channels that the customer consents to now. */
  subscribed: string[];
  /**
   * Applied campaigns whose rollout has a stage now in which the customer is not, with its share in hundredths of a percent. `version`: the version before, which
   * the customer enters because a change is rolled out; absent: the customer does not enter.
   */
  outsideStage?: { campaign: string; share: number; version?: string }[];
  /** All channels of what is applied. */
  channels: string[];
  /** Channels on which the customer is suppressed now. */
  suppressed: Omit<Suppressed, 'customer'>[];
  /** The entries of the ledger, including those about an earlier address of the customer that the store knows. */
  suppressions: SuppressionEntry[];
  /** Events that were taken back or corrected; absent where there are none. */
  changes?: EventChange[];
  /** Milliseconds between two ticks. */
  tick: number;
  /** The instant of the last tick; null: there was none. */
  lastTick: number | null;
  /** Campaigns in which nobody enters or moves, and which send nothing, until a data file can be relied on again. */
  withheld: DataWait[];
  /** The enrolments in the order of entry. */
  enrolments: EnrolmentStory[];
}

export interface EnrolmentStory {
  campaign: string;
  title?: string;
  version: string;
  entered: Entry;
  /** Arms of splits, the outermost first. */
  arms: { name: string; control: boolean }[];
  /** The happenings in order of time. */
  timeline: Happening[];
  /** The step at which the customer is; absent once the enrolment has ended. */
  now?: { step: string; kind: string; until: number; held: boolean; paused?: Pause; withheld?: DataWait };
}

/** Instants are epoch milliseconds. `at`: the tick that enrolled; `cause`: the instant of what led to it. */
export type Entry = { at: number; cause: number } & Cause;

export type Happening = { at: number } & (
  | {
      kind: 'message';
      step: string;
      channel: string;
      template: string;
      /** decided, sent, failed, unknown, suppressed or expired. */
      status: MessageStatus;
      reason: string | null;
      /** The carrier's note. */
      detail: string | null;
      finishedAt: number | null;
      /** The entry because of which a message was refused as `suppressed`; absent where the store has it no more. */
      suppressed?: SuppressionAt;
      /** The instant since which quiet hours held it, before `at`. */
      heldSince: number | null;
      price: number;
      /** The answer to the last failed attempt at a message that waits after one or had several, and the instant before which there is no other. */
      tried?: { attempts: number; trouble: string | null; next?: number };
      /** The pause that keeps a message in the outbox. */
      paused?: Pause;
      /** The parts of events that it gets by attribution; absent where it gets none. */
      earned?: Earned[];
      /** The events that the campaign ends on, for a cancelled message. */
      exitEvents: string[];
    }
  | { kind: 'reaction'; reaction: string; step: string; channel: string }
  | { kind: 'goal'; event: string; value: number | null }
  /** The event that led to the entry, the exit or the goal was taken back or corrected. */
  | ({ kind: 'change' } & EventChange)
  /** It moved nobody or sent nothing. `at`: since when. */
  | {
      kind: 'delay';
      cause: 'all' | 'campaign' | 'channel' | 'data' | 'removal';
      name: string;
      path: string;
      until: number;
      /** Timers were moved by it. */
      shifted?: true;
    }
  /** The campaign was removed and put back. */
  | { kind: 'return' }
  /** Quiet hours held a message from then on, and the customer left before they ended: it was never decided. */
  | { kind: 'held' }
  /** `until`: of a removed campaign, before when the customer can be taken up again. */
  | { kind: 'exit'; reason: string; exitEvents: string[]; until?: number }
);
