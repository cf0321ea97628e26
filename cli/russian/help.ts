import type { Texts } from '../../spec/words/language.ts';

/** The help: what commands do, their arguments and options. */
export const texts: Texts = {
  'CRM campaigns as code: segments, journeys and channel cascades in git, planned, applied and run.':
    'CRM-кампании как код: сегменты, цепочки и каскады каналов лежат в git, их планируют, применяют и выполняют.',
  'The language of texts, en or ru; default: CRM_LANG, else that of the system.':
    'Язык текстов, en или ru; по умолчанию CRM_LANG, иначе язык системы.',
  'Who does this, for the audit log; default: CRM_ACTOR, else git’s user.name, else the account.':
    'Кто это делает — для журнала действий; по умолчанию CRM_ACTOR, иначе user.name из git, иначе учётная запись.',
  'List what people did to the store, or check that nobody has changed that list.':
    'Показать журнал действий людей над хранилищем или проверить, что его никто не менял.',
  'To verify: a hash printed earlier, which must still be in the list.':
    'Для verify: хеш, напечатанный раньше; он должен остаться в журнале.',
  'who has applied, paused, launched … and when': 'кто и когда применял, приостанавливал, запускал …',
  'whether the list is as it was written; prints the hash to keep':
    'цел ли журнал; печатает хеш, который стоит сохранить',
  'Lock a campaign, so that nobody else changes it by an apply; without a name, list the locks.':
    'Заблокировать кампанию, чтобы никто другой не изменил её применением; без названия — показать блокировки.',
  'An applied campaign.': 'Применённая кампания.',
  'Why, for those whom it stops.': 'Почему — для тех, кого это остановит.',
  'End the lock of a campaign.': 'Снять блокировку кампании.',
  'A campaign that is locked.': 'Заблокированная кампания.',
  'Also if somebody else holds it.': 'И если заблокировал кто-то другой.',
  'lists what is locked, by whom and why': 'показывает, что, кем и почему заблокировано',
  'nobody else can apply a change of it': 'никто другой не применит её изменение',
  'breaks the lock of somebody else': 'снимает чужую блокировку',
  'Only the change of this, as campaign.welcome, and of what it needs; everything else stays as it is applied. May be repeated.':
    'Только изменение этого, например campaign.welcome, и того, что ему нужно; всё остальное остаётся применённым. Можно повторять.',
  'only one of the changes': 'только одно из изменений',
  'Print the version.': 'Показать версию.',
  'Explain the command.': 'Рассказать о команде.',
  'Show where an error comes from.': 'Показать, откуда взялась ошибка.',
  'The folder of the project; otherwise the nearest crm.yaml or project.crm upwards counts.':
    'Папка проекта; иначе берётся ближайший crm.yaml или project.crm выше по папкам.',
  'Print JSON for programs instead of text for people.': 'Вывести JSON для программ вместо текста для людей.',
  'Do not ask.': 'Не спрашивать.',
  'Its name.': 'Название.',
  'What to do.': 'Что сделать.',
  'Write it to a file.': 'Записать в файл.',
  'The customer’s id in the shop’s data.': 'Идентификатор клиента в данных магазина.',

  'Begin a small working project.': 'Начать небольшой работающий проект.',
  'Where; it is made if it does not exist.': 'Папка проекта; если её нет, она будет создана.',
  'What its campaign does; asked for on a terminal, else welcome.':
    'Что делает первая кампания; на терминале команда спросит, иначе welcome.',
  'Write YAML; asked for on a terminal, else the default.':
    'Писать на YAML; на терминале команда спросит, иначе так по умолчанию.',
  'Write Kaskad’s own language.': 'Писать на собственном языке Kaskad.',
  'Of texts and comments; asked for on a terminal, else by --lang or LANG.':
    'Язык текстов и комментариев; на терминале команда спросит, иначе по --lang или LANG.',
  'Of the shop, as Europe/Moscow; asked for on a terminal, else the system’s.':
    'Часовой пояс магазина, например Europe/Moscow; на терминале команда спросит, иначе пояс системы.',
  'Of prices, as EUR; asked for on a terminal, else by LANG.':
    'Валюта цен, например EUR; на терминале команда спросит, иначе по LANG.',

  'Print the JSON Schema by which editors check the YAML files.':
    'Вывести JSON Schema, по которой редакторы проверяют файлы YAML.',

  'Examine data files, show their contents, and declare them in the project; asks first.':
    'Просмотреть файлы с данными, показать, что в них, и описать их в проекте; сначала спрашивает.',
  'Exports of the shop: customers, orders and other events, consent, suppressions.':
    'Выгрузки магазина: клиенты, заказы и другие события, согласия, стоп-листы.',
  'Execute this breaking change, such as campaign.welcome, or go beyond this guard, such as max_budget: the plan names each. May be repeated.':
    'Выполнить это ломающее изменение, например campaign.welcome, или выйти за этот предел, например max_budget: план называет каждый. Можно повторять.',
  'Sign a plan that somebody else has made, so that it may be applied; shows it and asks first.':
    'Подписать план, который составил кто-то другой, чтобы его можно было применить; сначала показать и спросить.',
  'A file written by `crm plan --out`, or the hash of a plan, which the store then remembers.':
    'Файл, который записала `crm plan --out`, или хеш плана — тогда согласование запомнит хранилище.',
  'The ed25519 key; default: user.signingkey of git, else ~/.ssh/id_ed25519.':
    'Ключ ed25519; по умолчанию user.signingkey из git, иначе ~/.ssh/id_ed25519.',
  'shows the plan, asks, signs it': 'показывает план, спрашивает, подписывает',
  'with another key than the usual one': 'другим ключом, чем обычно',
  'What a file holds: customers, consent, suppressions, or the name of an event; without a file, all files. May be repeated.':
    'Что лежит в файле: customers (клиенты), consent (согласия), suppressions (стоп-лист) или название события; без имени файла относится ко всем. Можно повторять.',
  'The name of a column in the project, also id, customer or at; nothing after = leaves it out. May be repeated.':
    'Название столбца в проекте, в том числе id, customer или at; если после = ничего нет, столбец пропускается. Можно повторять.',
  'Only this sheet of a workbook; without it all that have rows. May be repeated.':
    'Только этот лист книги; без параметра — все листы, на которых есть строки. Можно повторять.',

  'Check the files of a project; nothing else is read or changed.':
    'Проверить файлы проекта; больше ничего не читается и не меняется.',
  'text; json, as --json; or for CI: sarif, github or gitlab (annotations), junit.':
    'text — текст; json — как --json; для CI: sarif, github или gitlab (аннотации), junit.',

  'Show what is valid but hardly meant; `crm validate` shows it too.':
    'Показать то, что допустимо, но вряд ли задумано; это показывает и `crm validate`.',
  'Put right what can be put right by itself, and show the rest.':
    'Исправить то, что исправляется само, и показать остальное.',

  'Run the tests of campaigns on the production engine, in memory.':
    'Проиграть тесты кампаний на рабочем движке, в памяти.',
  'Tests, campaigns, or files and folders with tests; otherwise all tests.':
    'Тесты, кампании или файлы и папки с тестами; без них — все тесты.',
  'Name also the tests that pass.': 'Назвать и те тесты, что прошли.',
  'List the steps and arms that no test reaches.': 'Перечислить шаги и ветки, до которых не доходит ни один тест.',
  'Fail where the tests reach less of a campaign.':
    'Завершиться ошибкой, если тесты охватывают меньшую долю какой-нибудь кампании.',
  'Write a report for CI as well.': 'Записать также отчёт для CI.',
  'Play again, after each change, what it may concern; until Ctrl-C.':
    'После каждого изменения проигрывать заново то, чего оно может касаться; до Ctrl-C.',

  'Explain the code of a finding, with a wrong example and a right one.':
    'Объяснить код замечания: пример с ошибкой и он же исправленный.',
  'As in CRM4003, or the name of a lint rule; otherwise all are listed.':
    'Код, например CRM4003, или название правила `crm lint`; без него перечисляются все.',

  'Format the files of a project; comments stay.': 'Привести файлы проекта к единому виду; комментарии сохраняются.',
  'Files or folders; otherwise the whole project.': 'Файлы или папки; без них — весь проект.',
  'Change nothing; list what would change, and exit with 1 if there is anything.':
    'Ничего не менять: перечислить то, что изменилось бы, и завершиться с кодом 1, если такое есть.',

  'Write files in the DSL that are in YAML, or the reverse; comments stay.':
    'Переписать файлы из YAML на язык Kaskad или обратно; комментарии сохраняются.',
  'The file to convert.': 'Файл, который нужно переписать.',
  'Every file that is not on that surface yet.': 'Все файлы, которые записаны иначе.',
  'Where to.': 'Во что переписать.',
  'Print what would be written; change nothing.': 'Вывести то, что было бы записано; ничего не менять.',

  'Print the executable form of a project.': 'Вывести исполняемую форму проекта.',

  'Go on with what can be read, also if more of a data file is lost than data.tolerance.':
    'Продолжить с тем, что удалось прочитать, даже если из файла потеряно больше, чем допускает data.tolerance.',
  'Go on with what can be read, also if more of a data file is lost than data.tolerance; customers whom files with `complete: true` name no more are removed.':
    'Продолжить с тем, что удалось прочитать, даже если из файла потеряно больше, чем допускает data.tolerance; клиенты, которых больше нет в файлах с `complete: true`, удаляются.',

  'Show what an apply would change, and what that would do in the next 7 days.':
    'Показать, что изменит применение и что это даст в ближайшие 7 дней.',
  'Write the plan to a file that `crm apply` executes exactly as it is.':
    'Записать план в файл, который `crm apply` выполнит в точности.',
  'Exit with 2 when there are changes.': 'Завершиться с кодом 2, если есть изменения.',

  'Make the project, or a plan of it, what runs.': 'Ввести в действие проект или готовый план.',
  'A file written by `crm plan --out`.': 'Файл, который записала `crm plan --out`.',

  'Run the project under a virtual clock on its data files. Nothing is sent, no store is touched.':
    'Прогнать проект на его файлах с данными по виртуальным часам. Ничего не отправляется, хранилище не меняется.',
  'First instant, as in 2026-03-02 or 2026-03-02T10:00:00+03:00; default: the project’s, or now.':
    'Начало, например 2026-03-02 или 2026-03-02T10:00:00+03:00; по умолчанию из проекта или сейчас.',
  'The instant to stop before.': 'Конец; этот момент уже не входит в прогон.',
  'How many days; default: 30.': 'Сколько дней; по умолчанию 30.',
  'Decides who opens and clicks; default: the project’s.':
    'Определяет, кто открывает и нажимает; по умолчанию из проекта.',
  'Compare with the files of this commit of git, or of a folder (./before), instead of what is applied. Needs no store.':
    'Сравнить с файлами этого коммита git или папки (./before), а не с тем, что применено. Хранилище не нужно.',
  'text; json, as --json; markdown, for a pull request; html, a page with everything; github or gitlab, annotations.':
    'text; json, как --json; markdown — для запроса на слияние; html — страница со всем планом; github или gitlab — аннотации.',
  'text; json, as --json; markdown, for a pull request; or html, a page with everything.':
    'text; json, как --json; markdown — для запроса на слияние; html — страница со всеми числами.',
  'The most characters of --format markdown, 60000 by default: what matters least is left out.':
    'Сколько знаков может занять --format markdown, по умолчанию 60000: наименее важное опускается.',
  'the text of a comment in a pull request': 'текст комментария к запросу на слияние',
  'what the branch changes, without a store': 'что меняет ветка; хранилище не нужно',
  'Simulate only about so many customers, drawn by their ids, and estimate what all would get; for large shops.':
    'Прогнать примерно столько клиентов, выбранных по id, и оценить, что получили бы все; для больших магазинов.',
  'lives through a month with some of the customers, and estimates what all would get':
    'прожить месяц с частью клиентов и оценить, что получили бы все',
  'forecasts by some of the customers': 'прогноз по части клиентов',
  'Launch these at the beginning, which otherwise only `crm launch` does.':
    'Запустить эти кампании в начале; обычно это делает только `crm launch`.',
  'Write some of the messages there as files, and a page that shows them.':
    'Записать туда часть сообщений файлами и страницу, на которой они показаны.',
  'How many messages of each step to write.': 'Сколько сообщений каждого шага записать.',

  'Do what is due now, send it, and exit; for cron and the like.':
    'Сделать то, чему пришла пора, отправить и закончить; для cron и подобного.',
  'Tick as if it were this instant, as in 2026-03-08T10:00 (the project’s time); it must not lie before the last tick.':
    'Выполнить такт так, будто сейчас этот момент, например 2026-03-08T10:00 (время проекта); он не может быть раньше последнего такта.',
  'Also if --at lies after the clock.': 'Даже если момент --at ещё не наступил.',
  'Decide, but send nothing.': 'Принять решения, но ничего не отправлять.',

  'Tick on the grid and send, until Ctrl-C; a second one ends at once. The log is for people on a terminal, else JSON.':
    'Выполнять такты по расписанию и отправлять, пока не нажато Ctrl-C; второе нажатие завершает сразу. На терминале журнал для людей, иначе JSON.',

  'Tell the story of a customer: why each message was or was not sent.':
    'Рассказать историю клиента: почему каждое сообщение отправлено или нет.',

  'Show everything known about a customer, and the next steps.':
    'Показать всё, что известно о клиенте, и что будет дальше.',
  'The id in the shop’s data, an e-mail address, a phone number, or a part of the name.':
    'Идентификатор в данных магазина, адрес почты, телефон или часть имени.',

  'Show how many customers a segment has, list them, or explain why one is or is not in it.':
    'Показать, сколько в сегменте клиентов, перечислить их или объяснить, почему клиент в нём или нет.',
  'List its customers and their attributes as CSV.': 'Перечислить клиентов сегмента и их атрибуты в CSV.',
  'Which conditions hold for this one: id, address or part of a name.':
    'Какие условия выполнены для этого клиента: идентификатор, адрес или часть имени.',
  'Write the list to a file that only you can read.': 'Записать список в файл, который сможете прочитать только вы.',

  'Show who is inside a campaign, by step, and who may enter it.':
    'Показать, сколько клиентов на каждом шаге кампании и сколько может войти.',
  'List these customers and their attributes as CSV.': 'Перечислить этих клиентов и их атрибуты в CSV.',

  'Show the deployment, the customers by step, what waits, and what could not be read.':
    'Показать, что применено, кто где находится, что ждёт и что не удалось прочитать.',
  'List every problem of the data, not only each cause with its first places.':
    'Перечислить все проблемы данных, а не только причины с первыми примерами.',

  'Check the data files of a project, and list the problems by cause, the worst first.':
    'Проверить файлы с данными: что в них не так, по причинам, сначала худшее.',
  'text; json, as --json; or html, a page that is complete in itself.':
    'text — текст; json — как --json; html — самостоятельная страница.',
  'With every place of each cause, not only the first three.': 'Все места каждой причины, а не только первые три.',

  'Show a template as a customer would see it: as text, and as a page with phone and desktop.':
    'Показать шаблон таким, каким его увидит клиент: текстом и страницей с видом на телефоне и на компьютере.',
  'Its name, as in cart/reminder.': 'Название, например cart/reminder.',
  'With the data of this one: id, address or part of a name; default: sample values.':
    'С данными этого клиента: идентификатор, адрес или часть имени; по умолчанию с примерными значениями.',
  'Only for this channel, or kind of channel; default: for all it has a text for.':
    'Только для этого канала или вида каналов; по умолчанию для всех, для которых есть текст.',
  'With the event in this file, a JSON object; default: the customer’s latest, else samples.':
    'С событием из этого файла (объект JSON); по умолчанию с последним событием клиента, иначе с примером.',
  'In this language, as in ru or pt-BR; default: the customer’s, else the project’s.':
    'На этом языке, например ru или pt-BR; по умолчанию на языке клиента, иначе проекта.',
  'Write the page there; default: among the temporary files.':
    'Куда записать страницу; по умолчанию к временным файлам.',
  'Open the page in the browser.': 'Открыть страницу в браузере.',

  'Send a template, or each message of a campaign, to an address: marked, and counted nowhere.':
    'Отправить шаблон или все сообщения кампании на один адрес: с пометкой и без учёта в статистике.',
  'A template, as in cart/reminder, or a campaign.': 'Шаблон, например cart/reminder, или кампания.',
  'Where to: an e-mail address.': 'Куда: адрес почты.',
  'Only by this channel, or kind of channel; webhooks and tasks only so.':
    'Только по этому каналу или виду каналов; вебхуки и задачи отправляются только так.',
  'Do not ask, also for more than 5 messages.': 'Не спрашивать, даже если сообщений больше 5.',

  'Draw the journey of a campaign, or of all of them.': 'Нарисовать цепочку одной кампании или всех.',
  'Its name; otherwise all campaigns are drawn.': 'Название; без него рисуются все кампании.',
  'Mermaid text, or a picture; default: as the file is called.':
    'Текст Mermaid или картинка; по умолчанию по имени файла.',

  'Let the audience enter a campaign that starts by hand; shows it and asks first.':
    'Запустить кампанию, которая начинается вручную; сначала показывает аудиторию и спрашивает.',
  'A campaign with `on: { launch: manual }`, applied.': 'Применённая кампания с `on: { launch: manual }`.',
  'When, as in 2026-03-08T10:00; default: at the next tick.':
    'Когда, например 2026-03-08T10:00; по умолчанию в ближайший такт.',

  'Stop a campaign, a channel or everything where it is; a running `crm run` follows within a second.':
    'Приостановить кампанию, канал или всё сразу; работающая `crm run` узнает об этом за секунду.',
  'An applied campaign: nobody in it moves on, and none of its messages leaves.':
    'Применённая кампания: в ней никто не идёт дальше, и ни одно её сообщение не уходит.',
  'Only what leaves by this channel: its messages wait.': 'Только то, что уходит по этому каналу: его сообщения ждут.',
  'Everything.': 'Всё.',

  'Continue what `crm pause` has stopped.': 'Продолжить то, что приостановила `crm pause`.',
  'A campaign that is paused.': 'Приостановленная кампания.',
  'A channel that is paused.': 'Приостановленный канал.',
  'Lift every pause.': 'Снять все паузы.',

  'List, add or lift suppressions: who gets nothing by which channel.':
    'Стоп-лист — кто по какому каналу ничего не получает: показать (list), добавить (add), снять (lift).',
  'A customer’s id in the shop’s data, or an address. To list: of whom; default: of everybody.':
    'Идентификатор клиента в данных магазина или адрес. Для list: чей стоп-лист; по умолчанию общий.',
  'A channel, or a kind of channel; default: every channel.': 'Канал или вид каналов; по умолчанию все каналы.',
  'To add: why; default: by-hand.': 'Для add: причина; по умолчанию by-hand.',

  'Remove a customer from the store for good; asks first.':
    'Навсегда удалить клиента из хранилища; сначала спрашивает.',

  'Serve editors by the language server protocol on standard input and output.':
    'Отвечать редактору по протоколу LSP через стандартный ввод и вывод.',
  'What it does anyway; editors say so.': 'Так команда работает всегда; этот параметр передают редакторы.',

  'Print the script with which a shell completes `crm` on Tab.':
    'Вывести сценарий, с которым оболочка дополняет `crm` по клавише Tab.',
  'Which one.': 'Какая оболочка.',

  'Explain a command.': 'Рассказать о команде.',
  'Its name; otherwise the overview is shown.': 'Название; без него показывается общая справка.',
};
