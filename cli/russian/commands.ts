import { counted } from '../../spec/russian/counted.ts';
import type { Texts } from '../../spec/words/language.ts';

/** Texts of the commands beside their views: questions, answers, refusals. */
export const texts: Texts = {
  'Add --auto-approve.': 'Добавьте --auto-approve.',
  'Run `crm validate`.': 'Выполните `crm validate`.',
  'Next:': 'Дальше:',

  '{0}, {1}%, about {2} left': '{0}, {1}%, осталось примерно {2}',
  'reading the data': 'читаю данные',
  'looking through the data': 'проверяю данные',
  'looking at the files': 'смотрю на файлы',
  'reading the files': 'читаю файлы',
  forecasting: 'считаю прогноз',
  simulating: 'прогоняю',
  'adding up': 'подвожу итоги',
  'playing the tests': 'проигрываю тесты',
  'playing the tests: {0} of {1}': 'проигрываю тесты: {0} из {1}',
  ticking: 'выполняю такт',
  sending: 'отправляю',

  'The project has errors, so nobody can tell whether the plan is of it.':
    'В проекте есть ошибки, поэтому не понять, для него ли этот план.',
  '--allow {0} was not needed: the plan has nothing that it lets pass.':
    '--allow {0} не понадобился: в плане нет того, что он пропускает.',
  'There is nobody to ask whether to apply.': 'Применить ли план, спросить не у кого.',
  'Apply a plan file (`{0}`, then `crm apply plan.json`), or add --auto-approve.':
    'Примените файл плана (`{0}`, затем `crm apply plan.json`) или добавьте --auto-approve.',
  'Apply this plan?': 'Применить этот план?',
  'Nothing was applied.': 'Ничего не применено.',
  'Applied as deployment {0}. `crm run` executes it; one that is running takes it up within a second.':
    'Применено: развёртывание {0}. Его выполняет `crm run`; уже работающая возьмёт его в течение секунды.',
  'What runs stays as it is, deployment {0}. The files say more or something else beside it, and that is kept now.':
    'То, что работает, не изменилось: это развёртывание {0}. В файлах рядом сказано больше или другое, и теперь это сохранено.',
  'Nothing to do: deployment {0} is what the plan wants.': 'Делать нечего: развёртывание {0} — то же, что в плане.',
  'The plan {0} cannot be read ({1}).': 'Не удалось прочитать план {0} ({1}).',
  'Make one by `crm plan --out plan.json`.': 'Составьте его: `crm plan --out plan.json`.',
  'The plan is in {0}. To execute exactly it: {1}': 'План записан в {0}. Чтобы выполнить ровно его: {1}',
  'The plan is in {0}. To execute exactly it: {1} by an approver, then {2}':
    'План записан в {0}. Чтобы выполнить ровно его: {1} — от согласующего, потом {2}',
  'The plan is in {0}. An apply refuses what is blocked.':
    'План записан в {0}. Применить нельзя, пока есть то, что применить нельзя.',
  'The plan cannot be written to {0} ({1}).': 'Не удалось записать план в {0} ({1}).',
  'Choose another place.': 'Выберите другое место.',

  'The report is in {0}.': 'Отчёт записан в {0}.',
  'The page is {0}.': 'Страница: {0}',
  'There is no program here that opens it; open it in a browser.':
    'Здесь нет программы, чтобы её открыть; откройте её в браузере.',
  'The template "{0}" has no text for the channel "{1}".': 'У шаблона «{0}» нет текста для канала «{1}».',
  'It has one for: {0}.': 'Текст есть для: {0}.',
  'A template that no campaign sends sees no event: name one by --event, or send it in a campaign.':
    'Шаблон, который не отправляет ни одна кампания, не видит события: назовите его через --event или отправьте шаблон в кампании.',

  'There is nobody to ask whether to erase the customer.': 'Удалить ли клиента, спросить не у кого.',
  'Erase the customer?': 'Удалить клиента?',
  'Nothing was erased.': 'Ничего не удалено.',
  '`crm explain` takes ids as the customers’ file has them. `crm customer` takes addresses too, and shows the id.':
    '`crm explain` принимает идентификаторы из файла клиентов. `crm customer` принимает и адреса и показывает идентификатор.',

  'Nothing was written, because there is nobody to ask: add --yes.':
    'Ничего не записано, потому что спросить не у кого: добавьте --yes.',
  'Write this to {0}?': 'Записать это в {0}?',
  'Nothing was written.': 'Ничего не записано.',
  'Written to {0}. Next: crm validate, crm plan': 'Записано в {0}. Дальше: crm validate, crm plan',
  '{0} is not a file.': '{0} — не файл.',
  '{0} does not exist.': 'Нет файла {0}.',
  'Name the data files that the shop’s programs have exported.':
    'Назовите файлы с данными, которые выгрузили программы магазина.',
  '"{0}" names no kind of data.': '«{0}» не называет вида данных.',
  '--as names {0}, which is not imported.': '--as называет {0}, а этот файл не загружается.',
  'Name it among the files too.': 'Назовите его и среди файлов.',
  '--name does not understand "{0}".': '--name не понимает «{0}».',
  'Write the column, = and a name of Latin letters, digits and underscores, as in --name "Дата рождения=birthday"; with nothing after = the column is left out.':
    'Напишите столбец, = и название из латинских букв, цифр и подчёркиваний, например --name "Дата рождения=birthday"; если после = ничего нет, столбец пропускается.',
  'Write customers, consent, suppressions or the name of an event, as in --as orders.csv=order_paid.':
    'Напишите customers, consent, suppressions или название события, например --as orders.csv=order_paid.',

  'There is nobody to ask whether to launch.': 'Запускать ли, спросить не у кого.',
  'Launch it?': 'Запустить?',
  'Nothing was launched.': 'Ничего не запущено.',
  'Launch {0} is requested; the first tick from {1} on takes it.':
    'Запуск {0} заказан; его выполнит первый такт, начиная с {1}.',
  'Another deployment was applied after the audience was shown; nothing was launched.':
    'После показа аудитории применили другое развёртывание; ничего не запущено.',
  'Run the command again, and look at the audience.': 'Повторите команду и посмотрите на аудиторию.',
  'The campaign "{0}" starts by itself, not by hand: its trigger is of the kind "{1}".':
    'Кампания «{0}» начинается сама, а не вручную: её триггер — `{1}`.',
  'Only campaigns with `on: { launch: manual }` are launched.':
    'Запускать можно только кампании с `on: { launch: manual }`.',
  '--at {0} has passed.': '--at {0} уже прошло.',
  'Name an instant to come, or leave --at out to launch at once.':
    'Назовите будущий момент или уберите --at, чтобы запустить сразу.',
  'The campaign "{0}" is not launched by hand: it begins by itself.':
    'Кампанию «{0}» не запускают вручную: она начинается сама.',

  '`crm lsp` is started by editors, not by people.': '`crm lsp` запускают редакторы, а не люди.',
  'See docs/editors.md for how to set one up.': 'Как настроить редактор, написано в docs/editors.md.',

  'One thing at a time: name one to {0}.': 'Для `crm {0}` назовите что-нибудь одно.',
  'There is nothing named to {0}.': 'Не названо, к чему относится `crm {0}`.',
  'Name a campaign, or say --channel <name> or --all.': 'Назовите кампанию или добавьте --channel <name> либо --all.',
  'Everything is paused, {0} too.': 'Приостановлено всё, в том числе {0}.',
  '`crm resume --all` lifts every pause; then pause again what shall wait.':
    '`crm resume --all` снимает все паузы; затем приостановите снова то, что должно ждать.',

  'ending; a second Ctrl-C ends at once': 'завершаюсь; второе Ctrl-C завершает сразу',
  ended: 'завершено',
  'Ending; a second Ctrl-C ends at once.': 'Завершаюсь; второе Ctrl-C завершает сразу.',
  '--at lies after the clock, by which it is {0}: "{1}".': 'Момент --at ещё не наступил, сейчас {0}: «{1}».',
  'Everything that is due by then would happen now. Choose an earlier instant, or add --force if that is meant.':
    'Всё, чему придёт пора к тому времени, произошло бы сейчас. Выберите момент раньше или добавьте --force, если так и задумано.',
  '--at lies before the last tick, which was for {0}: "{1}".':
    'Момент --at раньше последнего такта, который был за {0}: «{1}».',
  'Nothing was ticked or sent. Choose a later instant, or leave --at out for now.':
    'Такта не было, ничего не отправлено. Выберите момент позже или уберите --at.',

  '--to is not one e-mail address or phone number.': '--to — не один адрес почты или номер телефона.',
  'Write one, as in you@example.com.': 'Напишите адрес, например you@example.com.',
  '"{0}" has no message to send.': 'В «{0}» нет сообщений, которые можно отправить.',
  '"{0}" has no message on the channel "{1}" to send.':
    'В «{0}» нет сообщений, которые можно отправить по каналу «{1}».',
  'There are the channels: {0}.': 'Есть каналы: {0}.',
  'There are the channels: none.': 'Каналов нет.',
  'There is nobody to send it to.': 'Не названо, кому отправить.',
  'Add --to with an address, as in --to you@example.com.': 'Добавьте --to с адресом, например --to you@example.com.',
  'None of its messages goes to such an address: they are for {0}.':
    'Ни одно из сообщений не уходит на такой адрес: они для {0}.',
  'Webhooks and tasks are sent where their channel is named by --channel.':
    'Вебхуки и задачи отправляются, только если их канал назван через --channel.',
  'The channel "{0}" sends nothing here: its transport writes files.':
    'Канал «{0}» здесь ничего не отправляет: его способ доставки пишет файлы.',
  'The channel "{0}" sends nothing here: its transport prints a line.':
    'Канал «{0}» здесь ничего не отправляет: его способ доставки печатает строку.',
  'Give it a transport that sends (smtp, http), or name the environment that has one: --env production.':
    'Задайте способ доставки, который отправляет (smtp, http), или назовите окружение, где он есть: --env production.',
  'There is nobody to ask whether to send {0}.': 'Отправлять ли ({0}), спросить не у кого.',
  'Send {0}?': 'Отправить {0}?',
  'Nothing was sent.': 'Ничего не отправлено.',

  'Interrupted: what was simulated so far is not shown.': 'Прервано: то, что уже прогнано, не показывается.',
  'The data has no event: the simulation has only waits, dates and schedules.':
    'В данных нет ни одного события: в прогоне только ожидания, даты и расписания.',
  'The last event in the data is of {0}. After it the simulation has no events, only waits, dates and schedules.':
    'Последнее событие в данных — {0}. После него событий в прогоне нет, остаются только ожидания, даты и расписания.',
  '`crm data check` shows all': '`crm data check` показывает все',
  'In the data files:': 'В файлах с данными:',
  'The simulation would end before it begins.': 'Прогон закончился бы раньше, чем начался.',
  'Choose --to after --from.': 'Выберите --to позже, чем --from.',
  '1 message, up to {0} of each step, is in {1}; {2} shows them.':
    '1 сообщение (до {0} на каждый шаг) записано в {1}; {2} показывает его.',
  '{0} messages, up to {1} of each step, are in {2}; {3} shows them.': (n, most, folder, page) =>
    `${counted(n, 'сообщение', 'сообщения', 'сообщений')} (до ${most} на каждый шаг) в ${folder}; их показывает ${page}.`,

  'There is nobody named to {0}.': 'Не названо, кого касается `crm suppression {0}`.',
  'Name a customer’s id or an address.': 'Назовите идентификатор клиента или адрес.',
  'Name a customer by the id in the shop’s data, or write an address.':
    'Назовите клиента идентификатором из данных магазина или напишите адрес.',
  'Nothing to lift: "{0}" is not suppressed.': 'Снимать нечего: «{0}» нет в стоп-листе.',
  'Nothing to lift: "{0}" is not suppressed on {1}.': 'Снимать нечего: «{0}» нет в стоп-листе канала {1}.',
  'No lift ends that, but a later consent in the data does.':
    'Снять это нельзя; это отменит только более позднее согласие в данных.',
  '`crm suppression list` shows who is; look for a slip of the keyboard.':
    'Кто в стоп-листе, показывает `crm suppression list`; проверьте, нет ли опечатки.',

  'Interrupted: what was played so far is not shown.': 'Прервано: то, что уже проиграно, не показывается.',
  'There are no tests. Write some under `tests:`; docs/testing.md shows how.':
    'Тестов нет. Напишите их в `tests:`; как это сделать, написано в docs/testing.md.',
  '{0}: tests reach {1}% of its steps and arms, less than {2}%.':
    '{0}: тесты проходят {1}% шагов и веток, а нужно не меньше {2}%.',
};
