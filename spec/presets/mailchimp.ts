import type { StatedConsent } from '../model/data.ts';
import { later } from '../words/t.ts';
import { person } from './person.ts';
import type { Preset } from './preset.ts';

/**
 * Mailchimp Help, "View or export contacts" and "View unsubscribed contacts": the export of an audience is an archive of one CSV file
 * each for subscribed, unsubscribed and cleaned contacts, whose names begin so. None has a column for the status.
 */
const audience = (title: string, columns: string[], marks: string[], consent: StatedConsent): Preset => ({
  title,
  holds: 'customers',
  layout: 'table',
  columns: [
    ...['Email Address', 'First Name', 'Last Name', 'Address', 'Phone Number', 'Birthday', 'MEMBER_RATING'],
    ...[
      'OPTIN_TIME',
      'OPTIN_IP',
      'CONFIRM_TIME',
      'CONFIRM_IP',
      'LATITUDE',
      'LONGITUDE',
      'GMTOFF',
      'DSTOFF',
      'TIMEZONE',
    ],
    ...['CC', 'REGION', ...columns, 'LEID', 'EUID', 'NOTES', 'TAGS'],
  ],
  marks: ['Email Address', 'MEMBER_RATING', 'LEID', 'EUID', ...marks],
  gives: {
    ...person,
    timezone: 'timezone',
    country: 'country',
    tags: 'string',
  },
  consent: [consent],
  source: {
    ids: 'email',
    rename: {
      'Email Address': ['id', 'email'],
      'Phone Number': 'phone',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      TIMEZONE: 'timezone',
      CC: 'country',
      TAGS: 'tags',
    },
  },
});

export const mailchimpSubscribed = audience(
  later`Mailchimp: subscribed contacts of an audience`,
  ['LAST_CHANGED'],
  ['OPTIN_TIME', 'LAST_CHANGED'],
  {
    channel: 'email',
    always: 'yes',
    at: 'OPTIN_TIME',
  },
);

export const mailchimpUnsubscribed = audience(
  later`Mailchimp: unsubscribed contacts of an audience`,
  ['UNSUB_TIME', 'UNSUB_CAMPAIGN_TITLE', 'UNSUB_CAMPAIGN_ID', 'UNSUB_REASON', 'UNSUB_REASON_OTHER'],
  ['UNSUB_TIME', 'UNSUB_CAMPAIGN_TITLE', 'UNSUB_REASON'],
  { channel: 'email', always: 'no', at: 'UNSUB_TIME' },
);

/** Addresses that bounced. */
export const mailchimpCleaned = audience(
  later`Mailchimp: cleaned contacts of an audience`,
  ['CLEAN_TIME', 'CLEAN_CAMPAIGN_TITLE', 'CLEAN_CAMPAIGN_ID'],
  ['CLEAN_TIME', 'CLEAN_CAMPAIGN_TITLE'],
  { channel: 'email', always: 'no', at: 'CLEAN_TIME' },
);
