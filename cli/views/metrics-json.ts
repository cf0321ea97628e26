import type { Metrics } from '../../engine/metrics/shop/metrics.ts';

/** Returns the numbers of a shop as one versioned JSON value, by schemas/metrics.schema.json; instants are ISO 8601. */
export function metricsJson({ project, orders, from, to, rfm, funnel, ...rest }: Metrics): Record<string, unknown> {
  const { name, timezone, currency } = project;
  const { event, value, window } = orders;
  return {
    format: 1,
    type: 'metrics',
    project: { name, timezone, currency },
    orders: { event, value, window },
    from: iso(from),
    to: iso(to),
    ...rest,
    rfm: { ...rfm, moves: rfm.moves.map((one) => ({ ...one, from: iso(one.from), to: iso(one.to) })) },
    funnel: funnel && { ...funnel, openFrom: iso(funnel.openFrom) },
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
