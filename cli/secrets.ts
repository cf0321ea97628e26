import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type OpenCarrier, openCarrier } from '../engine/delivery/carriers/open.ts';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';

/**
 * Returns what `env:NAME` or `file:PATH` (relative to the project) refers to. Its errors never show a value. `channel`: the
 * name of the one that takes its address from there; absent: the project takes its store.
 */
export async function secret(reference: string, root: string, env: Io['env'], channel?: string): Promise<string> {
  const [, kind, name = ''] = /^(env|file):(.+)$/s.exec(reference) ?? [];
  if (kind === 'env') {
    const value = env[name];
    if (value) return value;
    throw new UserError(
      'secret-missing',
      t`The environment variable ${name} is not set.`,
      channel === undefined
        ? t`Set it: the project takes its store from \`${reference}\`.`
        : t`Set it: the channel "${channel}" takes its address from \`${reference}\`.`,
    );
  }
  if (kind !== 'file') throw new UserError('secret-missing', t`A secret is neither \`env:NAME\` nor \`file:PATH\`.`);
  try {
    return (await readFile(resolve(root, name), 'utf8')).trim();
  } catch {
    throw new UserError(
      'secret-missing',
      t`The file ${name} cannot be read.`,
      channel === undefined
        ? t`Create it: the project takes its store from \`${reference}\`.`
        : t`Create it: the channel "${channel}" takes its address from \`${reference}\`.`,
    );
  }
}

/** Opens the carriers of channels; only this function resolves references. */
export function carriers(io: Io, root: string): OpenCarrier {
  const options = { root, output: (line: string) => io.out(line) };
  return (channel) => openCarrier(channel, (reference) => secret(reference, root, io.env, channel.name), options);
}
