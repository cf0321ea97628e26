import type { Texts } from '../../spec/words/language.ts';

/** The log of `crm run`: its fields keep their names. */
export const texts: Texts = {
  running: 'работаю',
  tick: 'такт',
  dispatched: 'отправлено',
  'catching up': 'нагоняю пропущенное',
  'a new deployment': 'новое развёртывание',
  resumed: 'возобновлено',
  'an earlier run ended in the middle': 'прежний запуск прервался на полпути',
  'leases ran out': 'срок захвата сообщений вышел',
  'carrier failed': 'сбой доставки',
  'channel stopped: it fails every time': 'канал остановлен: каждая отправка не удаётся',
  'channel does not open: nothing leaves on it': 'канал не открывается: по нему ничего не уходит',
  'consent could not be taken in: no marketing leaves': 'согласия не удалось прочитать: реклама не уходит',
  'waits: a data file cannot be relied on': 'ждёт: на файл с данными нельзя положиться',
  'goes on: the data file can be relied on again': 'продолжается: на файл с данными снова можно положиться',
  'problems in what was read before': 'проблемы в прочитанном раньше',
  'read, with problems': 'прочитано, есть проблемы',
  'the last row of the file is not finished yet: it waits': 'последняя строка файла ещё не дописана: она ждёт',
  'customers removed, who are in no file of customers any more':
    'удалены клиенты, которых больше нет ни в одном файле клиентов',
  'the last tick lay after the clock: ticking goes on from the clock':
    'последний такт был позже часов: такты продолжаются по часам',
  'the last tick lies after the clock: waiting until then': 'последний такт позже часов: жду этого времени',
};
