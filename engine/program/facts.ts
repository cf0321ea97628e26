import sql, { join, type Sql } from 'sql-template-tag';
import type { Reentry } from '../../spec/model/campaign.ts';
import { reachesCustomers } from '../../spec/model/channel-kinds.ts';
import type { Channel } from '../../spec/model/model.ts';
import type { CompiledCampaign, Program, SendRow } from './program.ts';

/** Returns the grid instant at or before `at`, epoch milliseconds. */
export function gridInstant(program: Program, at: number): number {
  return at - (at % program.project.tick);
}

/** Returns the instant of the first tick from `at` on in a store whose last one was for `lastTick`, which a clock may have been ahead for. */
export function nextTick(program: Program, at: number, lastTick: number): number {
  return Math.max(gridInstant(program, at), gridInstant(program, lastTick) + program.project.tick);
}

/** Returns the attribute that holds a customer's time zone. */
export function zoneAttribute(program: Program): string | undefined {
  return program.data.customers.attributes.find((attribute) => attribute.type === 'timezone')?.name;
}

/** Returns the steps of a campaign that decide messages. */
export function sendsOf({ steps }: Pick<CompiledCampaign, 'steps'>): SendRow[] {
  return steps.filter((step) => step.kind === 'send');
}

/** Returns true if messages go to customers: those of the other channels go to systems and to the staff. */
export function toCustomers({ kind }: Pick<Channel, 'kind'>): boolean {
  return reachesCustomers(kind);
}

/** Returns true if a column names a channel to customers. */
export function goesToCustomers(program: Program, channel: Sql): Sql {
  const others = program.channels.filter((each) => !toCustomers(each)).map((each) => each.name);
  return others.length === 0 ? sql`TRUE` : sql`${channel} NOT IN (${join(others)})`;
}

/** The rule of re-entry as the store has it: milliseconds; 0: always; negative: never. */
export function reentryMs(reenter: Reentry): number {
  if (reenter.kind === 'never') return -1;
  return reenter.kind === 'always' ? 0 : reenter.ms;
}

/** Returns true if an earlier enrolment `p` keeps its customer out; the interval counts from entry to entry. */
export function keepsOut(reenter: Sql, now: Sql): Sql {
  return sql`(${reenter} < 0 OR (${reenter} > 0 AND p.entered_at > ${now} - ${reenter}))`;
}

/** Segments are evaluated only where entering or leaving one is a trigger; everything else asks their expression directly. */
export function watched(program: Program) {
  const names = new Set(program.campaigns.flatMap(({ trigger }) => ('segment' in trigger ? [trigger.segment] : [])));
  return program.segments.filter((segment) => names.has(segment.name));
}

const known = new WeakMap<object, string[]>();

/** The event kinds that a compiled segment or campaign speaks of: whatever it has under a key `event`. */
export function kindsAsked(compiled: object): string[] {
  const before = known.get(compiled);
  if (before) return before;
  const found = new Set<string>();
  JSON.stringify(compiled, (key, value: unknown) => {
    if (key === 'event' && typeof value === 'string') found.add(value);
    return value;
  });
  const kinds = [...found];
  known.set(compiled, kinds);
  return kinds;
}
