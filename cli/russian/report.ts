import type { Texts } from '../../spec/words/language.ts';

/** Results of campaigns. */
export const texts: Texts = {
  'Show what campaigns did: who entered, what was sent, what customers did, and what it earned.':
    'Показать, что сделали кампании: кто вошёл, что отправлено, что сделали клиенты и сколько это принесло.',
  'Its name; otherwise all campaigns.': 'Её имя; иначе все кампании.',
  'The beginning of the days to report; default: 30 days ago.': 'Начало дней отчёта; по умолчанию 30 дней назад.',
  'Their end; default: now.': 'Их конец; по умолчанию сейчас.',
  'text; json, as --json; csv, the cells; markdown; or html, a page with charts.':
    'text; json, как --json; csv — ячейки; markdown; или html — страница с графиками.',
  'Also list the customers behind the figures, in a CSV file that only you can read.':
    'Ещё и записать клиентов, которые стоят за числами, в файл CSV, который можете читать только вы.',
  'also who is behind each figure, in a file of your own': 'ещё и кто стоит за каждым числом, в вашем файле',
  "{0} with the customers behind the figures: {1}. It is customers' data: keep it to yourself.":
    '{0} с клиентами, которые стоят за числами: {1}. Это данные клиентов: никому их не передавайте.',
  'Share that reached the goal, by day of entry': 'Доля достигших цели по дням входа',
  'Share that reached the goal, by arm': 'Доля достигших цели по веткам',
  'Messages sent, by day': 'Отправленные сообщения по дням',
  'The way of the messages': 'Путь сообщений',
  'Show only the results, as `crm report` does, of all campaigns or of one, marked as simulated.':
    'Показать только результаты, как `crm report`, всех кампаний или одной, с пометкой о симуляции.',
  'Simulated results of {0}: {1} to {2} ({3})': 'Результаты симуляции {0}: с {1} до {2} ({3})',
  'Nothing of this has happened. Goals are those of the data files, whatever a customer was sent: they show no effect of a campaign, and no arm is better by them.':
    'Ничего из этого не произошло. Цели — из файлов данных, что бы клиент ни получил: влияния кампании они не показывают, и ни одна ветка по ним не лучше.',
  'what all campaigns did in the last 30 days': 'что сделали все кампании за последние 30 дней',
  'one campaign, by version, arm, step and day': 'одна кампания: по версиям, веткам, шагам и дням',
  'The report would end before it begins.': 'Отчёт закончился бы раньше, чем начался.',
  'No campaign "{0}" was ever applied.': 'Кампания «{0}» никогда не применялась.',
  'Results of {0}: {1} to {2} ({3})': 'Результаты {0}: с {1} до {2} ({3})',
  'The store has never ticked.': 'Хранилище ещё не выполнило ни одного такта.',
  'What is known until the tick of {0}.': 'Всё, что известно до такта {0}.',
  'Customers who entered, by version': 'Вошедшие клиенты по версиям',
  'Customers who entered, by arm': 'Вошедшие клиенты по веткам',
  'Customers who entered, by day': 'Вошедшие клиенты по дням',
  'Messages by step and channel': 'Сообщения по шагам и каналам',
  revenue: 'выручка',
  'spent on messages': 'потрачено на сообщения',
  'Messages that did not arrive or were not welcome': 'Сообщения, которые не дошли или были нежелательны',
  'revenue of one entry': 'выручка на один вход',
  share: 'доля',
  'with 95% confidence': 'с уверенностью 95 %',
  bounced: 'вернулось',
  complained: 'жалобы',
  unsubscribed: 'отписки',
  '{0} (removed)': '{0} (удалена)',
  '{0} (applied now)': '{0} (применена сейчас)',
  '{0} (open)': '{0} (открыт)',
  'Days from {0} on are open: customers who entered on them can still reach the goal, the last until {1}.':
    'Дни начиная с {0} открыты: вошедшие в эти дни ещё могут достичь цели, последние — до {1}.',
  'Without a goal, nothing is counted as reached.': 'Без цели достижения не считаются.',
  'A goal counts within {0} of the entry, on the day of the entry.':
    'Срок цели — {0} после входа; она засчитывается на день входа.',
  'opened by machines': 'открыто машинами',
  'A – stands where no feedback of that kind has ever come by the channel: nobody knows.':
    'Прочерк стоит там, где такой обратной связи по этому каналу ещё не было: этого никто не знает.',
  'No feedback was read about these messages: nobody knows what was delivered or opened.':
    'Откликов на эти сообщения нет: неизвестно, что доставлено и открыто.',
  'of one customer': 'на клиента',
  'What marketing brought, by the hold-out {0}': 'Что дал маркетинг, по контрольной группе {0}',
  'Since {0} {1} of the customers get no marketing.': 'С {0} маркетинг не получают {1} клиентов.',
  'Since {0} {1} of the customers get nothing from {2}.': 'С {0} {1} клиентов ничего не получают от {2}.',
  'No applied campaign has a goal, so there is nothing to compare.':
    'Ни у одной применённой кампании нет цели, сравнивать нечего.',
  'No customers can be compared yet: one counts from the first month before which something was known of them.':
    'Сравнивать пока некого: клиент считается с первого месяца, до начала которого о нём что-то известно.',
  'Not as many customers are held out as the share says (p = {0}). Something is wrong with the drawing or the counting, so nothing is judged.':
    'В контрольной группе не столько клиентов, сколько задаёт доля (p = {0}). С распределением или подсчётом что-то не так, поэтому выводов нет.',
  'held out': 'в контроле',
  'of one held out': 'на клиента в контроле',
  brought: 'прибавка',
  'events of one customer': 'событий на клиента',
  'revenue of one customer': 'выручка на клиента',
  '{0}: marketing brings more of them.': '{0}: с маркетингом их больше.',
  '{0}: marketing brings fewer of them.': '{0}: с маркетингом их меньше.',
  'It brings revenue.': 'Выручка с ним выше.',
  'It costs revenue.': 'Выручка с ним ниже.',
  '{0}: not enough yet to tell what marketing brings.': '{0}: данных пока мало, чтобы сказать, что даёт маркетинг.',
  'of one entry': 'на вход',
  entries: 'входы',
  'difference in points': 'разница, п. п.',
  'Arms of {0}': 'Ветки {0}',
  'Arms of {0}, in the arm {1}': 'Ветки {0} внутри ветки {1}',
  'Variants of {0}': 'Варианты {0}',
  'Variants of {0}, in the arm {1}': 'Варианты {0} внутри ветки {1}',
  '{0} (version {1})': '{0} (версия {1})',
  '{0} {1} (control)': '{0} {1} (контроль)',
  'The arms do not have the customers that their shares give them (p = {0}). Something is wrong with the drawing or the counting, so no arm is judged.':
    'Клиенты разделены между ветками не так, как заданы доли (p = {0}). Что-то не так с розыгрышем или подсчётом, поэтому ветки не оцениваются.',
  'No arm gets nothing, so nobody can tell what the arms are worth: `control: true` makes one the control.':
    'Нет ветки, которая ничего не получает, поэтому неизвестно, чего стоят остальные: `control: true` делает ветку контрольной.',
  'The differences are freed from what the customers had done in the 90 days before, so they are not quite those of the numbers beside them.':
    'Из разностей вычтено то, что клиенты делали за 90 дней до того, поэтому они не вполне такие, как у чисел рядом.',
  'The differences are freed from what the customers had done in the 90 days before, which explains up to {0} of the variance, so they are not those of the numbers beside them.':
    'Из разностей вычтено то, что клиенты делали за 90 дней до того: это объясняет до {0} разброса, поэтому они не такие, как у чисел рядом.',
  '{0}: that rests on a few large amounts. If nobody counts for more than {1}, it is not certain.':
    '{0}: дело в нескольких крупных суммах. Если никого не считать больше чем за {1}, это не точно.',
  '{0}: nothing can be said, since too few customers are in it or in {1}.':
    '{0}: сказать ничего нельзя — слишком мало клиентов там или в {1}.',
  '{0}: nothing can be said, since nobody reached the goal or everybody did.':
    '{0}: сказать ничего нельзя — цели не достиг никто или достигли все.',
  'more customers reach the goal than in {0}{1}.': 'цели достигают чаще, чем в {0}{1}.',
  'fewer customers reach the goal than in {0}{1}.': 'цели достигают реже, чем в {0}{1}.',
  'not enough yet to tell it from {0}.': 'данных пока мало, чтобы отличить от {0}.',
  'not enough yet to tell it from {0}: about {1}, if the difference stays as it is.':
    'данных пока мало, чтобы отличить от {0}; если разница сохранится, нужно ещё: {1}.',
  '{0}: it brings more revenue than {1}.': '{0}: выручки больше, чем в {1}.',
  '{0}: it brings less revenue than {1}.': '{0}: выручки меньше, чем в {1}.',
  'Arms are compared from the first customer of the version on, with intervals that hold however often one looks.':
    'Ветки сравниваются начиная с первого клиента версии; интервалы верны, как бы часто на них ни смотрели.',
  'Goals shared out among the messages before them': 'Цели, распределённые между сообщениями до них',
  '{0}: {1}, of which {2} had no message in the 30 days before':
    '{0}: {1}, из них без сообщений за 30 дней до этого: {2}',
  'other campaigns': 'другие кампании',
  'no message before': 'без сообщений',
  last: 'последнее',
  first: 'первое',
  even: 'поровну',
  'newer counts more': 'новые важнее',
  'Nobody has entered yet.': 'Ещё никто не вошёл.',
  'Nobody entered in this time, and no message was decided.':
    'За это время никто не вошёл и ни одного сообщения не решено отправить.',
  'The last time was {0}: choose an earlier --from.': 'В последний раз это было {0}: выберите более раннее --from.',
  'The last time was {0}: choose a later --to.': 'В последний раз это было {0}: выберите более позднее --to.',
  'Nothing is to be decided: no split and no variants have the key `decide`.':
    'Решать нечего: ни у разделений, ни у вариантов нет ключа `decide`.',
  'It is written. `crm plan` shows what an apply would change.':
    'Записано. `crm plan` покажет, что изменит применение.',
  'Nothing is written yet: `crm decide --write` does it.': 'Пока ничего не записано: это сделает `crm decide --write`.',
  '{0} takes all: {1} points of the customers reach the goal, with 95% confidence {2}.':
    '{0} получают все: цели достигают на {1} п.п. клиентов, с вероятностью 95 % {2}.',
  '{0} takes all: {1} from each customer, with 95% confidence {2}.':
    '{0} получают все: {1} с каждого клиента, с вероятностью 95 % {2}.',
  '{0} takes all: all others are worse.': '{0} получают все: остальные хуже.',
  '{0} takes all: nothing is certain, and the time for it is over.':
    '{0} получают все: точно ничего не известно, а время вышло.',
  'not yet, and it cannot be told when.': 'ещё не решено, и сказать когда нельзя.',
  'not yet: about {0}, if the difference stays as it is.': 'ещё не решено; если разница сохранится, нужно ещё: {0}.',
  'not decided: the arms do not have the customers that their shares give them.':
    'не решается: клиенты разделены между ветками не так, как заданы доли.',
  'decided: {0} takes all.': 'решено: {0} получают все.',
  'not decided: the files have another version of the campaign than the one that runs.':
    'не решается: в файлах другая версия кампании, чем та, что работает.',
  'not yet: nobody has been drawn in the version that runs.':
    'ещё не решено: в работающей версии жребий пока никому не выпал.',
  'what has won, and what is not certain yet': 'что победило и что пока не ясно',
  'writes the winner into the files, for a pull request': 'записывает победителя в файлы, для pull request',
  'Show which arms and variants have won, and the change of the files by which each takes all customers.':
    'Показать, какие ветки и варианты победили и как меняются файлы, чтобы их получали все клиенты.',
  'Write the changes into the files.': 'Записать изменения в файлы.',
};
