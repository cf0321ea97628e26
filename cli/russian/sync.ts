import type { Texts } from '../../spec/words/language.ts';

/** Taking the project from git. */
export const texts: Texts = {
  'Exit with 1 when ticks do not happen: for containers and watchdogs.':
    'Завершиться с кодом 1, если такты не идут: для контейнеров и сторожей.',
  'Bring the store up to date with this version, as every command does, and do nothing else.':
    'Привести хранилище к этой версии, как делает каждая команда, и больше ничего.',
  'Nothing is applied yet, so nothing has to happen.': 'Ещё ничего не применено, и ничего не должно происходить.',
  'Healthy: the last tick was {0} ago.': 'Всё в порядке: последний такт был {0} назад.',
  'Not healthy: the last tick was {0} ago, and more than {1} is too late.':
    'Не в порядке: последний такт был {0} назад, а больше {1} — слишком поздно.',
  'The store is up to date.': 'Хранилище соответствует этой версии.',
  'There is no store yet: nothing to bring up to date.': 'Хранилища ещё нет, обновлять нечего.',
  'for the health check of a container': 'для проверки здоровья контейнера',
  'before a new version runs': 'перед запуском новой версии',
  'Bring the project in this folder to a branch of git: apply its commit, or say why it has to wait.':
    'Привести проект в этой папке к ветке в git: применить коммит или сказать, чего он ждёт.',
  'As in https://host/shop.git#main, or env:NAME#main for one with a password.':
    'Например https://host/shop.git#main или, если в адресе пароль, env:ИМЯ#main.',
  'Take the project from git, as in https://host/shop.git#main, and apply what needs no approval.':
    'Брать проект из git, например https://host/shop.git#main, и применять то, что не требует одобрения.',
  'How often to look there; default: 1 minute.': 'Как часто туда смотреть; по умолчанию раз в минуту.',
  'Take only commits whose signature git trusts here.': 'Брать только коммиты с подписью, которой git здесь доверяет.',
  'Write a duration, as in `30 seconds` or 5m.': 'Напишите длительность, например `30 seconds` или 5m.',
  'applies the commit of the branch, or says why it waits': 'применяет коммит ветки или говорит, чего он ждёт',
  'From git': 'Из git',
  '{0}, fetched {1}': '{0}, получено {1}',
  'What runs was applied by hand after commit {0}: the next commit replaces it.':
    'Работает то, что применили вручную после коммита {0}: следующий коммит его заменит.',
  'Commit {0} runs.': 'Работает коммит {0}.',
  'Commit {0} runs; it changes nothing.': 'Работает коммит {0}; он ничего не меняет.',
  'Since {0}: {1}': 'С {0}: {1}',
  'Commit {0} waits for an approval since {1}: {2}': 'Коммит {0} ждёт одобрения с {1}: {2}',
  'To approve exactly plan {0}, which the next round then applies: {1}':
    'Чтобы одобрить именно план {0}, который затем применит следующий проход: {1}',
  'To apply exactly plan {0}: {1}': 'Чтобы применить именно план {0}: {1}',
  'Commit {0} does not run, since {1}: {2}': 'Коммит {0} не работает, с {1}: {2}',
  'The files have errors: {0}': 'В файлах ошибки: {0}',
  'it took longer than two minutes': 'это длилось дольше двух минут',
  'its HEAD names no branch that is there, so name one: {0}':
    'его HEAD называет ветку, которой там нет; назовите ветку: {0}',
  'what was fetched is no commit': 'получен не коммит',
  'there is no git on this machine': 'на этой машине нет git',
  'The repository cannot be fetched: {0}': 'Репозиторий не удалось получить: {0}',
  'The commit names another store: end this process and begin there anew.':
    'В коммите другое хранилище: завершите этот процесс и начните там заново.',
  'Set it: `--sync` takes the repository from it.': 'Задайте её: из неё `--sync` берёт репозиторий.',
  'The repository is not written as git knows it.': 'Репозиторий записан не так, как его понимает git.',
  'Write `https://host/shop.git#main`, or `https://host/all.git#main:shop` for a project in a folder.':
    'Напишите `https://host/shop.git#main` или, если проект в папке, `https://host/all.git#main:shop`.',
  'Another process syncs this store.': 'Это хранилище синхронизирует другой процесс.',
};
