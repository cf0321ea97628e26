import { later } from '../words/t.ts';
import { person } from './person.ts';
import type { Preset } from './preset.ts';

/** RetailCRM developer documentation, API v5, "GET /api/v5/customers": the answer, as a file. */
export const retailcrmCustomers: Preset = {
  title: later`RetailCRM: customers (API v5)`,
  holds: 'customers',
  layout: 'json',
  columns: [
    ...[
      'type',
      'id',
      'externalId',
      'isContact',
      'createdAt',
      'managerId',
      'vip',
      'bad',
      'browserId',
      'site',
      'contragent',
    ],
    ...['tags', 'avgMarginSumm', 'marginSumm', 'totalSumm', 'averageSumm', 'ordersCount', 'costSumm', 'customFields'],
    ...['personalDiscount', 'cumulativeDiscount', 'discountCardNumber', 'firstClientId', 'lastClientId', 'address'],
    ...['segments', 'maturationTime', 'firstName', 'lastName', 'patronymic', 'sex', 'presumableSex', 'email', 'phones'],
    ...['emailMarketingUnsubscribedAt', 'birthday', 'source', 'photoUrl', 'mgCustomerId', 'mgCustomers', 'subscribed'],
  ],
  marks: ['id', 'createdAt', 'firstName', 'phones', 'ordersCount', 'contragent'],
  gives: {
    ...person,
    gender: 'string',
    birthday: 'date',
    city: 'string',
    country: 'country',
    total_spent: 'money',
    orders_count: 'integer',
  },
  consent: [{ channel: 'email', refusal: 'emailMarketingUnsubscribedAt', at: 'emailMarketingUnsubscribedAt' }],
  source: {
    rename: {
      id: 'id',
      email: 'email',
      'phones.1.number': 'phone',
      firstName: 'first_name',
      lastName: 'last_name',
      sex: 'gender',
      birthday: 'birthday',
      'address.city': 'city',
      'address.countryIso': 'country',
      totalSumm: 'total_spent',
      ordersCount: 'orders_count',
    },
  },
};

/** RetailCRM developer documentation, API v5, "GET /api/v5/orders": the answer, as a file. The statuses are those of the group Cancel in a new account. */
export const retailcrmOrders: Preset = {
  title: later`RetailCRM: orders (API v5)`,
  holds: 'orders',
  layout: 'json',
  columns: [
    ...[
      'bonusesCreditTotal',
      'bonusesChargeTotal',
      'summ',
      'currency',
      'id',
      'slug',
      'number',
      'externalId',
      'orderType',
    ],
    ...[
      'orderMethod',
      'privilegeType',
      'countryIso',
      'createdAt',
      'statusUpdatedAt',
      'discountManualAmount',
      'totalSumm',
    ],
    ...['discountManualPercent', 'prepaySum', 'purchaseSumm', 'personalDiscountPercent', 'loyaltyAccount', 'mark'],
    ...[
      'loyaltyLevel',
      'loyaltyEventDiscount',
      'markDatetime',
      'lastName',
      'firstName',
      'patronymic',
      'phone',
      'email',
    ],
    ...['additionalPhone', 'call', 'expired', 'customerComment', 'managerComment', 'managerId', 'customer', 'contact'],
    ...['company', 'contragent', 'delivery', 'marketplace', 'site', 'status', 'statusComment', 'source', 'items'],
    ...['fullPaidAt', 'payments', 'links', 'fromApi', 'weight', 'length', 'width', 'height', 'shipmentStore'],
    ...['shipmentDate', 'shipped', 'dialogId', 'customFields', 'clientId', 'loyaltyEventId', 'applyRound'],
  ],
  marks: ['id', 'number', 'orderMethod', 'createdAt', 'totalSumm', 'customer', 'status', 'items'],
  gives: { number: 'string', total: 'money' },
  currency: { column: 'currency' },
  source: {
    rename: { id: 'id', 'customer.id': 'customer', createdAt: 'at', number: 'number', totalSumm: 'total' },
    unless: {
      status: [
        ...['no-call', 'no-product', 'already-buyed', 'delyvery-did-not-suit', 'prices-did-not-suit', 'cancel-other'],
        'return',
      ],
      'customer.id': '',
    },
  },
};
