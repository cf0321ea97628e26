/** A comment of ours under a pull request. */
export interface Comment {
  id: number;
  body: string;
}

/** The state of a pull request as the service has it now. */
export interface PullState {
  /** The newest commit of its branch. */
  head: string;
}

/** The answer of a service to a text: `gone`: the comment is no longer there. */
export type Written = { id: number } | 'gone' | 'too-long';

/** A pull request at GitHub or GitLab, of which only what a comment needs. */
export interface Pull {
  /** `GitHub`. */
  name: string;
  state(): Promise<PullState>;
  /** Returns those that the holder of the token has written, the oldest first. */
  comments(): Promise<Comment[]>;
  create(body: string): Promise<Written>;
  update(id: number, body: string): Promise<Written>;
  /** Removes a comment; one that is gone already is none to remove. */
  remove(id: number): Promise<void>;
  /** Shows a sentence beside a commit, under a name. */
  report(commit: string, name: string, state: 'success' | 'failure', sentence: string): Promise<void>;
}

export function isTooLong({ status, text }: { status: number; text: string }): boolean {
  return status === 413 || ((status === 400 || status === 422) && /too long/i.test(text));
}

/** Shortens a sentence to so many letters, at a blank. */
export function shortened(sentence: string, most: number): string {
  if (sentence.length <= most) return sentence;
  const cut = sentence.slice(0, most - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2))}…`;
}
