import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import { metricsPage } from './metrics-parts.ts';
import { partsMarkdown } from './results-markdown.ts';

/** Renders the numbers of a shop as Markdown. */
export function metricsMarkdown(metrics: Metrics): string {
  return partsMarkdown(metricsPage(metrics));
}
