import { counted, lengthOf } from '../../spec/russian/counted.ts';
import type { Texts } from '../../spec/words/language.ts';

/** Notices of plans with values, which are stored. */
export const stored: Texts = {
  'The channel {0} takes its address from `{1}`, which is not there.':
    'Канал {0} берёт адрес из `{1}`, а этого здесь нет.',
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
  '{0} customer stands at step "{1}" of version {2}': (n, step, version) =>
    `на шаге «${step}» версии ${version} сейчас ${counted(n, 'клиент', 'клиента', 'клиентов')}`,
  '{0} customers stand at step "{1}" of version {2}': (n, step, version) =>
    `на шаге «${step}» версии ${version} сейчас ${counted(n, 'клиент', 'клиента', 'клиентов')}`,
  'The campaign {0} cannot take over who is inside: {1}, and it starts by another event than the one that brought them in.':
    'Кампания {0} не может взять тех, кто внутри: {1}, а она начинается по другому событию, чем то, по которому они вошли.',
  'The campaign {0} cannot take over who is inside: {1}, and it has no such step.':
    'Кампания {0} не может взять тех, кто внутри: {1}, а такого шага в ней нет.',
  'customers inside {0} still need it': 'он ещё нужен клиентам, которые сейчас в {0}',
  'step "{0}" is removed, where customers can stand': 'удаляется шаг «{0}», на котором могут быть клиенты',
  'step "{0}" becomes a step of another kind, where customers can stand':
    'шаг «{0}», на котором могут быть клиенты, становится шагом другого вида',
  'step "{0}" is removed, where {1} customer stands': (id, n) =>
    `удаляется шаг «${id}», на котором сейчас ${counted(n, 'клиент', 'клиента', 'клиентов')}`,
  'step "{0}" is removed, where {1} customers stand': (id, n) =>
    `удаляется шаг «${id}», на котором сейчас ${counted(n, 'клиент', 'клиента', 'клиентов')}`,
  'step "{0}" becomes a step of another kind, where {1} customer stands': (id, n) =>
    `шаг «${id}», на котором сейчас ${counted(n, 'клиент', 'клиента', 'клиентов')}, становится шагом другого вида`,
  'step "{0}" becomes a step of another kind, where {1} customers stand': (id, n) =>
    `шаг «${id}», на котором сейчас ${counted(n, 'клиент', 'клиента', 'клиентов')}, становится шагом другого вида`,
  'In the campaign {0}, {1}.': 'В кампании {0} {1}.',
  'The template {0} is removed, and {1}.': 'Шаблон {0} удаляется, а {1}.',
  'In the campaign {0}, `moved` names the step "{1}", which the applied version does not have.':
    'В кампании {0} `moved` называет шаг «{1}», которого нет в применённой версии.',
  'Its steps are {0}.': 'Её шаги: {0}.',
  'Of those who could enter {0} at the start, its first stage lets in {1}; later stages do not let in the others.':
    'Из тех, кто мог бы войти в {0} на начало, первый этап впустит {1}; следующие этапы остальных не впустят.',
  'They enter when they come into segment {0} again. To let in all in stages, start the campaign by a `schedule`, with `audience: in segment {1}` and `reenter: never`.':
    'Они войдут, когда снова попадут в сегмент {0}. Чтобы поэтапно впустить всех, запускайте кампанию по `schedule` с `audience: in segment {1}` и `reenter: never`.',
  'In the campaign {0}, the step "{1}" is gone, and "{2}" is new in its place.':
    'В кампании {0} шага «{1}» больше нет, а на его месте новый: «{2}».',
  'If it is the same step, say under `moved` that {0} is now {1}: its customers and its draws stay with it.':
    'Если это тот же шаг, укажите в `moved`, что {0} теперь {1}: его клиенты и распределение останутся за ним.',
};

/** Notices of plans without values. */
export const texts: Texts = {
  'Set it where `crm run` or `crm tick` sends; a plan needs none.':
    'Задайте его там, где отправляют `crm run` или `crm tick`; плану он не нужен.',
  'To let them finish first, keep the campaign and give it an audience that admits nobody new.':
    'Чтобы они сначала дошли до конца, оставьте кампанию и задайте ей аудиторию, в которую никто новый не попадёт.',
  'Keep the channel until those versions have run out; `crm status` shows who is inside.':
    'Оставьте канал, пока эти версии не закончатся; `crm status` показывает, кто в них.',
  'Keep the template until those versions have run out; `crm status` shows who is inside.':
    'Оставьте шаблон, пока эти версии не закончатся; `crm status` показывает, кто в них.',
  'Keep the step until nobody stands there, or say under `moved` which step it is now. If the change is allowed, they finish on the version that they are in.':
    'Оставьте шаг, пока на нём кто-то есть, или укажите в `moved`, какой это шаг теперь. Если изменение разрешить, они закончат по той версии, в которой находятся.',
  'Keep the step until nobody stands there, or say under `moved` which step it is now.':
    'Оставьте шаг, пока на нём кто-то есть, или укажите в `moved`, какой это шаг теперь.',
  'customers inside it leave at once': 'клиенты, которые в ней, сразу выйдут',
  'it starts by another event than the one that brought in customers inside':
    'она начинается по другому событию, чем то, по которому вошли клиенты внутри',
  'it changes the feedback that pauses it': 'меняется, какая обратная связь её приостанавливает',
  'it changes the share of customers who may enter': 'меняется доля клиентов, которые могут войти',
  'it changes how a new version is rolled out': 'меняется, как раскатывается новая версия',
  'it changes what becomes of customers inside': 'меняется, что будет с клиентами внутри',
  'Let them finish: `in_flight: finish`. Or let them leave: `in_flight: exit`.':
    'Дайте им дойти до конца: `in_flight: finish`. Или выпустите их: `in_flight: exit`.',
  'Say under `moved` which step of the same kind it is now, or keep the step; or choose `in_flight: finish` or `follow`.':
    'Укажите в `moved`, каким шагом того же вида он стал, или оставьте шаг; или выберите `in_flight: finish` или `follow`.',
  'the campaign is removed': 'кампания удаляется',
  'it is new': 'это новое',
  'only texts change': 'меняются только тексты',
  'it changes who enters, or when': 'меняется, кто входит или когда',
  'it changes what ends a journey': 'меняется, чем заканчивается цепочка',
  'it changes the steps, their conditions, shares or times': 'меняются шаги, их условия, доли или сроки',
  'it changes how its messages are judged': 'меняется, как проверяются её сообщения',
  'it changes how long a removal can be undone': 'меняется срок, в который можно отменить удаление',
  'this version of Kaskad compiles it otherwise': 'эта версия Kaskad компилирует его иначе',
  'nothing that is planned uses it any more': 'в новой версии это ни для чего не нужно',
  'it changes who is a member': 'меняется состав',
  'it changes who may get messages, or when': 'меняется, кому и когда можно писать',
  'it changes how messages leave, or what they cost': 'меняется, как уходят сообщения или сколько они стоят',
  'it changes how the project runs': 'меняется работа проекта',
  'it changes what is read': 'меняется, что читается',
};
