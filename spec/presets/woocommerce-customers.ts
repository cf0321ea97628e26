import { later } from '../words/t.ts';
import { person } from './person.ts';
import type { Preset } from './preset.ts';

/** WooCommerce REST API Documentation, version wc/v3, "List all customers": the answer, as a file. It has no guests. */
export const woocommerceCustomers: Preset = {
  title: later`WooCommerce: customers (REST API)`,
  holds: 'customers',
  layout: 'json',
  columns: [
    ...[
      'id',
      'date_created',
      'date_created_gmt',
      'date_modified',
      'date_modified_gmt',
      'email',
      'first_name',
      'last_name',
    ],
    ...['role', 'username', 'billing', 'shipping', 'is_paying_customer', 'avatar_url', 'meta_data', '_links'],
  ],
  marks: ['id', 'email', 'first_name', 'role', 'username', 'billing', 'is_paying_customer'],
  gives: {
    ...person,
    city: 'string',
    country: 'country',
  },
  source: {
    ids: 'email',
    rename: {
      email: ['id', 'email'],
      'billing.phone': 'phone',
      first_name: 'first_name',
      last_name: 'last_name',
      'billing.city': 'city',
      'billing.country': 'country',
    },
  },
};
