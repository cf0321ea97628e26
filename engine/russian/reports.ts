import { counted } from '../../spec/russian/counted.ts';
import type { Texts } from '../../spec/words/language.ts';

/** Texts of plans, graphs and tests. */
export const texts: Texts = {
  'it is good again, and the next tick goes on': 'на него снова можно полагаться, продолжение в следующем такте',
  definition: 'определение',
  'order of caps': 'порядок ограничений',
  'any locale': 'любой язык',
  'event {0}, each begins the journey anew': 'event {0}, каждое начинает цепочку заново',
  'enters segment {0}, present members too': 'вход в сегмент {0}, в том числе для тех, кто уже в нём',
  'enters segment {0}': 'вход в сегмент {0}',
  'leaves segment {0}': 'выход из сегмента {0}',
  'launched by hand': 'запуск вручную',
  "schedule {0} in the customer's time zone": 'расписание {0} по времени клиента',
  "schedule {0} in the project's time zone": 'расписание {0} по времени проекта',
  '{0} before {1}': '{1}: за {0} до',
  '{0} after {1}': '{1}: через {0} после',
  "{0} at {1} in the customer's time zone": '{0} в {1} по времени клиента',
  "{0} at {1} in the customer's time zone, every year, 29 February on {2}":
    '{0} в {1} по времени клиента, каждый год, 29 февраля считается {2}',
  '{0} within {1}, worth {2}': '{0} за {1}, ценность {2}',
  '{0} within {1}': '{0} за {1}',
  'begin with {0}': 'начинается с {0}',
  'leads to {0}': 'ведёт к {0}',
  'the end': 'конец',
  'called {0}': 'имя {0}',
  'cascade in preferred order: {0}': 'каскад в предпочитаемом порядке: {0}',
  'split {0}, drawn anew each time': 'split {0}, каждый раз заново',
  '{0} to {1}, {2}, transactional messages too': 'с {0} до {1}, {2}, в том числе для транзакционных сообщений',
  '{0} to {1}, {2}': 'с {0} до {1}, {2}',
  'at most {0} per {1}': 'не больше {0} за {1}',
  'calendar day': 'календарный день',
  '{0} per second': '{0} в секунду',
  'all that are marketing': 'все маркетинговые',
  '{0}, since {1}': '{0}, с {1}',
  '{0} lines': (n) => counted(n, 'строка', 'строки', 'строк'),
  'line {0}: {1}': 'строка {0}: {1}',
  'Make a new plan with `crm plan -o plan.json` and look at it before applying.':
    'Составьте новый план командой `crm plan -o plan.json` и посмотрите его, прежде чем применять.',
  'The file is not a plan: it is not JSON.': 'Этот файл не план: в нём не JSON.',
  'The file is not a plan of Kaskad.': 'Этот файл не план Kaskad.',
  'The plan has no format that this version knows; it reads format 2.':
    'Формат плана неизвестен; эта версия читает формат 2.',
  'The plan has format {0}; this version reads format 2.': 'План записан в формате {0}; эта версия читает формат 2.',
  'The plan was changed after it was made: its content no longer matches its hash.':
    'План изменили после того, как он был составлен: содержимое не соответствует контрольной сумме.',
  'A plan is not edited. {0}': 'План не правят вручную. {0}',
  'The plan is not one that `crm plan` writes: look at {0}.': 'Такой план `crm plan` не пишет: посмотрите {0}.',
  'The plan is not one that `crm plan` writes: its program has another hash.':
    'Такой план `crm plan` не пишет: у его программы другая контрольная сумма.',
  'The plan is of the project "{0}", and this is "{1}".': 'Этот план для проекта «{0}», а здесь проект «{1}».',
  'Apply it in the folder of its own project.': 'Примените его в папке его проекта.',
  'The plan was made against a store with deployments; this store has none.':
    'План составлен для хранилища, в котором есть развёртывания; в этом их нет.',
  'Is this the right store? {0}': 'То ли это хранилище? {0}',
  'The plan was made against another store than this one.': 'План составлен для другого хранилища.',
  'Apply it to its own store, or: {0}': 'Примените его к его хранилищу, или так: {0}',
  'The plan has been applied already, as deployment {0}.': 'План уже применён, это развёртывание {0}.',
  'There is nothing left to do. `crm status` shows what runs.':
    'Делать больше нечего. `crm status` показывает, что работает.',
  'The plan is stale: it was made against deployment {0}, and deployment {1} has been applied since.':
    'План устарел: он составлен для развёртывания {0}, а с тех пор применено развёртывание {1}.',
  'The plan is stale: it was made against an empty store, and deployment {0} has been applied since.':
    'План устарел: он составлен для пустого хранилища, а с тех пор применено развёртывание {0}.',
  'The plan expired at {0}; a plan is good for 24 hours.': 'Срок плана истёк {0}; план действует 24 часа.',
};
