import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import { printable, type ViewOptions } from './format.ts';
import { metricsPage } from './metrics-parts.ts';
import { partsText } from './results.ts';

/** Renders the numbers of a shop for a terminal. */
export function renderMetrics(metrics: Metrics, view: ViewOptions): string {
  return partsText(metricsPage(printable(metrics)), view);
}
