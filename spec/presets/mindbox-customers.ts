import { later } from '../words/t.ts';
import { person } from './person.ts';
import type { Preset } from './preset.ts';

/**
 * Mindbox help, exports of customers: the CSV file with the system names of the fields. Columns of subscriptions contain the
 * name of a brand, as CustomerCustomerSubscriptionsShopEmailIsSubscribed, so that no preset can know them.
 */
export const mindboxCustomers: Preset = {
  title: later`Mindbox: customers`,
  holds: 'customers',
  layout: 'table',
  columns: [
    ...['CustomerIdsMindboxId', 'CustomerIdsWebsiteID', 'CustomerFirstName', 'CustomerMiddleName', 'CustomerLastName'],
    ...['CustomerBirthDate', 'CustomerSex', 'CustomerEmail', 'CustomerMobilePhone', 'CustomerPendingEmail'],
    ...['CustomerPendingMobilePhone', 'CustomerIanaTimeZone', 'CustomerTimeZoneSource', 'CustomerAreaName'],
    ...['CustomerAreaIdsExternalId', 'CustomerIsEmailInvalid', 'CustomerIsMobilePhoneInvalid'],
    ...['CustomerIsEmailConfirmed', 'CustomerIsMobilePhoneConfirmed', 'CustomerChangeDateTimeUtc'],
  ],
  marks: ['CustomerIdsMindboxId', 'CustomerEmail', 'CustomerMobilePhone'],
  gives: {
    ...person,
    gender: 'string',
    birthday: 'date',
    timezone: 'timezone',
    region: 'string',
  },
  source: {
    rename: {
      CustomerIdsMindboxId: 'id',
      CustomerEmail: 'email',
      CustomerMobilePhone: 'phone',
      CustomerFirstName: 'first_name',
      CustomerLastName: 'last_name',
      CustomerSex: 'gender',
      CustomerBirthDate: 'birthday',
      CustomerIanaTimeZone: 'timezone',
      CustomerAreaName: 'region',
    },
    dates: ['DD.MM.YYYY'],
  },
};
