import type { Texts } from '../../spec/words/language.ts';

/** Jobs of CI: plans of pull requests, and their comments. */
export const texts: Texts = {
  'In a job of CI: plan a pull request, show the plan in a comment under it, apply it, and tell what came of it.':
    'В задании CI: составить план запроса на слияние, показать его в комментарии, применить и сказать, что вышло.',
  'To comment or apply: the plan that `crm ci plan` has written, default plan/plan.json; to reconcile: a deployment, default the applied one.':
    'Для comment и apply: план, который записала `crm ci plan`, по умолчанию plan/plan.json; для reconcile: развёртывание, по умолчанию применённое.',
  'The pull request with the comment; default: that of the job, or of the deployment.':
    'Запрос на слияние с комментарием; по умолчанию тот, чьё это задание или развёртывание.',
  'To plan: say beside the lines of the files what it does; on GitLab in annotations.json, beside the plan.':
    'Для plan: сказать у строк файлов, что он делает; в GitLab — в annotations.json рядом с планом.',
  'Nothing was annotated: this is no job of GitHub or GitLab. `crm plan --base main --format github` prints the annotations anywhere.':
    'Аннотаций нет: это не задание GitHub или GitLab. `crm plan --base main --format github` печатает их где угодно.',
  'To comment: say at its head what became of the pull request.':
    'Для comment: сказать в начале, что стало с запросом на слияние.',
  'To comment: say at its head that the newest commit has no plan.':
    'Для comment: сказать в начале, что у последнего коммита нет плана.',
  'To comment: set the status of the commit too, with the plan’s first sentence.':
    'Для comment: поставить и статус коммита с первым предложением плана.',
  'Compare with this commit; default: where the target branch of the pull request and this one part.':
    'Сравнить с этим коммитом; по умолчанию — с тем, где расходятся целевая ветка запроса на слияние и эта.',
  'Compare with what is applied, so that the plan can be applied; needs the store.':
    'Сравнить с тем, что применено, чтобы план можно было применить; нужно хранилище.',
  'Where the files of the plan go: plan.json, plan.md and plan.html; default: plan.':
    'Куда записать файлы плана — plan.json, plan.md и plan.html; по умолчанию plan.',
  'The most characters of the comment, 60000 by default: what matters least is left out.':
    'Сколько знаков самое большее в комментарии, по умолчанию 60000: наименее важное опускается.',
  'what a pull request changes, as files and in the job’s summary':
    'что меняет запрос на слияние: в файлах и в сводке задания',
  'To apply: refuse a plan with another hash than this, which was reviewed.':
    'Для apply: отказать плану с другим хешем, чем этот, проверенный.',
  'To apply: execute this breaking change, such as campaign.welcome: the plan names each. May be repeated.':
    'Для apply: выполнить это изменение, хотя оно ломает цепочки, например campaign.welcome: план называет каждое. Можно повторять.',
  'To apply: who does it, for the audit log; default: who has started the job.':
    'Для apply: кто это делает, для журнала аудита; по умолчанию тот, кто запустил задание.',
  'writes there what came of the forecast': 'пишет там, что вышло из прогноза',
  'makes the reviewed plan what runs, and says so there': 'вводит проверенный план в действие и говорит там об этом',
  'shows it under the pull request of the job': 'показывает это под запросом на слияние',
  'once it is merged': 'когда он слит',

  'The comment is written.': 'Комментарий написан.',
  'The comment has the new text.': 'В комментарии новый текст.',
  'The comment has this text already; nothing was written.': 'Этот текст в комментарии уже есть; ничего не записано.',
  'There is no comment of this project and environment to close.':
    'Комментария этого проекта и окружения нет, закрывать нечего.',
  'The pull request has a newer commit, or is closed: nothing is written for this one.':
    'В запросе на слияние есть более новый коммит, или он закрыт: для этого коммита ничего не записано.',
  'No pull request has brought this commit, so there is no comment.':
    'Этот коммит пришёл не из запроса на слияние, поэтому комментария нет.',
  '"{0}" is no number of a deployment.': '«{0}» — не номер развёртывания.',
  'This job is of a fork, which may not write a comment. Its text is in {0}.':
    'Задание выполняется для форка, которому нельзя писать комментарии. Текст — в {0}.',
  'Merged. The plan below is that of the last commit.': 'Слито. Ниже — план последнего коммита.',
  'Applied as deployment {0} at {1}.': 'Применено как развёртывание {0}, {1}.',
  'Not applied: {0}': 'Не применено: {0}',
  'The comment does not say so: {0}': 'В комментарии этого нет: {0}',
  'The plan has the hash {0}, and the reviewed one has {1}.': 'Хеш плана — {0}, а проверенного — {1}.',
  'Apply the file of the reviewed plan.': 'Примените файл проверенного плана.',
  'The project is not the one that was reviewed: its text, or the environment, is another.':
    'Проект не тот, который проверяли: у него другой текст или другое окружение.',
  'Plan the present commit, and have that plan reviewed.': 'Составьте план нынешнего коммита и дайте его на проверку.',
  'An apply would also change what the review did not show: {0}.':
    'Применение изменило бы и то, чего при проверке не было видно: {0}.',
  'The store has something else than the base of the review. Have a plan of the store reviewed: crm ci plan --live':
    'В хранилище не то, с чем сравнивали при проверке. Дайте на проверку план для хранилища: crm ci plan --live',
  'The newest commit has no plan: its job failed. The plan below is that of an earlier commit.':
    'У последнего коммита нет плана: его задание завершилось с ошибкой. Ниже — план более раннего коммита.',
  'This job is of a fork, which may not write a comment.':
    'Задание выполняется для форка, которому нельзя писать комментарии.',
  'The project has no name that can be read, so nobody can tell which comment is its own.':
    'Название проекта не прочесть, поэтому не понять, какой комментарий его.',
  'Closed without being merged.': 'Закрыто без слияния.',

  '{0} gives a list that does not end: {1} pages were read.': '{0} отдаёт список без конца: прочитано страниц: {1}.',
  'Is a proxy in between?': 'Нет ли посередине прокси?',
  '{0} does not accept the token (401).': '{0} не принимает токен (401).',
  'It may have expired.': 'Возможно, он истёк.',
  'The token may not do this on {0} (403).': '{0}: токену этого нельзя (403).',
  '{0} has no such repository or pull request, or the token may not see it (404).':
    '{0}: такого репозитория или запроса на слияние нет, или токен его не видит (404).',
  '{0} refused the request ({1}): {2}': '{0}: запрос отклонён ({1}): {2}',
  'The job needs the right to write: permissions: { pull-requests: write }, and statuses: write for --status.':
    'Заданию нужно право записи: permissions: { pull-requests: write }, а для --status — и statuses: write.',
  'The token needs the scope `api` and the role of a developer in the project.':
    'Токену нужны область `api` и роль разработчика в проекте.',
  '{0} allows no more requests for now, and asks to wait {1} s.':
    '{0}: запросов пока больше нельзя, просит подождать {1} с.',
  'Run the job again later.': 'Запустите задание снова позже.',
  '{0} cannot be reached at {1} ({2}).': 'Не удалось связаться: {0}, {1} ({2}).',
  'Run the job again. A proxy or an authority of your own: NODE_USE_ENV_PROXY=1, NODE_EXTRA_CA_CERTS.':
    'Запустите задание снова. Для прокси и своего удостоверяющего центра: NODE_USE_ENV_PROXY=1, NODE_EXTRA_CA_CERTS.',
  'Interrupted while talking to the service; it may have the new comment or the old one.':
    'Прервано посреди разговора с сервисом: в нём может быть и новый комментарий, и старый.',
  'The comment could not be written to {0}: each try failed.':
    '{0}: комментарий не удалось записать, ни одна попытка не удалась.',
  'This is no job of GitHub Actions or of GitLab CI, so there is no pull request to write to.':
    'Это не задание GitHub Actions или GitLab CI, поэтому запроса на слияние, под которым писать, нет.',
  '`crm plan --format markdown` prints the text of the comment.':
    'Текст комментария печатает `crm plan --format markdown`.',
  'This job is of no pull request.': 'Задание выполняется не для запроса на слияние.',
  'Name one: `crm ci comment plan/plan.json --pull 12`.': 'Назовите его: `crm ci comment plan/plan.json --pull 12`.',
  'There is no token for {0}: none of {1} is set.': '{0}: нет токена, ни одна из переменных {1} не задана.',
  'Give the step the token of the job: env: { GITHUB_TOKEN: {0} }':
    'Дайте шагу токен задания: env: { GITHUB_TOKEN: {0} }',
  'Make a token of the project with the scope `api`, and a masked variable GITLAB_TOKEN of it.':
    'Создайте токен проекта с областью `api` и скрытую переменную GITLAB_TOKEN с ним.',
  'The address of the API is not one: {0}': 'Адрес API — не адрес: {0}',
  'Write https://host/path.': 'Напишите https://host/path.',
  'The plan {0} is not one that `crm ci plan` writes: it cannot be shown.':
    'План {0} записан не `crm ci plan`: его нельзя показать.',
  'Make it by the same version of Kaskad.': 'Составьте его той же версией Kaskad.',
  'not a file': 'не файл',
  'longer than {0} MiB': 'длиннее {0} МиБ',
  'Make one by `crm ci plan`.': 'Составьте его: `crm ci plan`.',

  'The plan is in {0}; beside it, {1} is its page, and {2} the text of the comment.':
    'План записан в {0}; рядом — {1}, его страница, и {2}, текст комментария.',
  'There is nothing to compare with: this job is of no pull request.':
    'Сравнивать не с чем: задание выполняется не для запроса на слияние.',
  'Name a commit: `crm ci plan --base main`; or compare with what is applied: `crm ci plan --live`.':
    'Назовите коммит: `crm ci plan --base main`; или сравните с тем, что применено: `crm ci plan --live`.',
};
