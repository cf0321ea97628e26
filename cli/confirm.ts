import { createInterface } from 'node:readline/promises';

/** Asks on the terminal; only a yes is a yes. */
export async function confirm(question: string): Promise<boolean> {
  const dialogue = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const closed = new Promise<string>((done) => dialogue.once('close', () => done('')));
    const answer = await Promise.race([dialogue.question(`${question} [yes/no] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    dialogue.close();
  }
}
