import type { Change } from '../../engine/plan/change.ts';
import type { Busiest, Details } from '../../engine/plan/details.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { byHandJson } from './by-hand.ts';
import { rolloutsJson } from './plan-rollouts.ts';

/** Returns a plan as one value with its format; instants are ISO 8601. The document itself is in the plan file only. */
export function planJson(plan: Plan): Record<string, unknown> {
  const { forecast, inFlight, returning, drift, rollouts } = plan.effects;
  const iso = (at: number) => new Date(at).toISOString();
  const of = (action: Change['action']) => plan.changes.filter((change) => change.action === action).length;
  const breaking = plan.changes.filter((change) => change.class === 'breaking');
  return {
    format: 12,
    type: 'plan',
    planHash: plan.planHash,
    programHash: plan.programHash,
    base: plan.base,
    ...(plan.against && { against: plan.against }),
    ...(plan.environment !== undefined && { environment: plan.environment }),
    ...(plan.gitCommit !== undefined && { gitCommit: plan.gitCommit }),
    ...(plan.approvals && { approvals: plan.approvals }),
    allow: plan.allow,
    ...(plan.expected && { expected: plan.expected }),
    ...(plan.part && { part: plan.part }),
    tz: plan.tz,
    createdAt: iso(plan.createdAt),
    expiresAt: iso(plan.expiresAt),
    summary: { add: of('create'), change: of('change'), remove: of('remove'), breaking: breaking.length },
    notices: plan.notices,
    forecast: {
      ...forecast,
      details: detailsJson(forecast.details),
      from: iso(forecast.from),
      day: iso(forecast.day),
      to: iso(forecast.to),
    },
    inFlight,
    returning: returning.map((one) => ({ ...one, until: iso(one.until) })),
    drift: byHandJson(drift),
    rollouts: rolloutsJson(rollouts),
    changes: plan.changes,
  };
}

function detailsJson({ peaks, ...rest }: Details): Record<string, unknown> {
  const iso = (one: Busiest | null) => one && { ...one, at: new Date(one.at).toISOString() };
  return { ...rest, peaks: peaks.map((one) => ({ ...one, before: iso(one.before), after: iso(one.after) })) };
}
