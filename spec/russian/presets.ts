import type { Texts } from '../words/language.ts';

/** Titles of presets. */
export const texts: Texts = {
  '1C-Bitrix: orders (REST API)': '1С-Битрикс: заказы (REST API)',
  '1C-Bitrix: orders (CSV of the list of orders, in Russian)': '1С-Битрикс: заказы (CSV из списка заказов, на русском)',
  'InSales: clients (API)': 'InSales: клиенты (API)',
  'InSales: orders (API)': 'InSales: заказы (API)',
  'Klaviyo: profiles of a list or segment': 'Klaviyo: профили из списка или сегмента',
  'Mailchimp: subscribed contacts of an audience': 'Mailchimp: подписанные контакты аудитории',
  'Mailchimp: unsubscribed contacts of an audience': 'Mailchimp: отписанные контакты аудитории',
  'Mailchimp: cleaned contacts of an audience': 'Mailchimp: контакты аудитории, чьи адреса не принимают почту',
  'Mindbox: customers': 'Mindbox: клиенты',
  'RetailCRM: customers (API v5)': 'RetailCRM: клиенты (API v5)',
  'RetailCRM: orders (API v5)': 'RetailCRM: заказы (API v5)',
  'Shopify: customers': 'Shopify: клиенты',
  'Shopify: orders': 'Shopify: заказы',
  'WooCommerce: customers (REST API)': 'WooCommerce: клиенты (REST API)',
  'WooCommerce: orders (REST API)': 'WooCommerce: заказы (REST API)',
};
