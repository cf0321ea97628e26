/** Instants are epoch milliseconds, money in the project's currency, to four decimals. */
export interface Summary {
  project: { name: string; timezone: string; currency: string; locale: string };
  /** Half-open. */
  from: number;
  to: number;
  rows: SummaryRow[];
  campaigns: CampaignSummary[];
  totals: Counts & { entered: number; conversions: number; value: number };
  reconciliation: Reconciliation;
}

/** The fates of the messages decided at one step on one local day of the project. */
export interface SummaryRow extends Counts {
  campaign: string;
  step: string;
  /** Null before any split; nested ones are joined by `/`. */
  arm: string | null;
  channel: string;
  /** `YYYY-MM-DD` */
  day: string;
}

/** `decided`: candidates that reached the gates; each is in exactly one of the other five. */
export interface Counts {
  decided: number;
  sent: number;
  failed: number;
  unknown: number;
  waiting: number;
  refused: number;
  /** The number of refused messages by reason. */
  reasons: Record<string, number>;
  /** The cost of what was sent, or may have been (`unknown`). */
  cost: number;
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
