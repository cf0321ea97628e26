import sql from 'sql-template-tag';
import { conditionReader } from '../plan/conditions.ts';
import { stepText } from '../plan/step-text.ts';
import type { CompiledCampaign, Program, StepRow } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';

/** The steps that are named at most. */
const MOST = 4;

/**
 * Returns, by campaign, the steps that follow the one at which a customer stands: up to the first that divides the
 * journey, in the words of the file. `customer`: the number in the store.
 */
export async function stepsAhead(db: Database, program: Program, customer: number): Promise<Map<string, string[]>> {
  const rows = await db.query<{ definition: string; step: string }>(sql`
    SELECT k.definition, s.id AS step FROM enrolment e
    JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version JOIN step s ON s.step = e.step
    WHERE e.customer = ${customer}::bigint AND e.status = ${enrolmentStatus.active}`);
  const read = conditionReader(program.segments);
  const kinds = new Map(program.channels.map(({ name, kind }) => [name, kind]));
  return new Map(
    rows.map(({ definition, step }) => {
      const campaign = JSON.parse(definition) as CompiledCampaign;
      return [campaign.name, after(campaign, step).map((one) => stepText(one, read, kinds))];
    }),
  );
}

function after({ steps }: CompiledCampaign, from: string): StepRow[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const ahead: StepRow[] = [];
  let step = byId.get(from);
  while (step && ahead.length < MOST) {
    const next = only(step);
    step = next === undefined ? undefined : byId.get(next);
    if (step) ahead.push(step);
  }
  return ahead;
}

/** The step that follows whatever happens; undefined: it depends, or there is none. */
function only(step: StepRow): string | undefined {
  if (step.kind === 'split' || step.kind === 'exit' || step.kind === 'prefer') return undefined;
  if ('otherwise' in step && step.otherwise !== step.next) return undefined;
  return step.next ?? undefined;
}
