import sql from 'sql-template-tag';
import { moveCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import type { Missed, Tick, Version } from './tick.ts';
import { triggerKind } from './triggers/index.ts';

const prefix = 'missed:';

/** Returns the instant and the event from which on a campaign is asked late, because it was withheld. */
export function missedBy(cursors: ReadonlyMap<string, number>, campaign: string): Missed | undefined {
  const until = cursors.get(`${prefix}${campaign}`);
  if (until === undefined) return undefined;
  const seq = cursors.get(`${prefix}${campaign}:seq`);
  return seq === undefined ? { until } : { until, seq };
}

/** Notes from where on a campaign that is withheld has to be asked when it goes on. */
export async function miss({ db, cursors, previous, fresh }: Tick, { definition, missed }: Version): Promise<void> {
  const { name, trigger } = definition;
  if (!missed) await moveCursor(db, `${prefix}${name}`, previous ?? 0);
  const kind = triggerKind(trigger).newEvents?.(trigger);
  const seq = kind === undefined ? undefined : fresh.get(kind);
  if (seq !== undefined && !cursors.has(`${prefix}${name}:seq`)) await moveCursor(db, `${prefix}${name}:seq`, seq);
}

/** Forgets it: the campaign has been asked. */
export async function madeUp(db: Database, { definition: { name } }: Version): Promise<void> {
  await db.run(sql`DELETE FROM cursor WHERE name IN (${`${prefix}${name}`}, ${`${prefix}${name}:seq`})`);
}
