import type { Texts } from '../../words/language.ts';

/** Explanations of conditions. */
export const texts: Texts = {
  'The words do not follow each other as in the language of expressions, so that it is not clear what is asked.':
    'Слова идут не в том порядке, что в языке выражений, поэтому непонятно, о чём спрашивают.',
  'The character means nothing here. Often it is a curly quotation mark from a text processor, or a percent sign.':
    'Этот символ здесь ничего не значит. Часто это «фигурная» кавычка из текстового редактора или знак процента.',
  'Text stands between two quotation marks of the same kind. With one missing, the rest of the condition would be text too.':
    'Текст стоит между двумя одинаковыми кавычками. Если одной нет, текстом стал бы и остаток условия.',
  'A parenthesis is opened and never closed, so that it is not clear how far it reaches.':
    'Скобка открыта и не закрыта, поэтому непонятно, докуда она действует.',
  'The sign belongs to another language. Here equality is `==`, inequality `!=`, and conditions are joined by `and`, `or` and `not`.':
    'Этот знак из другого языка. Здесь равенство — `==`, неравенство — `!=`, а условия соединяют словами `and`, `or` и `not`.',
  'The condition is longer or nested more deeply than anybody could read. Give its parts names: each segment is a condition with one.':
    'Условие длиннее или вложено глубже, чем кто-либо смог бы прочитать. Дайте его частям имена: каждый сегмент — это условие с именем.',
  'The number, date or text is written in a way that gives no value: a day that does not exist, or an unknown escape.':
    'Число, дата или текст записаны так, что значения нет: такого дня не существует или неизвестен специальный знак.',
  'A duration is a number and a unit from seconds to weeks. Months and years have no fixed length.':
    'Длительность — это число и единица от секунд до недель. У месяцев и лет нет постоянной длины.',
  'A condition that says nothing would hold for everybody or for nobody, and which of the two is a guess.':
    'Условие, которое ничего не говорит, выполнялось бы для всех или ни для кого — и что из двух, пришлось бы угадывать.',
  'In mathematics `1 < x < 5` is one statement; in most languages it is another one than it looks. Here it is written so that nobody can be mistaken.':
    'В математике `1 < x < 5` — одно утверждение; в большинстве языков оно значит не то, чем кажется. Здесь его пишут так, чтобы ошибиться было нельзя.',
  'A pattern is written out as a text and keeps to what both databases understand in the same way.':
    'Шаблон поиска пишут текстом, и он держится того, что обе базы данных понимают одинаково.',
  'All money of a project is in its one currency; there is no rate by which to convert another one.':
    'Все деньги проекта — в одной валюте; курса, по которому можно было бы пересчитать другую, нет.',
  'Customers have no attribute of this name. Text stands in quotes; without them it is taken for a name.':
    'У клиентов нет атрибута с таким именем. Текст пишут в кавычках; без них он считается именем.',
  'No event of this name is declared, so that there is nothing to count.':
    'Событие с таким именем не описано, поэтому считать нечего.',
  'The event has no field of this name.': 'У события нет поля с таким именем.',
  'There is no segment of this name to be in.': 'Сегмента с таким именем нет.',
  'There is no channel of this name by which somebody could be reached.':
    'Нет канала с таким именем, по которому можно было бы связаться с клиентом.',
  'There is no function of this name.': 'Функции с таким именем нет.',
  'Some letters of the name are Cyrillic ones that look like Latin ones: for the computer it is another name.':
    'Некоторые буквы имени — кириллические и лишь похожи на латинские: для компьютера это другое имя.',
  'Only a campaign that an event starts has an event to speak of. A schedule or a segment brings none.':
    'Событие, о котором можно говорить, есть только у кампании, которая с события начинается. Расписание или сегмент его не дают.',
  'A list has no single value to compare. Ask about its items: whether any, all, or how many of them are so.':
    'У списка нет одного значения, которое можно сравнить. Спросите о его элементах: есть ли такой, все ли такие или сколько их.',
  'An event may have happened many times, so it has no single value. Say which value is meant: a count, a sum, the last one.':
    'Событие могло случиться много раз, поэтому одного значения у него нет. Скажите, какое значение имеется в виду: количество, сумма, последнее.',
  'RFM scores rank customers by their purchases, and it is not said which event is a purchase and what it is worth.':
    'Оценки RFM ранжируют клиентов по покупкам, а здесь не сказано, какое событие считать покупкой и сколько она стоит.',
  'The name given to an item has a meaning already, so that it would not be clear which of the two is meant.':
    'У имени, данного элементу, уже есть значение, и было бы непонятно, что из двух имеется в виду.',
  'No variable of this name is declared, so that there is no value to put there.':
    'Переменная с таким именем не описана, поэтому подставить нечего.',
  'A condition is true or false, and this is a value of another type. Say what is asked about it.':
    'Условие бывает истинным или ложным, а это значение другого типа. Скажите, что о нём спрашивается.',
  'A number is needed here: what a conversion is worth, or by what customers are ranked.':
    'Здесь нужно число: сколько стоит конверсия или по чему ранжируются клиенты.',
  'Values of different types are never equal, nor is one the smaller: the condition would be false for everybody.':
    'Значения разных типов никогда не равны, и ни одно не меньше другого: условие было бы ложным для всех.',
  'There is no order among texts that everybody would agree on: it depends on the language and on the database.':
    'У текстов нет порядка, с которым согласились бы все: он зависит от языка и от базы данных.',
  'The sum or product has no meaning for these types, as in a date plus a number without a unit.':
    'Сумма или произведение для таких типов не имеет смысла — например, дата плюс число без единицы.',
  'The function is about something else than it is given, or is given too much or too little.':
    'Функции передано не то, с чем она работает, или слишком много либо слишком мало.',
  'A question about all events cannot stand inside of another one: for each event it would have to be asked anew.':
    'Вопрос обо всех событиях не может стоять внутри другого такого вопроса: его пришлось бы задавать заново для каждого события.',
  'The function needs a number, or values with an order, and the field holds neither.':
    'Функции нужно число или значения, у которых есть порядок, а в этом поле нет ни того ни другого.',
  'Inside of the question stand the fields of the event. What is about the customer belongs outside.':
    'Внутри вопроса стоят поля события. То, что касается клиента, пишут снаружи.',
  'The test is about texts, and this is a value of another type.':
    'Проверка работает с текстом, а это значение другого типа.',
  'A sequence is two events by name, one after the other, within a time.':
    'Последовательность — это имена двух событий, одного за другим, и время между ними.',
  'A share of all customers lies between nothing and all of them.': 'Доля клиентов больше нуля и меньше всех.',
  'The attribute is a date or an instant, and can be set to nothing else.':
    'Этот атрибут — дата или момент времени, и ничем другим его задать нельзя.',
};
