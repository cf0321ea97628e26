import type { CompiledCampaign } from '../program/program.ts';
import type { Value } from '../store/database.ts';
import { rowKind } from '../tick/steps/index.ts';

/** Rows of a table, by the names of its columns. */
type Named = Record<string, Value>;

/** Returns the rows of `step`, `arm` and `fallback` for one version, steps numbered from `first`. */
export function stepRows(campaign: CompiledCampaign, first: number): Record<'steps' | 'arms' | 'fallbacks', Named[]> {
  const numbers = new Map(campaign.steps.map((step, i) => [step.id, first + i]));
  const number = (id: string | null | undefined): Value => (id ? (numbers.get(id) ?? null) : null);
  const byId = new Map(campaign.steps.map((step) => [step.id, step]));
  const steps = campaign.steps.map((row) => ({
    step: number(row.id),
    campaign: campaign.name,
    version: campaign.hash,
    id: row.id,
    kind: row.kind,
    next: number('next' in row ? row.next : null),
    otherwise: number('otherwise' in row ? row.otherwise : null),
    ...rowKind(row).columns?.(row),
  }));
  const arms = campaign.steps.flatMap((row) =>
    (rowKind(row).arms?.(row) ?? []).map((arm) => ({ ...arm, step: number(row.id), next: number(arm.next) })),
  );
  const fallbacks = campaign.steps.flatMap((row) =>
    (rowKind(row).fallbacks?.(row, byId) ?? []).map((id, i) => ({
      step: number(row.id),
      stage: number(id),
      depth: i + 1,
    })),
  );
  return { steps, arms, fallbacks };
}
