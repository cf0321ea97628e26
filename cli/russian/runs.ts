import type { Texts } from '../../spec/words/language.ts';

/** Views of ticks, launches, simulations and tests. */
export const texts: Texts = {
  '{0}. Ticking goes on from the clock; nothing happens twice.':
    '{0}. Такты продолжатся по часам; ничего не произойдёт дважды.',
  '{0}: the clock was ahead, or somebody ticked with a later --at. Nobody enters, moves on or is written to anew until the clock has passed that; what was decided for now or before leaves. Is the clock right?':
    '{0}: часы спешили, или такт выполнили с более поздним --at. Пока часы не пройдут это время, никто не войдёт, не пойдёт дальше и новых сообщений не получит; уже назначенное на это время уходит. Верно ли идут часы?',
  'The files were not read, and nothing was accepted of them: a tick reads them once. Repeat the command at {0} or later.':
    'Файлы не прочитаны, и ничего из них не принято: такт читает их один раз. Повторите команду {0} или позже.',
  '{0} and 1 other': '{0} и ещё 1',
  '{0} and {1} others': '{0} и ещё {1}',
  '{0} removed (in no file of customers any more), {1} ended.':
    'Удалено (больше нет ни в одном файле клиентов): {0}; завершено: {1}.',
  '{0} of {1} cannot be read, and may name this customer.': 'В {1} не читается {0}; там может быть этот клиент.',
  '{0} of {1} cannot be read, and may name these customers.': 'В {1} не читается {0}; там могут быть эти клиенты.',
  'The last tick was for {0}, but by the clock it is {1} ({2})': 'Последний такт был на {0}, а на часах {1} ({2})',
  'Applied after that, and begun by the first tick at {0} or later: {1}.':
    'Применено после этого, начнётся с первого такта в {0} или позже: {1}.',
  '`crm status` shows all': '`crm status` покажет все',
  'running deployment {0} ({1}), a tick every {2}': 'работает развёртывание {0} ({1}); между тактами {2}',
  'a new deployment: {0} ({1})': 'новое развёртывание: {0} ({1})',
  'tick for {0}: {1}': 'такт на {0}: {1}',
  'entered campaigns: {0}': 'вошли в кампании: {0}',
  'went on: {0}': 'пошли дальше: {0}',
  'to be sent: {0}': 'к отправке: {0}',
  'refused: {0}': 'отклонено: {0}',
  'nothing to do': 'делать нечего',
  'the last tick was for {0}, after the clock ({1}): ticking goes on from the clock':
    'последний такт был на {0}, позже часов ({1}): такты продолжаются по часам',
  'the last tick was for {0}, after the clock ({1}): waiting until then':
    'последний такт был на {0}, позже часов ({1}): жду этого времени',
  'catching up: one tick was missed': 'навёрстываю: пропущен один такт',
  'catching up: {0} ticks were missed': 'навёрстываю; пропущено тактов: {0}',
  'an earlier run ended in the middle: of the messages that it had taken {0}':
    'прежний запуск прервался на полпути: из взятых им сообщений {0}',
  'another process ended in the middle: of the messages that it had taken {0}':
    'другой процесс прервался на полпути: из взятых им сообщений {0}',
  '{0} go on, {1} are in doubt and are not sent again':
    '{0} уйдут дальше, про {1} неизвестно, дошли ли они; повторно они не отправляются',
  '{0}, {1} lost': '{0}; потеряно: {1}',
  'Ticked at {0}.': 'Такт выполнен: {0}.',
  '{0} has been ticked already.': 'Такт на {0} уже выполнен.',
  'Not ticked at {0}: the last tick was for {1}.': 'Такт на {0} не выполнен: последний такт был на {1}.',
  'read {0}: {1}': 'прочитан {0}: {1}',
  'read {0}: {1}, {2} (crm status)': 'прочитан {0}: {1}, {2} (crm status)',
  'read {0}: {1}, {2}': 'прочитано из {0}: {1}, {2}',
  'read {0}: {1}, {2}, {3} (crm status)': 'прочитано из {0}: {1}, {2}, {3} (crm status)',
  'read before, {0}': 'прочитан раньше: {0}',
  'read before, {0}, {1} (crm status)': 'прочитан раньше: {0}, {1} (crm status)',
  'An earlier process ended in the middle: of the messages that it had taken {0} go on, {1} are in doubt and are not sent again.':
    'Предыдущий процесс прервался: из взятых им сообщений {0} уйдут дальше, про {1} неизвестно, дошли ли они; повторно они не отправляются.',
  'Nothing was due to be sent.': 'Отправлять было нечего.',
  'Messages that are due and another process has taken: {0}. If it has ended, they are free again at {1}.':
    'Сообщений, срок которых подошёл, но которые взял другой процесс: {0}. Если он завершился, они освободятся {1}.',
  'The channel {0} does not work for now; its messages wait in the outbox.':
    'Канал {0} пока не работает; его сообщения ждут отправки.',
  '{0} failed ({1} bounced)': '{0} не удалось отправить (из них {1} — адрес не принял)',
  '{0} in doubt': '{0} — неизвестно, дошло ли',
  '{0} to be tried again': '{0} — отправка повторится',
  '{0} held by quiet hours': '{0} ждёт конца тихих часов',
  'Messages: {0}.': 'Сообщения: {0}.',
  'Simulation of {0}: {1} to {2} ({3})': 'Прогон {0}: с {1} по {2} ({3})',
  '{0}, {1} sent for {2}, {3} refused, {4} reached worth {5}':
    '{0}; отправлено: {1} на {2}; отклонено: {3}; достигнуто: {4} на {5}',
  'The sample has all {0}: the numbers are exact.': 'В выборку вошли все, {0}: числа точные.',
  'Only a sample was simulated: {0} of {1}.': 'Прогон только на выборке: {0} из {1}.',
  'About {0} were asked for; customers who share an address are drawn together.':
    'Задано около {0}; клиенты с общим адресом попадают в выборку вместе.',
  'Ranked within the sample (top or bottom N %, RFM): {0}. That adds an error which these intervals do not have.':
    'Ранжируются внутри выборки (top или bottom N %, RFM): {0}. Это добавляет ошибку, которой в интервалах нет.',
  'After ≈ is an estimate for all customers, in brackets the interval that has the exact number with a confidence of {0}.':
    'После ≈ — оценка для всех клиентов, в скобках — интервал, в котором точное число лежит с вероятностью {0}.',
  'What happens to nobody in the sample is not shown: it may happen to up to {0}.':
    'Чего в выборке не случилось ни с кем, то не показано: это может случиться, и затронет самое большее {0}.',
  '{0} to {1}': 'от {0} до {1}',
  'Estimated for all customers': 'Оценка для всех клиентов',
  'All that follows counts only the customers in the sample.': 'Всё дальнейшее — только о клиентах из выборки.',
  'By campaign, step and channel': 'По кампаниям, шагам и каналам',
  'Without messages: {0}.': 'Без сообщений: {0}.',
  'Sent by day': 'Отправлено по дням',
  'Campaigns and arms': 'Кампании и ветки',
  'Why customers left': 'Почему клиенты вышли',
  'Not sent, and why': 'Не отправлено, и почему',
  'Everything accounted for': 'Всё сходится',
  'How it went for some customers': 'Как это было у нескольких клиентов',
  '{0}; times in {1}': '— {0}; время {1}',
  'was written to, and bought': 'сообщение отправлено, покупка есть',
  'in the control group': 'в контрольной группе',
  'one channel was not enough': 'одного канала не хватило',
  'was sent nothing in this journey': 'в этой цепочке ничего не отправлено',
  'went the whole way': 'цепочка пройдена целиком',
  'THIS DOES NOT ADD UP: please report it': 'НЕ СХОДИТСЯ: сообщите об этом, пожалуйста',
  'enrolments: {0} inside before + {1} entered = {2} ended + {3} still inside':
    'участия: {0} до начала + {1} вошли = {2} завершены + {3} продолжаются',
  'messages: {0} decided = {1} sent + {2} failed + {3} in doubt + {4} refused + {5} waiting':
    'сообщения: {0} назначено = {1} отправлено + {2} не удалось отправить + {3} неизвестно, дошло ли + {4} отклонено + {5} ждут',
  '{0} more are held by quiet hours at the end': 'ещё {0} в конце ждут окончания тихих часов',
  'No message was decided.': 'Ни одного сообщения не назначено.',
  decided: 'назначено',
  'in doubt': 'неизвестно, дошло ли',
  waiting: 'ждут',
  cost: 'стоимость',
  messages: 'сообщения',
  'which means': 'что это значит',
  day: 'день',
  month: 'месяц',
  arm: 'ветка',
  entered: 'вошли',
  inside: 'в цепочке',
  'reached the goal': 'достигли цели',
  'no goal': 'цели нет',
  worth: 'на сумму',
  everybody: 'все',
  'not drawn yet': 'ещё не распределены',
  'Goals are those of the data files, whatever a customer was sent: they say nothing about which arm is better.':
    'Цели взяты из файлов данных и не зависят от того, что получил клиент: сравнивать по ним ветки нельзя.',
  'Launch of {0} at the next tick': 'Запуск {0} при следующем такте',
  'Launch of {0} at {1} ({2})': 'Запуск {0}: {1} ({2})',
  '{0} would enter now': 'сейчас вошли бы: {0}',
  '{0} would enter now; {1} more may not: inside already, or lately':
    'сейчас вошли бы: {0}; ещё {1} нельзя: уже в цепочке или недавно были',
  'not to customers': 'не клиентам',
  'reaches {0} of them': 'дойдёт до {0} из них',
  'The audience is asked anew at the launch; hold-outs, frequency caps and quiet hours apply after it.':
    'Аудитория выбирается заново при запуске; контрольные группы, ограничения частоты и тихие часы действуют после этого.',
  'Requested already and not taken yet: {0}.': 'Уже запрошено и ещё не начато: {0}.',
  'Paused: {0}. Who enters waits at the first step until `{1}`.':
    'На паузе: {0}. Вошедшие ждут на первом шаге до `{1}`.',
};
