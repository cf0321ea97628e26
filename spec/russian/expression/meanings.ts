import type { Texts } from '../../words/language.ts';

/** The meaning of the words of conditions. */
export const texts: Texts = {
  'How many such events the customer has.': 'Сколько таких событий у клиента.',
  'The sum of a field over such events; 0 where there are none.': 'Сумма поля по таким событиям; 0, если их нет.',
  'The average of a field over such events; missing where there are none.':
    'Среднее значение поля по таким событиям; отсутствует, если их нет.',
  'The least value of a field among such events; missing where there are none.':
    'Наименьшее значение поля среди таких событий; отсутствует, если их нет.',
  'The greatest value of a field among such events; missing where there are none.':
    'Наибольшее значение поля среди таких событий; отсутствует, если их нет.',
  'The instant of the earliest such event, or its field; missing where there is none.':
    'Время самого раннего такого события или его поле; отсутствует, если событий нет.',
  'The instant of the latest such event, or its field; missing where there is none.':
    'Время самого позднего такого события или его поле; отсутствует, если событий нет.',
  'How many different values a field has among such events.': 'Сколько разных значений у поля среди таких событий.',
  'Whole years up to today, at the customer’s place.': 'Полных лет на сегодня, по часам клиента.',
  'The month, 1 to 12.': 'Месяц, от 1 до 12.',
  'The day of the month, 1 to 31.': 'День месяца, от 1 до 31.',
  'The day of the week, from 1 (Monday) to 7 (Sunday).': 'День недели, от 1 (понедельник) до 7 (воскресенье).',
  'Days to the next time that the date comes round; 0 on the day.':
    'Сколько дней до следующей годовщины; 0 в сам день.',
  'True if the customer has an address for the channel, has consented to it, and is not suppressed.':
    'Истина, если у клиента есть адрес для канала, он дал на него согласие и не в стоп-листе.',
  'True if the customer has consented to the channel and not withdrawn, whatever the address.':
    'Истина, если клиент дал согласие на канал и не отозвал его, каким бы ни был адрес.',
  'Compares numbers, money, dates, instants and durations; false where one of the two is missing.':
    'Сравнивает числа, деньги, даты, моменты времени и длительности; ложь, если одного из двух нет.',
  'Of numbers, money and durations; of an instant or a date and a duration.':
    'Складывает и вычитает числа, деньги и длительности; момент времени или дату — с длительностью.',
  'Of numbers, and of money by a number. Division never rounds; by zero it gives something missing.':
    'Умножает и делит числа, а деньги — на число. Деление никогда не округляет; при делении на ноль значение отсутствует.',
  'True if an event was followed by another one within the time, or was not.':
    'Истина, если после одного события не позже указанного срока было другое, или если его не было.',
  'True where both are.': 'Истина, если верны оба условия.',
  'True where one of the two is, or both.': 'Истина, если верно хотя бы одно из двух.',
  'True where the condition is false, so also where it is false because something is missing.':
    'Истина, если условие ложно, в том числе когда оно ложно из-за отсутствующего значения.',
  'True if the two are equal; false where one is missing.':
    'Истина, если значения равны; ложь, если одного из них нет.',
  'True if the two differ; false where one is missing.':
    'Истина, если значения различаются; ложь, если одного из них нет.',
  'True if the value lies between the two; both ends are inside.':
    'Истина, если значение лежит в промежутке; оба конца входят.',
  'True if the value equals one of these; false where it is missing.':
    'Истина, если значение равно одному из этих; ложь, если его нет.',
  'True if the customer is a member of the segment.': 'Истина, если клиент входит в сегмент.',
  'Only of the events within this time up to now.': 'Только события за этот срок до настоящего момента.',
  'True if there is a value.': 'Истина, если значение есть.',
  'True if the text has this part; case matters.': 'Истина, если в тексте есть эта часть; регистр важен.',
  'True if the text begins with this part; case matters.': 'Истина, если текст так начинается; регистр важен.',
  'True if the text ends with this part; case matters.': 'Истина, если текст так заканчивается; регистр важен.',
  'True if the pattern, a regular expression, is found anywhere in the text.':
    'Истина, если шаблон поиска (регулярное выражение) найден где-либо в тексте.',
  'How long after the first event the second one may be.': 'Как долго после первого события может наступить второе.',
  'Only of those for which the condition holds.': 'Только те, для которых условие выполняется.',
  'True if the condition holds for at least one item of a list.':
    'Истина, если условие верно хотя бы для одного элемента списка.',
  'True if the condition holds for every item of a list; also for an empty one.':
    'Истина, если условие верно для каждого элемента списка; и для пустого.',
  'True if fewer than N % of all customers have a greater value.':
    'Истина, если большее значение — меньше чем у N % всех клиентов.',
  'True if fewer than N % of all customers have a smaller value.':
    'Истина, если меньшее значение — меньше чем у N % всех клиентов.',
  'The instant at which the condition is asked.': 'Момент, в который проверяется условие.',
  'The instant so long before now.': 'Момент времени на столько раньше настоящего.',
  'The date at the customer’s place.': 'Дата на сегодня, по часам клиента.',
  'Holds.': 'Выполняется.',
  'Does not hold.': 'Не выполняется.',
  'The event that this is about: in `exit` and `goal` the one named there, else the one that started the journey.':
    'Событие, о котором речь: в `exit` и `goal` — названное там, в остальных местах — то, с которого началась цепочка.',
  'An attribute of the customer, also where it is called like a word of the language.':
    'Атрибут клиента, даже если он называется как слово языка.',
  'How recent, how many and how great the customer’s purchases are, by three digits from 1 to 5.':
    'Насколько недавни, часты и велики покупки клиента: три цифры от 1 до 5.',
  '1 to 5, 5 for the latest purchases.': 'От 1 до 5; 5 — самые недавние покупки.',
  '1 to 5, 5 for the most purchases.': 'От 1 до 5; 5 — больше всего покупок.',
  '1 to 5, 5 for the greatest sum of their values.': 'От 1 до 5; 5 — самая большая сумма покупок.',
};
