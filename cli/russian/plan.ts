import type { Texts } from '../../spec/words/language.ts';

/** Views of plans. */
export const texts: Texts = {
  'Plan for {0}': 'План для {0}',
  'against deployment {0}': 'по сравнению с развёртыванием {0}',
  'nothing is applied yet': 'ещё ничего не применено',
  'The forecast is of the days from `simulation.from` on, not of the coming ones: nothing has run yet.':
    'Прогноз построен для дней с `simulation.from`, а не для ближайших: проект ещё не запускали.',
  'Customers taken up again': 'Клиенты, которые продолжат цепочку',
  'Paused, and stays so': 'На паузе, и останется на ней',
  'Customers inside now': 'Клиенты, которые сейчас в цепочках',
  Changes: 'Изменения',
  Audience: 'Аудитория',
  'Nothing to change: what is applied is what the files say.': 'Менять нечего: применено то же, что в файлах.',
  'Plan: {0} to add, {1} to change, {2} to remove': 'План: добавить — {0}, изменить — {1}, удалить — {2}',
  Blocked: 'Применить нельзя',
  'Cannot be undone': 'Отменить будет нельзя',
  'Can be undone for a time': 'Какое-то время можно отменить',
  'Messages from {0} to {1} ({2}), simulated on from the present state, by steps of {3}':
    'Сообщения с {0} по {1} ({2}), прогон от текущего состояния, шаг — {3}',
  "Messages from {0} to {1} ({2}), simulated on the project's data files, by steps of {3}":
    'Сообщения с {0} по {1} ({2}), прогон на файлах данных проекта, шаг — {3}',
  '{0} where they stood, and {1}; possible until {2}': '{0} с того шага, где были, и {1}; возможно до {2}',
  '{0} stays out; the time to take them up ended {1}': '{0} не продолжит; срок возобновления истёк {1}',
  '{0} stay out; the time to take them up ended {1}': '{0} не продолжат; срок возобновления истёк {1}',
  '{0}, {1} waiting': '{0}, ждут отправки: {1}',
  '{0}; they leave at once': '{0}; выйдут сразу',
  '{0}; they finish on this version': '{0}; пройдут до конца по этой версии',
  '{0}; nothing changes for them': '{0}; для них ничего не меняется',
  '24 hours': '24 часа',
  '7 days': '7 дней',
  'cost in 7 days': 'стоимость за 7 дней',
  'in 24 hours': 'за 24 часа',
  '{0} unchanged': 'без изменений: {0}',
  all: 'всего',
  'members at the start': 'состав на начало',
  'could enter at the start': 'могли бы войти на начало',
  'enter within 7 days': 'войдут за 7 дней',
  '{0}: nobody enters within 7 days; {1}': '{0}: за 7 дней никто не войдёт; {1}',
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
  'What runs was applied by an earlier version, which kept no text: what changes is only named.':
    'Применённое развёрнуто прежней версией, которая не хранила текст: изменения только названы.',
  'What runs was applied by an earlier version, which kept no text of its conditions.':
    'Применённое развёрнуто прежней версией, которая не хранила текст условий.',
  'Apply once more: `crm plan`, then `crm apply`.': 'Примените ещё раз: `crm plan`, затем `crm apply`.',
  'the same text, compiled anew': 'тот же текст, скомпилирован заново',
  'because of {0}': 'из-за изменений: {0}',
  'used by {0}': 'используется в {0}',
  '(none)': '(нет)',
  project: 'проект',
  data: 'данные',
  segment: 'сегмент',
  policies: 'правила',
  variables: 'переменные',
  holdout: 'контрольная группа',
  template: 'шаблон',
  partial: 'фрагмент',
};
