import { createInterface } from 'node:readline/promises';
import { t } from '../spec/words/t.ts';

export interface Choice<T extends string> {
  value: T;
  about: string;
}

export interface Streams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

export interface Other<T extends string> {
  /** Returns the value that an answer beside the list means; undefined for none. */
  read(answer: string): T | undefined;
  example: string;
}

/**
 * Asks on the terminal for one of several by number or name, or for another value; the first is the default. Returns
 * undefined if the person has left (Ctrl-C, Ctrl-D).
 */
export async function choose<T extends string>(
  question: string,
  choices: Choice<T>[],
  other?: Other<T>,
  streams: Streams = { input: process.stdin, output: process.stdout },
): Promise<T | undefined> {
  const dialogue = createInterface(streams);
  const closed = new Promise<undefined>((done) => dialogue.once('close', () => done(undefined)));
  const width = Math.max(...choices.map(({ value }) => value.length));
  const lines = choices.map(({ value, about }, i) => `  ${i + 1} ${value.padEnd(width)}  ${about}\n`);
  streams.output.write(`${question}\n${lines.join('')}`);
  try {
    for (;;) {
      const answer = await Promise.race([dialogue.question('[1] '), closed]);
      if (answer === undefined) return undefined;
      const text = answer.trim() || '1';
      const found =
        choices[Number(text) - 1] ?? choices.find(({ value }) => value.toLowerCase() === text.toLowerCase());
      const value = found?.value ?? other?.read(text);
      if (value !== undefined) return value;
      const most = choices.length;
      const help = other
        ? t`Write a number from 1 to ${most}, or another as ${other.example}.`
        : t`Write a number from 1 to ${most}.`;
      streams.output.write(`${help}\n`);
    }
  } finally {
    dialogue.close();
  }
}
