import type { Texts } from '../../spec/words/language.ts';

/** The numbers of a shop. */
export const texts: Texts = {
  'Show the numbers of the shop: orders, LTV, retention, cohorts, RFM, funnels, deliverability.':
    'Показать показатели магазина: заказы, LTV, удержание, когорты, RFM, воронки, доставляемость.',
  'The beginning of the time; default: 365 days ago.': 'Начало периода; по умолчанию 365 дней назад.',
  'Its end; default: now.': 'Его конец; по умолчанию сейчас.',
  'Only of the customers who are in this segment now.': 'Только по клиентам, которые сейчас в этом сегменте.',
  'Also for each value of an attribute of customers, such as the source of traffic.':
    'Ещё и по каждому значению атрибута клиентов, например по источнику трафика.',
  'Also how many customers come from event to event, as in visited,order_paid.':
    'Ещё и сколько клиентов доходит от события к событию, например visited,order_paid.',
  'The time from the first event of the funnel to the last; default: 7 days.':
    'Время от первого события воронки до последнего; по умолчанию 7 дней.',
  'Also write what each customer is expected to do, as events that a project can read.':
    'Ещё и записать прогноз по каждому клиенту — как события, которые может читать проект.',
  'for segments by what is expected of customers': 'для сегментов по прогнозам',
  'Leave --predictions out until more have.': 'Пока их мало, уберите --predictions.',
  "{0} of customers: {1}. It is customers' data: keep it to yourself.":
    '{0} по клиентам: {1}. Это данные клиентов: никому их не передавайте.',
  'text; json, as --json; csv, a line for each number; markdown; or html, a page with charts.':
    'text; json, как --json; csv — строка на каждое число; markdown; или html — страница с графиками.',
  'the last 365 days': 'последние 365 дней',
  'of a segment, and for each source of traffic': 'по сегменту и по каждому источнику трафика',
  'with the way to the order': 'вместе с путём до заказа',
  'The project does not say which events are orders.': 'В проекте не сказано, какие события — заказы.',
  'Say it beside the events, data: { rfm: { event: {0}, value: {1} } }, and `crm apply`: what runs stays as it is.':
    'Укажите это рядом с событиями, data: { rfm: { event: {0}, value: {1} } }, и выполните `crm apply`: то, что работает, не изменится.',
  'The attribute "{0}" is personal data, or has a value for each customer.':
    'Атрибут «{0}» — персональные данные, или у каждого клиента он свой.',
  'Customers have no attribute "{0}".': 'У клиентов нет атрибута «{0}».',
  '--within is the time of a funnel.': '--within — это время воронки.',
  'Add --funnel with the names of events.': 'Добавьте --funnel с названиями событий.',
  'A funnel has at least two kinds of events, all different: "{0}".':
    'В воронке не меньше двух видов событий, все разные: «{0}».',
  'Write the first first, as in --funnel visited,cart_updated,order_paid.':
    'Начните с первого, например --funnel visited,cart_updated,order_paid.',
  '--within is not a duration: "{0}".': '--within — не длительность: «{0}».',
  'Write 7d, 12h or 30m.': 'Напишите 7d, 12h или 30m.',
  'Numbers of {0}: {1} to {2} ({3})': 'Показатели {0}: с {1} до {2} ({3})',
  'Orders are the events {0}, worth {1}.': 'Заказы — события {0}, их сумма — {1}.',
  'Orders are the events {0}, worth {1}, of those who are in the segment {2} now.':
    'Заказы — события {0}, их сумма — {1}; только по тем, кто сейчас в сегменте {2}.',
  Orders: 'Заказы',
  'What a customer is worth': 'Сколько стоит клиент',
  'By {0}': 'По {0}',
  'By month': 'По месяцам',
  buyers: 'покупатели',
  new: 'новые',
  orders: 'заказы',
  'average order': 'средний чек',
  'new customers': 'новые клиенты',
  'orders of a buyer': 'заказов на покупателя',
  'revenue of a buyer': 'выручка на покупателя',
  'days between two orders': 'дней между двумя заказами',
  'retention: buyers with more than one order': 'удержание: покупатели, у которых больше одного заказа',
  'churn: earlier buyers who did not buy': 'отток: прежние покупатели, которые не купили',
  'orders a year': 'заказов в год',
  'years since the first order': 'лет с первого заказа',
  'LTV so far, the product of the three': 'LTV на сегодня — произведение трёх строк',
  'cost of messages': 'стоимость сообщений',
  'CAC: cost of messages ÷ new customers': 'CAC: стоимость сообщений ÷ новые клиенты',
  'CAC has only the prices of messages: neither advertising nor work nor discounts.':
    'В CAC только цены сообщений: без рекламы, работы и скидок.',
  retention: 'удержание',
  'LTV so far': 'LTV на сегодня',
  '{0} other values': 'другие значения: {0}',
  'no value': 'без значения',
  'of those before': 'от предыдущих',
  'of the first': 'от первых',
  'of those before, with 95% confidence': 'от предыдущих, с уверенностью 95 %',
  Funnel: 'Воронка',
  'Messages by channel': 'Сообщения по каналам',
  'Messages by {0} and channel': 'Сообщения по {0} и каналам',
  'There is no order before the end of this time, and no message.':
    'До конца этого периода нет ни заказов, ни сообщений.',
  'There is no order before the end of this time.': 'До конца этого периода нет заказов.',
  'Nobody ordered in this time: choose an earlier --from.':
    'За это время никто не заказывал: выберите более раннее --from.',
  'Months are whole ones of the calendar; the last is counted until {0}.':
    'Месяцы — целые календарные; последний считается до {0}.',
  'A funnel counts customers, each once, who came so far within {0}.':
    'Воронка считает клиентов, каждого один раз, дошедших до шага за отведённое время: {0}.',
  'Those who began after {0} may still come further.': 'Те, кто начал после {0}, ещё могут пройти дальше.',
  'No message was sent in this time.': 'За это время не отправлено ни одного сообщения.',
  'first order in': 'первый заказ',
  'Cohorts: the share that orders, by months since the first order':
    'Когорты: доля заказавших по месяцам с первого заказа',
  'Cohorts: what one customer has spent so far, in {0}, by months since the first order':
    'Когорты: сколько потратил один клиент, {0}, по месяцам с первого заказа',
  'recency {0}': 'давность {0}',
  'frequency {0}': 'частота {0}',
  'RFM: customers by recency and frequency of their orders in {0} days':
    'RFM: клиенты по давности и частоте заказов, дней: {0}',
  'RFM groups': 'Группы RFM',
  group: 'группа',
  scores: 'оценки',
  'Moves between the groups from {0} to {1}': 'Переходы между группами с {0} до {1}',
  from: 'из',
  champions: 'чемпионы',
  promising: 'перспективные',
  loyal: 'лояльные',
  cooling: 'остывают',
  'at risk': 'под угрозой',
  asleep: 'спят',
  'no orders': 'нет заказов',
  'What is expected of customers in the next {0}': 'Чего ждать от клиентов: {0}',
  'have bought': 'покупали',
  'still buy': 'ещё покупают',
  purchases: 'покупки',
  'How often they buy is by BG/NBD (r {0}, α {1}, a {2}, b {3}; weeks), fitted to {4}. A purchase is a day with orders; who has bought once counts as still buying.':
    'Как часто покупают — по BG/NBD (r {0}, α {1}, a {2}, b {3}; недели), данные: {4}. Покупка — день с заказами; кто купил один раз, считается ещё покупающим.',
  'What a purchase is worth is by Gamma-Gamma (p {0}, q {1}, γ {2}).':
    'Сумма покупки — по Gamma-Gamma (p {0}, q {1}, γ {2}).',
  'Too few customers have bought again to predict anything.': 'Слишком мало клиентов купили повторно, прогноза нет.',
  churn: 'отток',
  'LTV of the next year': 'LTV на год вперёд',
  Cohorts: 'Когорты',
  'Retention by months since the first order, with 95% confidence':
    'Удержание по месяцам с первого заказа, с уверенностью 95 %',
  'Retention by {0}, with 95% confidence': 'Удержание по {0}, с уверенностью 95 %',
  'RFM: customers by recency and frequency': 'RFM: клиенты по давности и частоте',
  'Revenue by month': 'Выручка по месяцам',
  'Orders by month': 'Заказы по месяцам',
  'New customers by month': 'Новые клиенты по месяцам',
};
