import type { Preset } from './preset.ts';

/**
 * 1C-Bitrix, REST documentation, "sale.order.list": `result` of the answer, as a file. The CSV file of the list of orders
 * names a customer only by a text such as `[15] Anna Sokolova (anna)`.
 */
export const bitrixOrders: Preset = {
  title: '1C-Bitrix: orders (REST API)',
  holds: 'orders',
  layout: 'json',
  columns: [
    ...['id', 'accountNumber', 'additionalInfo', 'affiliateId', 'canceled', 'comments', 'companyId', 'currency'],
    ...[
      'dateCanceled',
      'dateInsert',
      'dateLock',
      'dateMarked',
      'dateStatus',
      'dateUpdate',
      'deducted',
      'discountValue',
    ],
    ...[
      'empCanceledId',
      'empMarkedId',
      'empStatusId',
      'externalOrder',
      'id1c',
      'lid',
      'lockedBy',
      'marked',
      'orderTopic',
    ],
    ...['payed', 'personTypeId', 'personTypeXmlId', 'price', 'reasonCanceled', 'reasonMarked', 'recountFlag'],
    ...[
      'recurringId',
      'responsibleId',
      'statusId',
      'statusXmlId',
      'taxValue',
      'updated1c',
      'userDescription',
      'userId',
    ],
    ...['version', 'version1c', 'xmlId'],
  ],
  marks: ['id', 'accountNumber', 'canceled', 'dateInsert', 'price', 'statusId', 'userId'],
  gives: { number: 'string', total: 'money' },
  currency: { column: 'currency' },
  source: {
    rename: { id: 'id', userId: 'customer', dateInsert: 'at', accountNumber: 'number', price: 'total' },
    unless: { canceled: 'Y', userId: ['', '0'] },
  },
};
