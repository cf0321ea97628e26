import type { Texts } from '../../spec/words/language.ts';

/** Jobs of CI: plans of pull requests, and their comments. */
export const texts: Texts = {
  'In a job of CI: plan a pull request, and leave the plan for the next steps.':
    'В задании CI: составить план запроса на слияние и оставить его для следующих шагов.',
  'Compare with this commit; default: where the target branch of the pull request and this one part.':
    'Сравнить с этим коммитом; по умолчанию — с тем, где расходятся целевая ветка запроса на слияние и эта.',
  'Compare with what is applied, so that the plan can be applied; needs the store.':
    'Сравнить с тем, что применено, чтобы план можно было применить; нужно хранилище.',
  'Where the files of the plan go: plan.json and plan.md; default: plan.':
    'Куда записать файлы плана — plan.json и plan.md; по умолчанию plan.',
  'The most characters of the comment, 60000 by default: what matters least is left out.':
    'Сколько знаков самое большее в комментарии, по умолчанию 60000: наименее важное опускается.',
  'what a pull request changes, as files and in the job’s summary':
    'что меняет запрос на слияние: в файлах и в сводке задания',

  'The plan is in {0}, the comment in {1} beside it.': 'План записан в {0}, комментарий — рядом, в {1}.',
  'There is nothing to compare with: this job is of no pull request.':
    'Сравнивать не с чем: задание выполняется не для запроса на слияние.',
  'Name a commit: `crm ci plan --base main`; or compare with what is applied: `crm ci plan --live`.':
    'Назовите коммит: `crm ci plan --base main`; или сравните с тем, что применено: `crm ci plan --live`.',
};
