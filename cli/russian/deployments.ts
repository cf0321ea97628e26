import type { Texts } from '../../spec/words/language.ts';

/** The texts about deployments: history and rollback. */
export const texts: Texts = {
  'Somebody has changed it in the store, so nobody knows what it was. Go back by git: check out its commit, and apply that.':
    'Его изменили в самом хранилище, и каким оно было, уже не узнать. Вернитесь через git: возьмите его коммит и примените.',
  'List what has been applied: when, by whom, from which commit, and what it changed.':
    'Перечислить, что было применено: когда, кем, из какого коммита и что это изменило.',
  'The most deployments to list, the newest first.': 'Сколько развёртываний перечислить, начиная с последнего.',
  'Make an earlier deployment what runs: plans it, shows the plan and asks first.':
    'Вернуться к прежнему развёртыванию: составляет план, показывает его и сначала спрашивает.',
  'Its number, as `crm history` shows it; default: the one before.':
    'Его номер, как его показывает `crm history`; по умолчанию предыдущее.',
  'Write the plan to a file for `crm apply`, and apply nothing.':
    'Записать план в файл для `crm apply` и ничего не применять.',
  'what has been applied, the newest first': 'что было применено, начиная с последнего',
  'for other programs': 'для других программ',
  'back to the deployment before; shows the plan, asks': 'к предыдущему развёртыванию; показывает план и спрашивает',
  'back to the deployment of that number': 'к развёртыванию с этим номером',

  'by {0}': 'применил(а) {0}',
  'commit {0}': 'коммит {0}',
  'the same as {0}': 'то же, что {0}',
  'its files were not kept': 'его файлы не сохранились',
  'applied now': 'применено сейчас',
  '{0} earlier: `crm history --limit {1}`': 'Ещё {0}, более ранних: `crm history --limit {1}`',
  'the same, compiled anew': 'то же самое, скомпилировано заново',
  'the first: {0}': 'первое: {0}',

  'Deployment {0} is the first: there is none to go back to.': 'Развёртывание {0} — первое, возвращаться не к чему.',
  'To stop it, `crm pause --all`.': 'Чтобы остановить всё: `crm pause --all`.',
  'There is no deployment {0}; the applied one is {1}.': 'Развёртывания {0} нет; применено развёртывание {1}.',
  '`crm history` lists them.': 'Их перечисляет `crm history`.',
  'The files of deployment {0} were not kept: an earlier version of Kaskad applied it.':
    'Файлы развёртывания {0} не сохранились: его применила более ранняя версия Kaskad.',
  'Check out their commit, and apply that: `crm history` shows it.':
    'Возьмите из git их коммит и примените его: коммит показывает `crm history`.',
  'This version of Kaskad cannot read the files of deployment {0} any more: {1}':
    'Эта версия Kaskad уже не может прочитать файлы развёртывания {0}: {1}',
  'Write the files so that they do the same, and apply them.':
    'Напишите файлы, которые делают то же самое, и примените их.',
  'Back to deployment {0}, applied {1} ({2})': 'Назад к развёртыванию {0}, применённому {1} ({2})',
  'Back to deployment {0}, applied {1} ({2}), commit {3}':
    'Назад к развёртыванию {0}, применённому {1} ({2}), коммит {3}',
  'Nothing to do: deployment {0} is the same as deployment {1}.':
    'Делать нечего: развёртывание {0} — то же, что развёртывание {1}.',
  'The files are as they were: take the change back there too, or the next `crm apply` makes it again.':
    'Файлы остались прежними: отмените изменение и в них, иначе следующий `crm apply` применит его снова.',

  'Show in what the store differs from the files, and what was changed there by hand; exits with 2 if anything was.':
    'Показать, чем хранилище отличается от файлов и что в нём изменено вручную; если что-то нашлось, завершается с кодом 2.',
  'what runs, against what the files say': 'что работает, в сравнении с тем, что в файлах',
  'for a job that watches the store': 'для задания, которое следит за хранилищем',
  'No drift: deployment {0} is what the files say, and nothing is changed by hand.':
    'Расхождений нет: развёртывание {0} — то же, что в файлах, и вручную ничего не изменено.',
  'Edited in the store': 'Исправлено в хранилище',
  'Another program than Kaskad has done that, and an apply does not undo it: take the store from a copy.':
    'Это сделала не Kaskad, и применение плана этого не исправит: возьмите хранилище из копии.',
  'What runs → what the files say': 'Что работает → что в файлах',
  'By hand': 'Вручную',
  'launch {0} of {1} is requested for {2}': 'запуск {0} кампании {1} заказан на {2}',
  'Deployment {0}, applied {1}: {2}': 'Развёртывание {0}, применено {1}: {2}',
  'deployment {0} is not the program that was applied: its hash is another':
    'развёртывание {0} — не та программа, что была применена: у неё другой хеш',
  'campaign {0}, version {1}: its definition has another hash': 'кампания {0}, версия {1}: у её определения другой хеш',
  'campaign {0}, version {1}: the rows of {2} are not those of its definition':
    'кампания {0}, версия {1}: строки {2} не те, что в её определении',

  'Show the forecast of a deployment beside what was sent since, and what explains the difference.':
    'Показать прогноз развёртывания рядом с тем, что с тех пор отправлено, и чем объясняется разница.',
  'Its number, as `crm history` shows it; default: the applied one.':
    'Его номер, как его показывает `crm history`; по умолчанию применённое.',
  'how right the forecast of the last apply was': 'насколько верен был прогноз последнего применения',
  'that of an earlier one, for other programs': 'то же о более раннем, для других программ',
  'There is no deployment {0}.': 'Развёртывания {0} нет.',
  'The forecast of deployment {0} was not kept: an earlier version of Kaskad applied it.':
    'Прогноз развёртывания {0} не сохранился: его применила более ранняя версия Kaskad.',
  'The forecasts of later ones are.': 'Прогнозы более поздних сохранены.',
  'The forecast of deployment {0} is of other days than those after its apply, so there is nothing to compare.':
    'Прогноз развёртывания {0} построен для других дней, а не для тех, что после применения, поэтому сравнивать нечего.',
  'A plan against a store that has run forecasts the coming days.':
    'План для хранилища, которое уже работало, прогнозирует ближайшие дни.',
  'Deployment {0} has not run for a whole day of its forecast, which is compared by days.':
    'Развёртывание {0} ещё не проработало и дня своего прогноза, а он сравнивается по дням.',
  '`crm status` shows what it has done.': 'Что оно сделало, показывает `crm status`.',
  'Deployment {0}, applied {1} ({2}): its forecast, and what came of it':
    'Развёртывание {0}, применено {1} ({2}): его прогноз и что вышло',
  'From {0} to {1}: {2} of the {3} of the forecast.': 'С {0} по {1}: дней {2}, а в прогнозе {3}.',
  'Then deployment {0} took its place.': 'Потом его сменило развёртывание {0}.',
  'Customers who entered': 'Вошедшие клиенты',
  'In brackets: what the number is with 90% confidence if the forecast is right, since customers do not behave exactly as simulated.':
    'В скобках — каким будет число с вероятностью 90%, если прогноз верен: клиенты ведут себя не точно так, как при прогоне.',
  forecast: 'прогноз',
  'in these days': 'в эти дни',
  'entered in these days': 'вошло за эти дни',
  fewer: 'меньше',
  more: 'больше',
  'as forecast': 'как в прогнозе',
  'Nothing that is counted explains it: customers acted otherwise than forecast.':
    'Ничто из подсчитанного этого не объясняет: клиенты вели себя иначе, чем в прогнозе.',
  '{0}, {1} against the forecast': '{0}, {1} к прогнозу',
  '{0}, {1} against the forecast: {2}': '{0}, {1} к прогнозу: {2}',
  '{0} sent and returned: those customers get nothing more by this channel':
    '{0} отправлено и вернулось: этим клиентам по этому каналу больше ничего не придёт',
  '{0} entered, {1} against the forecast': 'вошло {0}, {1} к прогнозу',
  'paused by hand for {0}': 'остановлено вручную на {0}',
  '{0} too late': '{0} опоздало',
  '{0} not sent yet': '{0} ещё не отправлено',

  'Timers are to be moved by the paused time when it is resumed; otherwise they run on.':
    'При возобновлении сдвинуть таймеры на время остановки; иначе они идут дальше.',
  'Move timers by the paused time; default: as given to `crm pause`.':
    'Сдвинуть таймеры на время остановки; по умолчанию — как было сказано `crm pause`.',
  'Let timers have run on.': 'Считать, что таймеры шли.',
  'Of a paused channel no timers wait: its customers go on.':
    'Пока остановлен канал, таймеры не ждут: его клиенты идут дальше.',
  'Leave --shift out.': 'Уберите --shift.',
  '{0}; timers run on': '{0}; таймеры идут',
  '{0}; timers will be moved by the paused time': '{0}; таймеры сдвинутся на время остановки',
  '{0}; timers were moved by the paused time': '{0}; таймеры сдвинуты на время остановки',
  'timers ran on': 'таймеры шли',
  'the timers of {0} are moved by the paused time': 'сдвинутые на время остановки таймеры: {0}',

  'Stop a campaign whose messages were wrong: pauses it at once, lists who got them, cancels what waits, drafts a correction.':
    'Отозвать кампанию с ошибочными сообщениями: сразу останавливает её, перечисляет получивших, отменяет ждущее, готовит исправление.',
  'A campaign that is applied, or was.': 'Кампания, которая применена или была применена.',
  'Since when messages count, as in 2026-03-08T10:00; default: the apply of what runs.':
    'С какого момента считать сообщения, например 2026-03-08T10:00; по умолчанию с последнего применения.',
  'Do not ask before messages are cancelled.': 'Не спрашивать перед отменой сообщений.',
  'stops it at once, and asks before it cancels': 'сразу останавливает и спрашивает перед отменой',
  'messages since then were wrong': 'ошибочны сообщения с этого момента',
  'The campaign is paused, and there is nobody to ask whether to cancel what waits.':
    'Кампания остановлена, но спросить, отменять ли ждущее, не у кого.',
  'Cancel the messages that wait?': 'Отменить ждущие сообщения?',
  'Nothing was cancelled; what waits does so until `crm resume {0}`.':
    'Ничего не отменено; ждущее ждёт до `crm resume {0}`.',
  'Cancelled: {0}. The campaign stays paused until `crm resume {1}`.':
    'Отменено: {0}. Кампания остановлена до `crm resume {1}`.',
  'Campaign {0} is paused: nobody in it moves, and nothing of it leaves.':
    'Кампания {0} приостановлена: в ней никто не движется, и ничего из неё не уходит.',
  'Messages since {0} ({1}):': 'Сообщения с {0} ({1}):',
  'Messages since {0} ({1}), when deployment {2} was applied:':
    'Сообщения с {0} ({1}), когда применили развёртывание {2}:',
  '`--since` looks further back than the last apply, as before a rollback.':
    '`--since` смотрит раньше последнего применения: например, до отката.',
  'Who got one: {0}. Inside, and staying where they are: {1}.': 'Получили: {0}. Внутри и остаются на месте: {1}.',
  'Begin the next stage of a campaign’s rollout; shows it and asks first.':
    'Начать следующий этап раскатки кампании; показывает его и сначала спрашивает.',
  'An applied campaign with a `rollout`.': 'Применённая кампания, у которой есть `rollout`.',
  'There is nobody to ask whether to promote.': 'Некого спросить, начинать ли этап.',
  '{0} lets in {1} of the customers now; the next stage has {2}.':
    '{0} сейчас впускает {1} клиентов; на следующем этапе — {2}.',
  '{0} of those who enter {1} get version {2} now; the next stage has {3}.':
    'Из входящих в {1} версию {2} сейчас получают {0}; на следующем этапе — {3}.',
  'lets in the share of the next stage': 'впускает долю следующего этапа',
  'Promote it?': 'Начать этап?',
  'Nothing was promoted.': 'Ничего не изменилось.',
  'The rollout has changed since its next stage was shown; nothing was promoted.':
    'С тех пор как был показан следующий этап, раскатка изменилась; ничего не сделано.',
  'Run the command again, and look at the stage.': 'Запустите команду ещё раз и посмотрите на этап.',
  '{0} lets in {1} of the customers from the next tick on.': '{0} со следующего тика впускает {1} клиентов.',
  '{0} of those who enter {1} get version {2} from the next tick on.':
    'Из входящих в {1} со следующего тика версию {2} получают {0}.',
  'The rollout of {0} is in its last stage.': 'Раскатка {0} на последнем этапе.',
  '{0} has no rollout.': 'У {0} нет раскатки.',
  'Only a campaign whose rollout has a stage to come can be promoted.':
    'Продвинуть можно только кампанию, у которой в раскатке есть следующий этап.',
  '{0} of those that wait may be on a connection; repeat the recall to see which arrived.':
    'Из ждущих, возможно, уже в пути: {0}; повторите отзыв, чтобы увидеть, что дошло.',
  'The customers are listed in files that only you can read:': 'Клиенты перечислены в файлах, доступных только вам:',
  'A correction to those who got one is drafted:': 'Черновик исправления для получивших готов:',
  'Edit it; then:': 'Отредактируйте его; затем:',
  'There is a draft of a correction already, which stays as it is:':
    'Черновик исправления уже есть и остаётся как был:',
  'Correction of {0}': 'Исправление: {0}',
  'Our last message was a mistake. We are sorry.': 'В прошлом сообщении была ошибка. Приносим извинения.',
  'A correction': 'Исправление',
  Unsubscribe: 'Отписаться',

  'Replay a past period of the data files through the project, beside a base or what is applied.':
    'Прогнать прошлый период файлов данных через проект, рядом с основой или тем, что применено.',
  'First instant, as in 2026-08-01 or 2026-08-01T10:00.': 'Первый момент, например 2026-08-01 или 2026-08-01T10:00.',
  'The instant to stop before; default: now.': 'Момент, перед которым остановиться; по умолчанию сейчас.',
  'from then until now, beside what is applied': 'с того дня до сих пор, рядом с тем, что применено',
  'a month, beside another commit': 'месяц, рядом с другим коммитом',
  'as a page, with charts': 'страница с графиками',
  'To see it again: {0}. {1} forecasts the coming days.': 'Повторить: {0}. Ближайшие дни прогнозирует {1}.',
  'A backtest replays what has been, and --to lies in the future.':
    'Прогон по прошлому повторяет то, что было, а --to лежит в будущем.',
  '`crm plan` forecasts the coming days, `crm simulate` any.':
    '`crm plan` прогнозирует ближайшие дни, `crm simulate` — любые.',
  'The backtest would end before it begins.': 'Прогон по прошлому закончился бы раньше, чем начался.',
  'Backtest of {0} ({1})': 'Прогон по прошлому: {0} ({1})',
  'Backtest of {0}': 'Прогон по прошлому: {0}',
  'From {0} to {1} ({2}): {3} of the data files, replayed.': 'С {0} по {1} ({2}): {3} из файлов данных.',
  'Events, consent and withdrawals happen at their instants in the files; attributes and lists of customers are those of now.':
    'События, согласия и отзывы происходят в свои моменты из файлов; атрибуты и списки клиентов — нынешние.',
  'Who opens and clicks is drawn by simulation.engagement. What customers did stays as it was: no message is taken to have changed it.':
    'Кто открывает и нажимает, выбирается по simulation.engagement. Что делали клиенты, остаётся как было: считается, что сообщения этого не изменили.',
  'Nobody is inside a journey at the beginning, and caps count from there on.':
    'В начале в цепочках никого нет, и лимиты считаются с этого момента.',
  'Both do the same.': 'Оба делают одно и то же.',
};
