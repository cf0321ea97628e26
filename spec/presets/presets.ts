import type { PresetName } from '../source/document.generated.ts';
import type { Layout, Preset } from './preset.ts';
import { shopifyCustomers } from './shopify-customers.ts';
import { shopifyOrders } from './shopify-orders.ts';

/** The exports that are known, by the names that a source may write under `preset`. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  'shopify-customers': shopifyCustomers,
  'shopify-orders': shopifyOrders,
};

/**
 * Returns the names of the presets whose export a file may be, the most certain first. `columns`: its header; of JSON all keys of its
 * rows.
 */
export function recognise(columns: Iterable<string>, layout: Layout): string[] {
  const found = new Set(columns);
  return Object.entries(presets)
    .filter(([, preset]) => preset.layout === layout && preset.marks.every((mark) => found.has(mark)))
    .sort(([, a], [, b]) => b.marks.length - a.marks.length)
    .map(([name]) => name);
}
