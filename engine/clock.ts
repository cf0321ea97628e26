/** The time, which is handed in: nothing in `engine/` asks the machine for it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since any instant, on a clock that nobody can set. */
  steady(): number;
  /** Resolves after that many milliseconds, or when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
