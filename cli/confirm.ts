import { createInterface } from 'node:readline/promises';
import { t } from '../spec/words/t.ts';

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
