import { counted } from '../../spec/russian/counted.ts';
import type { Texts, Value } from '../../spec/words/language.ts';

/** Problems of the data that are one text. */
export const texts: Texts = {
  'No message has this id. The row waits 7 days for one. Write the id as it is after "?m=" or before the "@" of the Message-ID.':
    'Сообщения с таким идентификатором нет. Строка ждёт его 7 дней. Пишите его так, как он стоит после "?m=" или перед "@" в Message-ID.',
  'The file has held rows, and holds none now: it may be in the middle of being written, or lost. Write it again; if it is meant to be empty, take it out of `data`.':
    'В файле были строки, а теперь их нет: возможно, он сейчас записывается или потерян. Выгрузите его заново; если он и должен быть пустым, уберите его из `data`.',
  'The file has held rows, and holds none now: it may be in the middle of being written, or lost. Write it again; if it is meant to be empty, take it out of `data`. Nobody is removed before every file of customers holds a row, with --allow-bad-data neither.':
    'В файле были строки, а теперь их нет: возможно, он сейчас записывается или потерян. Выгрузите его заново; если он и должен быть пустым, уберите его из `data`. Пока хоть один файл клиентов пуст, никто не удаляется, в том числе с --allow-bad-data.',
  'If the customers are gone, `crm tick --allow-bad-data`, once, removes them, also those whose rows cannot be read (end `crm run` before it, if one runs); `plan` and `apply` remove nobody.':
    'Если этих клиентов больше нет, один запуск `crm tick --allow-bad-data` удалит их, в том числе тех, чьи строки не читаются (сначала остановите `crm run`, если он работает); `plan` и `apply` никого не удаляют.',
  'If the customers are gone, `crm tick --allow-bad-data`, once, removes them (end `crm run` before it, if one runs); `plan` and `apply` remove nobody.':
    'Если этих клиентов больше нет, один запуск `crm tick --allow-bad-data` удалит их (сначала остановите `crm run`, если он работает); `plan` и `apply` никого не удаляют.',
  'An earlier row of the file has this id and this customer too. This row takes its place.':
    'Строка с тем же id и тем же клиентом в файле уже была. Действует эта, более поздняя.',
  'The file gives this id to another customer too. Both rows are kept. Give each row an id of its own.':
    'В файле тот же id есть и у другого клиента. Сохранены обе строки. Дайте каждой строке свой id.',
  'No customer has this id. The refusal counts for the address in it, and for any customer with that address. Nothing is left to do.':
    'Клиента с таким id нет. Отказ действует для адреса, указанного в нём, и для всех, у кого этот адрес. Делать ничего не нужно.',
  'No customer has exactly this id. The refusal counts for the customers who have it in another spelling, or have one of several ids in it. Correct the id.':
    'Клиента точно с таким id нет. Отказ действует для клиентов, у которых этот id записан иначе или у которых есть один из нескольких id в нём. Исправьте id.',
  'No customer has this id in any spelling, and there is no address in it: the refusal counts for nobody, unless there is such a customer later. Correct the id.':
    'Клиента с таким id нет ни в каком написании, и адреса в нём нет: отказ ни на кого не действует, пока такой клиент не появится. Исправьте id.',
  'No customer has this id. The consent counts when there is one.':
    'Клиента с таким id нет. Согласие начнёт действовать, когда он появится.',
  'The compressed file ends too early, so it is refused as a whole. Write it again, to its end.':
    'Сжатый файл обрывается, поэтому он не принят целиком. Запишите его заново, до конца.',
  'The compressed file is damaged, so it is refused as a whole. Write it again.':
    'Сжатый файл повреждён, поэтому он не принят целиком. Запишите его заново.',
  'The file is not compressed by gzip, as its ending says. Compress it, or name it without .gz.':
    'Файл не сжат gzip, хотя так говорит его расширение. Сожмите его или уберите .gz из имени.',
  'The workbook ends too early, so it is refused as a whole. Save it again.':
    'Книга Excel обрывается, поэтому она не принята целиком. Сохраните её заново.',
  'The workbook is damaged, so it is refused as a whole. Open it in a spreadsheet and save it again.':
    'Книга Excel повреждена, поэтому она не принята целиком. Откройте её в табличном редакторе и сохраните заново.',
  'The workbook has a password, or is of the old kind (.xls), and cannot be read. Save it as .xlsx without a password.':
    'Книга Excel защищена паролем или сохранена в старом формате (.xls), прочитать её нельзя. Сохраните её как .xlsx без пароля.',
  'The file is no Excel workbook, as its ending says. Save it as .xlsx, or name it as what it is.':
    'Это не книга Excel, хотя так говорит расширение. Сохраните файл как .xlsx или дайте ему верное расширение.',
  'The Parquet file ends too early, so it is refused as a whole. Write it again, to its end.':
    'Файл Parquet обрывается, поэтому он не принят целиком. Запишите его заново, до конца.',
  'The Parquet file is damaged, or packed in a way that is not known, and cannot be read. Write it again.':
    'Файл Parquet повреждён или сжат неизвестным способом, прочитать его нельзя. Запишите его заново.',
  'The file is no Parquet file, as its ending says. Name it as what it is.':
    'Это не файл Parquet, хотя так говорит расширение. Дайте файлу верное расширение.',
  'A quotation mark is out of place or never closed; the line is lost. Enclose the whole cell in quotes and double those inside it.':
    'Кавычка стоит не на месте или не закрыта; строка потеряна. Заключите в кавычки всю ячейку, а кавычки внутри неё удвойте.',
  'The row has more or fewer cells than the header, and it is not certain whom it refuses. It is taken for the refusal that it seems to be, but the file cannot be relied on. Write the row with all its cells, separated as in the header.':
    'В строке больше или меньше ячеек, чем в заголовке, и неясно, чей это отказ. Она принята за тот отказ, на который похожа, но полагаться на файл нельзя. Запишите строку со всеми ячейками, разделёнными как в заголовке.',
  'The row has more or fewer cells than the header. It is taken for the refusal that it seems to be.':
    'В строке больше или меньше ячеек, чем в заголовке. Она принята за тот отказ, на который похожа.',
  'The file does not exist. Create it, or correct its path in the project.':
    'Файла нет. Создайте его или исправьте путь к нему в проекте.',
  'The format is told by the ending, and this one is unknown. Use .csv, .tsv, .json, .jsonl, .ndjson or .txt, or one of these with .gz; or .xlsx or .parquet.':
    'Формат определяется расширением, а это расширение неизвестно. Подойдут .csv, .tsv, .json, .jsonl, .ndjson и .txt, они же с .gz, а также .xlsx и .parquet.',
  'Declare them under `data`, if campaigns need them.': 'Объявите их в `data`, если они нужны кампаниям.',
  'Declare it under `data`, if campaigns need it.': 'Объявите его в `data`, если он нужен кампаниям.',
  'A column has an address or a number for its name, which is not shown; its values are not loaded. Is the header missing?':
    'Вместо имени столбца стоит адрес или номер (он не показан); значения столбца не загружены. Может быть, в файле нет заголовка?',
  'The header has control characters in it: the file is not what its ending says. Save it as text, with the names of the columns in the first line.':
    'В заголовке есть управляющие символы: файл не того формата, о котором говорит расширение. Сохраните его как текст с именами столбцов в первой строке.',
  'The file is neither a JSON list of objects nor an object with such a list. A file with an object on each line ends with .jsonl.':
    'Это не список объектов JSON и не объект с таким списком. Файл, где на каждой строке по объекту, должен оканчиваться на .jsonl.',
  'The list of the file has items that are no objects; they are lost. Write an object for each row.':
    'В списке есть элементы, которые не являются объектами; они потеряны. Запишите каждую строку данных объектом.',
  'The list of the file is never closed: what follows is missing. Write the file again, to its end.':
    'Список в файле не закрыт: продолжения нет. Запишите файл заново, до конца.',
  'The row is not valid JSON and is lost. Write one JSON object per row.':
    'Строка не является правильным JSON и потеряна. Запишите каждую строку данных одним объектом JSON.',
  'The line is not valid JSON and is lost. Write one JSON object per line.':
    'Строка файла не является правильным JSON и потеряна. Запишите на каждой строке по одному объекту JSON.',
  'The row is not a JSON object and is lost. Write one object per row, like {"id": "1"}.':
    'Строка не является объектом JSON и потеряна. Запишите каждую строку данных одним объектом, например {"id": "1"}.',
  'The line is not a JSON object and is lost. Write one object per line, like {"id": "1"}.':
    'Строка файла не является объектом JSON и потеряна. Запишите на каждой строке по одному объекту, например {"id": "1"}.',
  'This is a folder, not a file. Name the files in it.': 'Это папка, а не файл. Укажите файлы в ней.',
  'This is a folder, not a file. No data file is in it: put one there, or correct the path in the project.':
    'Это папка, а не файл. Файлов с данными в ней нет: положите их туда или исправьте путь в проекте.',
  'No file fits this pattern. Create one, or correct the pattern in the project.':
    'Под этот шаблон не подходит ни один файл. Создайте файл или исправьте шаблон в проекте.',
  'This is not a file but a pipe or a device, and is not read. Write the rows into a file.':
    'Это не файл, а канал или устройство; они не читаются. Запишите строки в файл.',
  'The row is longer than 4 MB and is lost. Shorten it.': 'Строка длиннее 4 МБ и потеряна. Сократите её.',
  'The row looks like Windows-1251, not like the rest of the file, and is lost. Save the file as UTF-8; if all of it is in Windows-1251, write `encoding: windows-1251` at its source.':
    'Строка похожа на Windows-1251, в отличие от остального файла, и потеряна. Сохраните файл в UTF-8; если весь он в Windows-1251, укажите у источника `encoding: windows-1251`.',
  'The row is not valid UTF-8 and is lost. Write it in the same encoding as the rest of the file.':
    'Строка не является правильным UTF-8 и потеряна. Запишите её в той же кодировке, что и остальной файл.',
  'The last row is not finished yet. It is taken when its line has ended, or the file has not changed for 2 seconds.':
    'Последняя строка ещё не дописана. Она будет принята, когда закончится или когда файл не изменится 2 секунды.',
  'The file is empty: it has no header.': 'Файл пуст: в нём нет даже заголовка.',
  'at is in the future. The refusal counts from when it was read as well.':
    'at в будущем. Отказ действует и с того времени, когда он прочитан.',
  'The workbook shows no sheet with cells.': 'В книге нет видимого листа с ячейками.',
};

const kinds: Record<string, string> = {
  customers: 'клиентов',
  consent: 'согласий',
  feedback: 'обратной связи',
  suppressions: 'стоп-листа',
};

/** Returns the kind of rows of a file in the genitive. */
function kindOf(of: Value): string {
  const text = String(of);
  return (
    kinds[text] ??
    text.replace(/^members of segment (.*)$/s, 'списка сегмента $1').replace(/^(.*) events$/s, 'событий $1')
  );
}

/** Problems of the data with values; they are stored in English. */
export const stored: Texts = {
  'There is no {0} template `{1}`': 'Для {0} нет шаблона `{1}`',
  'The {0} template `{1}` cannot be rendered: {2}': 'Шаблон `{1}` для {0} не выводится: {2}',
  "the event's {0}": '{0} события',
  '{0}, item {1}, {2}': '{0}, элемент {1}, {2}',
  '{0}, item {1}': '{0}, элемент {1}',
  'Customers who were named before and are in no file of customers now: {0}. {1}':
    'Клиенты, которые были в файлах клиентов, а теперь их нет ни в одном: {0}. {1}',
  'Rows about customers who were erased are passed over: {0}. Remove them from the file.':
    'Пропущены строки о клиентах, чьи данные стёрты: {0}. Удалите их из файла.',
  'Nobody is removed before every file of customers holds a row, with --allow-bad-data neither. Write {0} again, or apply `data` with the name that it has now, or without it.':
    'Пока хоть один файл клиентов пуст, никто не удаляется, в том числе с --allow-bad-data. Выгрузите {0} заново или примените `data` с новым именем файла либо без него.',
  'Rows of {0} that cannot be read may name these customers. {1}':
    'Возможно, эти клиенты — в строках {0}, которые не читаются. {1}',
  'Correct {0}, which cannot be relied on. {1}': 'Исправьте {0}: полагаться на него нельзя. {1}',
  'They are {0} of {1}, more than `data.tolerance` ({2}). Rows of {3} that cannot be read may name these customers. Write the files again with all customers, or, to have them removed, apply a `data.tolerance` of {4}. {5}':
    'Это {0} из {1}, больше, чем допускает `data.tolerance` ({2}). Возможно, эти клиенты — в строках {3}, которые не читаются. Выгрузите файлы заново со всеми клиентами или, чтобы их удалить, примените `data.tolerance` {4}. {5}',
  'They are {0} of {1}, more than `data.tolerance` ({2}). Write the files again with all customers, or, to have them removed, apply a `data.tolerance` of {3}. {4}':
    'Это {0} из {1}, больше, чем допускает `data.tolerance` ({2}). Выгрузите файлы заново со всеми клиентами или, чтобы их удалить, примените `data.tolerance` {3}. {4}',
  'The file has no column "{0}", which `where` or `unless` of its source asks for. Correct the name there, or add the column.':
    'В файле нет столбца «{0}», который нужен для `where` или `unless` источника. Исправьте имя там или добавьте столбец.',
  'The file cannot be opened ({0}). Check its kind and permissions.':
    'Файл не открывается ({0}). Проверьте, файл ли это и какие на него права.',
  'The file cannot be read to its end ({0}). Check its kind and permissions.':
    'Файл не читается до конца ({0}). Проверьте, файл ли это и какие на него права.',
  '{0} and {1} more': '{0} и ещё {1}',
  '{0} columns are not declared for {1}: {2}. Their values are not loaded. {3}': (n, of, names, remedy) =>
    `${counted(n, 'столбец', 'столбца', 'столбцов')} не объявлено для ${kindOf(of)}: ${names}. Их значения не загружены. ${remedy}`,
  'Only {0} are read.': 'Читаются только {0}.',
  'Did you mean {0}?': 'Может быть, {0}?',
  'The column {0} is not declared for {1}. Its values are not loaded. {2}': (column, of, remedy) =>
    `Столбец ${column} не объявлен для ${kindOf(of)}. Его значения не загружены. ${remedy}`,
  'The file has no column {0}, which is required for {1}. Is it {2}? Rename that to {3} (in the file, or by "rename" of the source).':
    (column, of, close, name) =>
      `В файле нет столбца ${column}, обязательного для ${kindOf(of)}. Может быть, это ${close}? Переименуйте его в ${name} (в файле или через \`rename\` источника).`,
  'The file has no column {0}, which is required for {1}. Add it, or name it (in the file, or by "rename" of the source).':
    (column, of) =>
      `В файле нет столбца ${column}, обязательного для ${kindOf(of)}. Добавьте его или назовите так один из имеющихся (в файле или через \`rename\` источника).`,
  'Two columns of the file mean {0}. Remove or rename one of them.':
    'Два столбца файла означают {0}. Удалите или переименуйте один из них.',
  '"rename" names the column {0}, which the file does not have. Correct or remove it.':
    'В `rename` назван столбец {0}, которого в файле нет. Исправьте или удалите его.',
  'The row is nested deeper than {0} levels and is lost.': (n) =>
    `Вложенность строки больше ${counted(n, 'уровня', 'уровней', 'уровней')}; строка потеряна.`,
  'The line is nested deeper than {0} levels and is lost.': (n) =>
    `Вложенность объекта больше ${counted(n, 'уровня', 'уровней', 'уровней')}; строка файла потеряна.`,
  'The file is not UTF-8. It is read as {0}, which it looks like; write `encoding: {1}` at its source if that is right, and the right encoding if it is not.':
    'Файл не в UTF-8. Он читается как {0}, на что похож; если это верно, укажите у источника `encoding: {1}`, если нет — верную кодировку.',
  'The source declares `encoding: {0}`, and the file is {1}. Correct the one or the other.':
    'У источника указано `encoding: {0}`, а файл в {1}. Исправьте одно из двух.',
  'Sheet {0}: {1}': 'Лист {0}: {1}',
  '{0} is missing': '{0}: значения нет',
  '{0}. The refusal counts from when it was read.': '{0}. Отказ действует с того времени, когда он прочитан.',
  '{0}. The field was left empty.': '{0}. Поле оставлено пустым.',
  '{0}. The whole field was left empty.': '{0}. Всё поле оставлено пустым.',
  '{0}. The row is lost.': '{0}. Строка потеряна.',
  'An earlier row of the file has the id {0} too; this row takes its place.':
    'Строка с id {0} в файле уже была; действует эта, более поздняя.',
  '{0}. It is taken for a withdrawal.': '{0}. Считается отзывом согласия.',
  '{0}. It is taken for "unspecified".': '{0}. Считается «unspecified».',
  '{0}. The refusal is taken for all channels.': '{0}. Отказ действует для всех каналов.',
  '{0}. The consent is taken for none.': '{0}. Согласие не действует ни для одного канала.',
  'The row has 1 cell and the header {0}; it is lost. Quote cells that hold the separator.':
    'В строке 1 ячейка, а в заголовке — {0}; строка потеряна. Ячейки, в которых есть разделитель, заключайте в кавычки.',
  'The row has {0} cells and the header {1}; it is lost. Quote cells that hold the separator.': (cells, columns) =>
    `В строке ${counted(cells, 'ячейка', 'ячейки', 'ячеек')}, а в заголовке — ${columns}; строка потеряна. Ячейки, в которых есть разделитель, заключайте в кавычки.`,
  'The files of a source have one format, and here are {0} and {1}. Write a pattern that only some of them fit, as `*.csv`; the others may be another source.':
    'Файлы одного источника должны быть одного формата, а здесь есть {0} и {1}. Напишите шаблон, под который подходит только часть из них, например `*.csv`; остальные могут быть другим источником.',
  'The workbook has no sheet {0}. It has {1}. Correct `sheet` at the source.':
    'В книге нет листа {0}. В ней есть {1}. Исправьте `sheet` у источника.',
  'Of the workbook the sheet {0} is read, and {1} is not. Write `sheet: {2}` at the source if that is right; for another sheet, declare another source.':
    'Из книги читается лист {0}, а {1} — нет. Если это верно, укажите у источника `sheet: {2}`; для другого листа объявите другой источник.',
  'Of the workbook the sheet {0} is read, and {1} are not. Write `sheet: {2}` at the source if that is right; for another sheet, declare another source.':
    'Из книги читается лист {0}, а {1} — нет. Если это верно, укажите у источника `sheet: {2}`; для других листов объявите другие источники.',
  '{0} is not an e-mail address': '{0} — не адрес электронной почты',
  '{0} is not a phone number; write it with its country code, like +79991234567':
    '{0} — не номер телефона; пишите его с кодом страны, например +79991234567',
  '{0} holds several e-mail addresses': '{0} содержит несколько адресов электронной почты',
  '{0} holds several phone numbers': '{0} содержит несколько номеров телефона',
  '{0}. The first is taken. Write one.': '{0}. Взят первый. Укажите один.',
  '{0} is not a date of the calendar; write it like {1}, or declare the form by `dates` at the source':
    '{0} — не календарная дата; пишите её как {1} или объявите её вид через `dates` у источника',
  '{0} is not a date of the calendar; write it as `dates` of the source says ({1}) or like {2}, or add its form there':
    '{0} — не календарная дата; пишите её так, как указано в `dates` источника ({1}), или как {2}, либо добавьте туда её вид',
  '{0} is not a point in time; write it like {1}, or declare the form by `dates` at the source, which a plain number needs':
    '{0} — не дата и время; пишите их как {1} или объявите их вид через `dates` у источника (для простого числа это необходимо)',
  '{0} is not a point in time; write it as `dates` of the source says ({1}) or like {2}, or add its form there':
    '{0} — не дата и время; пишите их так, как указано в `dates` источника ({1}), или как {2}, либо добавьте туда их вид',
  '{0} is not a list; write it as a JSON array of objects': '{0} — не список; запишите его массивом объектов JSON',
  '{0} is not a whole number below 9 quadrillion': '{0} — не целое число до 9 квадриллионов',
  '{0} is negative; an amount of money is 0 or more': '{0} — меньше нуля; сумма денег не бывает отрицательной',
  "{0} is not in the project's currency, {1}; leave such rows out by `where` of the source, or convert the amounts":
    '{0} — не в валюте проекта, {1}; исключите такие строки через `where` источника или пересчитайте суммы',
  '{0} is not a number; write it like {1}, as `decimal` of the source says':
    '{0} — не число; пишите его как {1}, как указано в `decimal` источника',
  '{0} is not a number; write it like {1}, or declare `decimal` at the source':
    '{0} — не число; пишите его как {1} или объявите `decimal` у источника',
  '{0} is not an amount of money; write it like {1}, with at most 4 decimals and 11 digits before them, as `decimal` of the source says':
    '{0} — не сумма денег; пишите её как {1}, не больше 4 знаков после запятой и 11 цифр до неё, как указано в `decimal` источника',
  '{0} is not an amount of money; write it like {1}, with at most 4 decimals and 11 digits before them, or declare `decimal` at the source':
    '{0} — не сумма денег; пишите её как {1}, не больше 4 знаков после запятой и 11 цифр до неё, или объявите `decimal` у источника',
  '{0} is not a time zone; write it like Europe/Moscow': '{0} — не часовой пояс; пишите его как Europe/Moscow',
  '{0} is not a country; write it like RU or GB': '{0} — не страна; пишите её как RU или GB',
  '{0} is not a locale of a language that is known; write it like ru or en-GB':
    '{0} — не известный язык; пишите его как ru или en-GB',
  '{0} has no text between {1} and {2}': '{0}: между {1} и {2} нет текста',
  '{0} is not text': '{0} — не текст',
  '{0} holds characters that no database stores (NUL or half of a surrogate pair)':
    '{0} содержит символы, которые не хранит ни одна база данных (NUL или половину суррогатной пары)',
  '{0} is not an id: up to {1} characters on one line, without control characters': (what, n) =>
    `${what} — не id: в нём не больше ${counted(n, 'символа', 'символов', 'символов')} в одну строку, без управляющих символов`,
  '{0} is longer than 1 MB; shorten it': '{0} длиннее 1 МБ; сократите',
  '{0} is not one of {1}': '{0} — не одно из {1}',
  '{0} is neither true (yes, 1) nor false (no, 0)': '{0} — ни true (yes, 1), ни false (no, 0)',
  '{0}: the newest is of {1}, {2} days ago; usually the next comes within 1 day.': (kind, date, days) =>
    `${kind}: последнее — от ${date}, ${counted(days, 'день', 'дня', 'дней')} назад; обычно следующее приходит в течение дня.`,
  '{0}: the newest is of {1}, {2} days ago; usually the next comes within {3} days.': (kind, date, days, usual) =>
    `${kind}: последнее — от ${date}, ${counted(days, 'день', 'дня', 'дней')} назад; обычно следующее приходит в течение ${counted(usual, 'дня', 'дней', 'дней')}.`,
};
