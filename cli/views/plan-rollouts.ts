import type { AtOnce } from '../../engine/deploy/versions-before.ts';
import type { PlannedRollout } from '../../engine/plan/rollouts.ts';
import type { PlannedStage } from '../../engine/store/rollout-state.ts';
import { type Guardrails, guardedFeedback } from '../../spec/model/campaign.ts';
import { percent } from '../../spec/words/printing.ts';
import { t } from '../../spec/words/t.ts';
import { clockFormat, count, duration } from './format.ts';
import { feedbackNoun } from './guardrails.ts';
import type { Shown } from './plan-forecast.ts';

/** The most campaigns that are named: the head of a comment is never cut. */
const mostNamed = 20;

/** Returns a line for each rollout with the dates of its stages, one for each campaign with guardrails, and one with the forecast's assumption. */
export function rolloutLines({ effects, project }: Pick<Shown, 'effects' | 'project'>): string[] {
  const { rollouts, forecast } = effects;
  if (rollouts.length === 0) return [];
  const clock = clockFormat(project.timezone);
  const rest = rollouts.length - mostNamed;
  const begun = rollouts.some(({ begins, stages }) => begins === 'apply' && stages[1]?.from !== undefined);
  const guarded = rollouts.some(({ guardrails }) => guardrails);
  return [
    ...rollouts.slice(0, mostNamed).map((one) => rolloutWords(one, clock)),
    ...(rest > 0 ? [t`… and ${count(rest)} more`] : []),
    ...(begun ? [t`These instants are those of an apply at ${clock(forecast.from)}, as in the forecast.`] : []),
    ...(guarded ? [t`The forecast assumes that no guardrail is crossed.`] : []),
  ];
}

/** Returns a rollout with its stages, and guardrails, as a line that begins with the campaign. */
export function rolloutWords(one: PlannedRollout, clock: Clock): string {
  const { campaign, change, atOnce, guardrails } = one;
  const stages = stagesWords(one, clock);
  const parts = [
    ...(stages === '' ? [] : [stages]),
    ...(change ? [t`the others enter version ${change.before}, the one before`] : []),
    ...(atOnce ? [atOnceWords(atOnce)] : []),
    ...(guardrails ? [guardedWords(guardrails)] : []),
  ];
  return `${campaign}: ${parts.join('; ')}`;
}

/** Returns the shares of the stages with their instants; empty where there are none. */
function stagesWords(
  { campaign, begins, stages, change, held }: Omit<PlannedRollout, 'guardrails'>,
  clock: Clock,
): string {
  const words = stages.map((stage, i) => {
    const next = stages[i + 1];
    const share = i === 0 && begins ? firstWords(stage, begins, change?.version, clock) : laterWords(stage, clock);
    if (!next || next.from !== undefined) return share;
    if (i === 0 && held) return t`${share}, held by its guardrails until \`crm resume ${campaign}\``;
    return stage.lasts === undefined ? t`${share} until \`crm promote ${campaign}\`` : share;
  });
  return words.join(', ');
}

function atOnceWords(why: AtOnce): string {
  return why === 'trigger'
    ? t`the change is given to everybody at once, because it has another trigger`
    : t`the change is given to everybody at once, because the version before needs data, a list, a channel or a template that is gone or has changed its type`;
}

type Clock = (at: number) => string;

function firstWords(
  { share, from = 0 }: PlannedStage,
  begins: 'apply' | 'store',
  version: string | undefined,
  clock: Clock,
): string {
  if (version !== undefined)
    return begins === 'apply'
      ? t`${percent(share)} of those who enter get version ${version} from the apply on`
      : t`${percent(share)} of those who enter get version ${version} since ${clock(from)}`;
  return begins === 'apply'
    ? t`lets in ${percent(share)} of the customers from the apply on`
    : t`lets in ${percent(share)} of the customers since ${clock(from)}`;
}

function laterWords({ share, from, lasts }: PlannedStage, clock: Clock): string {
  if (from !== undefined) return t`${percent(share)} from ${clock(from)} on`;
  return lasts === undefined ? t`then ${percent(share)}` : t`then ${percent(share)} for ${duration(lasts)}`;
}

function guardedWords({ limits, minMessages, within }: Guardrails): string {
  const shares = guardedFeedback.flatMap((feedback) => {
    const limit = limits[feedback];
    return limit === undefined ? [] : [`${feedbackNoun(feedback)} ${percent(limit)}`];
  });
  return t`guardrails: ${shares.join(', ')}, of at least ${count(minMessages)} messages within ${duration(within)}`;
}

/** Returns the rollouts as a JSON value: instants are ISO 8601, shares fractions, durations milliseconds. */
export function rolloutsJson(rollouts: PlannedRollout[]): Record<string, unknown>[] {
  return rollouts.map(({ campaign, begins, stages, change, atOnce, held, guardrails }) => ({
    campaign,
    ...(begins && { begins }),
    stages: stagesJson(stages),
    ...(change && { change }),
    ...(atOnce && { atOnce }),
    ...(held && { held }),
    ...(guardrails && {
      guardrails: {
        ...Object.fromEntries(Object.entries(guardrails.limits).map(([feedback, limit]) => [feedback, limit / 10_000])),
        minMessages: guardrails.minMessages,
        withinMs: guardrails.within,
      },
    }),
  }));
}

function stagesJson(stages: PlannedStage[]): Record<string, unknown>[] {
  return stages.map(({ share, from, lasts }) => ({
    share: share / 10_000,
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(lasts !== undefined && { lastsMs: lasts }),
  }));
}
