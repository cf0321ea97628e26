import type { Step } from '../../../spec/model/campaign.ts';
import type { Next, StepRow } from '../../program/program.ts';
import { awaiting } from './await.ts';
import { cascade, prefer } from './cascade.ts';
import { exit } from './exit.ts';
import { condition } from './if.ts';
import { add, remove } from './listing.ts';
import { send, task, webhook } from './send.ts';
import { set } from './set.ts';
import { split } from './split.ts';
import type { RowKind, StepCompiler } from './step.ts';
import { until } from './until.ts';
import { wait } from './wait.ts';

/** The kinds of steps that have rows of their own kind. Of one turn, they are executed in this order. */
const own = { if: condition, split, set, add, remove, wait, await: awaiting, until, exit, send };

/** Every kind of step of the Model. */
export const stepCompilers: { readonly [Kind in Step['kind']]: StepCompiler<Kind> } = {
  ...own,
  cascade,
  task,
  webhook,
};

/** Every kind of row of the Program. */
export const rowKinds: { readonly [Kind in StepRow['kind']]: RowKind<Kind> } = { ...own, prefer };

export function rowKind({ kind }: StepRow): RowKind<StepRow['kind']> {
  return rowKinds[kind];
}

/** Returns the same row under another id, leading to others. */
export function relinked(row: StepRow, to: (id: Next) => Next): StepRow {
  const own = {
    ...row,
    id: to(row.id) ?? row.id,
    ...('next' in row && { next: to(row.next) }),
    ...('otherwise' in row && { otherwise: to(row.otherwise) }),
  };
  return rowKind(row).relink?.(own, to) ?? own;
}

/** Returns the steps to which a row leads; null: the end. */
export function linksOf(row: StepRow): Next[] {
  const next = 'next' in row ? [row.next] : [];
  return rowKind(row).links?.(row) ?? ('otherwise' in row ? [...next, row.otherwise] : next);
}
