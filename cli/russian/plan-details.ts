import type { Texts } from '../../spec/words/language.ts';

/** Views of what a forecast tells beside its sums. */
export const texts: Texts = {
  'customers with messages: {0}; with messages of several campaigns: {1}':
    'клиентов с сообщениями: {0}; с сообщениями нескольких кампаний: {1}',
  'in common: {0}': 'общие: {0}',
  '{0} and {1} {2}': '{0} и {1} {2}',
  'messages not sent: {0}': 'сообщений не отправлено: {0}',
  'other reasons: {0}{1}': 'другие причины: {0}{1}',
  'busiest hour: {0}': 'самый загруженный час: {0}',
  '! {0}: its rate lets {1} messages leave in an hour, and the busiest hour has {2}':
    '! {0}: по его rate за час уходит сообщений: {1}, а в самый загруженный час их {2}',
  '{0}: {1} enter by the change, {2} leave': '{0}: из-за изменения войдут {1}, выйдут {2}',
  '{0}; it reaches {1}': '{0}; касается: {1}',
  Experiments: 'Эксперименты',
  '{0}: how many customers reach the goal is not known, since nobody has been followed for its whole time':
    '{0}: какая доля клиентов достигает цели, неизвестно: ни за кем не следили всё её время',
  '{0}: about {1} a day, of whom {2} reach the goal; too few for a rise by 10% to be seen within two years':
    '{0}: {1} в день, цели достигают {2}; этого мало, чтобы прирост на 10% стал виден за два года',
  '{0}: about {1} a day, of whom {2} reach the goal; a rise by 10% is not seen within two years, one by {3} after 28 days':
    '{0}: {1} в день, цели достигают {2}; прирост на 10% не виден и за два года, прирост на {3} виден через 28 дней',
  '{0}: about {1} a day, of whom {2} reach the goal; a rise by 10% is seen after about {3}, and none after 28 days':
    '{0}: {1} в день, цели достигают {2}; прирост на 10% виден примерно через {3}, а через 28 дней не виден никакой',
  '{0}: about {1} a day, of whom {2} reach the goal; a rise by 10% is seen after about {3}, one by {4} after 28 days':
    '{0}: {1} в день, цели достигают {2}; прирост на 10% виден примерно через {3}, прирост на {4} — через 28 дней',
  'Messages by step, where they change': 'Сообщения по шагам, где они меняются',
  '… and {0}': '… и {0}',
  'Only this campaign is shown. Show all': 'Показана только эта кампания. Показать все',
  'not sent, because': 'не отправлено, потому что',
  'Messages by day': 'Сообщения по дням',
  'Messages of {0} by day': 'Сообщения кампании {0} по дням',
  '{0} by hour': '{0} по часам',
  'rate: {0} in an hour': 'rate: {0} за час',
  'the same as a page, with charts': 'то же как страница с диаграммами',
  'Messages that change': 'Сообщения, которые меняются',
  'With sample values, not those of customers. Pictures are not loaded.':
    'С примерными значениями, а не с данными клиентов. Картинки не загружаются.',
  '{0}, locale {1}': '{0}, язык {1}',
  '{0}{1} in {2}': '{0}{1} за {2}',
  'which is new: {0}': 'новое: {0}',
  '{0} in {1}{2} of {3}': '{0} в {1}{2} из {3}',
  'missing, and read by the template: {0}': 'нет значений, которые читает шаблон: {0}',
  'The plan has them all: crm plan --format markdown': 'В плане они все: crm plan --format markdown',
  '{0} is missing': 'Нет значения {0}',
  '{0} reads {1}, which is missing in {2}{3} of {4} messages in 7 days.':
    '{0} читает {1}, а этого значения нет в {2}{3} из {4} сообщений за 7 дней.',
  'More messages than channel {0} may send': 'Сообщений больше, чем может отправить канал {0}',
  'Its rate lets {0} messages leave in an hour, and the busiest hour has {1}: they leave later.':
    'По его rate за час уходит сообщений: {0}, а в самый загруженный час их {1}: они уйдут позже.',
  'messages in 7 days by {0}: {1}': 'сообщений за 7 дней по каналу {0}: {1}',
  'messages in 7 days: {0}': 'сообщений за 7 дней: {0}',
  'cost in 7 days: {0}': 'стоимость за 7 дней: {0}',
  'enter within 7 days: {0}': 'войдут за 7 дней: {0}',
  "{0} with their customers: {1}. It is customers' data: keep it to yourself.":
    '{0} с их клиентами: {1}. Это данные клиентов: никому их не передавайте.',
  "Write who would get what, when and by which channel, as CSV; it is customers' data.":
    'Записать в CSV, кто что получит, когда и по какому каналу; это данные клиентов.',
  '--customers names everybody who would get a message, and with --sample only some are simulated.':
    '--customers называет всех, кто получит сообщения, а с --sample моделируются лишь некоторые.',
  'Leave out one of them.': 'Уберите одно из двух.',
  'New resources are only named here: --json and --format html show them in full.':
    'Новое здесь только названо: целиком его показывают --json и --format html.',
  Campaigns: 'Кампании',
  'Other changes': 'Другие изменения',
  'Sizes, entering and leaving': 'Размеры, входы и выходы',
  'Made {0}; plan {1}.': 'Составлен {0}; план {1}.',
};
