import { later } from '../words/t.ts';
import { person } from './person.ts';
import type { Preset } from './preset.ts';

/**
 * Shopify Help Center, "Exporting and importing customers": the customer CSV file. An order of Shopify's export names its customer
 * by e-mail address only, so that is the id here too.
 */
export const shopifyCustomers: Preset = {
  title: later`Shopify: customers`,
  holds: 'customers',
  layout: 'table',
  columns: [
    'Customer ID',
    'First Name',
    'Last Name',
    'Email',
    'Accepts Email Marketing',
    'Default Address Company',
    'Default Address Address1',
    'Default Address Address2',
    'Default Address City',
    'Default Address Province Code',
    'Default Address Country Code',
    'Default Address Zip',
    'Default Address Phone',
    'Phone',
    'Accepts SMS Marketing',
    'Total Spent',
    'Total Orders',
    'Note',
    'Tax Exempt',
    'Tags',
    // Older files, and those that Shopify imports, have these columns.
    ...['Company', 'Address1', 'Address2', 'City', 'Province', 'Province Code', 'Country', 'Country Code', 'Zip'],
  ],
  marks: ['First Name', 'Email', 'Accepts Email Marketing', 'Total Spent', 'Total Orders', 'Tax Exempt'],
  gives: {
    ...person,
    city: 'string',
    country: 'country',
    total_spent: 'money',
    orders_count: 'integer',
    tags: 'string',
  },
  consent: [
    { channel: 'email', column: 'Accepts Email Marketing' },
    { channel: 'sms', column: 'Accepts SMS Marketing' },
  ],
  source: {
    ids: 'email',
    rename: {
      Email: ['id', 'email'],
      Phone: 'phone',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      'Default Address City': 'city',
      'Default Address Country Code': 'country',
      City: 'city',
      'Country Code': 'country',
      'Total Spent': 'total_spent',
      'Total Orders': 'orders_count',
      Tags: 'tags',
    },
    unless: { Email: '' },
  },
};
