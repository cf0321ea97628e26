import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { documentFiles, surfaceOfProject } from '../../spec/document-files.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { compile } from '../compile/compile.ts';
import type { Recorded } from '../deploy/deployments.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import type { Program } from '../program/program.ts';
import { type Refusal, stale } from './check-plan.ts';
import { graft } from './graft.ts';
import type { Plan } from './plan.ts';
import { resourcesOf } from './resources.ts';

/** The program and the document that an apply makes the deployment. */
export interface Desired {
  program: Program;
  document: SourceFile[];
}

/**
 * Carries the changes of a plan over to a deployment that was applied after the one it was made against: what the plan changes is as it
 * says, everything else as it is applied now. Refuses it where a resource of the plan has changed since, or means something else by
 * what has changed. `since`: the deployments from the plan's own base to the applied one, the newest first. Pure.
 */
export function carryOver(plan: Plan, planned: Model, since: readonly Recorded[]): Desired | Refusal {
  const [now, base] = [since[0], since.at(-1)];
  if (!now || !base || now === base) throw new Error('nothing was applied since');
  const changed = new Set(plan.changes.map(({ address }) => address));
  const hashes = since.map(({ program }) => hashesOf(program));
  for (const address of changed) {
    const serial = firstChange(address, since, hashes);
    if (serial !== undefined)
      return stale(t`The plan is stale: ${address} has changed since it was made, in deployment ${String(serial)}.`);
  }
  const under = now.document && loadProject(now.document).model;
  if (!under)
    return stale(
      t`The files of deployment ${String(now.serial)} were not kept, so nobody can tell what the plan would do to it.`,
    );
  const document = documentFiles(graft(under, planned, changed), surfaceOfProject(plan.document));
  const { model } = loadProject(document);
  if (!model) return stale(t`The plan does not fit what has been applied since: something that it names is gone.`);
  const program = keepIds(compile(model), now.program);
  const intended = hashesOf(keepIds(compile(planned), base.program));
  const current = hashes[0];
  const wanted = (address: string) => (changed.has(address) ? intended : current)?.get(address);
  const found = hashesOf(program);
  const wrong = [...new Set([...found.keys(), ...(current?.keys() ?? []), ...changed])].find(
    (address) => found.get(address) !== wanted(address),
  );
  if (wrong !== undefined)
    return stale(t`${wrong} would mean something else than in the plan, by what has been applied since.`);
  return { program, document };
}

function hashesOf(program: Program): Map<string, string> {
  return new Map(resourcesOf(program).map(({ address, hash }) => [address, hash]));
}

/** Returns the serial of the first deployment after the base in which a resource differs from it; undefined: it is now as it was. */
function firstChange(
  address: string,
  since: readonly Recorded[],
  hashes: readonly Map<string, string>[],
): number | undefined {
  const base = hashes.at(-1)?.get(address);
  if (hashes[0]?.get(address) === base) return undefined;
  const at = hashes.findLastIndex((one) => one.get(address) !== base);
  return since[at]?.serial;
}
