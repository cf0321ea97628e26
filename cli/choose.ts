import { createInterface } from 'node:readline/promises';

export interface Choice<T extends string> {
  value: T;
  about: string;
}

export interface Streams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/**
 * Asks on the terminal for one of several by number or name; the first is the default. Undefined: the one who was asked
 * has gone (Ctrl-C, Ctrl-D).
 */
export async function choose<T extends string>(
  question: string,
  choices: Choice<T>[],
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
      const said = answer.trim().toLowerCase() || '1';
      const found = choices[Number(said) - 1] ?? choices.find(({ value }) => value === said);
      if (found) return found.value;
      streams.output.write(`Write a number from 1 to ${choices.length}.\n`);
    }
  } finally {
    dialogue.close();
  }
}
