import type { Texts } from '../../spec/words/language.ts';

/** Texts about environments. */
export const texts: Texts = {
  'The environment, which decides on variables, channels and the store; default: CRM_ENV, or none.':
    'Окружение: от него зависят переменные, каналы и хранилище; по умолчанию CRM_ENV или никакое.',
  'Remove a temporary environment: its store, and the files that it has written.':
    'Удалить временное окружение: его хранилище и записанные им файлы.',
  'The environment, as pr-12.': 'Окружение, например pr-12.',
  'when the branch is closed': 'когда ветка закрыта',
  '`{0}` is no temporary environment: its store stays.': '`{0}` — не временное окружение: его хранилище остаётся.',
  'Temporary ones are those of a file with `temporary: true`: pr-12, where the file is environments/pr.yaml.':
    'Временные — те, у которых в файле `temporary: true`: pr-12, если файл называется environments/pr.yaml.',
  'Removed the store of {0}.': 'Хранилище окружения {0} удалено.',
  '{0} had no store.': 'У окружения {0} не было хранилища.',
};
