import type { Texts } from '../../spec/words/language.ts';

/** Texts about projects that are taken from git. */
export const texts: Texts = {
  'It removes all campaigns.': 'Он убирает все кампании.',
  'The history of the branch was rewritten: the commit that runs is no part of it any more.':
    'История ветки переписана: работающего коммита в ней больше нет.',
  'The commit has no signature that git trusts here.': 'У коммита нет подписи, которой git здесь доверяет.',
  'To keep it, commit it in the repository. Then remove it here: the next round puts back what the commit has.':
    'Чтобы сохранить правку, внесите её коммитом в репозиторий. Потом удалите здесь: следующий проход вернёт то, что в коммите.',
  'taking the project from git': 'беру проект из git',
  'there is no project yet': 'проекта ещё нет',
  'the commit runs': 'коммит работает',
  'the commit runs, and the sync has trouble': 'коммит работает, но с синхронизацией непорядок',
  'the wanted commit does not run': 'нужный коммит не работает',
  'the sync failed': 'синхронизация не удалась',
};

/** Reasons with values, which are stored. */
export const stored: Texts = {
  'Approvals that it needs: {0}, of {1}.': 'Нужно одобрений: {0}, от {1}.',
  'Edited in the folder, and would be lost: {0}.': 'Изменено в папке и пропало бы: {0}.',
  '{0} is changed so that customers inside would lose their way.':
    '{0}: изменение, при котором клиенты внутри потеряли бы дорогу.',
};
