import type { Texts } from '../../words/language.ts';

/** Descriptions of the keys of the project, its data, segments and channels. */
export const texts: Texts = {
  'Customer campaigns as code: crm.yaml and every *.crm.yaml of a project.':
    'Клиентские кампании как код: crm.yaml и все *.crm.yaml проекта.',
  'The settings of the whole project. They stand in crm.yaml only.':
    'Настройки всего проекта. Их пишут только в crm.yaml.',
  'Values that $name stands for.': 'Значения, которые обозначает $имя.',
  'The customers, their events, and where both come from.': 'Клиенты, их события и откуда они берутся.',
  'Named groups of customers, described by a condition.': 'Группы клиентов с именами, заданные условием.',
  'The ways a message can leave.': 'Способы, которыми уходят сообщения.',
  'Parts of the customers that get no marketing.': 'Части клиентов, которые не получают рекламы.',
  'Channels in order, to be used with a template by the journeys.':
    'Каналы по порядку; цепочки используют их вместе с шаблоном.',
  'Journeys: who enters, what happens to them, when they leave.':
    'Цепочки: кто входит, что с ним происходит и когда он выходит.',
  'Campaigns on small worlds of their own, and what is expected of them.':
    'Кампании в маленьких мирах и то, что от них ожидается.',
  'Latin letters, digits and hyphens, starting with a letter.': 'Латинские буквы, цифры и дефисы; начинается с буквы.',
  'Latin letters, digits and underscores, not starting with a digit.':
    'Латинские буквы, цифры и подчёркивания; начинается не с цифры.',
  'The part of templates/<name>.<channel>.hbs before the channel; behind a colon the variant, where it is only one.':
    'Часть templates/<имя>.<канал>.hbs перед каналом; через двоеточие — вариант, если нужен только он.',
  'As the step is called, with the steps around it: offer.plain.send-1.':
    'Имя шага вместе с шагами, внутри которых он стоит: offer.plain.send-1.',
  'An attribute of the customer, or event. and a field of the event that started the journey.':
    'Атрибут клиента либо event. и поле события, с которого началась цепочка.',
  'A condition or a value over the customer, the events and the event that started the journey.':
    'Условие или значение о клиенте, его событиях и событии, с которого началась цепочка.',
  'A number and a unit: seconds, minutes, hours, days or weeks.':
    'Число и единица: seconds, minutes, hours, days или weeks.',
  'A number from 0 to 100, with at most two decimals, and the percent sign.':
    'Число от 0 до 100, не больше двух знаков после точки, и знак процента.',
  'Hours and minutes on the 24-hour clock, in the customer’s own time zone.':
    'Часы и минуты от 00:00 до 23:59 в часовом поясе клиента.',
  'A time of day, or days of the week and a time of day, on the customer’s clock.':
    'Время суток либо дни недели и время суток по часам клиента.',
  'A number of days or weeks, before or after.': 'Число дней или недель до или после.',
  'A name from the IANA time zone database.': 'Имя из базы часовых поясов IANA.',
  'A BCP 47 language tag.': 'Код языка по BCP 47.',
  'An ISO 4217 code.': 'Код по ISO 4217.',
  'A date and a time with their offset from UTC.': 'Дата и время со сдвигом от UTC.',
  'Five fields of cron, or words: every 15 minutes, every hour, every day at …, every weekday at …, every monday and thursday at …, every month on day … at …, every month on the last day at …, every month on the first monday at ….':
    'Пять полей cron или слова: `every 15 minutes`, `every hour`, `every day at …`, `every weekday at …`, `every monday and thursday at …`, `every month on day … at …`, `every month on the last day at …`, `every month on the first monday at …`.',
  'The rule by which a customer who has been in the campaign may enter again.':
    'Правило, по которому клиент, уже бывший в кампании, может войти снова.',
  'The time in which a removed campaign can be put back with its customers where they stood; `none`: not at all.':
    'Срок, в который удалённую кампанию можно вернуть вместе с клиентами на их местах; `none` — нельзя.',
  'A rolling window, or the customer’s calendar day.': 'Скользящее окно или календарный день клиента.',
  'The number of messages that may leave per second, minute or hour.':
    'Сколько сообщений может уходить в секунду, минуту или час.',
  'The address that it leads to, beginning with https:// or http://.':
    'Адрес, на который он ведёт; начинается с https:// или http://.',
  'env:NAME or file:PATH, or a URL that holds no password.': 'env:ИМЯ, file:ПУТЬ или адрес без пароля.',
  'A path; or env:NAME or file:PATH for where the path is.': 'Путь; либо env:ИМЯ или file:ПУТЬ, где он записан.',
  'Relative to the folder of crm.yaml: .csv, .tsv, .txt, .json, .jsonl or .ndjson, and these with .gz; .xlsx or .parquet. Or several files of one format: a folder, or a path in which * stands for any signs of a name, ? for one, and ** for any folders.':
    'От папки crm.yaml: .csv, .tsv, .txt, .json, .jsonl или .ndjson, в том числе с .gz; .xlsx или .parquet. Или несколько файлов одного формата: папка либо путь, в котором * означает любые знаки имени, ? — один знак, а ** — любые папки.',
  'The kind of the message; webhook and task go to other systems and to the staff.':
    'Вид сообщения; webhook и task предназначены другим системам и сотрудникам.',
  'The values that the field may hold.': 'Какие значения бывают в поле.',
  'The settings of the whole project.': 'Настройки всего проекта.',
  'The name of the project in plans and reports.': 'Имя проекта в планах и отчётах.',
  'For customers without a zone of their own, and for schedules.':
    'Для клиентов, у которых нет своего пояса, и для расписаний.',
  'The language of customers without one of their own.': 'Язык клиентов, у которых нет своего.',
  'The currency of money in the data and of prices.': 'Валюта сумм в данных и цен.',
  'The grid on which things happen. Divides an hour evenly, or is whole hours.':
    'Шаг времени, с которым всё происходит. Делит час на равные части или равен целому числу часов.',
  'The interval at which customers are ranked and segments are evaluated: a multiple of the tick.':
    'Как часто пересчитываются сегменты и места клиентов в рейтингах и RFM; кратно такту.',
  'The path of the embedded store, relative to crm.yaml.': 'Путь к встроенному хранилищу от папки с crm.yaml.',
  'The assumptions of a simulation and of a plan’s forecast.': 'Предположения прогона и прогноза в плане.',
  'The severity of lint rules, if it should be another than their own.':
    'Важность правил lint, если нужна другая, чем у самих правил.',
  'Lint rules by name, and how severe each is.': 'Правила lint по именам и важность каждого.',
  'A comment silences nothing.': 'Комментарий ничего не отключает.',
  'A condition always has the same result.': 'Условие всегда приводит к одному и тому же.',
  'A segment contains no customers, or all of them.': 'В сегмент не попадает никто или попадают все.',
  'A journey ends before it can go on.': 'Цепочка завершается раньше, чем могла бы продолжиться.',
  'A yearly date starts the campaign only once.': 'Ежегодная дата отмечается один раз.',
  'A rollout leaves out present members for good.':
    'Поэтапный запуск насовсем оставляет за бортом нынешних участников.',
  'A wait is over at once.': 'Ожидание кончается сразу.',
  'A campaign waits for an event that never happens.': 'Кампания ждёт того, что никогда не наступит.',
  'A campaign may send a customer two messages within a day.': 'Кампания пишет клиенту дважды за день.',
  'The effect of a campaign cannot be measured.': 'Эффект кампании нельзя измерить.',
  'Nothing ends a campaign early.': 'Кампанию ничто не завершает досрочно.',
  'Marketing may be sent at night.': 'Реклама может прийти ночью.',
  'A cascade tries a more expensive channel first.': 'Каскад сначала пробует более дорогой канал.',
  'A message can never be sent.': 'Сообщение никогда не сможет уйти.',
  'A text prints a value that may be missing.': 'В тексте выводится то, чего может не быть.',
  'A step may empty an attribute.': 'Шаг может очистить атрибут.',
  'Nothing uses a segment.': 'Сегмент нигде не используется.',
  'Nothing sends a template.': 'Шаблон никем не отправляется.',
  'Nothing uses a channel.': 'Канал нигде не используется.',
  'Nothing uses a variable.': 'Переменная нигде не используется.',
  'A campaign has no test.': 'У кампании нет теста.',
  '`off` asks nothing; an `error` lets `crm validate` and `crm lint` fail.':
    '`off` отключает правило; с `error` команды `crm validate` и `crm lint` завершаются неудачей.',
  'The instant at which the virtual clock starts. Default: now.':
    'Момент, с которого идут виртуальные часы. По умолчанию: сейчас.',
  'The same seed gives the same chances. Default: the project’s name.':
    'При том же seed случайности те же. По умолчанию: имя проекта.',
  'The customers’ answers, per channel. Default: none.': 'Отклики клиентов по каналам. По умолчанию: никаких.',
  'The customers’ answers, per channel.': 'Отклики клиентов по каналам.',
  'The chance that a sent message is opened, and that it is clicked. A click implies an open.':
    'Вероятность, что отправленное сообщение откроют и что перейдут по ссылке. Переход означает и открытие.',
  'The chance that a sent message is opened.': 'Вероятность, что отправленное сообщение откроют.',
  'The chance that a sent message is clicked.': 'Вероятность, что в отправленном сообщении перейдут по ссылке.',
  'The customers. Each row has an `id`.': 'Клиенты. В каждой строке есть `id`.',
  'The acts of customers. Each row has `customer` and `at`, and may have an `id`.':
    'Действия клиентов. В каждой строке есть `customer` и `at`, может быть `id`.',
  'The consents to channels: rows with customer, channel, status (granted or withdrawn), at.':
    'Согласия по каналам: строки с `customer`, `channel`, `status` (`granted` или `withdrawn`) и `at`.',
  'The fates of messages: rows with message, kind, at.': 'Что стало с сообщениями: строки с `message`, `kind`, `at`.',
  'The customers who must not be written to: rows with customer, channel (or *), reason, at.':
    'Клиенты, которым писать нельзя: строки с `customer`, `channel` (или `*`), `reason`, `at`.',
  "The share of a data file's rows that may be lost before the file counts as one that cannot be read.":
    'Доля строк файла с данными, которую можно потерять; если больше, файл считается нечитаемым.',
  'The purchases that rfm.recency, rfm.frequency and rfm.monetary count.':
    'Покупки, которые считают rfm.recency, rfm.frequency и rfm.monetary.',
  'Which purchases the scores count.': 'Какие покупки учитывают оценки.',
  'The kind of event that is a purchase.': 'Событие, которое считается покупкой.',
  'The field of the event that says what it was worth.': 'Поле события, в котором сумма покупки.',
  'The time back to which purchases count.': 'За какое время учитываются покупки.',
  'The customers and their attributes.': 'Клиенты и их атрибуты.',
  'One file or several.': 'Один файл или несколько.',
  '`true`: the files together name every customer, and who is in none of them any more is not written to.':
    '`true`: в файлах вместе есть все клиенты; тому, кого в них больше нет, не пишут.',
  'The columns, apart from `id`.': 'Столбцы, кроме `id`.',
  'Columns that say whether a customer has consented to a channel.': 'Столбцы с согласием клиента по каналам.',
  'Channel, or kind of channel → the column that says whether the customer has consented.':
    'Канал или вид канала → столбец, в котором указано согласие клиента.',
  'A column, or a map with column, at and refusal.': 'Столбец или набор ключей `column`, `at` и `refusal`.',
  'A column of the customers’ files, as `rename` calls it or as the file does.':
    'Столбец файлов с клиентами: как он назван в `rename` или в самом файле.',
  'A column with the time of what it says, and another of those who have refused.':
    'Столбец вместе со временем, когда это стало так, и столбец тех, кто отказался.',
  'The column that says yes or no.': 'Столбец, в котором «да» или «нет».',
  'The column that says since when.': 'Столбец, в котором указано, с какого времени.',
  'A column in which a value, such as the date of unsubscribing, is a withdrawal, whatever the other column says.':
    'Столбец, в котором любое значение, например дата отписки, — отзыв согласия, что бы ни говорил другой столбец.',
  'The kinds of events.': 'Виды событий.',
  'A kind of event.': 'Вид событий.',
  'For people.': 'Для людей.',
  'The columns, apart from `id`, `customer` and `at`.': 'Столбцы, кроме `id`, `customer` и `at`.',
  'Name and type of each field.': 'Имя и тип каждого поля.',
  'A type, or a map with type, pii, title and items.': 'Тип или набор ключей `type`, `pii`, `title` и `items`.',
  'A field with more than a type.': 'Поле, у которого указан не только тип.',
  'Personal data: never shown in plans, logs or errors. Default: true for email and phone, else false.':
    'Персональные данные: не показываются в планах, журналах и ошибках. По умолчанию: `true` для email и phone, иначе `false`.',
  'The fields of each item of a list.': 'Поля каждого элемента списка.',
  'A path, a map with path and how the file is written, or a list of these.':
    'Путь; набор ключей с `path` и тем, как записан файл; или их список.',
  'A file that is written otherwise than usual, or whose columns are called otherwise than in the model.':
    'Файл, который записан не так, как обычно, или чьи столбцы называются не так, как в модели.',
  'Relative to the folder of crm.yaml.': 'От папки с crm.yaml.',
  'The export of a well-known product that the file is. The other keys of the source count before what the preset says.':
    'Из какого известного продукта выгружен файл. Другие ключи источника важнее того, что задано в готовом описании.',
  'Column in the file → name in the model, or several names.': 'Столбец в файле → имя в модели или несколько имён.',
  'The encoding of the letters. Without it, it is recognised.':
    'Кодировка текста. Если не указана, определяется автоматически.',
  'The sign that separates the cells of a CSV file. Without it, it is told from the header.':
    'Разделитель столбцов в CSV. Если не указан, определяется по заголовку.',
  'The sheet of an Excel workbook. Without it, the first one.': 'Лист книги Excel. Если не указан — первый.',
  'The forms of dates and instants, tried in their order. ISO 8601 is read besides.':
    'Форматы дат и моментов времени, проверяются по порядку. ISO 8601 читается и так.',
  'The sign before the decimals of numbers in text. With it, digits may be in groups of three.':
    'Знак дробной части в числах, записанных текстом. Если указан, цифры могут быть разбиты по три.',
  'The text before a value, and the one after it.': 'Текст перед значением и текст после него.',
  'One or more signs.': 'Один знак или несколько.',
  "The time zone of its times without an offset, where it is not the project's.":
    'Часовой пояс времени без смещения, если он не тот, что у проекта.',
  'What the ids of customers in the file are, where they are addresses: then they count in one spelling.':
    'Чем являются идентификаторы клиентов в файле, если это адреса: тогда они считаются в едином написании.',
  "`email`: the customers' ids are e-mail addresses, in any case of letters.":
    '`email`: идентификаторы клиентов — адреса почты, в любом регистре букв.',
  'Only what stands between these two texts is the value.':
    'Значение — только то, что стоит между этими двумя текстами.',
  'Words of the file → what they mean. Here for columns that are true or false or have fixed words, and words that mean nothing; of a column under `fields` for any.':
    'Слова файла → что они значат. Здесь — для столбцов со значениями `true` и `false` или с набором слов и для слов, которые ничего не значат; для одного столбца (в `fields`) — любые.',
  'The notation of single columns, by their names in the model, if they differ from the rest.':
    'Запись отдельных столбцов по их именам в модели, если она отличается от остальных.',
  'Only rows whose columns of the file have one of these values. The others are no rows of the source.':
    'Только строки, у которых в столбцах файла одно из этих значений. Остальные к источнику не относятся.',
  'No rows of which a column of the file has one of these values.':
    'Без строк, у которых в столбце файла одно из этих значений.',
  'For JSON and Parquet: the path of a list in a row. Each of its items is a row, with what is around the list.':
    'Для JSON и Parquet: путь к списку внутри строки. Каждый его элемент — строка, вместе с тем, что вокруг списка.',
  'Files that are read one after the other.': 'Файлы, которые читаются один за другим.',
  'A path, or a map with path and how the file is written.': 'Путь или набор ключей с `path` и тем, как записан файл.',
  'A name, or several where one column is several things.':
    'Имя или несколько, если один столбец служит для нескольких полей.',
  'All that one column is.': 'Всё, чем служит один столбец.',
  'The name of an export of a well-known product.': 'Имя выгрузки из известного продукта.',
  'The encoding of letters as bytes.': 'Как буквы записаны байтами.',
  'The sign that separates the cells.': 'Знак между ячейками.',
  'The name of a sheet, in any case of letters.': 'Имя листа; регистр букв не важен.',
  'Keys with dots between them.': 'Ключи через точку.',
  'Forms of dates, the first that fits counts.': 'Форматы дат; действует первый подходящий.',
  'YYYY or YY, MM or M, DD or D, and for instants HH or H (h with A for am and pm), mm, ss, SSS (decimals of a second), Z (an offset) or UTC, with signs between them; or epoch seconds, epoch milliseconds.':
    '`YYYY` или `YY`, `MM` или `M`, `DD` или `D`, для моментов времени `HH` или `H` (`h` вместе с `A` — для am и pm), `mm`, `ss`, `SSS` (доли секунды), `Z` (сдвиг) или `UTC`, с разделителями; либо `epoch seconds`, `epoch milliseconds`.',
  'Comma or dot.': 'Запятая или точка.',
  'A word of the file, in any case of letters → what it means; an empty text means nothing.':
    'Слово файла (регистр букв не важен) → что оно значит; пустой текст — ничего.',
  'A value as the model has it, or an empty text for nothing.':
    'Значение, как оно записано в модели; пустой текст — значения нет.',
  'Columns by their names in the model, and how each is written.': 'Столбцы по именам в модели и запись каждого.',
  'The notation of the values of a column, if it differs from the rest of the file.':
    'Запись значений столбца, если она отличается от остального файла.',
  'The forms of its dates.': 'Форматы его дат.',
  'The sign before its decimals.': 'Знак его дробной части.',
  'Its words → what they mean, besides those of the file.': 'Его слова → что они значат, кроме слов всего файла.',
  'Column of the file → its value, or several of which one is enough.':
    'Столбец файла → его значение или несколько, из которых достаточно одного.',
  'A value, or several.': 'Одно значение или несколько.',
  'Values of which one is enough.': 'Значения, из которых достаточно одного.',
  'A value as in the file, in any case of letters; an empty text is an empty cell.':
    'Как записано в файле (регистр букв не важен); пустой текст — пустая ячейка.',
  'A path, a map with path and how the file is written, a list of these, or a map with from.':
    'Путь; набор ключей с `path` и тем, как записан файл; их список; или набор ключей с `from`.',
  'The long form.': 'Полная запись.',
  'Named groups of customers.': 'Группы клиентов с именами.',
  'A condition, or a list of customers.': 'Условие или список клиентов.',
  'Customers described by a condition.': 'Клиенты, которые отвечают условию.',
  'The condition on its members.': 'Условие, которому отвечают клиенты сегмента.',
  'Customers listed in files, or added and removed by journeys.':
    'Клиенты, перечисленные в файлах или добавленные и убранные цепочками.',
  'That it is a list, not a condition.': 'Что это список, а не условие.',
  'One file or several, with the column `customer`.': 'Один файл или несколько, со столбцом `customer`.',
  'A way a message can leave.': 'Способ, которым уходит сообщение.',
  'Default: the channel’s name, where that is a kind.': 'По умолчанию: имя канала, если оно совпадает с видом.',
  'The way of the message: by SMTP, by HTTP, into files, or onto the screen.':
    'Как уходит сообщение: по SMTP, по HTTP, в файлы или на экран.',
  'The URL of the server, for the transports smtp and http.': 'Адрес сервера для способов доставки smtp и http.',
  'The folder in which the file transport writes: one of the project, or a whole path to one elsewhere.':
    'Папка, в которую пишет способ доставки file: внутри проекта или полный путь.',
  'The sender: `Name <address>` for e-mail, a name elsewhere.':
    'Отправитель: `Имя <адрес>` для писем, просто имя для остального.',
  'The price of one message, in the project’s currency.': 'Цена одного сообщения в валюте проекта.',
  'The most messages that leave in a time. Default: as many as the transport takes.':
    'Сколько сообщений уходит самое большее за время. По умолчанию: сколько успевает способ доставки.',
  'The address of a one-click unsubscribe; the message’s id is appended as ?m=.':
    'Адрес отписки в один шаг; к нему добавляется номер сообщения: ?m=.',
  'The customer attribute that holds the address. Default: the first one of the fitting type.':
    'Атрибут клиента, в котором лежит адрес. По умолчанию: первый атрибут подходящего типа.',
  'True: a message whose fate a crash or Ctrl-C hid is sent again. Default: marketing no; transactional messages, webhooks and tasks yes.':
    '`true`: сообщение, судьба которого неизвестна из-за сбоя или Ctrl-C, отправляется снова. По умолчанию: реклама — нет; транзакционные сообщения, вебхуки и задачи — да.',
  'When nobody is written to.': 'Когда никому не пишут.',
  'Named limits on how often a customer is written to.': 'Ограничения на то, как часто пишут клиенту, по именам.',
  'Local hours in which nobody is written to; they may cross midnight.':
    'Часы по местному времени, когда не пишут; могут переходить через полночь.',
  'Quiet hours, limits on how often a customer is written to, and what an apply may not do.':
    'Тихие часы, ограничения на то, как часто пишут клиенту, и запреты для применения.',
  'What an apply refuses unless somebody allows it.': 'В чём применение отказывает, пока этого кто-то не разрешит.',
  'Who must approve a plan before it is applied.': 'Кто должен согласовать план до применения.',
  'Limits of what a plan may do; beyond them an apply is refused unless it is allowed.':
    'Пределы для плана; если план за них выходит, без разрешения он не применяется.',
  'The most customers who may get a message within 7 days.':
    'Сколько клиентов самое большее могут получить сообщения за 7 дней.',
  'The most that the messages of 7 days may cost, in the project’s currency.':
    'Сколько самое большее могут стоить сообщения за 7 дней, в валюте проекта.',
  'How much the audience of a changed campaign may grow between plan and apply.':
    'На сколько аудитория изменённой кампании может вырасти между планом и применением.',
  'When nothing is applied.': 'Когда ничего не применяется.',
  'Hours of the project’s time zone in which nothing is applied; they may cross midnight.':
    'Часы по поясу проекта, в которые ничего не применяется; могут переходить через полночь.',
  'The first minute in which nothing is applied.': 'Первая минута, когда ничего не применяется.',
  'The first minute in which it is possible again; the same as from: the whole day.':
    'Первая минута, когда снова можно; то же, что from: весь день.',
  'Only if the hours begin on these days. Default: every day.':
    'Только если часы начинаются в эти дни. По умолчанию: каждый день.',
  'Days of the week.': 'Дни недели.',
  'A day.': 'День.',
  'How many people, other than the authors, must approve which plans.':
    'Сколько человек, кроме авторов, должны согласовать план и какой.',
  'The number of people.': 'Сколько человек.',
  'Which plans: with breaking changes, beyond a guard, or all that change something.':
    'Какие планы: с ломающими изменениями, за пределами guards или все, которые что-то меняют.',
  'Those who may approve.': 'Кто может согласовать.',
  'Which plans need approvals. Default: breaking and guards.':
    'Каким планам нужно согласование. По умолчанию: breaking и guards.',
  'A kind of plan.': 'Вид плана.',
  'Lines as in the file allowed_signers of OpenSSH.': 'Строки, как в файле allowed_signers из OpenSSH.',
  'The e-mail address in the person’s commits, several separated by commas, a space, and the public key as ssh-keygen -t ed25519 writes it.':
    'Адрес почты из коммитов человека, несколько — через запятую, пробел и открытый ключ, каким его записала ssh-keygen -t ed25519.',
  'The first quiet minute.': 'Первая тихая минута.',
  'The first minute that is no longer quiet.': 'Первая минута, когда уже можно писать.',
  'hold: send at the first allowed minute; cancel: drop.':
    '`hold` — отправить в первую разрешённую минуту; `cancel` — не отправлять.',
  'True: transactional messages obey too.': '`true`: действует и для транзакционных сообщений.',
  'Named limits.': 'Ограничения по именам.',
  'At most so many marketing messages to one customer in a period.':
    'Не больше стольких рекламных сообщений одному клиенту за период.',
  'The number of messages.': 'Число сообщений.',
  'The period.': 'Период.',
  'Only this channel’s messages. Default: all together.': 'Только сообщения этого канала. По умолчанию: все вместе.',
  'Only this campaign’s messages. Default: all together.': 'Только сообщения этой кампании. По умолчанию: все вместе.',
};
