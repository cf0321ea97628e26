import { createInterface } from 'node:readline/promises';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';

/** Asks on the terminal. Returns true for a yes only. */
export async function confirm(question: string): Promise<boolean> {
  const dialogue = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const closed = new Promise<string>((done) => dialogue.once('close', () => done('')));
    const answer = await Promise.race([dialogue.question(`${question} ${t`[yes/no]`} `), closed]);
    return /^(y(es)?|да?)$/i.test(answer.trim());
  } finally {
    dialogue.close();
  }
}

/** Returns true if a command would have to ask and nobody can answer: there is no terminal, or a program reads its JSON. */
export function hasNobodyToAsk(
  { terminal }: Io,
  { autoApprove, json }: { autoApprove?: boolean; json?: boolean },
): boolean {
  return !autoApprove && !(terminal.stdin && terminal.stdout && !json);
}
