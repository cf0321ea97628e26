import { later } from '../words/t.ts';
import type { Preset } from './preset.ts';

/** InSales API, "Orders": the answer of GET /admin/orders.json, as a file. The columns of InSales' CSV file are chosen by each shop. */
export const insalesOrders: Preset = {
  title: later`InSales: orders (API)`,
  holds: 'orders',
  layout: 'json',
  columns: [
    ...['fields_values', 'order_lines', 'order_changes', 'discount', 'shipping_address', 'client', 'discounts'],
    ...[
      'total_price',
      'items_price',
      'id',
      'key',
      'number',
      'comment',
      'archived',
      'delivery_title',
      'delivery_description',
    ],
    ...[
      'delivery_price',
      'full_delivery_price',
      'payment_description',
      'payment_title',
      'first_referer',
      'first_query',
    ],
    ...['first_current_location', 'first_source_domain', 'first_source', 'referer', 'current_location', 'query'],
    ...['source_domain', 'source', 'fulfillment_status', 'custom_status', 'delivered_at', 'accepted_at', 'created_at'],
    ...['updated_at', 'financial_status', 'delivery_date', 'delivery_from_hour', 'delivery_from_minutes', 'paid_at'],
    ...[
      'delivery_to_hour',
      'delivery_to_minutes',
      'delivery_variant_id',
      'payment_gateway_id',
      'margin',
      'currency_code',
    ],
    ...[
      'client_transaction_id',
      'cookies',
      'account_id',
      'manager_comment',
      'locale',
      'delivery_info',
      'responsible_user_id',
    ],
    ...['total_profit', 'warehouse_id', 'coupon'],
  ],
  marks: ['id', 'number', 'client', 'order_lines', 'total_price', 'financial_status', 'fulfillment_status'],
  gives: { number: 'string', total: 'money', items: 'list' },
  currency: { column: 'currency_code', codes: { RUR: 'RUB' } },
  source: {
    rename: {
      id: 'id',
      'client.id': 'customer',
      created_at: 'at',
      number: 'number',
      total_price: 'total',
      order_lines: 'items',
    },
    unless: { fulfillment_status: ['declined', 'returned'], 'client.id': '' },
  },
};
