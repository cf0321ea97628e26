import type { MessageCounts, MessageRow } from '../metrics/messages.ts';

/** Instants are epoch milliseconds, money in the project's currency, to four decimals. */
export interface Summary {
  project: { name: string; timezone: string; currency: string; locale: string };
  /** Half-open. */
  from: number;
  to: number;
  rows: MessageRow[];
  campaigns: CampaignSummary[];
  totals: MessageCounts & { entered: number; conversions: number; value: number };
  reconciliation: Reconciliation;
}

export interface CampaignSummary {
  campaign: string;
  arm: string | null;
  entered: number;
  /** Enrolments that ended within the window, by reason. */
  exits: Record<string, number>;
  /** Enrolments inside at the window's end. */
  active: number;
  /** True if the campaign has or had a goal; without one, nothing is a conversion. */
  goal: boolean;
  conversions: number;
  value: number;
}

/** Figures that are counted independently; where `balanced` is false, something was lost. */
export interface Reconciliation {
  /** inside + entered = ended + active */
  enrolments: { inside: number; entered: number; ended: number; active: number; balanced: boolean };
  /** candidates = sent + failed + unknown + refused + waiting */
  messages: {
    candidates: number;
    sent: number;
    failed: number;
    unknown: number;
    refused: number;
    waiting: number;
    balanced: boolean;
  };
  /** Enrolments that quiet hours hold at a message now; not candidates yet. */
  held: number;
}
