import type { Texts } from '../../spec/words/language.ts';

/** Texts about what an import understands of files. */
export const texts: Texts = {
  'years of two digits are read as 1950 to 2049': 'годы из двух цифр читаются как 1950–2049',
  'has years of two digits, which cannot be read as dates; it is taken as text':
    'год записан двумя цифрами, такие даты прочитать нельзя; столбец взят как текст',
  '{0} may be either order: read as {1}, because {2}': '{0} можно прочитать двояко: читается как {1}, потому что {2}',
  'does not look like amounts of money, so it is taken as text: only digits and a currency beside them can be read':
    'не похоже на суммы денег, столбец взят как текст: читаются только цифры и валюта рядом с ними',
  '{0} may be a decimal or thousands: read with `decimal: "{1}"`':
    '{0} — то ли дробь, то ли тысячи: читается с `decimal: "{1}"`',
  'it looks like {0}, but no column is the {1}: add it to the file, or name a column so by --name':
    'похоже на {0}, но нет столбца {1}: добавьте его в файл или назовите так столбец через --name',
  'it looks like {0}, but no column is the {1}: add them to the file, or name a column so by --name':
    'похоже на {0}, но нет столбцов {1}: добавьте их в файл или назовите так столбцы через --name',
  '"{0}": no word in it is a consent': '«{0}»: ни одно слово в нём — не согласие',
  '"{0}": consent by {1}, none by an empty cell': '«{0}»: согласие — {1}, пустая ячейка — нет',
  '"{0}": consent by {1}, none by {2} or an empty cell': '«{0}»: согласие — {1}; не согласие — {2} и пустая ячейка',
  '"{0}": not understood, so no consent: {1}; write what such a word means under `values` of the file, as in `values: { {2}: yes }`':
    '«{0}»: непонятно, поэтому согласия нет: {1}; запишите, что значит такое слово, в `values` файла, например `values: { {2}: yes }`',
  '"{0}" seems to be about consent, but its words are not understood, so nobody has consent by it: if they say it, write `consent: { email: {1} }` under `data.customers`, and what they mean under `values` of the file':
    'похоже, что «{0}» — о согласии, но слова в нём непонятны, поэтому согласия по нему нет ни у кого: если столбец о согласии, напишите `consent: { email: {1} }` в `data.customers`, а значения слов — в `values` файла',
  '"{0}" seems to be about consent to {1} too: only "{2}" counts':
    'похоже, что «{0}» тоже о согласии на {1}: учитывается только «{2}»',
  '"{0}" has dates of consent, but no column says yes or no, so nobody has consent by it: add such a column to the file and name both, as in `consent: { email: { column: Subscribed, at: {1} } }`':
    'в «{0}» даты согласия, но нет столбца с «да» или «нет», поэтому согласия нет ни у кого: добавьте такой столбец в файл и назовите оба, например `consent: { email: { column: Subscribed, at: {1} } }`',
  '"{0}": customers with a yes in it have no consent, whatever another column says':
    '«{0}»: у клиентов с «да» в этом столбце согласия нет, что бы ни говорил другой',
  '"{0}": customers with a date in it have no consent, whatever another column says':
    '«{0}»: у клиентов с датой в этом столбце согласия нет, что бы ни говорил другой',
  '"{0}" seems to say who has refused, but is not read so: name it beside the column of consent, as in `consent: { email: { column: Subscribed, refusal: {1} } }` under `data.customers`, or give the refusals in a file under `data.consent`':
    'похоже, что «{0}» говорит, кто отказался, но читается он не так: назовите его рядом со столбцом согласия, например `consent: { email: { column: Subscribed, refusal: {1} } }` в `data.customers`, или передайте отказы файлом в `data.consent`',
  '"{0}" seems to be personal data, and the project declares {1} without `pii: true`, which stays: its values may appear in plans, logs and error messages; write `{2}: { type: {3}, pii: true }` to keep them out':
    'похоже, что в «{0}» персональные данные, а в проекте {1} объявлен без `pii: true`, так и останется: его значения могут попасть в планы, журналы и сообщения об ошибках; чтобы они туда не попадали, напишите `{2}: { type: {3}, pii: true }`',
  'A row is such as customer,channel,status,at: anna@shop.example,email,granted,2026-01-31':
    'Строка выглядит так: customer,channel,status,at: anna@shop.example,email,granted,2026-01-31',
  'A row is such as customer,channel,reason,at: anna@shop.example,*,unsubscribed,2026-01-31':
    'Строка выглядит так: customer,channel,reason,at: anna@shop.example,*,unsubscribed,2026-01-31',
  'its name is of a list of refusals, but it has no columns with a header that tells them: give it the header `customer,channel,reason,at`, as in `anna@shop.example,*,unsubscribed,2026-01-31`':
    'по имени это список отказов, но по заголовку столбцов это не видно: дайте ему заголовок `customer,channel,reason,at`, например `anna@shop.example,*,unsubscribed,2026-01-31`',
  'customers are known by "{0}"': 'клиенты различаются по столбцу «{0}»',
  '"{0}": numbers without the code of their country are read as of the country of `timezone` under `project`':
    '«{0}»: номера без кода страны читаются как номера страны, к которой относится `timezone` в `project`',
  'no column says whose event a row is: name it by --name, as in --name "Buyer=customer"':
    'ни один столбец не говорит, чьё это событие: назовите его через --name, например --name "Покупатель=customer"',
  'no column says when a row happened: name it by --name, as in --name "Date=at"':
    'ни один столбец не говорит, когда это произошло: назовите его через --name, например --name "Дата=at"',
  '"{0}" comes again in several rows, so each row is an event by itself, such as a product of an order':
    'значения «{0}» повторяются в нескольких строках, поэтому каждая строка — отдельное событие, например товар заказа',
  '{0} has no sheet with rows that is called as --sheet says.': 'В {0} нет листа со строками и с названием из --sheet.',
  'It has {0}.': 'Есть листы {0}.',
  "amounts seem to be in {0}, and the project's currency is {1}: correct `currency` under `project`":
    'суммы, похоже, в {0}, а валюта проекта — {1}: исправьте `currency` в `project`',
  'rows count unless "{0}" is {1}': 'строки учитываются, кроме тех, где «{0}» — {1}',
  'rows count where "{0}" is {1}; not where it is {2}': 'учитываются строки, где «{0}» — {1}; не учитываются, где {2}',
  'rows count where "{0}" is {1}, the project\'s currency; not where it is {2}':
    'учитываются строки, где «{0}» — {1}, валюта проекта; не учитываются, где {2}',
  'taken for paid orders because of the amounts in it: if it holds something else, say so by --as, as in --as {0}=returned':
    'принят за оплаченные заказы, потому что в нём суммы: если в нём другое, укажите это через --as, например --as {0}=returned',
  'add {0} to `where` if that is an order too': 'добавьте {0} в `where`, если это тоже заказ',
  'nothing tells what it holds: say it by --as, as in --as customers':
    'непонятно, что в нём: укажите это через --as, например --as customers',
  'it has no rows': 'в нём нет строк',
  'its columns': 'столбцы',
  'no column identifies its customers: each row needs a value of its own':
    'ни один столбец не различает клиентов: в каждой строке нужно своё значение',
  'the dates of registration': 'даты регистрации',
  'as --as says': 'указано в --as',
  'most countries have the day first': 'в большинстве стран первым пишут день',
  '"{0}" has the day first': 'в «{0}» первым стоит день',
  '"{0}" has the month first': 'в «{0}» первым стоит месяц',
  '"{0}" of another file has the day first': 'в «{0}» другого файла первым стоит день',
  '"{0}" of another file has the month first': 'в «{0}» другого файла первым стоит месяц',
  '"{0}" is USD': 'в «{0}» стоит USD',
  '"{0}" is in dollars': '«{0}» — в долларах',
  '"{0}" is the United States': '«{0}» — США',
  'the project is American': 'проект американский',
  "the project's zone is {0}": 'часовой пояс проекта — {0}',
  'it is declared already, and that stays': 'он уже объявлен, и так и останется',
  'a column of channels, and one that says granted or withdrawn':
    'столбец каналов и столбец со словами granted и withdrawn',
  'the name of the file': 'имя файла',
  'columns of a channel and a reason': 'столбцы канала и причины',
  'an order and its customer in each row': 'в каждой строке заказ и его клиент',
  'customers who come again': 'клиенты повторяются',
  'numbers of orders': 'номера заказов',
  'an amount': 'сумма',
  'a status': 'статус',
  'a time': 'время',
  'a product': 'товар',
  birthdays: 'дни рождения',
  names: 'имена',
  consent: 'согласие',
  'what customers have': 'сведения о клиентах',
  'addresses that come once': 'адреса не повторяются',
  'several columns are called "{0}", so none of them can be declared: name them differently in the file':
    'несколько столбцов называются «{0}», поэтому ни один из них нельзя объявить: назовите их в файле по-разному',
  '"{0}" looks like {1}; the project declares {2} as {3}, which stays':
    'столбец «{0}» похож на {1}; в проекте {2} объявлен как {3}, так и останется',
  'the columns are those of "{0}": the preset {1} describes them':
    'столбцы как в «{0}»: их описывает готовый preset {1}',
  "only orders in {0} count, the project's currency: not those in {1}":
    'учитываются только заказы в {0}, валюте проекта: не в {1}',
};
