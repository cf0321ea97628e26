import type { FieldType } from '../../../spec/model/data.ts';
import { headerWords } from './names.ts';

/** A kind of column that shops have, by its name in the model. */
export interface Concept {
  name: string;
  /** The type that its values have, if they can be read so. */
  type?: FieldType;
  /** Personal data. */
  pii?: true;
}

type Entry = [name: string, header: string, more?: Omit<Concept, 'name'>];

const pii = true as const;

/** The concepts in the order in which they are tried, the narrower first. Each header is a pattern of whole words. */
const entries: Entry[] = [
  [
    'refusal',
    'отпис\\p{L}*|отказ\\p{L}* от (?:рассыл|подписк|согласи|получени|смс|sms|email|e mail|писем|уведомлени)\\p{L}*|(?:отзыв\\p{L}*|отозван\\p{L}*)(?: согласи\\p{L}*)|не (?:присылать|отправлять|слать|писать|звонить|беспокоить|получать|подпис\\p{L}*|соглас\\p{L}*)|без рассыл\\p{L}*|unsub(?:scri\\p{L}*)?|opt(?:ed)? ?out|do ?n[o ]t (?:contact|e ?mail|mail|call|send|text|market)|not subscribed|no (?:e ?mails?|sms|texts?|marketing|newsletters?|mailings?)|(?:withdr[ae]wn?|revoked) consent|consent (?:withdr[ae]wn?|revoked)',
  ],
  [
    'consent',
    'соглас\\p{L}*|подпис\\p{L}*|рассылк\\p{L}*|accepts|opt ?in|newsletter|subscri(?:bed|ption)|consent|marketing',
  ],
  [
    'birthday',
    'дата рождения|день рождения|рождени\\p{L}*|д ?р|birth ?day|birth ?date|date of birth|dob|bday|born',
    { pii },
  ],
  [
    'registered_at',
    '(?:дата )?регистрации|зарегистрирован\\p{L}*|(?:date )?(?:registered|registration|sign ?up|signed up|joined)(?: at| on| date| time)?|customer since',
  ],
  ['last_order_at', 'последн\\p{L}* (?:заказ\\p{L}*|покупк\\p{L}*)|last (?:order|purchase)(?: at| on| date)?'],
  ['first_order_at', 'перв\\p{L}* (?:заказ\\p{L}*|покупк\\p{L}*)|first (?:order|purchase)(?: at| on| date)?'],
  [
    'last_visit',
    'последн\\p{L}* (?:визит\\p{L}*|вход\\p{L}*|посещени\\p{L}*)|last (?:visit|login|seen)(?: at| on| date)?',
  ],
  ['email', 'e ?mail|почта|почты|(?:электронная|эл) почта|имейл|мейл', { type: 'email' }],
  ['phone', 'телефон\\p{L}*|тел|моб\\p{L}*|phone|mobile|cell|telephone|msisdn', { type: 'phone' }],
  [
    'full_name',
    'фио|ф и о|полное имя|full name|имя и фамилия|фамилия имя(?: отчество)?|customer name|имя клиента|имя покупателя',
    { pii },
  ],
  ['first_name', 'first ?name|given name', { pii }],
  ['last_name', 'фамилия|last ?name|surname|family name', { pii }],
  ['middle_name', 'отчество|middle ?name|patronymic', { pii }],
  [
    'orders_count',
    '(?:количество|число|кол во) (?:заказов|покупок)|orders count|order count|number of orders|total orders|orders',
  ],
  [
    'total_spent',
    '(?:общая )?сумма (?:заказов|покупок)|total spent|lifetime value|ltv|потрачено|выкуп',
    { type: 'money' },
  ],
  [
    'customer',
    '(?:id|код|номер|ид) (?:клиента|покупателя|пользователя|заказчика)|(?:клиент|покупатель|заказчик|пользователь)(?: id| код)?|контрагент|(?:customer|client|user|buyer|member|contact)(?: id| no| number| code)?',
  ],
  [
    'order',
    '(?:номер|id|код|ид) (?:заказа|чека)|заказ|чек|order(?: id| no| number| name)?|transaction(?: id)?|receipt|invoice',
  ],
  ['status', 'статус(?: заказа| оплаты)?|состояние|(?:order |payment |financial )?status'],
  ['city', 'город|населенный пункт|city|town'],
  ['region', 'область|регион|region|state|province|край'],
  ['country', 'страна|country(?: code)?', { type: 'country' }],
  ['postcode', '(?:почтовый )?индекс|zip|post ?code|postal code', { pii }],
  ['address', 'адрес\\p{L}*|address\\d*|street|улица|дом|квартира', { pii }],
  ['timezone', 'часовой пояс|time ?zone|tz', { type: 'timezone' }],
  ['locale', 'язык|language|locale|lang', { type: 'locale' }],
  ['gender', 'пол|gender|sex'],
  [
    'shipping',
    '(?:стоимость|цена|сумма) доставки|shipping(?: cost| price)?|delivery (?:cost|price)',
    { type: 'money' },
  ],
  ['discount', '(?:сумма )?скидк\\p{L}*|discount(?: amount)?'],
  ['tax', 'налог|ндс|tax(?:es)?', { type: 'money' }],
  ['items_count', '(?:количество|кол во|число)(?: товаров| позиций)?|шт|qty|quantity|items(?: count)?|item count'],
  ['coupon', 'промокод|купон|coupon|promo ?code|discount code|voucher'],
  ['payment_method', '(?:способ|метод|тип) оплаты|payment(?: method| type)?'],
  ['delivery_method', '(?:способ|метод|тип) доставки|доставка|(?:shipping|delivery) method'],
  ['currency', 'валюта|currency'],
  ['price', 'цена|price|unit price', { type: 'money' }],
  [
    'total',
    'сумма(?: заказа| покупки| к оплате| чека)?|итого|итог|стоимость|к оплате|total(?: price| amount| sum)?|grand total|order total|amount|revenue|sum',
    { type: 'money' },
  ],
  ['bonus_points', 'бонус\\p{L}*|баллы|баллов|баланс|points|bonus(?:es)?|loyalty points'],
  [
    'card_number',
    '(?:номер )?(?:дисконтной |бонусной )?карт\\p{L}*|(?:loyalty |discount )?card(?: number| no)?',
    { pii },
  ],
  ['channel', 'канал\\p{L}*|channel'],
  ['reason', 'причина|reason'],
  ['source', 'источник|(?:utm )?source|referrer'],
  ['sku', 'артикул|код товара|sku|vendor code|product (?:id|code)'],
  ['category', 'категория|category'],
  ['brand', 'бренд|brand'],
  ['product', 'товар\\p{L}*|product(?: name)?|наименование|название|item'],
  ['comment', 'комментари\\p{L}*|примечани\\p{L}*|comments?|notes?', { pii }],
  ['company', 'компания|организация|company'],
  ['manager', 'менеджер|manager'],
  ['tags', 'теги|метки|tags'],
  ['level', 'уровень|статус клиента|tier|level'],
  ['age', 'возраст|age'],
  ['name', 'имя|name', { pii }],
  [
    'at',
    'дата(?: и время)?(?: заказа| покупки| оплаты| создания| события| оформления)?|время|создан\\p{L}*|оформлен\\p{L}*|date|time|date ?time|timestamp|when|at|created|ordered|purchased|paid|processed|(?:order|purchase|payment|creation|created) (?:date|time|at)|date (?:created|ordered)|(?:created|ordered|purchased|paid|processed|placed) (?:at|on)|(?!consent|subscri|opt|newsletter)[a-z]+ (?:at|date|time)|дата (?!соглас|подпис|отпис)\\p{L}+',
  ],
  ['id', 'id|ид|код|uid|uuid|guid|номер|no|number'],
];

const concepts = entries.map(([name, header, more = {}]) => ({
  concept: { name, ...more },
  whole: new RegExp(`^(?:${header})$`, 'u'),
  part: new RegExp(`(?:^| )(?:${header})(?: |$)`, 'u'),
}));

/** The concepts that hold for a header of which they are only a part. */
const inPart = [
  'consent',
  'birthday',
  'registered_at',
  'last_order_at',
  'first_order_at',
  'last_visit',
  'email',
  'phone',
  'full_name',
];

/** Returns the kind of column that a header names. */
export function conceptOf(header: string): Concept | undefined {
  const words = headerWords(header.split('.').at(-1) ?? header);
  const full = headerWords(header);
  // A column of refusals that is taken for one of consent or of times would be a grant.
  const refusal = concepts.find(({ concept, part }) => concept.name === 'refusal' && part.test(full));
  if (refusal) return refusal.concept;
  for (const { concept, whole } of concepts) if (whole.test(full) || whole.test(words)) return concept;
  return concepts.find(({ concept, part }) => inPart.includes(concept.name) && part.test(full))?.concept;
}
