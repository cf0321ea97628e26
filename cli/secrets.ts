import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openCarrier } from '../engine/channels/open.ts';
import type { OpenCarrier } from '../engine/dispatch/ways.ts';
import { UserError } from '../engine/user-error.ts';
import type { Io } from './io.ts';

/**
 * Returns what `env:NAME` or `file:PATH` (relative to the project) refers to. Its errors never show a value. `use`: who
 * takes what, for the messages.
 */
export async function secret(
  reference: string,
  root: string,
  env: Io['env'],
  use = 'a channel takes its address',
): Promise<string> {
  const [, kind, name = ''] = /^(env|file):(.+)$/s.exec(reference) ?? [];
  if (kind === 'env') {
    const value = env[name];
    if (value) return value;
    throw new UserError(`The environment variable ${name} is not set.`, `Set it: ${use} from \`${reference}\`.`);
  }
  if (kind !== 'file') throw new UserError('A secret is neither `env:NAME` nor `file:PATH`.');
  try {
    return (await readFile(resolve(root, name), 'utf8')).trim();
  } catch {
    throw new UserError(`The file ${name} cannot be read.`, `Create it: ${use} from \`${reference}\`.`);
  }
}

/** Opens the ways out of channels; references are looked up only here. */
export function carriers(io: Io, root: string): OpenCarrier {
  return (channel) =>
    openCarrier(
      channel,
      (reference) => secret(reference, root, io.env, `the channel "${channel.name}" takes its address`),
      { root },
    );
}
