import type { Command } from 'commander';
import { complete } from '../completion/complete.ts';
import { glance } from '../completion/glance.ts';
import { type Shell, scripts } from '../completion/scripts.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printable } from '../views/format.ts';

/** Prints the script that a shell sources to complete `crm`. */
export async function completion(io: Io, shell: Shell): Promise<number> {
  await io.out(scripts[shell]);
  return exit.fine;
}

/** Prints the completions of a command line for the scripts of `crm completion`. */
export async function printCompletions(io: Io, program: Command, words: string[]): Promise<number> {
  const { offers, paths } = await complete(program, words, glance(io.cwd));
  const lines = offers.map(({ value, about }) => `${printable(value)}\t${printable(about)}`);
  await io.out([...lines, ...(paths ? [`:${paths}`] : [])].map((line) => `${line}\n`).join(''));
  return exit.fine;
}
