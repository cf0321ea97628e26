import type { Approvals } from '../../spec/model/model.ts';
import { many } from '../../spec/words/many.ts';
import { percent } from '../../spec/words/printing.ts';
import { t, translated } from '../../spec/words/t.ts';
import { type Judged, judgeSignatures, peopleOf } from './approvals.ts';
import { breaking, type Refusal } from './check-plan.ts';
import type { Growth } from './guards.ts';
import type { Notice } from './notices.ts';
import type { Plan } from './plan.ts';

/** The word of people that a plan may be applied. */
export interface Word {
  /** Addresses of breaking changes, and names of guards. */
  allow?: readonly string[] | undefined;
  /** Armoured signatures of the plan's hash. */
  signatures?: readonly string[] | undefined;
}

type Judging = Pick<Plan, 'changes' | 'notices' | 'planHash' | 'authors'>;

/** Returns the approvals that a plan needs; undefined: none. `rule`: of what is applied, else of the plan itself. Pure. */
export function neededApprovals(
  { changes, notices }: Pick<Plan, 'changes' | 'notices'>,
  rule: Approvals | undefined,
): Approvals | undefined {
  if (!rule || changes.length === 0) return undefined;
  const broken = changes.some((change) => change.class === 'breaking');
  const guarded = notices.some(({ level }) => level === 'guarded');
  // Those who may approve decide on the rules of approving, whatever plans these are for.
  const needed =
    notices.some(isOfRules) || rule.for.some((kind) => kind === 'always' || (kind === 'breaking' ? broken : guarded));
  return needed ? rule : undefined;
}

/**
 * Refuses a plan that needs somebody's word and has not got it: approvals for what `rule` names, else a flag for each breaking change and
 * each guard. `hours`: the guard of the hours as it is now. Pure.
 */
export function forbidden(
  plan: Judging,
  rule: Approvals | undefined,
  { allow = [], signatures = [] }: Word,
  hours: readonly Notice[] = [],
): Refusal | undefined {
  const isCovered = (kind: 'breaking' | 'guards') => rule?.for.some((one) => one === kind || one === 'always') ?? false;
  // The hours of the apply count, and not those of the plan.
  const notices = [...plan.notices.filter(({ allow: name }) => name !== 'no_apply'), ...hours];
  const needed = neededApprovals({ ...plan, notices }, rule);
  const unapproved =
    needed && missingApprovals(needed.required, peopleOf(needed), judgeSignatures(plan, needed, signatures));
  if (unapproved) return unapproved;
  return (
    (isCovered('breaking') ? undefined : breaking(plan, allow)) ??
    (isCovered('guards') || plan.changes.length === 0
      ? undefined
      : beyondGuards(
          notices.filter((one) => !(rule && isOfRules(one))),
          allow,
        ))
  );
}

/** Refuses a plan that has just been made and has no signatures yet, as `forbidden` does. Pure. */
export function forbiddenYet(plan: Plan, allow: readonly string[]): Refusal | undefined {
  if (plan.approvals) return missingApprovals(plan.approvals.required, plan.approvals.approvers, []);
  const hours = plan.notices.filter(({ allow: name }) => name === 'no_apply');
  return forbidden(plan, undefined, { allow }, hours);
}

function beyondGuards(notices: readonly Notice[], allow: readonly string[]): Refusal | undefined {
  const refused = notices.filter(({ level, allow: name }) => level === 'guarded' && !allow.includes(name ?? ''));
  if (refused.length === 0) return undefined;
  const flags = refused.map(({ allow: name }) => `--allow ${name}`).join(' ');
  return {
    reason: 'guarded',
    message: refused.map(({ message }) => translated(message)).join(' '),
    help: t`If it is meant, add to the command: ${flags}`,
  };
}

/** Refuses a plan whose audiences have grown by more than `limit`, in hundredths of a percent. */
export function tooMany(grown: readonly Growth[], limit: number): Refusal | undefined {
  const [first] = grown;
  if (!first) return undefined;
  const { campaign, planned, now } = first;
  const message =
    grown.length === 1
      ? t`The audience of ${campaign} has grown from ${String(planned)} to ${String(now)} customers since the plan; ${percent(limit)} more are allowed.`
      : t`The audiences of ${String(grown.length)} campaigns have grown by more than ${percent(limit)} since the plan: ${campaign} from ${String(planned)} to ${String(now)} customers.`;
  const help = t`Make a new plan, and look at it; or, if it is meant, add to the command: ${'--allow max_audience_growth'}`;
  return { reason: 'outgrown', message, help };
}

/** The names of those whose signatures count. */
export function approvedBy(plan: Judging, rule: Approvals | undefined, { signatures = [] }: Word): string[] {
  const judged = rule ? judgeSignatures(plan, rule, signatures) : [];
  return judged.flatMap(({ verdict, name }) => (verdict === 'counts' && name !== undefined ? [name] : []));
}

function missingApprovals(required: number, people: readonly string[], judged: readonly Judged[]): Refusal | undefined {
  const of = (verdict: Judged['verdict']) => judged.filter((one) => one.verdict === verdict);
  const counted = of('counts').length;
  if (counted >= required) return undefined;
  const names = of('author').map(({ name }) => name ?? '');
  const remarks = [
    counted === 0
      ? t`The plan needs ${many(required, 'approval')} and has none.`
      : t`The plan needs ${many(required, 'approval')} and has ${String(counted)}.`,
    ...(names.length > 0
      ? [t`${names.join(', ')} wrote commits of the plan, so their own approval does not count.`]
      : []),
    ...(of('stranger').length > 0 ? [t`A signature is by a key that is nobody’s among the approvers.`] : []),
    ...(of('other').length > 0
      ? [t`A signature is not of this plan, perhaps of an earlier one in a file of this name, or was changed.`]
      : []),
  ];
  return {
    reason: 'unapproved',
    message: remarks.join(' '),
    help: t`Let somebody approve it who has not written it (${people.join(', ')}): \`crm approve plan.json\`, for a plan file of \`crm plan --out plan.json\`.`,
  };
}

/** Returns true for the warning that the plan changes the guards or the approvals. */
export function isOfRules({ allow }: Notice): boolean {
  return allow === 'policies';
}
