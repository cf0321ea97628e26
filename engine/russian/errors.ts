import { counted } from '../../spec/russian/counted.ts';
import type { Texts, Value } from '../../spec/words/language.ts';

/** Errors of the engine. */
export const texts: Texts = {
  // The store.
  'The disk is full': 'Диск заполнен',
  'A file cannot be written to its end': 'Файл не удаётся записать до конца',
  'Make room, or allow larger files, and run the command again. What was committed is safe; nothing of the change under way was stored.':
    'Освободите место или разрешите файлы большего размера и выполните команду ещё раз. Всё, что было записано, цело; из начатого изменения не записано ничего.',
  'Make room, and run the command again. What was committed is safe; nothing of the change under way was stored.':
    'Освободите место и повторите команду. То, что уже записано, цело; от начатого изменения не сохранено ничего.',
  'There is no permission': 'Нет прав доступа',
  'Give this user the right to read and write the file and its folder, or run the command as the user whose they are.':
    'Дайте этому пользователю право читать и писать файл и его папку или запустите команду от имени их владельца.',
  'There is a folder of that name': 'Это имя папки',
  'Name a file under `store`.': 'Укажите в `store` файл.',
  'It was written by a newer version of DuckDB': 'Его записала более новая версия DuckDB',
  'Use the version of Kaskad that wrote it.': 'Используйте ту версию Kaskad, которая его записала.',
  'The file is no store': 'Этот файл — не хранилище',
  'Name another file under `store`. An empty file is what a full disk can leave of a new store: that may be deleted.':
    'Укажите в `store` другой файл. Пустой файл может остаться от нового хранилища, если диск заполнен: его можно удалить.',
  'The store {0} cannot be opened: it is not a regular file.': 'Хранилище {0} не открывается: это не обычный файл.',
  'The store {0} cannot be opened: DuckDB itself uses the name {1}.':
    'Хранилище {0} не открывается: имя {1} DuckDB использует сам.',
  'The store {0} cannot be opened: it is a file of another kind.':
    'Хранилище {0} не открывается: это файл другого вида.',
  'Name another file under `store`, which is made where it does not exist. This one is not touched.':
    'Укажите в `store` другой файл: если его нет, он будет создан. Этот файл не изменён.',
  'The file {0} is a database of another program: it has tables, and none of a store of Kaskad.':
    'Файл {0} — база данных другой программы: таблицы в нём есть, но не хранилища Kaskad.',
  'The store {0} is held by {1}, which ticks and sends already.':
    'Хранилище {0} занято: {1} уже выполняет такты и отправляет.',
  'Only one process can send. End that one first to do it by hand.':
    'Отправлять может только один процесс. Чтобы сделать это вручную, сначала завершите его.',
  'The store {0} is in use by another process ({1}).': 'Хранилище {0} занято другим процессом ({1}).',
  'Stop that process, or wait for its end.': 'Остановите этот процесс или дождитесь его конца.',
  'another program': 'другая программа',
  'of another user': 'другого пользователя',
  'The store {0} cannot be opened': 'Хранилище {0} не открывается',
  'The PostgreSQL database cannot be opened: {0}': 'База данных PostgreSQL не открывается: {0}',
  'Check that the server runs, and the host, the user, the password and the name of the database in the URL.':
    'Проверьте, что сервер работает, и адрес, пользователя, пароль и имя базы данных в URL.',
  'The store {0} cannot be opened: {1}': 'Хранилище {0} не открывается: {1}',
  'Restore the file from a backup. An empty store instead would know nothing of consent and of what was sent.':
    'Восстановите файл из резервной копии. Пустое хранилище вместо него не знало бы ни о согласиях, ни об отправленном.',
  'The folder {0} cannot be made': 'Папка {0} не создаётся',
  'The process that holds the store ({0}, PID {1}) ended in the middle.':
    'Процесс, который держит хранилище ({0}, PID {1}), завершился посреди работы.',
  'Nothing of the change under way was stored. Run the command again.':
    'От начатого изменения не сохранено ничего. Повторите команду.',
  'The change under way was stored as a whole or not at all. Look at `crm status` before you run the command again.':
    'Начатое изменение сохранено целиком или не сохранено вовсе. Прежде чем повторить команду, посмотрите `crm status`.',
  'The process that holds the store ({0}, PID {1}) does not answer.':
    'Процесс, который держит хранилище ({0}, PID {1}), не отвечает.',
  'It may be stopped: let it go on (`fg`, or `kill -CONT` and its PID), or end it, and run the command again.':
    'Возможно, он приостановлен: дайте ему продолжить (`fg` или `kill -CONT` и его PID) или завершите его и повторите команду.',
  'The store is held by another version of Kaskad ({0}, PID {1}).':
    'Хранилище держит другая версия Kaskad ({0}, PID {1}).',
  'Stop that process, or use its version of crm.': 'Остановите этот процесс или используйте crm той же версии.',
  'The store was written by a later version of Kaskad (its tables have number {0}, this version writes {1}).':
    'Хранилище записано более новой версией Kaskad (номер его таблиц {0}, эта версия пишет {1}).',
  'Update Kaskad to that version. Nothing in the store was changed.':
    'Обновите Kaskad до той версии. В хранилище ничего не изменено.',
  'The store {0} cannot be copied before it is brought up to date':
    'Перед обновлением не удаётся скопировать хранилище {0}',

  // The deployment.
  'What is applied was compiled by a later version of Kaskad.':
    'То, что применено, собрано более новой версией Kaskad.',
  'What is applied was compiled by an earlier version of Kaskad.':
    'То, что применено, собрано более старой версией Kaskad.',
  'Run it with that version.': 'Запустите его той версией.',
  'Bring it up to date with `crm plan` and `crm apply`; nobody inside a campaign is lost.':
    'Обновите его через `crm plan` и `crm apply`; никто из клиентов в кампаниях не потеряется.',
  'Nothing is applied to this store yet.': 'К этому хранилищу ещё ничего не применено.',
  'Run `crm apply` first.': 'Сначала выполните `crm apply`.',

  // Channels.
  'channel "{0}": its URL is not one; write https://host/path':
    'канал «{0}»: его URL неправильный; пишите https://host/path',
  'channel "{0}": its SMTP URL is not one; write smtp://user:password@host:port (smtps: for TLS from the start)':
    'канал «{0}»: его URL SMTP неправильный; пишите smtp://user:password@host:port (smtps: — TLS с самого начала)',
  'channel "{0}": maxConnections must be a whole number from 1 to 1000':
    'канал «{0}»: maxConnections — целое число от 1 до 1000',

  // Data that cannot be relied on.
  'customers whom it named and no row that can be read names now: {0}':
    'клиенты, которые в нём были, а теперь их нет ни в одной читаемой строке: {0}',
  'customers whom it named and no file names now: {0}':
    'клиенты, которые в нём были, а теперь их нет ни в одном файле: {0}',
  'it has held rows, and holds none now': 'в нём были строки, а теперь их нет',
  'not all of it can be relied on': 'полагаться можно не на всё в нём',
  'nothing of it can be read': 'прочитать ничего нельзя',
  '1 of {0} has a value that cannot be read': 'в 1 строке есть значение, которое не читается (всего {0})',
  '{0} of {1} have a value that cannot be read': (n, all) =>
    `${counted(n, 'строка', 'строки', 'строк')} с нечитаемыми значениями (всего ${all})`,
  '{0} of {1} cannot be read': (n, all) => `${lost(n)} (всего ${all})`,
  '{0} of {1} cannot be read, and 1 more has a value that cannot': (n, all) =>
    `${lost(n)} (всего ${all}), и ещё в 1 есть значение, которое не читается`,
  '{0} of {1} cannot be read, and {2} more have a value that cannot': (n, all, more) =>
    `${lost(n)} (всего ${all}), и ещё ${counted(more, 'строка', 'строки', 'строк')} с нечитаемыми значениями`,
  'Data cannot be read, and what is left of it would be taken for all:':
    'Данные не читаются, а оставшееся было бы принято за все данные:',
  'The row can be a refusal, so one is too many, whatever `data.tolerance` is.':
    'Эта строка может быть отказом, поэтому и одна — уже слишком много, какой бы ни была `data.tolerance`.',
  'The first problem (line {0}): {1}': 'Первая проблема (строка {0}): {1}',
  'The most frequent problem ({0} times, first in line {1}): {2}': (n, line, cause) =>
    `Самая частая проблема (${counted(n, 'раз', 'раза', 'раз')}, впервые в строке ${line}): ${cause}`,
  'Also ({0} times, first in line {1}): {2}': (n, line, cause) =>
    `Ещё (${counted(n, 'раз', 'раза', 'раз')}, впервые в строке ${line}): ${cause}`,
  'Also (line {0}): {1}': 'Ещё (строка {0}): {1}',
  'And {0} more of other kinds.': 'И ещё {0} других видов.',
  'Correct {0}.': 'Исправьте {0}.',
  'For {0} a `data.tolerance` of {1} ({2} now), applied, is enough too, and removes those {3}.':
    'Для {0} достаточно и `data.tolerance` {1} (сейчас {2}), если её применить; будут удалены {3}.',
  'For {0} a `data.tolerance` of {1} ({2} now), applied, is enough too.':
    'Для {0} достаточно и `data.tolerance` {1} (сейчас {2}), если её применить.',
  'Write {0} again; a file that is meant to be empty is taken out of `data`.':
    'Выгрузите {0} заново; файл, который и должен быть пустым, уберите из `data`.',
  'To go on all the same, add --allow-bad-data: `crm tick` and `crm run` then remove those {0}.':
    'Чтобы всё же продолжить, добавьте --allow-bad-data: тогда `crm tick` и `crm run` удалят {0}.',
  'To go on all the same, add --allow-bad-data.': 'Чтобы всё же продолжить, добавьте --allow-bad-data.',
  'warning: {0}; it counts as missing.': 'предупреждение: {0}; считается, что его нет.',
};

function lost(n: Value): string {
  return counted(n, 'строка не читается', 'строки не читаются', 'строк не читается');
}
