import type { Texts, Value } from '../words/language.ts';
import { counted } from './counted.ts';

/** Steps and triggers for people. */
export const texts: Texts = {
  'on {0}': 'событие {0}',
  'wait {0}': 'ожидание: {0}',
  'customer’s time': 'по часам клиента',
  'task for {0}': 'задача для {0}',
  'webhook {0}': 'вебхук {0}',
  set: 'задать',
  'add to {0}': 'добавить в {0}',
  'remove from {0}': 'убрать из {0}',
  if: 'если',
  'wait for {0}': 'ожидание события {0}',
  'it came': 'наступило',
  'not within {0}': 'не наступило, срок: {0}',
  'split {0}': 'разделение {0}',
  'drawn anew each time': 'каждый раз заново',
  '{0} is an exit too, which counts first': '{0} — ещё и выход, он проверяется первым',
  '{0} is the goal too, which counts first': '{0} — ещё и цель, она проверяется первой',
  'each begins anew': 'каждое начинает заново',
  'on entering {0}': 'вход в сегмент {0}',
  'members of today too': 'и те, кто уже в нём',
  'on leaving {0}': 'выход из сегмента {0}',
  'project’s time': 'по часам проекта',
  'on crm launch': 'по команде crm launch',
  'every year, 29 February as 1 March': 'каждый год, 29 февраля — как 1 марта',
  'every year, 29 February as 28 February': 'каждый год, 29 февраля — как 28 февраля',
  'on {0} at {1}': 'в день {0} в {1}',
  '{0} before {1} at {2}': '{0} до {1}, в {2}',
  '{0} after {1} at {2}': '{0} после {1}, в {2}',
  '{0} without {1}': '{0} без {1}',
  'after {0}': 'после {0}',
  'when {0}': 'если {0}',
  'wait until {0} at {1}': 'ожидание до {1} ({0})',
  'wait until {0}': 'ожидание до {0}',
  'every hour': 'каждый час',
  'every minute': 'каждую минуту',
  'every {0} minutes': (n) => `каждые ${counted(n, 'минуту', 'минуты', 'минут')}`,
  'on schedule {0}': 'по расписанию {0}',
  'every day at {0}': 'каждый день в {0}',
  'every month on the last day at {0}': 'каждый месяц в последний день в {0}',
  'every month on day {0} at {1}': 'каждый месяц {0}-го числа в {1}',
  'every weekday at {0}': 'по будням в {0}',
  'every month on the {0} {1} at {2}': (nth, day, at) => `каждый месяц в ${nthDay(nth, day)} в ${at}`,
  'every {0} at {1}': 'каждую неделю ({0}) в {1}',
  weekday: 'будни',
  ' and ': ' и ',
  monday: 'пн',
  tuesday: 'вт',
  wednesday: 'ср',
  thursday: 'чт',
  friday: 'пт',
  saturday: 'сб',
  sunday: 'вс',
  'only new events count, and none in the forecast brings anybody in: {0}':
    'считаются только новые события, а в прогнозе ни одно никого не приводит: {0}',
  'no customer whom it may take in is in segment {0}, or newly in it':
    'в сегменте {0} нет и не появится клиентов, которых можно взять',
  'only customers who are newly in the segment count: {0}': 'считаются только новые клиенты сегмента: {0}',
  'no customer whom it may take in leaves segment {0}': 'из сегмента {0} не выйдет никто из тех, кого можно взять',
  'the day of no customer whom it may take in comes: {0}': 'день не наступит ни у кого из тех, кого можно взять: {0}',
  'the time without the event ends for no customer whom it may take in: {0}':
    'срок без события не истечёт ни у кого из тех, кого можно взять: {0}',
  'its time does not come, or there is no customer whom it may take in': 'её время не наступит, или взять некого',
  'it waits for `crm launch`': 'она ждёт `crm launch`',
  '{0} may enter when it is launched': 'Могут войти {0} — при запуске',
  '{0} may enter when its time comes round': 'Могут войти {0} — по расписанию',
  '{0} may enter when {1} has not come for {2}': 'Могут войти {0} — когда пройдёт {2} без {1}',
  '{0} may enter on the day of {1}: they have one': 'Могут войти {0} — в день {1}: у них он указан',
  '{0} may enter when they leave segment {1}: they are in it now':
    'Могут войти {0} — когда выйдут из сегмента {1}: сейчас они в нём',
  '{0} in segment {1} may enter: with the first tick of the campaign, and after it when they come into the segment again':
    '{0} из сегмента {1} могут войти: в первый запуск кампании, а потом — когда попадут в сегмент снова',
  '{0} in segment {1} may enter when they come into the segment again':
    '{0} из сегмента {1} могут войти, когда попадут в сегмент снова',
  '{0} may enter when {1} happens to them': 'Могут войти {0} — когда произойдёт {1}',
  '{0} may enter when {1} happens to them as the campaign asks for':
    'Могут войти {0} — когда произойдёт {1} с условиями кампании',
  'the schedule came round at {0}': 'по расписанию в {0}',
  'no {0} for {1}': '{1} без {0}',
  '{0} is kept: {1}': 'наступил день {0}: {1}',
  'left segment {0}': 'выход из сегмента {0}',
  'came into segment {0}': 'новый в сегменте {0}',
  'arm {0}': 'ветка {0}',
  'variant {0}': 'вариант {0}',
  'the way on from {0} where it comes': 'путь после {0}, если событие пришло',
  'the way on from {0} where it does not come in time': 'путь после {0}, если событие не пришло вовремя',
  'the way on from {0} where the condition holds': 'путь после {0}, если условие верно',
  'the way on from {0} where the condition does not hold': 'путь после {0}, если условие неверно',
};

/** `первый понедельник`, `последнюю среду`: of the English words. */
function nthDay(nth: Value, day: Value): string {
  const [name, gender] = days[day] ?? [day, 0];
  return `${nths[nth]?.[gender] ?? nth} ${name}`;
}

const days: Record<Value, readonly [name: string, gender: 0 | 1 | 2]> = {
  monday: ['понедельник', 0],
  tuesday: ['вторник', 0],
  wednesday: ['среду', 1],
  thursday: ['четверг', 0],
  friday: ['пятницу', 1],
  saturday: ['субботу', 1],
  sunday: ['воскресенье', 2],
};

/** Masculine, feminine and neuter. */
const nths: Record<Value, readonly [string, string, string]> = {
  first: ['первый', 'первую', 'первое'],
  second: ['второй', 'вторую', 'второе'],
  third: ['третий', 'третью', 'третье'],
  fourth: ['четвёртый', 'четвёртую', 'четвёртое'],
  fifth: ['пятый', 'пятую', 'пятое'],
  last: ['последний', 'последнюю', 'последнее'],
};
