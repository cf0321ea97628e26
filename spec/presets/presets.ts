import type { PresetName } from '../document/document.generated.ts';
import { bitrixOrders, bitrixOrdersCsv } from './bitrix-orders.ts';
import { insalesCustomers } from './insales-customers.ts';
import { insalesOrders } from './insales-orders.ts';
import { klaviyoProfiles } from './klaviyo-profiles.ts';
import { mailchimpCleaned, mailchimpSubscribed, mailchimpUnsubscribed } from './mailchimp.ts';
import { mindboxCustomers } from './mindbox-customers.ts';
import type { Layout, Preset } from './preset.ts';
import { retailcrmCustomers, retailcrmOrders } from './retailcrm.ts';
import { shopifyCustomers } from './shopify-customers.ts';
import { shopifyOrders } from './shopify-orders.ts';
import { woocommerceCustomers } from './woocommerce-customers.ts';
import { woocommerceOrders } from './woocommerce-orders.ts';

/** The exports that are known, by the names that a source may write under `preset`. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  'shopify-customers': shopifyCustomers,
  'shopify-orders': shopifyOrders,
  'woocommerce-customers': woocommerceCustomers,
  'woocommerce-orders': woocommerceOrders,
  'mailchimp-subscribed': mailchimpSubscribed,
  'mailchimp-unsubscribed': mailchimpUnsubscribed,
  'mailchimp-cleaned': mailchimpCleaned,
  'klaviyo-profiles': klaviyoProfiles,
  'retailcrm-customers': retailcrmCustomers,
  'retailcrm-orders': retailcrmOrders,
  'insales-customers': insalesCustomers,
  'insales-orders': insalesOrders,
  'bitrix-orders': bitrixOrders,
  'bitrix-orders-csv': bitrixOrdersCsv,
  'mindbox-customers': mindboxCustomers,
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
