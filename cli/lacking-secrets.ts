import type { Lacking } from '../engine/plan/notices.ts';
import { sendsOf } from '../engine/program/facts.ts';
import type { Program } from '../engine/program/program.ts';
import { UserError } from '../engine/user-error.ts';
import type { Io } from './io.ts';
import { secret } from './secrets.ts';

/** Returns the channels of a Program's campaigns whose secret is missing here. */
export async function lackingSecrets(io: Io, root: string, { campaigns, channels }: Program): Promise<Lacking[]> {
  const used = new Set(campaigns.flatMap((campaign) => sendsOf(campaign).map(({ channel }) => channel)));
  const found: Lacking[] = [];
  for (const { name, transport } of channels) {
    if (!used.has(name) || !('url' in transport) || !/^(env|file):/.test(transport.url)) continue;
    try {
      await secret(transport.url, root, io.env, name);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      found.push({ channel: name, reference: transport.url });
    }
  }
  return found;
}
