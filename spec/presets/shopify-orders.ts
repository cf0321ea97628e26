import { later } from '../words/t.ts';
import type { Preset } from './preset.ts';

/**
 * Shopify Help Center, "Exporting orders": the order CSV file. An order of several items has a row for each; only the first has the
 * id, the status and the totals.
 */
export const shopifyOrders: Preset = {
  title: later`Shopify: orders`,
  holds: 'orders',
  layout: 'table',
  columns: [
    ...['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Accepts Marketing'],
    ...['Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Discount Code', 'Discount Amount', 'Shipping Method'],
    ...['Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Lineitem compare at price'],
    ...['Lineitem sku', 'Lineitem requires shipping', 'Lineitem taxable', 'Lineitem fulfillment status'],
    ...['Lineitem discount', 'Notes', 'Note Attributes', 'Cancelled at', 'Payment Method', 'Payment Reference'],
    ...['Refunded Amount', 'Vendor', 'Outstanding Balance', 'Employee', 'Location', 'Device ID', 'Id', 'Tags'],
    ...['Risk Level', 'Source', 'Phone', 'Receipt Number', 'Duties', 'Billing Province Name', 'Shipping Province Name'],
    ...['Payment ID', 'Payment Terms Name', 'Next Payment Due At', 'Payment References'],
    ...addressOf('Billing'),
    ...addressOf('Shipping'),
    ...[1, 2, 3, 4, 5].flatMap((n) => [`Tax ${n} Name`, `Tax ${n} Value`]),
  ],
  marks: ['Name', 'Email', 'Financial Status', 'Created at', 'Cancelled at', 'Lineitem name', 'Id'],
  gives: { number: 'string', total: 'money', discount_code: 'string', city: 'string', country: 'country' },
  currency: { column: 'Currency' },
  source: {
    ids: 'email',
    rename: {
      Id: 'id',
      Email: 'customer',
      'Created at': 'at',
      Name: 'number',
      Total: 'total',
      'Discount Code': 'discount_code',
      'Shipping City': 'city',
      'Shipping Country': 'country',
    },
    dates: ['YYYY-MM-DD HH:mm:ss Z'],
    where: {
      'Financial Status': ['paid', 'partially_paid', 'partially_refunded', 'pending', 'authorized'],
      'Cancelled at': '',
    },
    unless: { Email: '' },
  },
};

function addressOf(kind: string): string[] {
  const parts = ['Name', 'Street', 'Address1', 'Address2', 'Company', 'City', 'Zip', 'Province', 'Country', 'Phone'];
  return parts.map((part) => `${kind} ${part}`);
}
