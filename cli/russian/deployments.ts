import type { Texts } from '../../spec/words/language.ts';

/** What has been applied: its history and the way back. */
export const texts: Texts = {
  'List what has been applied: when, by whom, from which commit, and what it changed.':
    'Перечислить, что было применено: когда, кем, из какого коммита и что это изменило.',
  'The most deployments to list, the newest first.': 'Сколько развёртываний перечислить, начиная с последнего.',
  'Make an earlier deployment what runs: plans it, shows the plan and asks first.':
    'Вернуться к прежнему развёртыванию: составляет план, показывает его и сначала спрашивает.',
  'Its number, as `crm history` shows it; default: the one before.':
    'Его номер, как его показывает `crm history`; по умолчанию предыдущее.',
  'Write the plan to a file for `crm apply`, and apply nothing.':
    'Записать план в файл для `crm apply` и ничего не применять.',
  'what has been applied, the newest first': 'что было применено, начиная с последнего',
  'for other programs': 'для других программ',
  'back to the deployment before; shows the plan, asks': 'к предыдущему развёртыванию; показывает план и спрашивает',
  'back to the deployment of that number': 'к развёртыванию с этим номером',

  'by {0}': 'применил(а) {0}',
  'commit {0}': 'коммит {0}',
  'the same as {0}': 'то же, что {0}',
  'its files were not kept': 'его файлы не сохранились',
  'applied now': 'применено сейчас',
  '{0} earlier: `crm history --limit {1}`': 'Ещё {0}, более ранних: `crm history --limit {1}`',
  'the same, compiled anew': 'то же самое, скомпилировано заново',
  'the first: {0}': 'первое: {0}',

  'Deployment {0} is the first: there is none to go back to.': 'Развёртывание {0} — первое, возвращаться не к чему.',
  'To stop it, `crm pause --all`.': 'Чтобы остановить всё: `crm pause --all`.',
  'There is no deployment {0}; the applied one is {1}.': 'Развёртывания {0} нет; применено развёртывание {1}.',
  '`crm history` lists them.': 'Их перечисляет `crm history`.',
  'The files of deployment {0} were not kept: an earlier version of Kaskad applied it.':
    'Файлы развёртывания {0} не сохранились: его применила более ранняя версия Kaskad.',
  'Check out their commit, and apply that: `crm history` shows it.':
    'Возьмите из git их коммит и примените его: коммит показывает `crm history`.',
  'This version of Kaskad cannot read the files of deployment {0} any more: {1}':
    'Эта версия Kaskad уже не может прочитать файлы развёртывания {0}: {1}',
  'Write the files so that they do the same, and apply them.':
    'Напишите файлы, которые делают то же самое, и примените их.',
  'Back to deployment {0}, applied {1} ({2})': 'Назад к развёртыванию {0}, применённому {1} ({2})',
  'Back to deployment {0}, applied {1} ({2}), commit {3}':
    'Назад к развёртыванию {0}, применённому {1} ({2}), коммит {3}',
  'Nothing to do: deployment {0} is the same as deployment {1}.':
    'Делать нечего: развёртывание {0} — то же, что развёртывание {1}.',
  'The files are as they were: take the change back there too, or the next `crm apply` makes it again.':
    'Файлы остались прежними: отмените изменение и в них, иначе следующий `crm apply` применит его снова.',
};
