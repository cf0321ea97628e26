import type { Texts } from '../../words/language.ts';

/** Explanations of how files are written, and of values. */
export const texts: Texts = {
  'YAML itself does not understand the file: an indentation, a quotation mark or a bracket is not as it should be. Nothing of the file can be used until it is.':
    'YAML не понимает сам файл: что-то не так с отступом, кавычкой или скобкой. Пока это не исправлено, из файла нельзя взять ничего.',
  'YAML tells by the indentation what belongs to what, and a tab has no agreed width. So it allows blanks only.':
    'YAML узнаёт по отступу, что к чему относится, а ширина табуляции у всех разная. Поэтому он допускает только пробелы.',
  'Only one of two equal keys could count, and which one would be a guess.':
    'Из двух одинаковых ключей мог бы действовать только один, и какой именно — пришлось бы угадывать.',
  'The file would take more memory or time than anything a person writes: it is too long, nested too deeply, or an alias contains itself. That is a slip or an attack, so it is refused before it is read further.':
    'Файл занял бы больше памяти или времени, чем всё, что пишет человек: он слишком длинный, слишком глубоко вложен, или псевдоним YAML содержит сам себя. Это ошибка или атака, поэтому файл отклоняется, пока он не прочитан дальше.',
  'The file holds invisible control characters, or was saved in another encoding than UTF-8. What one person sees would not be what another one, or the database, reads.':
    'В файле есть невидимые управляющие символы, или он сохранён не в UTF-8. Один человек увидел бы не то, что прочитает другой или база данных.',
  'A project begins with the file crm.yaml (in the DSL: project.crm), which says whose shop it is. Without one, nothing tells which folder is meant.':
    'Проект начинается с файла crm.yaml (в DSL — project.crm), который говорит, чей это магазин. Без него непонятно, какая папка имеется в виду.',
  'What holds for the whole project is said in its own file only, so that it is said once and found at once.':
    'То, что действует для всего проекта, записывают только в его собственном файле: один раз и там, где это сразу найдут.',
  'A key that nobody reads does nothing, although whoever wrote it believes it does: an exit that is misspelt would never end a campaign.':
    'Ключ, который никто не читает, ничего не делает, хотя автор уверен в обратном: выход с опечаткой никогда не завершил бы кампанию.',
  'Without the key it is not said what is to happen, and no default would be right for everybody.':
    'Без этого ключа неизвестно, что должно произойти, и никакое значение по умолчанию не подошло бы всем.',
  'Another kind of value stands there than can be made sense of: text instead of a number, a list instead of a map, or nothing at all. It is not converted silently, since the guess could be wrong.':
    'Здесь стоит значение другого вида: текст вместо числа, список вместо набора ключей или вовсе ничего. Молча оно не преобразуется: догадка могла бы оказаться неверной.',
  'Only the listed words have a meaning there.': 'Здесь имеют смысл только перечисленные слова.',
  'A number is too small or too large, or a list or map has too few or too many entries, for it to do anything sensible.':
    'Число слишком мало или слишком велико, или в списке либо наборе слишком мало или слишком много записей, чтобы вышло что-то разумное.',
  'Names stand in expressions, in tables and on the command line, so they keep to Latin letters, digits and a few signs. For people there is the title.':
    'Имена встречаются в выражениях, в таблицах и в командной строке, поэтому в них только латинские буквы, цифры и несколько знаков. Для людей есть `title`.',
  'The two keys mean different things, and only one can be meant. Two steps are two items of the list.':
    'Эти два ключа означают разное, и подразумеваться может только один. Два шага — это два элемента списка.',
  'A statement lacks a word that it cannot do without, or a word stands where none belongs and would say nothing.':
    'В предложении нет слова, без которого оно не обходится, или слово стоит там, где ему не место и где оно ничего не говорит.',
  'Braces tell what belongs to what. With one missing, what follows would become part of the wrong thing.':
    'Фигурные скобки показывают, что к чему относится. Без одной из них дальнейшее вошло бы не туда.',
  'A text in quotes ends on the line on which it begins, and knows few escapes. An open one would swallow the rest of the file.':
    'Текст в кавычках заканчивается на той же строке, где начался, и знает мало специальных знаков. Незакрытый текст поглотил бы остаток файла.',
  'A duration is a number with a unit from seconds to weeks. Months and years are not the same length each time, so they are none.':
    'Длительность — это число и единица от секунд до недель. Месяцы и годы бывают разной длины, поэтому единицами не считаются.',
  'A share is a number from 0 to 100 with its percent sign and at most two decimals. Without the sign, 0.5 could mean a half or half a percent.':
    'Доля — это число от 0 до 100 со знаком процента и не более чем двумя знаками после точки. Без знака 0.5 могло бы значить и половину, и полпроцента.',
  'A time of day is hours and minutes on the clock of 24 hours, and the day ends with 23:59.':
    'Время суток — это часы и минуты на 24-часовых часах, и сутки заканчиваются в 23:59.',
  'A zone is called by its name in the IANA database. A bare offset would be wrong for half of the year wherever clocks change.':
    'Часовой пояс называют по базе IANA. Просто сдвиг был бы неверен половину года везде, где переводят часы.',
  'A language is named by a BCP 47 tag, with a hyphen. Templates are chosen by it, so a tag that nobody has would choose none.':
    'Язык обозначают кодом BCP 47 через дефис. По нему выбирают шаблоны, поэтому код, которого ни у кого нет, не выбрал бы ничего.',
  'Prices and amounts are in one currency, named by its code of ISO 4217 in capital letters.':
    'Цены и суммы — в одной валюте; её обозначают кодом ISO 4217 прописными буквами.',
  'The schedule is neither five fields of cron nor one of the known phrases, or its day never comes. The campaign would never start.':
    'Расписание — не пять полей cron и не одна из известных фраз, или его день никогда не наступает. Кампания никогда бы не началась.',
  'An instant is a day that exists, a time, and the offset from UTC. Without the offset it would depend on where the program runs.':
    'Момент времени — это существующий день, время и сдвиг от UTC. Без сдвига он зависел бы от того, где работает программа.',
  'Messages carry the address, so it has to be a whole one that begins with https:// or http://.':
    'Этот адрес стоит в сообщениях, поэтому он должен быть полным и начинаться с https:// или http://.',
  'Re-entry is `never`, `always` or `after` a duration, and a rate is a number per second, minute or hour. Anything else could be read in two ways.':
    'Повторный вход — это `never`, `always` или `after` с длительностью, а скорость — число в секунду, минуту или час (`per second`, `per minute`, `per hour`). Всё остальное можно понять по-разному.',
  'Rows are read from CSV, JSON, Excel (.xlsx) and Parquet files. The ending of the file’s name tells which it is.':
    'Строки читаются из файлов CSV, JSON, Excel (.xlsx) и Parquet. Вид файла определяется по окончанию его имени.',
  'Mail programs show the sender and reply to it, and mail servers refuse a message without an address there.':
    'Почтовые программы показывают отправителя и отвечают ему, а почтовые серверы не принимают письмо без адреса отправителя.',
  'A form of dates says where year, month and day stand, each once. Hours are `HH`, minutes `mm`: capitals tell them from the month, `MM`.':
    'Форма дат говорит, где стоят год, месяц и день, каждый по одному разу. Часы — `HH`, минуты — `mm`: регистр отличает их от месяца, `MM`.',
  'A store is a file: its path, or a reference to where path or URL are. A URL that is written out would be taken for the name of a file, and its password would be in git.':
    'Хранилище — это файл: путь к нему или ссылка на место, где записаны путь или URL. URL, записанный прямо здесь, приняли бы за имя файла, а пароль из него попал бы в git.',
  'How far from a date a campaign begins is said in whole days or weeks before or after it.':
    'За сколько до даты или через сколько после неё начинается кампания, указывают в целых днях или неделях.',
};
