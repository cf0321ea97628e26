import type { Texts } from '../../spec/words/language.ts';

/** Views of plans. */
export const texts: Texts = {
  'Plan for {0}': 'План для {0}',
  'against deployment {0}': 'по сравнению с развёртыванием {0}',
  'nothing is applied yet': 'ещё ничего не применено',
  'against the files in {0}': 'по сравнению с файлами в {0}',
  'against {0}, commit {1}': 'по сравнению с {0}, коммит {1}',
  'The forecast is of the days from `simulation.from` on, not of the coming ones: it knows the data files, and no store.':
    'Прогноз построен для дней с `simulation.from`, а не для ближайших: он знает файлы данных и никакого хранилища.',
  'The project as of {0} has errors, so nothing can be compared with it: {1}':
    'В проекте по состоянию на {0} есть ошибки, поэтому сравнить с ним ничего нельзя: {1}',
  'Choose another base, or correct that one.': 'Выберите другую основу или исправьте эту.',
  '{0} is in no git repository, so there is no `{1}` to compare with.':
    '{0} не лежит в репозитории git, поэтому `{1}` для сравнения нет.',
  'Name a folder that has the other files: --base ../before': 'Назовите папку с другими файлами: --base ../before',
  'There is no commit `{0}` in this repository.': 'В этом репозитории нет коммита `{0}`.',
  'A clone of CI has few of them: fetch it first (git fetch origin {0}), or clone with all (fetch-depth: 0). It may be called origin/{1}.':
    'В клоне, который делает CI, их мало: сначала загрузите его (git fetch origin {0}) или клонируйте целиком (fetch-depth: 0). Возможно, он называется origin/{1}.',
  'git cannot read its objects.': 'git не может прочитать свои объекты.',
  'Look at it with: git fsck': 'Проверьте: git fsck',
  '--out writes a plan for `crm apply`, and a plan with --base is of no store, so it cannot be applied.':
    '--out пишет план для `crm apply`, а план с --base не относится ни к какому хранилищу, и применить его нельзя.',
  'Leave out one of them; `--json` prints the plan for other programs.':
    'Уберите одно из двух; `--json` выводит план для других программ.',
  'The plan compares files with files, and not with what is applied.':
    'План сравнивает файлы с файлами, а не с тем, что применено.',
  'Nothing to change: both do the same.': 'Менять нечего: обе стороны делают одно и то же.',
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
  'Messages from {0} to {1} ({2}), simulated on from the present state':
    'Сообщения с {0} по {1} ({2}), прогон от текущего состояния',
  "Messages from {0} to {1} ({2}), simulated on the project's data files":
    'Сообщения с {0} по {1} ({2}), прогон на файлах данных проекта',
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
  '{0}: nobody in the sample enters within 7 days; {1}': '{0}: за 7 дней из выборки никто не войдёт; {1}',
  before: 'сейчас',
  after: 'станет',
  difference: 'разница',
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
