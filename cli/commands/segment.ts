import { shareOf } from '../../engine/inspect/members.ts';
import { conditionOf, whyIn } from '../../engine/inspect/why.ts';
import type { CompiledSegment } from '../../engine/program/program.ts';
import { byName } from '../../engine/program/query.ts';
import { members } from '../../engine/store/query-sql.ts';
import { contextOutside } from '../../engine/store/scales.ts';
import { UserError } from '../../engine/user-error.ts';
import { printExpression } from '../../spec/expression/print.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { findOne } from '../find-customer.ts';
import type { Io } from '../io.ts';
import { type CsvList, csvOf, writeCsv } from '../list.ts';
import type { ProjectOptions } from '../load.ts';
import { findLooked, type Looked, look } from '../look.ts';
import { reasonText, segmentText } from '../views/segment.ts';

export interface SegmentOptions extends ProjectOptions {
  list?: boolean;
  why?: string;
  out?: string;
}

/** Counts a segment, lists it, or explains why a customer is or is not in it. */
export async function segment(io: Io, name: string, options: SegmentOptions): Promise<number> {
  const list = await look(io, options, 'crm segment', async (looked): Promise<CsvList | undefined> => {
    const found = await findLooked(io, options, looked, ['segment', looked.program.segments, name]);
    if (options.why !== undefined) return explainMembership(io, looked, found, options.why, options);
    const { db, program, now } = looked;
    const rows = members(found.query, await contextOutside(db, program, now));
    if (options.list || options.out !== undefined) return csvOf(looked, { rows });
    const model = await looked.model();
    const condition = model && printExpression(conditionOf(name, byName(model.segments)));
    const { title } = found;
    const facts = {
      name,
      ...(title !== undefined && { title }),
      ...(condition !== undefined && { condition }),
      ...(await shareOf(db, program, rows)),
    };
    await io.out(
      options.json
        ? `${JSON.stringify({ format: 1, type: 'segment', basis: looked.basis, ...facts })}\n`
        : segmentText(facts, io.view),
    );
    return undefined;
  });
  if (list) await writeCsv(io, list, options.out);
  return exit.fine;
}

async function explainMembership(
  io: Io,
  { db, program, model, basis, now }: Looked,
  found: CompiledSegment,
  whom: string,
  { json }: SegmentOptions,
): Promise<undefined> {
  const { segments } = (await model()) ?? {};
  if (!segments)
    throw new UserError(
      'store-older',
      t`What runs was applied by an earlier version, which kept no text of its conditions.`,
      t`Apply once more: \`crm plan\`, then \`crm apply\`.`,
    );
  const { id, customer } = await findOne(db, program, whom);
  const reason = await whyIn(db, program, segments, found.name, { now, customer });
  const facts = { segment: found.name, customer: id, in: reason.holds, reason };
  await io.out(
    json
      ? `${JSON.stringify({ format: 1, type: 'membership', basis, ...facts })}\n`
      : reasonText(facts, program.project, io.view),
  );
}
