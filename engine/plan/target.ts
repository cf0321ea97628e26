import type { Surface } from '../../spec/convert.ts';
import { documentFiles, runningPart } from '../../spec/document-files.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { suggest } from '../../spec/words/suggest.ts';
import { t } from '../../spec/words/t.ts';
import type { Documented } from '../document/document.ts';
import { UserError } from '../user-error.ts';
import { compareDeployments } from './diff.ts';
import { graft } from './graft.ts';
import { resourcesOf, textsOf } from './resources.ts';

/** The parts of all changes that a plan with targets has. All are addresses. */
export interface Part {
  /** As they were asked for. */
  targets: string[];
  /** The changes that the targets need; they come along. */
  with: string[];
  /** The changes that are left out. */
  without: string[];
}

/**
 * Returns a Model with the changes of some resources alone, and of what they name; everything else is as it is applied. Throws UserError
 * for a target that there is not, and where the rest does not fit together with it. Pure.
 */
export function narrowed(
  desired: Documented,
  applied: Documented | undefined,
  targets: readonly string[],
  surface: Surface,
): { model: Model; part: Part } {
  const changes = compareDeployments(desired, applied);
  const changed = new Set(changes.map(({ address }) => address));
  const known = [desired, applied]
    .flatMap((one) => (one ? resourcesOf(one.program) : []))
    .map(({ address }) => address);
  for (const target of targets) if (!known.includes(target)) throw unknown(target, known);
  const taken = withNeeded(desired, targets, changed);
  // Where nothing is applied, what is no campaign comes along.
  const under = applied?.model ?? { ...runningPart(desired.model), campaigns: [] };
  const { model, diagnostics } = loadProject(documentFiles(graft(under, desired.model, taken), surface));
  if (!model)
    throw new UserError(
      'target-apart',
      t`The targets do not fit what is applied: ${diagnostics[0]?.message ?? ''}.`,
      t`Name what they need, too (--target), or plan everything.`,
    );
  const left = applied ? [...changed].filter((address) => !taken.has(address)) : campaignsBut(desired, taken);
  const asked = new Set(targets);
  return {
    model,
    part: {
      targets: [...asked],
      with: [...taken].filter((address) => !asked.has(address)).sort(),
      without: left.sort(),
    },
  };
}

/** Returns the targets and whatever they name, also through what does not change, of which something changes. */
function withNeeded(desired: Documented, targets: readonly string[], changed: ReadonlySet<string>): Set<string> {
  const texts = textsOf(desired);
  const reached = new Set(targets);
  for (const address of reached) {
    const text = texts.get(address);
    const names = new Set(JSON.stringify(text?.value ?? '').match(/[\p{L}\p{N}_]+/gu));
    const read = [...changed].filter(
      (one) => one === 'data.customers' || (one.startsWith('event.') && names.has(one.slice('event.'.length))),
    );
    for (const one of text ? [...text.uses, ...read] : []) reached.add(one);
  }
  return new Set([...reached].filter((address) => changed.has(address)));
}

function campaignsBut({ model }: Documented, taken: ReadonlySet<string>): string[] {
  return model.campaigns.map(({ name }) => `campaign.${name}`).filter((address) => !taken.has(address));
}

function unknown(target: string, known: readonly string[]): UserError {
  const meant = suggest(target, [...new Set(known)]);
  return new UserError(
    'unknown-name',
    t`There is nothing with the address ${target}, neither in the files nor in what is applied.`,
    meant === undefined ? t`Write an address as plans do: campaign.welcome.` : t`Did you mean "${meant}"?`,
  );
}
