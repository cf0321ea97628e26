import type { Texts } from '../../words/language.ts';

/** Findings about patterns and durations. */
export const texts: Texts = {
  'The pattern has {0} characters; {1} are the limit.': 'Символов в шаблоне поиска: {0}; предел — {1}.',
  'The pattern comes to more than {0} characters when its repetitions are written out.':
    'Если раскрыть повторения, в шаблоне поиска больше {0} символов.',
  '")" closes nothing': '")" ничего не закрывает',
  'For the character itself write \\).': 'Сам этот символ пишут так: \\).',
  'it is empty': 'он пустой',
  'an alternative or a group is empty': 'один из вариантов или одна из групп пусты',
  '"^" and "$" cannot be repeated': '"^" и "$" нельзя повторять',
  'lazy and possessive repetition make no difference here': 'ленивое и сверхжадное повторение здесь ничего не меняют',
  'Remove the second sign.': 'Уберите второй знак.',
  'a repetition cannot be repeated': 'повторение нельзя повторять',
  'Put the first one into a group: (?:a+)*.': 'Заключите первое в группу: (?:a+)*.',
  '"{" begins a count such as {2} or {1,3}': '"{" начинает число повторений, например {2} или {1,3}',
  'For the character itself write \\{.': 'Сам этот символ пишут так: \\{.',
  'counts go up to {0}': 'число повторений — не больше {0}',
  'the count {0} ends before it begins': 'число повторений {0} заканчивается раньше, чем начинается',
  '"{0}" has nothing to repeat': '"{0}" нечего повторять',
  'For the character itself write \\{0}.': 'Сам этот символ пишут так: \\{0}.',
  'looking ahead and behind of groups are not available': 'групп с просмотром вперёд и назад нет',
  'flags and names of groups are not available': 'групп с флагами и именами нет',
  'A group is (…) or (?:…).': 'Группа — это (…) или (?:…).',
  'groups are nested more than {0} deep': 'глубина вложенности групп больше {0}',
  '"(" is never closed': '"(" не закрыта',
  'For the character itself write \\(.': 'Сам этот символ пишут так: \\(.',
  'a "\\" stands at the end; for the character itself write it twice':
    '"\\" стоит в конце; сам этот символ пишут дважды',
  'references to groups are not available': 'ссылок на группы нет',
  'word boundaries are not available': 'границ слов нет',
  'there is no escape "\\{0}"': 'специального знака "\\{0}" нет',
  'There are \\d \\w \\s \\D \\W \\S \\t \\n \\r \\f, and \\ before a sign.':
    'Есть \\d \\w \\s \\D \\W \\S \\t \\n \\r \\f и \\ перед знаком.',
  'a "[" is never closed; for the character itself write \\[': '"[" не закрыта; сам этот символ пишут так: \\[',
  '"[]" holds nothing': 'внутри "[]" ничего нет',
  'For the character itself write \\].': 'Сам этот символ пишут так: \\].',
  'named classes such as [:alpha:] are not available': 'именованных классов, таких как [:alpha:], нет',
  'Write for example [a-zа-я].': 'Напишите, например, [a-zа-я].',
  'a class cannot begin a range': 'промежуток не может начинаться с класса',
  'a range ends before it begins': 'промежуток заканчивается раньше, чем начинается',
  '\\{0} cannot stand here in brackets': '\\{0} не может стоять здесь, в квадратных скобках',
  'it ends too early': 'он обрывается',
  'The pattern cannot be used (character {0}): {1}.': 'Шаблон поиска не годится (символ {0}): {1}.',
  'The pattern cannot be used: {0}.': 'Шаблон поиска не годится: {0}.',
  '"{0}" is a duration of {1}.': '"{0}" — это длительность {1}.',
  '"{0}" is negative; a duration counts from zero up.':
    'Длительность "{0}" отрицательная, а отсчитывать её можно только от нуля вверх.',
  '"{0}" lacks a unit: write "{1} minutes", hours, days or weeks.':
    'В "{0}" нет единицы: напишите "{1} minutes" или с hours, days, weeks.',
  '"{0}": fractions are written with a point, such as "1.5 hours".':
    '"{0}": дробную часть отделяют точкой, например "1.5 hours".',
  '"{0}" is not understood from "{1}" on. {2}': '"{0}" непонятно начиная с "{1}". {2}',
  '"{0} {1}" has more than three decimals; use a smaller unit.':
    'В "{0} {1}" больше трёх знаков после точки; возьмите единицу поменьше.',
  '"{0}" is longer than ten thousand years.': '"{0}" — больше десяти тысяч лет.',
  '"{0}" is not a fixed length of time: say how many days you mean, such as "{1} days".':
    'У "{0}" нет постоянной длины: укажите, сколько дней имеется в виду, например "{1} days".',
  'There is no unit "{0}".': 'Единицы "{0}" нет.',
  'Did you mean "{0}"?': 'Возможно, имелось в виду "{0}"?',
  'Units are seconds, minutes, hours, days and weeks.': 'Единицы — seconds, minutes, hours, days и weeks.',
  'A duration is a number and a unit, such as "2 hours" or "1 day 12 hours"; units are seconds, minutes, hours, days and weeks.':
    'Длительность — это число и единица, например "2 hours" или "1 day 12 hours"; единицы — seconds, minutes, hours, days и weeks.',
};
