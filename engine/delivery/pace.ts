/** The longest time that an idle channel saves up for: less would lose pace to the coarseness of timers. */
const burst = 100;

/**
 * Holds a channel to its rate, in messages per second; undefined: no limit. Over any span of time at most the rate's
 * worth and a tenth of a second's more pass.
 */
export class Pace {
  private readonly interval: number;
  private readonly now: () => number;
  private readonly sleep: (ms: number) => Promise<unknown>;
  private due = Number.NEGATIVE_INFINITY;

  constructor(rate: number | undefined, now: () => number, sleep: (ms: number) => Promise<unknown>) {
    this.interval = rate === undefined ? 0 : 1000 / rate;
    this.now = now;
    this.sleep = sleep;
  }

  /** Resolves when the next message may go. To be awaited by one caller at a time. */
  async pass(): Promise<void> {
    if (this.interval === 0) return;
    const now = this.now();
    // A clock that was set back must not stop the channel until it has caught up.
    const due = Math.min(Math.max(this.due, now - burst), now + this.interval);
    this.due = due + this.interval;
    if (due > now) await this.sleep(due - now);
  }
}

/** Limits the number of concurrent tasks. */
export class Slots {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  /** Resolves when a slot is free; it is then taken. */
  async take(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  give(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }
}
