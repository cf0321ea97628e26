import { createHash } from 'node:crypto';
import type { Channel } from '../../spec/model/model.ts';
import type { CompiledCampaign, Hashed, Program } from './program.ts';

/** JSON with sorted keys and without undefined members: equal values give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
}

/** The first 12 hex digits of SHA-256 over the canonical JSON. */
export function hash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 12);
}

export function hashed<T extends object>(value: T): T & { hash: string } {
  return { ...value, hash: hash(value) };
}

/** All 64 hex digits of SHA-256 over the canonical JSON: for what somebody could want to forge. */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/**
 * Returns the hash of a Program: over all that decides who gets what, and when. Where the store is and how channels send are no part of
 * it, so that a Program that is promoted from one environment to another keeps it; `isSame` compares those too. The versions before are no part of it either.
 */
export function programHash({ hash: _, ...program }: Omit<Program, 'hash'> & { hash?: string }): string {
  const { store, ...project } = program.project;
  const campaigns = program.campaigns.map(alone);
  return hash({ ...program, project, campaigns, channels: program.channels.map(withoutPlace) });
}

/** Returns a campaign without the version before, which follows from what was applied. */
export function alone({ before: _, ...campaign }: CompiledCampaign): CompiledCampaign {
  return campaign;
}

function withoutPlace({ transport, to, from, rate, unsubscribe, hash: _, ...rest }: Hashed<Channel>): object {
  return rest;
}

/** Returns true if two Programs do the same and send the same way: an apply of one over the other changes nothing. */
export function isSame(one: Program, other: Program): boolean {
  const channels = ({ channels }: Program) => channels.map(({ name, hash }) => `${name} ${hash}`).join('\n');
  return one.hash === other.hash && channels(one) === channels(other);
}
