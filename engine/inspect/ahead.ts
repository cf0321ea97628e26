import sql from 'sql-template-tag';
import { stepsById } from '../../spec/document/compare.ts';
import { printPart } from '../../spec/document-files.ts';
import { type Documented, documentsOfVersions } from '../document/document.ts';
import type { CompiledCampaign, StepRow } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { linksOf } from '../tick/steps/index.ts';

/** The steps that are named at most. */
const MOST = 4;

/**
 * Returns, by campaign, the steps that follow the one at which a customer is: up to the first that divides the journey, as
 * the file of that version writes them, or by their ids where no text was kept. `customer`: the number in the store.
 */
export async function stepsAhead(db: Database, customer: number): Promise<Map<string, string[]>> {
  const rows = await db.query<{ definition: string; version: string; step: string }>(sql`
    SELECT k.definition, k.version, s.id AS step FROM enrolment e
    JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version JOIN step s ON s.step = e.step
    WHERE e.customer = ${customer}::bigint AND e.status = ${enrolmentStatus.active}`);
  const ahead = rows.map(({ definition, version, step }) => {
    const campaign = JSON.parse(definition) as CompiledCampaign;
    return { name: campaign.name, version, ids: after(campaign, step).map(({ id }) => id) };
  });
  const asked = ahead.filter(({ ids }) => ids.length > 0).map(({ version }) => version);
  const documents = await documentsOfVersions(db, asked);
  return new Map(ahead.map(({ name, version, ids }) => [name, textsOf(name, ids, documents.get(version))]));
}

function textsOf(name: string, ids: string[], document: Documented | undefined): string[] {
  const steps = stepsById(document?.tree.campaigns?.[name]?.steps);
  return [...new Set(ids.map((id) => stepOf(id, steps)))].map((id) => {
    const step = steps.get(id);
    if (!document || step === undefined) return id;
    const lines = printPart(document.surface, [], 'step', step).split('\n');
    return lines.map((line) => line.trim()).join(' ');
  });
}

/** Returns the id of the step that is in the file: that of the cascade for one of its stages. */
function stepOf(id: string, steps: ReadonlyMap<string, unknown>): string {
  const cascade = id.slice(0, Math.max(0, id.lastIndexOf('.')));
  return !steps.has(id) && steps.has(cascade) ? cascade : id;
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

/** Returns the step that follows whatever happens; undefined: it depends, or there is none. */
function only(step: StepRow): string | undefined {
  const [next, ...others] = new Set(linksOf(step));
  return others.length === 0 && !('stages' in step || 'arms' in step) ? (next ?? undefined) : undefined;
}
