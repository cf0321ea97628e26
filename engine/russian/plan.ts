import { counted, lengthOf } from '../../spec/russian/counted.ts';
import type { Texts } from '../../spec/words/language.ts';

/** Notices of plans with values, which are stored. */
export const stored: Texts = {
  '"{0}" would turn from {1} into {2}, but the store keeps the values that it has.':
    'Тип «{0}» изменился бы с {1} на {2}, но в хранилище останутся прежние значения.',
  'Keep its type, or declare a new {0} under another name.':
    'Оставьте прежний тип или объявите новое поле типа {0} под другим именем.',
  'The campaign {0} is removed; nobody is inside it.': 'Кампания {0} удаляется; в ней никого нет.',
  'The campaign {0} is removed: {1}, and {2}. Put back within {3}, it takes them up again where they stood.': (
    name,
    leave,
    unsent,
    within,
  ) =>
    `Кампания ${name} удаляется: ${leave}, ${unsent}. Если вернуть её не позже чем через ${lengthOf(within)}, они продолжат с того шага, где были.`,
  'The campaign {0} is removed: {1}, and {2}.': 'Кампания {0} удаляется: {1}, {2}.',
  '{0} customer inside it leaves at once': (n) =>
    counted(n, 'клиент сразу выйдет', 'клиента сразу выйдут', 'клиентов сразу выйдут'),
  '{0} customers inside it leave at once': (n) =>
    counted(n, 'клиент сразу выйдет', 'клиента сразу выйдут', 'клиентов сразу выйдут'),
  '{0} message already decided is not sent': (n) =>
    counted(n, 'назначенное сообщение не уйдёт', 'назначенных сообщения не уйдут', 'назначенных сообщений не уйдут'),
  '{0} messages already decided are not sent': (n) =>
    counted(n, 'назначенное сообщение не уйдёт', 'назначенных сообщения не уйдут', 'назначенных сообщений не уйдут'),
  'The channel {0} is removed: customers inside {1} as applied now go on without its messages.':
    'Канал {0} удаляется: клиенты, которые сейчас в {1}, пойдут дальше без его сообщений.',
};

/** Notices of plans without values. */
export const texts: Texts = {
  'To let them finish first, keep the campaign and give it an audience that admits nobody new.':
    'Чтобы они сначала дошли до конца, оставьте кампанию и задайте ей аудиторию, в которую никто новый не попадёт.',
  'Keep the channel until those versions have run out; `crm status` shows who is inside.':
    'Оставьте канал, пока эти версии не закончатся; `crm status` показывает, кто в них.',
};
