import { later } from '../words/t.ts';
import type { Preset } from './preset.ts';

/** 1C-Bitrix, REST documentation, "sale.order.list": `result` of the answer, as a file. */
export const bitrixOrders: Preset = {
  title: later`1C-Bitrix: orders (REST API)`,
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

/**
 * 1C-Bitrix, the export of the list of orders to CSV (`data.csv`), with the fields that are shown in the list, and `Код заказа`,
 * `Покупатель`, `Сумма` and `Отменен` among them. A buyer is `[31] Name (login)`; a flag is followed by the time of its change.
 */
export const bitrixOrdersCsv: Preset = {
  title: later`1C-Bitrix: orders (CSV of the list of orders, in Russian)`,
  holds: 'orders',
  layout: 'table',
  columns: [
    ...['ID', 'Дата заказа', 'Сайт', 'Тип плательщика', 'Оплачен', 'Дата оплаты', 'Номер п/п', 'Дата п/п'],
    ...['Номер д/о', 'Дата д/о', 'Отменен', 'Отгружен', 'Проблема с заказом', 'Статус', 'Стоимость доставки'],
    ...['Доставка разреш.', 'Сумма', 'Оплачено', 'Покупатель', 'Платежная система', 'Служба доставки'],
    ...['Дата изменения', 'Оплата ПС', 'Статус оплаты ПС', 'Сумма ПС', 'Налог', 'Позиции', 'Аффилиат'],
  ],
  marks: ['ID', 'Дата заказа', 'Покупатель', 'Сумма', 'Отменен'],
  gives: { number: 'string', total: 'money' },
  source: {
    rename: { ID: ['id', 'number'], 'Дата заказа': 'at', Покупатель: 'customer', Сумма: 'total' },
    dates: ['DD.MM.YYYY HH:mm:ss', 'DD.MM.YYYY'],
    decimal: '.',
    fields: { customer: { between: ['[', ']'] } },
    where: { Отменен: 'Нет*' },
    unless: { Покупатель: ['', '[0]*'] },
  },
};
