import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Arrival } from './mail-server.ts';

/** The store's record of a message. */
export interface Stored {
  message: string;
  customer: string;
  campaign: string;
  channel: string;
  status: string;
  reason: string | null;
}

/** All messages in a shop's store, which no process may hold any more. */
export async function storedMessages(root: string): Promise<Stored[]> {
  const rows = await storedRows(
    root,
    'SELECT message, id AS customer, campaign, channel, status, reason FROM message JOIN identity USING (customer)',
  );
  return rows as unknown as Stored[];
}

/** The rows of a query on a shop's store, which no process may hold any more. */
export async function storedRows(root: string, query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(join(root, '.kaskad/store.duckdb'));
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(query)).getRowObjects();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export interface Reconciled {
  sent: number;
  /** Statuses `unknown`, and what their servers have of them. */
  inDoubt: number;
  arrived: number;
  /** Messages which a server took more than once. */
  twice: string[];
  /** Messages of status `sent` which no server has. */
  lost: string[];
  /** Messages at a server of which the store says that they were not sent, or does not know. */
  unaccounted: string[];
  /** Messages which still wait or are in a worker's hands. */
  open: number;
}

/** Compares the logs of the servers with the store. */
export function reconcile(arrivals: Arrival[], stored: Stored[]): Reconciled {
  const taken = arrivals.filter((arrival) => arrival.taken).map(({ id }) => id);
  const times = new Map<string, number>();
  for (const id of taken) times.set(id, (times.get(id) ?? 0) + 1);
  const status = new Map(stored.map((row) => [row.message, row.status]));
  const of = (...names: string[]) => stored.filter((row) => names.includes(row.status));
  return {
    sent: of('sent').length,
    inDoubt: of('unknown').length,
    arrived: times.size,
    twice: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    lost: of('sent')
      .map((row) => row.message)
      .filter((id) => !times.has(id)),
    unaccounted: [...times.keys()].filter((id) => !['sent', 'unknown'].includes(status.get(id) ?? '')),
    open: of('decided', 'claimed').length,
  };
}

/** Throws unless every message was decided, none is at a server twice, and none is lost. `most`: messages in doubt. */
export function hold(found: Reconciled, { messages, most }: { messages: number; most: number }): void {
  assert.equal(found.twice.length, 0, `${found.twice.length} messages sent twice`);
  assert.equal(found.lost.length, 0, `${found.lost.length} messages recorded as sent which did not arrive`);
  assert.equal(found.unaccounted.length, 0, `${found.unaccounted.length} messages arrived, neither sent nor in doubt`);
  assert.equal(found.open, 0, `${found.open} messages still wait`);
  const settled = found.sent + found.inDoubt;
  assert.equal(settled, messages, `${settled} messages are sent or in doubt, not ${messages}`);
  assert.ok(found.inDoubt <= most, `${found.inDoubt} messages in doubt, at most ${most} can have been on a connection`);
}
