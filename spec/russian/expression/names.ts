import type { Texts } from '../../words/language.ts';
import { uncapital } from '../uncapital.ts';

/** Findings about the names and types of conditions and values. */
export const texts: Texts = {
  'Write "avg".': 'Напишите "avg".',
  'Write "sum".': 'Напишите "sum".',
  'Write "min".': 'Напишите "min".',
  'Write "max".': 'Напишите "max".',
  'Write "last".': 'Напишите "last".',
  'Write "first".': 'Напишите "first".',
  'Write "distinct".': 'Напишите "distinct".',
  'Write "count(order_paid) > 0".': 'Напишите "count(order_paid) > 0".',
  'Write "days_until_anniversary(birthday) == 0".': 'Напишите "days_until_anniversary(birthday) == 0".',
  'Write "weekday".': 'Напишите "weekday".',
  'There is no function "{0}".': 'Функции "{0}" нет.',
  'Inside "where" stand the fields of {0} and of the customer.': 'Внутри "where" стоят поля {0} и поля клиента.',
  'An aggregate cannot stand inside another one.': 'Агрегат не может стоять внутри другого агрегата.',
  'Inside "where" stand the fields of {0}, of the event and of the customer.':
    'Внутри "where" стоят поля {0}, поля события и поля клиента.',
  'An aggregate cannot stand inside a question about a list.': 'Агрегат не может стоять внутри вопроса о списке.',
  '"{0}" lacks what it is about.': 'Функции "{0}" не хватает того, о чём она спрашивает.',
  '"{0}" takes one argument.': 'Функция "{0}" принимает один аргумент.',
  'A condition follows "where".': 'Условие пишут после "where".',
  '"event" is one event; an aggregate is about all events of a kind.':
    '"event" — это одно событие, а агрегат говорит обо всех событиях этого вида.',
  '"{0}" is about an event or a field of one.': 'Функция "{0}" говорит о событии или о его поле.',
  'Write it such as {0}({1} where … in last 90 days).': 'Пишите, например, {0}({1} where … in last 90 days).',
  'There is no event "{0}".': 'События "{0}" нет.',
  'Write count({0} where {1}.{2} is not missing), or distinct({3}.{4}).':
    'Напишите count({0} where {1}.{2} is not missing) или distinct({3}.{4}).',
  '"count" counts events, not fields.': 'Функция "count" считает события, а не поля.',
  '"{0}" needs a field of {1}.': 'Функции "{0}" нужно поле события {1}.',
  '"{0}" needs a number, but {1} is {2}.': 'Функции "{0}" нужно число, а тип поля {1} — {2}.',
  '"{0}" needs an order, and {1} has none.': 'Функции "{0}" нужны значения, у которых есть порядок, а здесь {1}.',
  'Such as {0}({1}.{2}).': 'Например, {0}({1}.{2}).',
  'Write it such as {0}({1}).': 'Пишите, например, {0}({1}).',
  '"{0}" lacks its date.': 'Функции "{0}" не хватает даты.',
  '"{0}" takes a date only, without "where" and "in last".':
    'Функция "{0}" принимает только дату, без "where" и "in last".',
  'An instant is a point in time, which is on different dates around the world.':
    'Момент времени в разных местах Земли приходится на разные даты.',
  '"{0}" takes a date, but this is {1}.': 'Функции "{0}" нужна дата, а здесь {1}.',
  'This is {0}, a number is expected.': 'Здесь {0}, а нужно число.',
  'Write for example `today`.': 'Напишите, например, `today`.',
  'Write for example `now`.': 'Напишите, например, `now`.',
  'This is {0}, {1} is expected.': 'Здесь {0}, а ожидается {1}.',
  'All amounts are in {0}; convert it: … {1}.': 'Все суммы — в {0}; пересчитайте эту: … {1}.',
  "This is in {0}, and the project's currency is {1}.": 'Эта сумма в {0}, а валюта проекта — {1}.',
  'This is {0}, a condition is expected.': 'Здесь {0}, а нужно условие.',
  'To compare with several values write "city in ("a", "b")".':
    'Чтобы сравнить с несколькими значениями, напишите "city in ("a", "b")".',
  'Compare it with something: {0}; or ask "… is not missing".':
    'Сравните с чем-нибудь: {0}; или спросите "… is not missing".',
  'This is about the customer, not about a single event.': 'Это о клиенте, а не об отдельном событии.',
  'Put it outside of the parentheses and join it with "and".': 'Вынесите это за скобки и присоедините словом "and".',
  'There is no segment "{0}".': 'Сегмента "{0}" нет.',
  'There is no channel "{0}".': 'Канала "{0}" нет.',
  'A question about a list cannot stand inside another one.':
    'Вопрос о списке не может стоять внутри другого такого вопроса.',
  '"{0}" is not about lists.': 'Функция "{0}" не работает со списками.',
  'Write "count", or for example: {0}.': 'Напишите "count" или, например, {0}.',
  '"all" lacks its condition.': 'После "all" нет условия.',
  '"{0}" means something else already.': 'Имя "{0}" уже означает другое.',
  'Call it otherwise: {0}.': 'Назовите иначе: {0}.',
  'Only a field of type list has items.': 'Элементы есть только у поля типа list.',
  'Only a campaign that an event starts has one. For past events: count(order_paid where any item in …).':
    'Событие есть только у кампании, которая с него начинается. О прошлых событиях: count(order_paid where any item in …).',
  'There is no event here that "event" could stand for.': 'Здесь нет события, которое могло бы обозначать "event".',
  'Ask about them with an aggregate: {0}.': 'Спросите о них агрегатом: {0}.',
  '"{0}" names all events of a kind, not one value.': '"{0}" — это все события этого вида, а не одно значение.',
  'The customer has no field "{0}".': 'У клиента нет поля "{0}".',
  '{0} has no field "{1}".': 'У {0} нет поля "{1}".',
  'A list is {0}.': 'Списки здесь: {0}.',
  'No field there is a list.': 'Списков среди полей нет.',
  '"{0}" is not a list and has no items.': '"{0}" — не список, элементов в нём нет.',
  'Did you mean "{0}.{1}"?': 'Возможно, имелось в виду "{0}.{1}"?',
  'There is no customer attribute "{0}".': 'У клиента нет атрибута "{0}".',
  'Text stands in quotes: "{0}".': 'Текст пишут в кавычках: "{0}".',
  'All customers are ranked, most of whom the event is not about.':
    'Ранжируются все клиенты, а к большинству из них это событие не относится.',
  'Only a campaign that an event starts has one. For past events use an aggregate, such as last(order_paid).':
    'Событие есть только у кампании, которая с него начинается. О прошлых событиях спрашивают агрегатом, например last(order_paid).',
  'Ask about its items, such as: any item in event.items where item.price > 100.':
    'Спросите об элементах, например: any item in event.items where item.price > 100.',
  '"{0}" is a list, not one value.': '"{0}" — это список, а не одно значение.',
  'Ask about a field of it: {0}.{1}.': 'Спросите о поле элемента: {0}.{1}.',
  'Its fields are not declared.': 'Его поля не описаны.',
  '"{0}" is a whole item of a list, not one value.': '"{0}" — это целый элемент списка, а не одно значение.',
  'Ask about them with an aggregate: {0} or {1}.': 'Спросите о них агрегатом: {0} или {1}.',
  'The event that started the campaign: event.{0}.': 'О событии, с которого началась кампания: event.{0}.',
  'Nothing is less or greater among strings.': 'Среди текстов нет большего и меньшего.',
  'Nothing is less or greater among conditions.': 'Среди условий нет большего и меньшего.',
  'They can be compared with "==", "!=" and "in".': 'Их можно сравнить с помощью "==", "!=" и "in".',
  '{0} cannot be compared with {1}.': (one, other) => `Нельзя сравнить разные типы: ${uncapital(one)} и ${other}.`,
  'A number has no quotes: {0}.': 'Число пишут без кавычек: {0}.',
  'Compare it with a number, such as 100.': 'Сравните с числом, например 100.',
  'A date has no quotes: {0}.': 'Дату пишут без кавычек: {0}.',
  '{0} has no quotes: {1}.': '{0} пишется без кавычек: {1}.',
  'A date is a whole day, an instant a point in time. Write an instant: {0}T00:00:00Z.':
    'Дата — это целый день, а момент времени — точка. Напишите момент времени: {0}T00:00:00Z.',
  'A date is a whole day, an instant a point in time. Compare it with a date, such as 2026-03-01.':
    'Дата — это целый день, а момент времени — точка. Сравните с датой, например 2026-03-01.',
  'A point in time that long ago is written "45 days ago".': 'Момент времени столько-то назад пишут "45 days ago".',
  'A duration has a unit: "45 days".': 'У длительности есть единица: "45 days".',
  'A date is moved by whole days.': 'Дату сдвигают на целое число дней.',
  'Such as: birthday - 3 days.': 'Например: birthday - 3 days.',
  '"{0}" cannot join {1} and {2}.': 'Оператор "{0}" не соединяет такие типы: {1} и {2}.',
  'A date is moved by days, such as birthday - 3 days; between two dates is a duration.':
    'Дату сдвигают на дни, например birthday - 3 days; разница двух дат — длительность.',
  'A duration has a unit: now - 45 days.': 'У длительности есть единица: now - 45 days.',
  'Durations are added to durations and to instants.': 'Длительности прибавляют к длительностям и к моментам времени.',
  'Money is added to money, and multiplied or divided by a number.':
    'Деньги складывают с деньгами, а умножают и делят на число.',
  'Strings are only compared.': 'Тексты только сравнивают.',
  'Arithmetic takes numbers, money, durations and instants.':
    'В арифметике участвуют числа, деньги, длительности и моменты времени.',
  '{0} has no negative.': (type) => `У этого типа нет отрицательных значений: ${uncapital(type)}.`,
  'The expression has {0} characters; {1} are the limit.': 'Символов в выражении: {0}; предел — {1}.',
  'Split it into segments and combine them by "in segment".':
    'Разбейте его на сегменты и соедините их с помощью "in segment".',
  'The expression is empty.': 'Выражение пустое.',
  'The expression is nested more than {0} levels deep.': 'Глубина вложенности выражения больше {0}.',
  '"ago" needs a duration with a unit: "45 days ago".': 'Перед "ago" нужна длительность с единицей: "45 days ago".',
  'There is no variable `{0}`.': 'Переменной `{0}` нет.',
  'The items of a list have no time; "in last" is about events.':
    'У элементов списка нет времени; "in last" — о событиях.',
  'A list cannot be asked about a time.': 'О времени список спросить нельзя.',
  '"{0}" holds the Cyrillic letter "{1}", which looks like the Latin "{2}".':
    'В "{0}" есть кириллическая буква "{1}", похожая на латинскую "{2}".',
  'Type "{0}" in Latin letters.': 'Наберите "{0}" латинскими буквами.',
  'Known: {0}.': 'Есть: {0}.',
  'None is declared.': 'Ни одного не описано.',
  'There is no score "{0}".': 'Оценки "{0}" нет.',
  'What the RFM scores count is not said.': 'Не сказано, что считают оценки RFM.',
  'Say it beside the events: data: { rfm: { event: order_paid, value: total, window: 365 days } }.':
    'Укажите это рядом с событиями: data: { rfm: { event: order_paid, value: total, window: 365 days } }.',
  'A sequence is about the customer, not about a single event.':
    'Последовательность — о клиенте, а не об отдельном событии.',
  'Nothing can follow within no time at all.': 'За нулевое время ничего не может последовать.',
  'Count such events: count(viewed where …) > 0; or say what follows: (viewed where …) then order_paid within 2 hours.':
    'Посчитайте такие события: count(viewed where …) > 0; или скажите, что было дальше: (viewed where …) then order_paid within 2 hours.',
  'A condition on an event belongs to an aggregate or to a sequence.':
    'Условие на событие пишут в агрегате или в последовательности.',
  'Join two sequences with "and": a then b within 1 day and b then c within 1 day.':
    'Соедините две последовательности словом "and": a then b within 1 day and b then c within 1 day.',
  'A sequence has two events.': 'В последовательности два события.',
  'Such as: (viewed where viewed.category == "shoes") then not order_paid within 2 hours.':
    'Например: (viewed where viewed.category == "shoes") then not order_paid within 2 hours.',
  'Around "then" stand names of events.': 'По сторонам от "then" стоят имена событий.',
  'A share is above 0% and below 100%, with at most two decimals; this is {0}%.':
    'Доля больше 0% и меньше 100%, не более двух знаков после точки; здесь {0}%.',
  'Such as: {0} 10% by sum(order_paid.total in last 365 days).':
    'Например: {0} 10% by sum(order_paid.total in last 365 days).',
};
