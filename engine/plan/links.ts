import type { CompiledCampaign, Next, StepRow } from '../program/program.ts';
import { type Facet, facet } from './facets.ts';

/**
 * Returns the steps to which the steps of both versions lead, past those that only this one has. So an inserted or a removed step
 * leaves the links as they are, and a moved one shows.
 */
export function linkFacets(campaign: CompiledCampaign, common: ReadonlySet<string>): Facet[] {
  const steps = new Map(campaign.steps.map((step) => [step.id, step]));
  const first = facet('steps', `begin with ${landing(campaign.first, steps, common)}`);
  const links = campaign.steps
    .filter((step) => common.has(step.id))
    .flatMap((step) =>
      exits(step).flatMap(([label, next]) =>
        facet(`steps.${step.id}.${label}`, `leads to ${landing(next, steps, common)}`),
      ),
    );
  return [...first, ...links];
}

function exits(step: StepRow): [string, Next][] {
  switch (step.kind) {
    case 'wait':
    case 'until':
    case 'set':
    case 'add':
    case 'remove':
      return [['next', step.next]];
    case 'prefer':
      return [...step.stages.map(({ id, channel }): [string, Next] => [channel, id]), ['next', step.next]];
    case 'await':
      return [
        ['then', step.next],
        ['else', step.otherwise],
      ];
    case 'send':
      return [
        ['next', step.next],
        ['otherwise', step.otherwise],
      ];
    case 'if':
      return [
        ['then', step.next],
        ['else', step.otherwise],
      ];
    case 'split':
      return step.arms.filter((arm) => !arm.control).map((arm): [string, Next] => [arm.name, arm.next]);
    case 'exit':
      return [];
  }
}

/** The nearest common steps from `start` on. */
function landing(start: Next, steps: ReadonlyMap<string, StepRow>, common: ReadonlySet<string>): string {
  const found = new Set<string>();
  const seen = new Set<Next>();
  const visit = (next: Next): void => {
    if (seen.has(next)) return;
    seen.add(next);
    const step = next === null ? undefined : steps.get(next);
    if (!step) found.add('the end');
    else if (common.has(step.id)) found.add(step.id);
    else if (step.kind === 'exit') found.add('the end');
    else for (const [, after] of exits(step)) visit(after);
  };
  visit(start);
  return [...found].sort().join(' or ');
}
