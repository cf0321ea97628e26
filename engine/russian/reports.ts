import { counted } from '../../spec/russian/counted.ts';
import type { Texts } from '../../spec/words/language.ts';

/** Texts of plans, graphs and tests. */
export const texts: Texts = {
  'it is good again, and the next tick goes on': 'на него снова можно полагаться, продолжение в следующем такте',
  'order of {0}': 'порядок {0}',
  'any locale': 'любой язык',
  'launched by hand': 'запуск вручную',
  '… and {0} more lines': (n) => `… и ещё ${counted(n, 'строка', 'строки', 'строк')}`,
  'line {0}: {1}': 'строка {0}: {1}',
  'Make a new plan with `crm plan -o plan.json` and look at it before applying.':
    'Составьте новый план командой `crm plan -o plan.json` и посмотрите его, прежде чем применять.',
  'The file is not a plan: it is not JSON.': 'Этот файл не план: в нём не JSON.',
  'The file is not a plan of Kaskad.': 'Этот файл не план Kaskad.',
  'The plan has no format that this version knows; it reads format {0}.':
    'Формат плана неизвестен; эта версия читает формат {0}.',
  'The plan has format {0}; this version reads format {1}.':
    'План записан в формате {0}; эта версия читает формат {1}.',
  'The plan was changed after it was made: its content no longer matches its hash.':
    'План изменили после того, как он был составлен: содержимое не соответствует контрольной сумме.',
  'A plan is not edited. {0}': 'План не правят вручную. {0}',
  'The plan is not one that `crm plan` writes: look at {0}.': 'Такой план `crm plan` не пишет: посмотрите {0}.',
  'The plan is not one that this version writes: its document compiles to another program.':
    'Такой план эта версия не пишет: из его документа получается другая программа.',
  'The plan is not one that this version writes: its document has errors.':
    'Такой план эта версия не пишет: в его документе ошибки.',
  'The plan is of the project "{0}", and this is "{1}".': 'Этот план для проекта «{0}», а здесь проект «{1}».',
  'The plan is of no environment, and this is {0}.': 'План составлен без среды, а здесь среда {0}.',
  'Apply it without --env and CRM_ENV, or make a plan with --env {0}.':
    'Примените его без --env и CRM_ENV или составьте план с --env {0}.',
  'The plan is of the environment {0}, and none is chosen.': 'План составлен для среды {0}, а здесь среда не выбрана.',
  'The plan is of the environment {0}, and this is {1}.': 'План составлен для среды {0}, а здесь среда {1}.',
  'Apply it with --env {0}, if it is meant for that.': 'Примените его с --env {0}, если он для неё.',
  'Apply it in the folder of its own project.': 'Примените его в папке его проекта.',
  'The plan was made against a store with deployments; this store has none.':
    'План составлен для хранилища, в котором есть развёртывания; в этом их нет.',
  'Is this the right store? {0}': 'То ли это хранилище? {0}',
  'The plan was made against another store than this one.': 'План составлен для другого хранилища.',
  'Apply it to its own store, or: {0}': 'Примените его к его хранилищу, или так: {0}',
  'The plan has been applied already, as deployment {0}.': 'План уже применён, это развёртывание {0}.',
  'The plan is stale: it was made against an empty store, and deployment {0} has been applied since.':
    'План устарел: он составлен для пустого хранилища, а с тех пор применено развёртывание {0}.',
  'The plan expired at {0}; a plan is good for 24 hours.': 'Срок плана истёк {0}; план действует 24 часа.',
};
