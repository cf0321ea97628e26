import type { Texts } from '../../spec/words/language.ts';

/** Plan files, and their approvals. */
export const texts: Texts = {
  '{0} cannot be read.': 'Не удаётся прочитать {0}.',
  'Mend its permissions, or remove it.': 'Исправьте права доступа или удалите его.',
  'There is no program `ssh-keygen`, which signs.': 'Нет программы `ssh-keygen`, которая подписывает.',
  'Install OpenSSH, or approve where it is installed.': 'Установите OpenSSH или согласуйте там, где он есть.',
  'The key {0} cannot sign: {1}.': 'Ключом {0} нельзя подписать: {1}.',
  'Name a private key of ed25519 with --key, as `ssh-keygen -t ed25519` makes it; with ssh-agent, its public part.':
    'Укажите через --key закрытый ключ ed25519, какой делает `ssh-keygen -t ed25519`; с ssh-agent — его открытую часть.',
  'Applied as deployment {0}. The plan was made against deployment {1}; what others have applied since stays.':
    'Применено, развёртывание {0}. План составлен к развёртыванию {1}; то, что после этого применили другие, остаётся.',
  'A lock has a reason, for those whom it stops.': 'У блокировки есть причина — для тех, кого она остановит.',
  'Add --reason "…".': 'Добавьте --reason "…".',
  'Campaign {0} is locked by {1}: nobody else can apply a change of it. `crm unlock {2}` ends that.':
    'Кампанию {0} заблокировал {1}: никто другой не применит её изменение. Снять — `crm unlock {2}`.',
  'The campaign "{0}" is not locked.': 'Кампания «{0}» не заблокирована.',
  '`crm lock` lists what is.': 'Что заблокировано, покажет `crm lock`.',
  'Campaign {0} is no longer locked.': 'Кампания {0} больше не заблокирована.',
  'Nothing is locked.': 'Ничего не заблокировано.',
  '--target is of no use here: a plan file is applied as it is, or not.':
    '--target здесь ни к чему: файл плана применяется как есть или никак.',
  'Leave it out, or make a plan with it: `crm plan --target campaign.welcome --out plan.json`.':
    'Уберите его или составьте с ним план: `crm plan --target campaign.welcome --out plan.json`.',
  'This is a part of the changes (--target): {0}.': 'Это часть изменений (--target): {0}.',
  'What that needs comes along: {0}.': 'Вместе с тем, что для этого нужно: {0}.',
  'Left out, and stays as it is applied: {0}.': 'Не входит и остаётся применённым: {0}.',
  'Needs approval': 'Нужно согласование',
  'To apply it: {0}, then {1} by an approver, then {2}.':
    'Чтобы применить: {0}, потом {1} — от согласующего, потом {2}.',
  'An apply wants {0} by {1}, and not by an author of the change: `crm approve plan.json`.':
    'Для применения нужно {0} от {1}, но не от автора изменения: `crm approve plan.json`.',
  'Refused unless allowed': 'Без разрешения не применяется',
  '{0} cannot be written, so only the store remembers that the plan was applied.':
    'Не удаётся записать {0}, поэтому о применении плана помнит только хранилище.',
  'There is nobody to ask whether to approve.': 'Некого спросить, согласовать ли.',
  'The project names nobody who may approve.': 'В проекте не назван никто, кто может согласовать.',
  'Declare them under `policies.approvals.approvers`, and apply that first.':
    'Опишите их в `policies.approvals.approvers` и сначала примените это.',
  'Approve this plan?': 'Согласовать этот план?',
  'Nothing was approved.': 'Ничего не согласовано.',
  '{0} has approved the plan {1}.': '{0}: план {1} согласован.',
  '{0} wrote commits of this plan, and nobody approves their own.':
    'Коммиты этого плана писал {0}, а свой план не согласуют.',
  'The key is none of an approver; only ed25519 keys of `policies.approvals.approvers` count.':
    'Это ключ не из числа согласующих; считаются только ключи ed25519 из `policies.approvals.approvers`.',
  'Let another approver do it.': 'Пусть это сделает другой согласующий.',
  'Name another key with --key, or let an approver do it.':
    'Укажите другой ключ через --key, или пусть это сделает согласующий.',
};
