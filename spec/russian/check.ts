import type { Texts } from '../words/language.ts';

/** Findings of checks of the whole project. */
export const texts: Texts = {
  // Groups of codes.
  'How files are written': 'Как пишутся файлы',
  Values: 'Значения',
  Conditions: 'Условия',
  Templates: 'Шаблоны',
  'How things fit together': 'Как части подходят друг к другу',
  'Tests of campaigns': 'Тесты кампаний',
  Lint: 'Lint (сомнительные места)',
  // Channels.
  'The attribute `{0}` is of type {1} and holds no address for {2}':
    'Атрибут `{0}` имеет тип {1}: адреса для канала вида {2} в нём нет',
  'Name an attribute of type {0}.': 'Укажите атрибут типа {0}.',
  'The channel needs the key `address`: customers have no attribute `{0}`':
    'Каналу нужен ключ `address`: у клиентов нет атрибута `{0}`',
  'The channel needs the key `address`: customers have no attribute of type {0}':
    'Каналу нужен ключ `address`: у клиентов нет атрибута типа {0}',
  'Name the customer attribute that holds the address.': 'Укажите атрибут клиента, в котором лежит адрес.',
  'What goes through this channel is the step `{0}`; or name a channel of another kind.':
    'Для этого канала есть шаг `{0}`; либо укажите канал другого вида.',
  'The channel `{0}` ({1}) sends no messages to customers': 'Канал `{0}` ({1}) не отправляет сообщений клиентам',
  'The channel `{0}` ({1}) is no {2}': 'Канал `{0}` ({1}) — не {2}',
  'The channel `{0}` does not say what it is': 'Не указано, какого вида канал `{0}`',
  'Add `kind:` with {0}.': 'Добавьте `kind:` и одно из значений: {0}.',
  '`{0}` has no effect on a channel of kind {1}': '`{0}` не действует для канала вида {1}',
  'Remove it: no customer is written to here.': 'Уберите этот ключ: клиентам здесь не пишут.',
  'Write `Name <address>` or an address alone, as in `Shop <shop@example.com>`.':
    'Напишите `Имя <адрес>` или только адрес, например `Магазин <shop@example.com>`.',
  'The sender of e-mail is not an address': 'Отправитель писем указан без правильного адреса',
  'The transport {0} carries {1} only, and this is {2}':
    'Способ доставки {0} подходит только для каналов {1}, а это {2}',
  'Use {0}.': 'Подойдёт {0}.',
  'A channel with transport {0} needs the key `{1}`': 'Каналу со способом доставки {0} нужен ключ `{1}`',
  '`{0}` has no effect with transport {1}': '`{0}` не действует при способе доставки {1}',
  'Remove it, or change the transport.': 'Уберите этот ключ или смените способ доставки.',
  '`{0}` leads out of the project': '`{0}` ведёт за пределы проекта',
  'Name a folder of the project, or write out the whole path, from its `/` on, if it shall lie elsewhere.':
    'Укажите папку внутри проекта или, если нужна другая, полный путь, начиная с `/`.',
  '`{0}` is no address for the transport {1}': '`{0}` — не адрес для способа доставки {1}',
  'Write for example `{0}`, or `env:NAME`.': 'Напишите, например, `{0}` или `env:NAME`.',
  'For example `{0}`.': 'Например, `{0}`.',

  // Cascades.
  'Add `until` and `within` to the last stage of `{0}`: any of them may come before another one.':
    'Добавьте `until` и `within` к последней ступени `{0}`: любая ступень может оказаться раньше другой.',
  '`{0}` cannot be used in the order `{1}`': '`{0}` нельзя использовать в порядке `{1}`',
  'Add {0} with a template.': 'Добавьте {0} и шаблон.',
  'Add a channel with a template.': 'Добавьте канал и шаблон.',
  'The stage of the cascade names no channel': 'В ступени каскада не указан канал',
  'Make them two stages, one after the other.': 'Сделайте из них две ступени, одну за другой.',
  'One stage uses two channels, `{0}` and `{1}`': 'В одной ступени два канала: `{0}` и `{1}`',
  'Unknown key `{0}` in a stage of a cascade': 'Неизвестный ключ `{0}` в ступени каскада',
  'Remove it, or add a stage after this one.': 'Уберите этот ключ или добавьте следующую ступень.',
  '`{0}` has no effect on the last stage of a cascade': '`{0}` не действует в последней ступени каскада',
  'Say what stops the cascade: `until: opened`.': 'Укажите, что останавливает каскад: `until: opened`.',
  'Say how long to wait: `within: 2 hours`.': 'Укажите, сколько ждать: `within: 2 hours`.',
  'A stage before the last needs the key `{0}`': 'Ступени перед последней нужен ключ `{0}`',
  'A stage of a cascade in the order `{0}` needs the key `{1}`': 'Ступени каскада в порядке `{0}` нужен ключ `{1}`',
  'Any of them may come before another one.': 'Любая ступень может оказаться раньше другой.',

  // Names and keys that are there twice.
  '{0} named `{1}` exists already': '{0} с именем `{1}`: такое имя уже занято',
  '{0} may be written only once': '{0}: можно описать только один раз',
  'The project': 'Проект',
  'The source of customers': 'Источник клиентов',
  'The columns of consent': 'Столбцы согласия',
  'The completeness of customers': 'Полнота списка клиентов',
  'An attribute': 'Атрибут',
  'An event': 'Событие',
  'The source of consent': 'Источник согласий',
  'The source of feedback': 'Источник обратной связи',
  'The source of suppressions': 'Источник стоп-листа',
  'The tolerance': 'Допустимая доля потерь',
  'The RFM scores': 'Оценки RFM',
  'A segment': 'Сегмент',
  'A channel': 'Канал',
  'The quiet hours': 'Тихие часы',
  'The guards': 'Пределы',
  'The approvals': 'Согласования',
  'A cap': 'Ограничение частоты',
  'A cascade': 'Каскад',
  'A campaign': 'Кампания',
  'A variable': 'Переменная',
  'A hold-out': 'Контрольная группа',
  'A test': 'Тест',
  'The first one stands in {0}, line {1}.': 'Первое описание: {0}, строка {1}.',
  'The first one stands in {0}, line {1}; names that differ in case only are the same.':
    'Первое описание: {0}, строка {1}; имена, которые различаются только регистром, считаются одинаковыми.',
  'Names that differ in case only are the same.': 'Имена, которые различаются только регистром, считаются одинаковыми.',
  'A field named `{0}` exists already': 'Поле с именем `{0}` уже есть',

  // Data.
  '`{0}` is there by itself and cannot be declared': '`{0}` есть всегда, описывать это поле нельзя',
  'Remove it, or give the field another name.': 'Уберите его или дайте полю другое имя.',
  '`items` has no effect on a field of type {0}': '`items` не действует для поля типа {0}',
  'Remove it, or write `type: list`.': 'Уберите этот ключ или напишите `type: list`.',
  'Remove it: it is about files of text.': 'Уберите этот ключ: он для текстовых файлов.',
  'Remove it: it is about .csv, .tsv and .txt files.': 'Уберите этот ключ: он для файлов .csv, .tsv и .txt.',
  'Remove it: it is about .xlsx files.': 'Уберите этот ключ: он для файлов .xlsx.',
  'Remove it: it is about JSON and Parquet files.': 'Уберите этот ключ: он для файлов JSON и Parquet.',
  '`{0}` has no effect on a {1} file': '`{0}` не действует для файла {1}',
  'Here can stand: {0}.': 'Здесь можно указать: {0}.',
  'Presets are for sources of customers and of events.':
    'Готовые описания (preset) — для источников клиентов и событий.',
  'The preset `{0}` is of an export in a table, as CSV, and the file is JSON':
    'Готовое описание `{0}` — для выгрузки таблицей (например, CSV), а файл в формате JSON',
  'The preset `{0}` is of an export in JSON, and the file is a table, as CSV':
    'Готовое описание `{0}` — для выгрузки в JSON, а файл — таблица (например, CSV)',
  'Export the file anew in that format, or describe it by `rename` instead of the preset.':
    'Выгрузите файл заново в этом формате или вместо `preset` опишите его через `rename`.',
  'The preset `{0}` holds customers, and cannot be used here':
    'Готовое описание `{0}` — для клиентов, здесь оно не подходит',
  'The preset `{0}` holds orders, and cannot be used here':
    'Готовое описание `{0}` — для заказов, здесь оно не подходит',
  'The preset `{0}` holds customers, and this is a source of an event':
    'Готовое описание `{0}` — для клиентов, а это источник событий',
  'The preset `{0}` holds orders, and this is a source of customers':
    'Готовое описание `{0}` — для заказов, а это источник клиентов',
  '`{0}` is not a number': '`{0}` — не число',
  '{0} has no field `{1}`': '{0}: нет поля `{1}`',
  'The event `{0}` has no field `{1}`': 'У события `{0}` нет поля `{1}`',

  // Hold-outs and policies.
  'This stage is not larger than the one before': 'Этот этап не больше предыдущего',
  'A stage lets in everybody of the one before, and more: write a larger share.':
    'Этап впускает всех из предыдущего и ещё кого-то: запишите большую долю.',
  'Write `100%` as the last stage: the version before is entered no more then.':
    'Последним этапом запишите `100%`: тогда в прежнюю версию больше не входят.',
  'The last stage of a change does not have everybody': 'На последнем этапе изменения не все клиенты',
  'A rollout of a change cannot have `in_flight: {0}`': 'При раскатке изменения не может быть `in_flight: {0}`',
  'Customers still enter the version before, and finish on it: leave `in_flight` out, or give the new version to all at once, without `rollout`.':
    'Клиенты ещё входят в прежнюю версию и заканчивают путь на ней: уберите `in_flight` или дайте новую версию всем сразу, без `rollout`.',
  'This stage never ends, so the next one never begins': 'Этот этап не кончается, поэтому следующий не начнётся',
  'Write how long it lasts, as in `{0} for 2 days`, or `{1} manual`.':
    'Запишите, сколько он длится, например `{0} for 2 days`, или `{1} manual`.',
  'No stage follows this one': 'За этим этапом нет следующего',
  'Write `{0}` alone, or another stage after it.': 'Запишите просто `{0}` или добавьте этап после него.',
  'Write a share and how long it lasts, as in `10% for 2 days` or `10% manual`; the last stage is a share alone, as in `100%`.':
    'Запишите долю и сколько этап длится, например `10% for 2 days` или `10% manual`; последний этап — просто доля, например `100%`.',
  'These guardrails limit nothing': 'Эти предохранители ничего не ограничивают',
  'Write at least one share, as in `unsubscribed: 1%`, `complained: 0.1%` or `bounced: 5%`.':
    'Запишите хотя бы одну долю, например `unsubscribed: 1%`, `complained: 0.1%` или `bounced: 5%`.',
  'The hold-out holds nobody': 'В контрольной группе никого нет',
  'The hold-out holds everybody': 'В контрольную группу попадают все',
  'Write a share between the two, as in `5%`, or remove the hold-out.':
    'Укажите долю между 0 и 100 %, например `5%`, или уберите контрольную группу.',
  'Remove it: nobody is kept from what they have to be told.':
    'Уберите её из списка: то, что клиент должен узнать, получают все.',
  '`{0}` is transactional; a hold-out concerns marketing only':
    'Кампания `{0}` — транзакционная, а контрольная группа касается только рекламы',
  'Remove the quiet hours, or let them end at another time than they begin.':
    'Уберите тихие часы или укажите разные начало и конец.',
  'Write the e-mail address of the person’s commits, a space, and the public key in the file that `ssh-keygen -t ed25519` made (`id_ed25519.pub`).':
    'Напишите адрес почты из коммитов человека, пробел и открытый ключ из файла, который записала `ssh-keygen -t ed25519` (`id_ed25519.pub`).',
  'A plan would need {0} approvals, but the number of approvers is {1}':
    'Плану понадобилось бы согласований: {0}, а согласующих всего {1}',
  'Name more approvers, or require fewer approvals.': 'Назовите больше согласующих или требуйте меньше согласований.',
  'The quiet hours end when they begin': 'Тихие часы кончаются тогда же, когда начинаются',
  'Caps limit what customers get. Name a channel by which they are written to, or remove the cap.':
    'Ограничение частоты — о том, что получают клиенты. Укажите канал, по которому им пишут, или уберите ограничение.',
  'A cap has no effect on a channel of kind {0}': 'Ограничение частоты не действует для канала вида {0}',

  // The project.
  'Write for example `10 seconds`, `1 minute`, `15 minutes`, `1 hour` or `2 hours`.':
    'Напишите, например, `10 seconds`, `1 minute`, `15 minutes`, `1 hour` или `2 hours`.',
  'The tick neither divides an hour evenly nor is whole hours':
    'Такт не делит час на равные части и не равен целому числу часов',
  'Segments cannot be refreshed between two ticks': 'Сегменты нельзя пересчитывать между тактами',
  'Write a multiple of the tick.': 'Укажите значение, кратное такту.',
  'A click implies an open: raise `open` to at least the same share.':
    'Чтобы перейти по ссылке, письмо надо открыть: доля `open` должна быть не меньше.',
  'More messages are clicked than opened': 'Переходов больше, чем открытий',
  'A password stands in the file': 'В файле записан пароль',
  'Put it into the environment and write `env:NAME` here; then change the password.':
    'Перенесите его в переменную окружения, а здесь напишите `env:NAME`; затем смените пароль.',

  // Segments.
  'The segment asks for itself': 'Сегмент ссылается сам на себя',
  'The segments ask for each other: {0}': 'Сегменты ссылаются друг на друга по кругу: {0}',
  'Take one of the conditions apart, so that none depends on itself.':
    'Разделите одно из условий так, чтобы ни одно не зависело от самого себя.',
  'With the segments that it names written out, the condition has more than {0} parts':
    'Если подставить все упомянутые сегменты, в условии больше {0} частей',
  'Name each segment once, or make one of them a static segment that a campaign fills.':
    'Упоминайте каждый сегмент один раз или сделайте один из них списком (`static`), который заполняет кампания.',
  'Name a segment that is a list: with `static` in place of `where`.':
    'Укажите сегмент-список: с `static` вместо `where`.',
  '`{0}` has a condition: the customers who meet it are its members, and no others':
    '`{0}` задан условием: в сегменте те, кто ему отвечает, и никто другой',

  // Campaigns and their steps.
  'The audience is asked about customers. A condition on the event that starts the campaign belongs to its trigger, under `when`.':
    'Условие `audience` — о клиентах. Условие на событие, которое запускает кампанию, пишут в её триггере, в `when`.',
  'The other one stands in line {0}. Ids are unique within a campaign.':
    'Другой такой — в строке {0}. В пределах кампании идентификаторы не повторяются.',
  'The id `{0}` is taken by another step of this campaign': 'Идентификатор `{0}` уже занят другим шагом этой кампании',
  'The step would be called `{0}`, which another one is called already':
    'Шаг получил бы имя `{0}`, но так уже называется другой',
  'Give one of them another `id`.': 'Задайте одному из них другой `id`.',
  'Create the file {0}.hbs; so far the template exists for {1} only.':
    'Создайте файл {0}.hbs; пока этот шаблон есть только для канала вида {1}.',
  'Create the file {0}.hbs.': 'Создайте файл {0}.hbs.',
  'There is no template `{0}` for {1}': 'Нет шаблона `{0}` для канала вида {1}',
  'The template `{0}` has no text for the project’s locale {1}, only for {2}':
    'У шаблона `{0}` нет текста на языке проекта {1}, есть только {2}',
  'Create the file templates/{0}.{1}.{2}.hbs, or one without a locale.':
    'Создайте файл templates/{0}.{1}.{2}.hbs или файл без указания языка.',
  'The campaign `{0}`, which sends it, has none.': 'У кампании `{0}`, которая его отправляет, события нет.',
  'Only an id that no step has any more can have moved: remove this line.':
    'Переименовать можно только идентификатор, которого больше нет ни у одного шага: уберите эту строку.',
  '`{0}` is a step of this campaign still': '`{0}` — по-прежнему шаг этой кампании',
  'A step with an id of its own is called by it alone: `{0}`.': 'Шаг с собственным id называют только им: `{0}`.',
  '`{0}` has become it already: keep one of the two.': 'Им уже стал `{0}`: оставьте что-то одно.',
  'Two steps cannot both have become `{0}`': 'Два шага не могли оба стать шагом `{0}`',
  'There is no step `{0}` in this campaign': 'В этой кампании нет шага `{0}`',
  '`{0}` is a list, and lists cannot be set': '`{0}` — список, а список нельзя присвоить',
  'A list comes with the data of the customers.': 'Списки приходят с данными клиентов.',
  '`{0}` is personal data, which does not stand in files': '`{0}` — персональные данные, в файлах их не пишут',
  'It comes with the data of the customers. Or write `pii: false` there.':
    'Они приходят с данными клиентов. Либо укажите у атрибута `pii: false`.',
  '`{0}` is a text, not {1}': '`{0}` — текст, а здесь {1}',
  '`{0}` cannot be the {1} `{2}`': '`{0}` не годится для атрибута `{2}` типа {1}',
  'Remove the steps, or write `control: false`.': 'Уберите шаги или напишите `control: false`.',
  'The control arm gets nothing, but has steps': 'Контрольная группа ничего не получает, но у неё есть шаги',
  'Give it a share, or remove it.': 'Задайте ей долю или уберите её.',
  'The arm `{0}` has a share of nothing': 'Доля ветки `{0}` равна нулю',
  '{0}% is missing.': 'Не хватает {0}%.',
  '{0}% is too much.': 'Лишние {0}%.',
  'The shares of the arms sum to {0}%, not 100%': 'Доли веток в сумме дают {0}%, а не 100%',
  'The shares of the variants sum to {0}%, not 100%': 'Доли вариантов в сумме дают {0}%, а не 100%',
  'The variant `{0}` has a share of nothing': 'Доля варианта `{0}` равна нулю',
  'Give the variant a share, or remove it.': 'Задайте варианту долю или уберите его.',
  'Name one channel with its template; messages through others are steps of their own.':
    'Назовите один канал с шаблоном; сообщения по другим каналам — отдельные шаги.',
  'A send step names exactly one channel': 'Шаг отправки называет ровно один канал',
  'Write them between the --- at the beginning of its files: variants: { warm: { subject: "…" } }.':
    'Напишите их между --- в начале его файлов: variants: { warm: { subject: "…" } }.',
  'There is no `{0}` to take all customers': 'Нет `{0}`, чтобы получать её всем клиентам',
  'Give the campaign a `goal`: what customers are to do, within a time.':
    'Задайте кампании `goal`: что должны сделать клиенты и за какое время.',
  'Add `variants`, or remove it.': 'Добавьте `variants` или уберите его.',
  '`{0}` has no effect: the send has no variants': '`{0}` ничего не значит: у шага отправки нет вариантов',
  'Nothing says by what it is decided': 'Не сказано, по чему решать',
  'Give the goal a `value`, or remove `by: revenue`.': 'Задайте цели `value` или уберите `by: revenue`.',
  'The goal of the campaign has no value': 'У цели кампании нет стоимости',
  'Add an arm that gets nothing (`control: { share: 10% }`): the others are compared with it.':
    'Добавьте ветку, которая ничего не получает (`control: { share: 10% }`): с ней сравнивают остальные.',
  'The arms are compared with nothing, so none can be better': 'Ветки не с чем сравнить, поэтому лучшей быть не может',
  'Remove it, or name the arm that takes all then: `otherwise: plain`.':
    'Уберите его или назовите ветку, которую тогда получат все: `otherwise: plain`.',
  '`within` has no effect with `otherwise: keep`': '`within` ничего не значит при `otherwise: keep`',
  'Add the time after which it does: `within: 60 days`.':
    'Добавьте время, после которого это будет: `within: 60 days`.',
  'Nothing says when `{0}` takes all customers': 'Не сказано, когда `{0}` получат все',
  'The template `{0}` has no variants': 'У шаблона `{0}` нет вариантов',
  'The template `{0}` has no variant `{1}`': 'У шаблона `{0}` нет варианта `{1}`',
  'The step before it ends the journey on every way: remove one of the two.':
    'Предыдущий шаг в любом случае завершает цепочку: уберите один из двух.',
  'This step can never be reached': 'До этого шага никто не дойдёт',
  'The {0} step has two ids': 'У шага {0} два идентификатора',
  'The attribute `{0}` is of type {1}, not a date': 'Атрибут `{0}` имеет тип {1}, а не date',
  'Name an attribute of type date.': 'Укажите атрибут типа date.',
  'Three years of four have no 29 February: `leap_day` says when those born on it are meant, `february 28` or `march 1`.':
    'В трёх годах из четырёх нет 29 февраля: `leap_day` указывает, какой день брать для этой даты — `february 28` или `march 1`.',
  'A date of every year needs the key `leap_day`': 'Ежегодной дате нужен ключ `leap_day`',
  'Without `every: year` the date comes in its own year only: remove the one, or add the other.':
    'Без `every: year` дата наступает один раз, в своём году: уберите одно или добавьте другое.',
  '`leap_day` has no effect without `every`': '`leap_day` не действует без `every`',
  'Only `wait: { event: …, within: … }` can end in two ways: put the steps behind the wait.':
    'Двумя исходами кончается только `wait: { event: …, within: … }`: поставьте шаги после ожидания.',
  '`{0}` has no effect beside this wait': '`{0}` не действует при таком ожидании',
  'Only a campaign that an event starts has one. Name attributes of the customer.':
    'Событие есть только у кампании, которую запускает событие. Укажите атрибуты клиента.',
  'There is no event here that `event` could stand for': 'Здесь нет события, которое мог бы означать `event`',

  // Variables.
  'Write {0}, or make the variable itself {1}: what uses it is checked for one kind.':
    'Укажите здесь {0} или задайте в проекте {1}: все значения переменной должны быть одного вида.',
  '`{0}` is {1} here, and {2} in the project': '`{0}`: здесь {1}, а в проекте {2}',
  'Write the value itself. If the text `{0}` is meant, write `{1}`.':
    'Напишите само значение. Если нужен текст `{0}`, напишите `{1}`.',
  'Write an address alone, as in you@example.com.': 'Напишите один адрес, например you@example.com.',
  'Write a number, as in +79991234567.': 'Напишите номер, например +79991234567.',
  '`{0}` is no address for {1}': '`{0}` — не адрес для {1}',
  'Leave the line out: what it would send is written into files.':
    'Уберите строку: всё, что ушло бы, записывается в файлы.',
  'Leave the line out: each has a store of its own, such as `{0}`.':
    'Уберите строку: у каждого своё хранилище, например `{0}`.',
  'A temporary environment cannot have `{0}` here': 'Во временном окружении не может быть `{0}` с таким значением',
  'The environment `{0}` does not say whether its messages go to customers':
    'В окружении `{0}` не сказано, идут ли его сообщения клиентам',
  'Write `delivery: live`, or `delivery: test` for files and the addresses in `to`.':
    'Напишите `delivery: live` или, чтобы всё шло в файлы и на адреса из `to`, `delivery: test`.',
  'A variable cannot stand for another one': 'Переменная не может ссылаться на другую переменную',
  'A variable must be a number that can be counted with': 'Значение переменной — не число, с которым можно считать',
  'Write its digits.': 'Напишите число цифрами.',
};
