import { counted } from '../../spec/russian/counted.ts';
import type { Texts } from '../../spec/words/language.ts';

/** Errors and remarks that many commands share: names, files, the project, the store. */
export const texts: Texts = {
  '[yes/no]': '[да/нет]',
  'Write a number from 1 to {0}, or another as {1}.': 'Напишите число от 1 до {0} или другое значение, например {1}.',
  'Write a number from 1 to {0}.': 'Напишите число от 1 до {0}.',
  'Interrupted: there is no plan.': 'Прервано: плана нет.',
  'Watching for changes; Ctrl-C ends it.': 'Жду изменений; Ctrl-C завершает.',

  'The segment "{0}" is not applied yet.': 'Сегмент «{0}» ещё не применён.',
  'The campaign "{0}" is not applied yet.': 'Кампания «{0}» ещё не применена.',
  'There is no campaign "{0}" in this project.': 'В этом проекте нет кампании «{0}».',
  'There is no channel "{0}" in this project.': 'В этом проекте нет канала «{0}».',
  'There is no segment "{0}" in this project.': 'В этом проекте нет сегмента «{0}».',
  'There is no template "{0}" in this project.': 'В этом проекте нет шаблона «{0}».',
  'There is no template or campaign "{0}" in this project.': 'В этом проекте нет ни шаблона, ни кампании «{0}».',
  'There is no campaign "{0}" in what is applied.': 'Среди применённого нет кампании «{0}».',
  'There is no channel "{0}" in what is applied.': 'Среди применённого нет канала «{0}».',
  'There is no segment "{0}" in what is applied.': 'Среди применённого нет сегмента «{0}».',
  'There is no template "{0}" in what is applied.': 'Среди применённого нет шаблона «{0}».',
  'There is no template or campaign "{0}" in what is applied.': 'Среди применённого нет ни шаблона, ни кампании «{0}».',
  'There are no campaigns at all.': 'Кампаний нет вообще.',
  'There are no channels at all.': 'Каналов нет вообще.',
  'There are no segments at all.': 'Сегментов нет вообще.',
  'There are no templates at all.': 'Шаблонов нет вообще.',
  'There are no templates or campaigns at all.': 'Ни шаблонов, ни кампаний нет вообще.',
  'There are: {0} and {1} more.': 'Есть: {0} и ещё {1}.',
  'There are: {0}.': 'Есть: {0}.',

  'Name a customer by the id in the shop’s data, an e-mail address, a phone number, or a part of the name.':
    'Назовите клиента идентификатором из данных магазина, адресом почты, телефоном или частью имени.',
  '"{0}" means more than {1} customers.': 'Под «{0}» подходит больше клиентов, чем {1}.',
  '"{0}" means {1} customers.': (text, n) => `Под «${text}» подходит ${counted(n, 'клиент', 'клиента', 'клиентов')}.`,
  'Name one by the id: `crm customer` lists who is meant.':
    'Назовите одного идентификатором: `crm customer` показывает, кто имеется в виду.',
  'Look for a slip: ids are those of the customers’ file, letter by letter.':
    'Проверьте, нет ли опечатки: идентификаторы точно такие, как в файле клиентов.',
  'Customer "{0}" was erased {1}.': 'Клиент «{0}» удалён {1}.',
  'Nothing is kept of the customer. The addresses are suppressed: `crm suppression lift <address>` ends that.':
    'О клиенте ничего не хранится. Его адреса в стоп-листе: `crm suppression lift <address>` убирает адрес оттуда.',
  'The customer may be in one of them. Otherwise: {0}': 'Возможно, клиент в одной из них. Иначе: {0}',
  'There is no customer "{0}".': 'Нет клиента «{0}».',
  'There is no customer "{0}": the store has no customers yet.': 'Нет клиента «{0}»: в хранилище ещё нет клиентов.',
  '`crm tick` or `crm run` reads them from the data files.': 'Их читает из файлов с данными `crm tick` или `crm run`.',
  '1 customer is in {0}.': '1 клиент записан в {0}.',
  '{0} customers are in {1}.': (n, file) => `В ${file} записано: ${counted(n, 'клиент', 'клиента', 'клиентов')}.`,

  '{0} is not an instant: "{1}".': '{0} — не момент времени: «{1}».',
  'Write 2026-03-02, 2026-03-02T10:00 or 2026-03-02T10:00:00+03:00.':
    'Напишите 2026-03-02, 2026-03-02T10:00 или 2026-03-02T10:00:00+03:00.',
  '--locale is no locale: "{0}".': '--locale не понимает «{0}».',
  'Write a language or a language and region: ru, pt-BR.': 'Напишите язык или язык и регион: ru, pt-BR.',
  'There is no environment `{0}`.': 'Нет окружения `{0}`.',

  '{0} cannot be written ({1}).': 'Не удалось записать {0} ({1}).',
  '{0} is not a file, and is not replaced by one.': '{0} — не файл, и файлом не заменяется.',
  'Name a file, or leave the option out.': 'Укажите файл или уберите этот параметр.',
  'Check the permissions of its folder.': 'Проверьте права на папку.',
  '{0} cannot be read ({1}).': 'Не удалось прочитать {0} ({1}).',
  'Check its kind and permissions.': 'Проверьте, файл ли это и какие на него права.',
  'There is no crm.yaml in {0}.': 'В {0} нет crm.yaml.',
  'Name the folder that holds it, or run `crm init {0}`.':
    'Назовите папку, в которой он лежит, или выполните `crm init {0}`.',
  'There is no crm.yaml in {0} or above it.': 'Ни в {0}, ни выше по папкам нет crm.yaml.',
  'Go to a project, name one by --project, or begin one by `crm init`.':
    'Перейдите в проект, назовите его через --project или начните новый: `crm init`.',
  '{0} is far too long for a file of a project.': '{0} слишком велик для файла проекта.',
  'Customers and events belong into data files.': 'Клиентам и событиям место в файлах с данными.',
  '{0} is not a regular file.': '{0} — не обычный файл.',
  'Put a file with its text there, or take it away.': 'Положите туда файл с текстом или уберите его.',
  '{0} is a link that leads out of the project.': '{0} — ссылка, которая ведёт за пределы проекта.',
  'Copy what it leads to into the project: only what lies in it is reviewed and planned.':
    'Скопируйте то, на что она ведёт, в проект: проверяется и планируется только то, что лежит в нём.',
  '{0} is no file or folder with resources of this project.': '{0} — не файл и не папка с описаниями этого проекта.',
  'Name crm.yaml, a *.crm.yaml or *.crm file, or a folder of them.':
    'Назовите crm.yaml, файл *.crm.yaml или *.crm либо папку с такими файлами.',
  '"{0}" is no test, no campaign, and no file or folder with tests.':
    '«{0}» — не тест, не кампания и не файл или папка с тестами.',
  'Without a name, `crm test` plays all tests.': 'Без имени `crm test` проигрывает все тесты.',

  'The environment variable {0} is not set.': 'Переменная среды {0} не задана.',
  'Set it: the project takes its store from `{0}`.': 'Задайте её: проект берёт хранилище из `{0}`.',
  'Set it: the channel "{0}" takes its address from `{1}`.': 'Задайте её: канал «{0}» берёт адрес из `{1}`.',
  'A secret is neither `env:NAME` nor `file:PATH`.': 'Секрет записан не как `env:NAME` и не как `file:PATH`.',
  'The file {0} cannot be read.': 'Не удалось прочитать файл {0}.',
  'Create it: the project takes its store from `{0}`.': 'Создайте его: проект берёт хранилище из `{0}`.',
  'Create it: the channel "{0}" takes its address from `{1}`.': 'Создайте его: канал «{0}» берёт адрес из `{1}`.',

  'The store of the project': 'Хранилище проекта',
  'The store of the project (`{0}`)': 'Хранилище проекта (`{0}`)',
  'Name the path of a file, as in `.kaskad/store.duckdb`.': 'Назовите путь к файлу, например `.kaskad/store.duckdb`.',
  '{0} is a PostgreSQL database, which this version does not open from the command line.':
    '{0} — база PostgreSQL, которую эта версия не открывает из командной строки.',
  '{0} is a URL that Kaskad cannot open.': '{0} — URL, который Kaskad не умеет открывать.',
  "The project's store is {0}, which is no path.": 'Хранилище проекта — {0}, а это не путь.',
  'Run `crm validate` to see why.': 'Почему, покажет `crm validate`.',
  '{0} cannot be read as YAML.': 'Файл {0} не читается как YAML.',
  'Waiting for the store, which {0} holds (PID {1}).': 'Жду хранилище: его занимает {0} (PID {1}).',
  'Waiting for the store, which {0} holds (PID unknown).': 'Жду хранилище: его занимает {0} (PID неизвестен).',
  'The store was written by an earlier version of Kaskad and has been brought up to date. A copy of it as it was is in {0}; delete it when all is well, because `crm erase` does not reach it.':
    'Хранилище записано более старой версией Kaskad и обновлено. Его прежняя копия — в {0}; удалите её, когда убедитесь, что всё в порядке: `crm erase` её не затрагивает.',
  'There is no store at {0} yet: nothing has been applied.': 'Хранилища {0} ещё нет: ничего не применено.',
  'From the store; nothing has been ticked yet.': 'Из хранилища; тактов ещё не было.',
  'From the store; the last tick was for {0}.': 'Из хранилища; последний такт был за {0}.',
  'From the data files, as of {0}: nothing is applied, so nobody is in a campaign.':
    'Из файлов с данными, на {0}: ничего не применено, поэтому в кампаниях никого нет.',

  'warning: {0} has no {1}; not shown.': 'предупреждение: у {0} нет {1}; не показывается.',
  'The event {0} cannot be read ({1}).': 'Не удалось прочитать событие {0} ({1}).',
  'Name a file with JSON.': 'Назовите файл с JSON.',
  'Write one JSON object with the fields of the event, as in {"total": 1990}.':
    'Напишите один объект JSON с полями события, например {"total": 1990}.',
  '{0} is not JSON.': '{0} — не JSON.',
  '{0} is no JSON object.': '{0} — не объект JSON.',
};
