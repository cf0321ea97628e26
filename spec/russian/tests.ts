import type { Texts } from '../words/language.ts';

/** Findings in tests of campaigns. */
export const texts: Texts = {
  'Name one channel and its template.': 'Укажите один канал и его шаблон.',
  'An expected message': 'Ожидаемое сообщение',
  'The campaign `{0}` never tells `{1}` anything': 'Кампания `{0}` ничего не передаёт в `{1}`',
  'Name a channel that one of its webhook steps uses.': 'Укажите канал, который есть в одном из её шагов `webhook`.',
  'Write `webhook` in its place, and `{0}` in that of the template.':
    'Напишите на этом месте `webhook`, а `{0}` — на месте шаблона.',
  '`{0}` is a webhook, which has no template': '`{0}` — вебхук, шаблона у него нет',
  'The campaign {0} sends nothing by {1}': 'Кампания {0} ничего не отправляет через {1}',
  'The campaign {0} never sends `{1}` by {2}': 'Кампания {0} не отправляет `{1}` через {2}',
  'No message is refused for the reason `{0}`': 'Причины отказа `{0}` нет',
  'Nobody leaves the campaign `{0}` for the reason `{1}`': 'По причине `{1}` из кампании `{0}` никто не выходит',
  'The test has no customer `{0}`': 'В тесте нет клиента `{0}`',
  'Only events may be before the start: they are the history of the customers.':
    'До начала могут быть только события: это история клиентов.',
  'This is before the start of the test': 'Это раньше начала теста',
  'Let it last longer, or take this for earlier.': 'Увеличьте длительность теста или укажите более раннее время.',
  'The test is over by then': 'К этому времени тест уже закончится',
  '{0} says nothing': '{0}: ничего не указано',
  '{0} is about one thing, but here are `{1}` and `{2}`': '{0}: указывают что-то одно, а здесь `{1}` и `{2}`',
  'Make them two lines. {0}': 'Сделайте из них две строки. {0}',
  'An item of `{0}`': 'Элемент списка `{0}`',
  'Write it in quotes.': 'Напишите значение в кавычках.',
  'Write it in quotes: "+79990000000".': 'Напишите номер в кавычках: "+79990000000".',
  'Write a name from the IANA database, as in `Europe/Moscow`.': 'Напишите имя из базы IANA, например `Europe/Moscow`.',
  'Write a language and, if it matters, a country: `ru`, `en-GB`.':
    'Напишите язык и, если важно, страну: `ru`, `en-GB`.',
  'Write the two letters of ISO 3166, as in `RU`.': 'Напишите две буквы по ISO 3166, например `RU`.',
  'Write a whole number.': 'Напишите целое число.',
  'Write a number.': 'Напишите число.',
  'Write a number, not negative, with at most four decimals.':
    'Напишите неотрицательное число, не больше четырёх знаков после запятой.',
  'Write `true` or `false`.': 'Напишите `true` или `false`.',
  'Write a day of the calendar, as in `2026-03-31`.': 'Напишите календарную дату, например `2026-03-31`.',
  'Write `2026-03-31T14:05:00+03:00`, or how far from the start it is, as in `-2d`.':
    'Напишите `2026-03-31T14:05:00+03:00` или расстояние от начала, например `-2d`.',
  'Write a list of maps.': 'Напишите список наборов ключей.',
  '`{0}` is of type {1}, and this is none': '`{0}` имеет тип {1}, такое значение не подходит',
  '`{0}` is of type {1}, and this is {2}': '`{0}` имеет тип {1}, а здесь {2}',
  'The campaign `{0}` has no split `{1}`': 'В кампании `{0}` нет разделения `{1}`',
  'The split `{0}` has no arm `{1}`': 'В разделении `{0}` нет ветки `{1}`',
  'Remove this, or the split’s `sticky: false`.': 'Уберите это или `sticky: false` у разделения.',
  'The split `{0}` draws customers anew each time, so that their arm cannot be chosen':
    'Разделение `{0}` каждый раз распределяет клиентов заново, поэтому ветку нельзя выбрать',
  'Give the customer the attributes and the events that meet it.':
    'Дайте клиенту атрибуты и события, которые отвечают условию.',
  'Keep one of the two, or give one another id.': 'Оставьте одного или дайте другому новый id.',
  'A customer with the id `{0}` is there already': 'Клиент с id `{0}` уже есть',
  '`{0}` is a {1}: customers do not hear of it': '`{0}` ({1}): клиенты по нему ничего не получают',
  'Name a channel that reaches customers.': 'Укажите канал, по которому пишут клиентам.',
  'Name one kind of event, with its fields where they matter.': 'Укажите одно событие и, где важно, его поля.',
  'An event of a test': 'Событие теста',
  'Name one reaction and its channel.': 'Укажите одну реакцию и её канал.',
  'A reaction of a test': 'Реакция в тесте',
  'If the campaign was removed, remove its tests too.': 'Если кампания удалена, удалите и её тесты.',
  'Remove it; the campaign begins by itself, or write `on: { launch: manual }` there.':
    'Уберите его: кампания запускается сама. Либо напишите в ней `on: { launch: manual }`.',
  'The campaign `{0}` is not launched by hand': 'Кампания `{0}` не запускается вручную',
};
