import type { Texts } from '../words/language.ts';
import { counted } from './counted.ts';

/** Findings of the structure and the single values of files. */
export const texts: Texts = {
  // Structure.
  '{0} cannot be {1}': '{0}: здесь не годится {1}',
  'If `{0}` is a key, write a blank behind its colon.': 'Если `{0}` — ключ, поставьте после двоеточия пробел.',
  '{0} does one thing, but here are `{1}` and `{2}`': '{0}: здесь нужно что-то одно, а указаны `{1}` и `{2}`',
  'Make them two items of the list.': 'Сделайте из них два пункта списка.',
  'Unknown key `{0}` in {1}': 'Неизвестный ключ `{0}` ({1})',
  '{0} needs one of {1}': '{0}: нужен один из ключей {1}',
  '{0} needs the key `{1}`': '{0}: нужен ключ `{1}`',
  'a fraction': 'дробное число',
  '{0} must be {1}, not {2}': '{0}: ожидается {1}, а здесь {2}',
  '{0} must be text, not {1}': '{0}: ожидается текст, а здесь {1}',
  'It is {0}.': 'Возможные значения: {0}.',
  '{0} is not allowed as {1}': 'Значение {0} здесь не подходит ({1})',
  '{0} is not allowed for `{1}`': 'Значение {0} не подходит для `{1}`',
  'Between braces a comma ends a value: put the value that has commas in quotation marks.':
    'В фигурных скобках запятая завершает значение: возьмите значение с запятыми в кавычки.',
  '{0} is empty': '{0}: пусто',
  '{0} must be {1} or more': '{0}: нужно не меньше {1}',
  '{0} must be {1} or less': '{0}: нужно не больше {1}',
  '{0} must have at least {1} entries': (what = '', n = 0) =>
    `${what}: нужно не меньше ${counted(n, 'записи', 'записей', 'записей')}`,
  '{0} must have exactly one entry': '{0}: нужна ровно одна запись',
  '{0} must have exactly {1} entries': (what = '', n = 0) =>
    `${what}: нужно ровно ${counted(n, 'запись', 'записи', 'записей')}`,
  'It is made of sections with names, such as `segments:` and `campaigns:`.':
    'Файл состоит из разделов с именами, таких как `segments:` и `campaigns:`.',
  'Put `- `, a dash and a blank, before each of its items.': 'Поставьте перед каждым пунктом `- `: дефис и пробел.',
  'For example: {0}.': 'Например: {0}.',
  '{0} cannot be used as {1}': '{0} не подходит как {1}',
  '{0} is not {1}': '{0} — не {1}',
  'Write its value, or remove it.': 'Напишите значение или уберите ключ.',
  '{0} has no value': '{0}: нет значения',

  // Files.
  'Create the file environments/{0}.yaml.': 'Создайте файл environments/{0}.yaml.',
  'There is no crm.yaml in this folder': 'В этой папке нет crm.yaml',
  'Go to the folder of your project, or make a new project with `crm init`.':
    'Перейдите в папку проекта или создайте новый проект командой `crm init`.',
  'crm.yaml needs the key `project`': 'В crm.yaml нужен ключ `project`',
  '{0} needs the statement `project`': 'В {0} нужно описание `project`',
  'With name, timezone, locale and currency.': 'С `name`, `timezone`, `locale` и `currency`.',
  'The project is described in {0} only': 'Проект описывают только в {0}',
  'Move this section there.': 'Перенесите этот раздел туда.',
  'The file is {0} MB long; at most {1} MB are read': 'Файл занимает {0} МБ, а читаются файлы до {1} МБ',
  'Move parts of it into other files; customers and events belong into data files.':
    'Разделите его на несколько файлов; клиентам и событиям место в файлах с данными.',
  'The line ends with a carriage return alone': 'Строка кончается одиночным символом возврата каретки',
  'Save the file with the line ends LF or CRLF.': 'Сохраните файл с концами строк LF или CRLF.',
  'The file is not UTF-8 text': 'Файл — не текст в кодировке UTF-8',
  'The file holds an invisible control character (U+{0})': 'В файле есть невидимый управляющий символ (U+{0})',
  'Save the file in the encoding UTF-8.': 'Сохраните файл в кодировке UTF-8.',
  'Delete the character; it may have come with a paste.': 'Удалите этот символ; он мог попасть в файл при вставке.',

  // Single values.
  'Write `every 15 minutes`, `every hour`, `every day at 10:00`, `every weekday at 9:30`, `every monday and thursday at 9:30`, `every month on day 1 at 10:00`, `every month on the last day at 10:00`, `every month on the first monday at 10:00`, or five fields of cron.':
    'Напишите `every 15 minutes`, `every hour`, `every day at 10:00`, `every weekday at 9:30`, `every monday and thursday at 9:30`, `every month on day 1 at 10:00`, `every month on the last day at 10:00`, `every month on the first monday at 10:00` или пять полей cron.',
  'A time of day is missing.': 'Не указано время.',
  'There is no time {0}.': 'Времени {0} не бывает.',
  'The minutes divide an hour evenly: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30; an hour is `every hour`.':
    'Минуты должны делить час на равные части: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 или 30; каждый час — `every hour`.',
  'Say on which day: `every month on day 1 at 10:00`.': 'Укажите, в какой день: `every month on day 1 at 10:00`.',
  'There is no day {0} in any month.': 'Числа {0} нет ни в одном месяце.',
  'Did you mean `on {0}`?': 'Возможно, имелось в виду `on {0}`?',
  'Cron has five fields: minute, hour, day of month, month, day of week.':
    'В cron пять полей: минута, час, день месяца, месяц, день недели.',
  'This day never comes.': 'Такой день никогда не наступит.',
  'The minute of cron cannot be `{0}`.': 'Минутой в cron не может быть `{0}`.',
  'The hour of cron cannot be `{0}`.': 'Часом в cron не может быть `{0}`.',
  'The day of the month of cron cannot be `{0}`.': 'Днём месяца в cron не может быть `{0}`.',
  'The month of cron cannot be `{0}`.': 'Месяцем в cron не может быть `{0}`.',
  'The day of the week of cron cannot be `{0}`.': 'Днём недели в cron не может быть `{0}`.',
  'Cron does not understand `{0}`.': 'В cron нельзя написать `{0}`.',
  'Write `10:00`, `monday at 10:00`, `monday and thursday at 10:00` or `weekday at 10:00`.':
    'Напишите `10:00`, `monday at 10:00`, `monday and thursday at 10:00` или `weekday at 10:00`.',
  'There is no time {0}: the day ends at 23:59.': 'Времени {0} не бывает: день кончается в 23:59.',
  'Each step begins on a line of its own: break the line before `{0}`.':
    'Каждый шаг начинается с новой строки: перенесите строку перед `{0}`.',
  'A duration is longer than nothing.': 'Длительность должна быть больше нуля.',
  'Write `{0}%`.': 'Напишите `{0}%`.',
  'Write a number from 0 to 100 with at most two decimals and the percent sign, as in `45%`.':
    'Напишите число от 0 до 100, не больше двух знаков после точки, и знак процента, например `45%`.',
  'Write a name from the IANA database, as in `Europe/Moscow`; an offset knows no daylight saving.':
    'Напишите имя из базы IANA, например `Europe/Moscow`: сдвиг от UTC не учитывает летнее время.',
  'Write `after {0}`.': 'Напишите `after {0}`.',
  'Write `never`, `always`, or `after` and a duration, as in `after 7 days`.':
    'Напишите `never`, `always` или `after` и длительность, например `after 7 days`.',
  'Put it into the environment and write `{0}` here; then change the password.':
    'Перенесите его в переменную окружения, а здесь напишите `{0}`; затем смените пароль.',
  'Write `env:NAME`, `file:PATH`, or a URL without a password, as in `smtp://localhost:2525` or `https://crm.example/hooks`.':
    'Напишите `env:ИМЯ`, `file:ПУТЬ` или адрес без пароля, например `smtp://localhost:2525` или `https://crm.example/hooks`.',
  'A password stands in the file, and the store is no database by URL':
    'В файле записан пароль, а хранилище — не база данных по адресу',
  'Write the path of a file, as in `.kaskad/store.duckdb`; this version opens no other store. Then change the password.':
    'Напишите путь к файлу, например `.kaskad/store.duckdb`: других хранилищ эта версия не открывает. Затем смените пароль.',
  'The store is neither a path nor a reference': 'Хранилище — не путь и не ссылка',
  'Write a path, as in `.kaskad/store.duckdb`, or `env:NAME` or `file:PATH` for where the path is.':
    'Напишите путь, например `.kaskad/store.duckdb`, либо `env:ИМЯ` или `file:ПУТЬ` — где этот путь записан.',
  'Write a whole address, as in `https://shop.example/unsubscribe`.':
    'Напишите адрес целиком, например `https://shop.example/unsubscribe`.',
  'Use Latin letters, digits and hyphens, starting with a letter; at most 63.':
    'Используйте латинские буквы, цифры и дефисы; начните с буквы, не больше 63 знаков.',
  'Use Latin letters, digits and underscores, starting with a letter; at most 48.':
    'Используйте латинские буквы, цифры и подчёркивания; начните с буквы, не больше 48 знаков.',
  'Write hours and minutes of the 24-hour clock, from `00:00` to `23:59`.':
    'Напишите часы и минуты от `00:00` до `23:59`.',
  'Write a number of days or weeks and `before` or `after`, as in `3 days before`; at most ten years.':
    'Напишите число дней или недель и `before` или `after`, например `3 days before`; не больше десяти лет.',
  'Write a language and, if it matters, a country, with a hyphen: `ru`, `en-GB`.':
    'Напишите язык и, если важно, страну через дефис: `ru`, `en-GB`.',
  'Write `{0}`.': 'Напишите `{0}`.',
  'Write the three letters of ISO 4217, as in `RUB` or `EUR`.':
    'Напишите три буквы по ISO 4217, например `RUB` или `EUR`.',
  'Write `+{0}`, or `-{1}` for what was before the start.': 'Напишите `+{0}` или, если это было до начала, `-{1}`.',
  'Write `YYYY`, `MM` and `DD` with signs between them, then `HH:mm` or `HH:mm:ss` where there is a time, as in `DD.MM.YYYY HH:mm`; or `epoch seconds` or `epoch milliseconds`.':
    'Напишите `YYYY`, `MM` и `DD` с разделителями, а где есть время — `HH:mm` или `HH:mm:ss`, например `DD.MM.YYYY HH:mm`; либо `epoch seconds` или `epoch milliseconds`.',
  'Write date, time and offset, as in `2026-03-02T00:00:00+03:00`.':
    'Напишите дату, время и сдвиг от UTC, например `2026-03-02T00:00:00+03:00`.',
  'Did you mean `none`?': 'Возможно, имелось в виду `none`?',
  'Or write `none`.': 'Либо напишите `none`.',
  'Did you mean `calendar day`?': 'Возможно, имелось в виду `calendar day`?',
  'Or write `calendar day`.': 'Либо напишите `calendar day`.',
  'Write a number per second, minute or hour, as in `50 per second`.':
    'Напишите число в секунду, минуту или час, например `50 per second`.',
  'Write the id as `crm plan` shows it, as in `wait-3` or `offer.plain.send-1`.':
    'Напишите идентификатор так, как его показывает `crm plan`, например `wait-3` или `offer.plain.send-1`.',
  'Write the name of an attribute, as in `tier`, or of a field of the event, as in `event.total`.':
    'Напишите имя атрибута, например `tier`, или поля события, например `event.total`.',
  'Write the part of `templates/<name>.<channel>.hbs` before the channel, as in `cart/reminder`.':
    'Напишите ту часть `templates/<имя>.<канал>.hbs`, что стоит перед каналом, например `cart/reminder`.',
  'Write the path of a .csv, .tsv, .txt, .json, .jsonl or .ndjson file, or of one compressed to .gz, or of an .xlsx or .parquet file, as seen from the folder of crm.yaml; or of a folder of such files.':
    'Напишите путь от папки с crm.yaml к файлу .csv, .tsv, .txt, .json, .jsonl или .ndjson (можно сжатому в .gz) либо к файлу .xlsx или .parquet; или к папке с такими файлами.',
};
