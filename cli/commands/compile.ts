import { compile as compileModel } from '../../engine/compile/compile.ts';
import { canonical } from '../../engine/program/hash.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';

/** Prints the Program: as canonical JSON on one line, or indented for people. */
export async function compile(io: Io, options: ProjectOptions): Promise<number> {
  const { model } = await load(io, options);
  const text = canonical(compileModel(model));
  await io.out(`${options.json ? text : JSON.stringify(JSON.parse(text), null, 2)}\n`);
  return exit.fine;
}
