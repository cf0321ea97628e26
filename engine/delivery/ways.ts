import type { Channel } from '../../spec/model/model.ts';
import type { Program } from '../program/program.ts';
import type { Carrier } from './carriers/carrier.ts';

export type OpenCarrier = (channel: Channel) => Promise<Carrier>;

/** The ways out of all channels of a program, by channel; all or none. Errors of opening pass through. */
export async function openWays(program: Program, open: OpenCarrier): Promise<Map<string, Carrier>> {
  const ways = new Map<string, Carrier>();
  try {
    for (const channel of program.channels) ways.set(channel.name, await open(channel));
    return ways;
  } catch (error) {
    await closeWays(ways);
    throw error;
  }
}

export async function closeWays(ways: Map<string, Carrier>): Promise<void> {
  await Promise.all([...ways.values()].map((carrier) => carrier.close()));
}
