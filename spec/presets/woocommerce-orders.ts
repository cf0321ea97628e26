import { later } from '../words/t.ts';
import type { Preset } from './preset.ts';

/**
 * WooCommerce REST API Documentation, version wc/v3, "List all orders": the answer, as a file. Guests have the customer_id 0, so that
 * an order's customer is its billing e-mail address. WooCommerce's own CSV report of orders names no customer.
 */
export const woocommerceOrders: Preset = {
  title: later`WooCommerce: orders (REST API)`,
  holds: 'orders',
  layout: 'json',
  columns: [
    ...['id', 'parent_id', 'number', 'order_key', 'created_via', 'version', 'status', 'currency', 'date_created'],
    ...['date_created_gmt', 'date_modified', 'date_modified_gmt', 'discount_total', 'discount_tax', 'shipping_total'],
    ...['shipping_tax', 'cart_tax', 'total', 'total_tax', 'prices_include_tax', 'customer_id', 'customer_ip_address'],
    ...['customer_user_agent', 'customer_note', 'billing', 'shipping', 'payment_method', 'payment_method_title'],
    ...[
      'transaction_id',
      'date_paid',
      'date_paid_gmt',
      'date_completed',
      'date_completed_gmt',
      'cart_hash',
      'meta_data',
    ],
    ...['line_items', 'tax_lines', 'shipping_lines', 'fee_lines', 'coupon_lines', 'refunds', 'set_paid', '_links'],
    ...['payment_url', 'is_editable', 'needs_payment', 'needs_processing', 'currency_symbol'],
  ],
  marks: ['id', 'order_key', 'created_via', 'status', 'billing', 'line_items', 'date_created'],
  gives: { number: 'string', total: 'money', city: 'string', country: 'country', items: 'list' },
  currency: { column: 'currency' },
  source: {
    ids: 'email',
    rename: {
      id: 'id',
      'billing.email': 'customer',
      date_created: 'at',
      number: 'number',
      total: 'total',
      'billing.city': 'city',
      'billing.country': 'country',
      line_items: 'items',
    },
    unless: {
      status: ['pending', 'failed', 'cancelled', 'refunded', 'trash', 'checkout-draft', 'auto-draft'],
      'billing.email': '',
    },
  },
};
