/** A mistake of the user's, or of the world around, that is not about the text of a project's file. Never a bug. */
export class UserError extends Error {
  override name = 'UserError';
  /** The remedy, a sentence. */
  readonly help: string | undefined;
  /** A rule said no, although everything is in order: a stale plan, nobody there to say yes. */
  readonly guard: boolean;

  /** `message`: what is wrong and where, a sentence. */
  constructor(message: string, help?: string, options: { guard?: boolean } = {}) {
    super(message);
    this.help = help;
    this.guard = options.guard ?? false;
  }
}
