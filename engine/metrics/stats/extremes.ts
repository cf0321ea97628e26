import { type Sample, sampleOf } from './sample.ts';

/**
 * Returns the value below which the share of the values lies, between two values in proportion, as `quantile_cont` of DuckDB and
 * `percentile_cont` of PostgreSQL do: R. J. Hyndman and Y. Fan, “Sample quantiles in statistical packages”, The American Statistician 50 (1996), type
 * 7. Undefined without values. `share`: 0 … 1.
 */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * Returns the sample of values of which none counts more than the cap (winsorised: J. W. Tukey and D. H. McLaughlin, Sankhyā A 25 (1963)): one large
 * order shall not decide. The cap must be one for all arms, by the values of all arms together, or it would be an effect itself.
 */
export function cappedSample(values: readonly number[], cap: number): Sample {
  const capped = values.map((value) => Math.min(value, cap));
  const sum = capped.reduce((total, value) => total + value, 0);
  return sampleOf(
    values.length,
    sum,
    capped.reduce((total, value) => total + value ** 2, 0),
  );
}
