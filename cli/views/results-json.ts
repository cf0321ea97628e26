import type { CampaignResults, Results } from '../../engine/metrics/results.ts';

/** Returns results as one versioned JSON value, by schemas/report.schema.json; instants are ISO 8601. */
export function resultsJson({
  project,
  from,
  to,
  asOf,
  campaigns,
  holdouts,
  ...rest
}: Results): Record<string, unknown> {
  const { name, timezone, currency } = project;
  return {
    format: 3,
    type: 'report',
    project: { name, timezone, currency },
    from: iso(from),
    to: iso(to),
    asOf: asOf === undefined ? null : iso(asOf),
    ...rest,
    campaigns: campaigns.map(campaignJson),
    holdouts: holdouts.map(({ began, goals, ...one }) => ({
      ...one,
      began: iso(began),
      goals: goals.map(({ months, ...goal }) => ({
        ...goal,
        months: months.map((month) => ({ ...month, from: iso(month.from), to: iso(month.to) })),
      })),
    })),
  };
}

function campaignJson({ days, rows, ...rest }: CampaignResults): Record<string, unknown> {
  return {
    ...rest,
    days: days.map(opened),
    rows: { ...rows, enrolments: rows.enrolments.map(({ squares: _, ...row }) => opened(row)) },
  };
}

function opened<Row extends { openUntil: number | null }>(row: Row) {
  return { ...row, openUntil: row.openUntil === null ? null : iso(row.openUntil) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
