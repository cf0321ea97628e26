import { later } from '../words/t.ts';
import { person } from './person.ts';
import type { Preset } from './preset.ts';

/** Klaviyo Help Center, "How to export a list or segment to a CSV file". Properties of the shop's own are further columns. */
export const klaviyoProfiles: Preset = {
  title: later`Klaviyo: profiles of a list or segment`,
  holds: 'customers',
  layout: 'table',
  columns: [
    ...[
      'Email',
      'Klaviyo ID',
      'First Name',
      'Last Name',
      'Organization',
      'Title',
      'Phone Number',
      'Address',
      'Address 2',
    ],
    ...['City', 'State / Region', 'Country', 'Zip Code', 'Latitude', 'Longitude', 'Source', 'IP Address'],
    ...['Email Marketing Consent', 'Email Marketing Consent Timestamp', 'Historic Customer Lifetime Value'],
    ...['Total Customer Lifetime Value', 'Predicted Customer Lifetime Value', 'Average Order Value'],
    ...['Historic Number Of Orders', 'First Active', 'Last Active', 'Profile Created On', 'Date Added', 'Last Open'],
    ...['Last Click', 'Average Days Between Orders', 'Email Suppressions'],
  ],
  marks: ['Email', 'Klaviyo ID', 'Email Marketing Consent'],
  gives: {
    ...person,
    city: 'string',
    country: 'country',
    total_spent: 'money',
    orders_count: 'integer',
  },
  consent: [
    { channel: 'email', column: 'Email Marketing Consent', at: 'Email Marketing Consent Timestamp' },
    { channel: 'email', refusal: 'Email Suppressions' },
  ],
  source: {
    ids: 'email',
    rename: {
      Email: ['id', 'email'],
      'Phone Number': 'phone',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      City: 'city',
      Country: 'country',
      'Historic Customer Lifetime Value': 'total_spent',
      'Historic Number Of Orders': 'orders_count',
    },
    unless: { Email: '' },
  },
};
