import type { Texts } from '../../spec/words/language.ts';

/** Writes an English amount, as `€1,234.50`, as Russian has it. */
function money(amount: unknown): string {
  const text = String(amount);
  const [, sign = '', digits] = /^(\D*?)(\d[\d,.]*)$/.exec(text) ?? [];
  if (digits === undefined) return text;
  const decimals = digits.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat('ru', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return `${format.format(Number(digits.replaceAll(',', '')))}\u00a0${sign.trim()}`;
}

/** Warnings of plans about guards. */
export const stored: Texts = {
  '{0} customers would get a message within 7 days, and the guard `max_recipients` lets {1} pass.':
    'Сообщения за 7 дней получат клиентов: {0}, а предел `max_recipients` — {1}.',
  'The messages of 7 days would cost {0}, and the guard `max_budget` lets {1} pass.': (cost, limit) =>
    `Сообщения за 7 дней будут стоить ${money(cost)}, а предел \`max_budget\` — ${money(limit)}.`,
  'The plan removes all {0} campaigns that are applied.': 'План удаляет все применённые кампании ({0}).',
  'Nothing is applied from {0} to {1} ({2}), and it is that time.':
    'С {0} до {1} ({2}) ничего не применяется, а сейчас это время.',
};

/** Refusals of plans that need somebody's word. */
export const texts: Texts = {
  'Deployment {0} has been applied since the plan was made, and the guard `{1}` counts what all campaigns send.':
    'После составления плана применено развёртывание {0}, а ограничение `{1}` считает, что отправляют все кампании.',
  'The plan changes the guards or the approvals that are applied.': 'План меняет применённые пределы или согласования.',
  'Change the plan, or let somebody who may decide it allow it.':
    'Измените план, или пусть это разрешит тот, кто вправе решать.',
  'The plan was made against deployment {0}, and the store has only {1}: it was put back from a copy.':
    'План составлен к развёртыванию {0}, а в хранилище последнее — {1}: его восстановили из копии.',
  'The plan is stale: {0} has changed since it was made, in deployment {1}.':
    'План устарел: {0} с тех пор изменилось, в развёртывании {1}.',
  'The files of deployment {0} were not kept, so nobody can tell what the plan would do to it.':
    'Файлы развёртывания {0} не сохранились, поэтому неизвестно, что план с ним сделает.',
  'The plan does not fit what has been applied since: something that it names is gone.':
    'План не подходит к тому, что применено после него: чего-то, что он называет, больше нет.',
  '{0} would mean something else than in the plan, by what has been applied since.':
    '{0} значило бы не то, что в плане, из-за применённого после него.',
  'campaign.{0} is locked by {1} since {2}: {3}': 'campaign.{0} заблокировал {1} {2}: {3}',
  'Ask {0}; `crm unlock {1} --force` breaks the lock.':
    'Спросите: {0}; снять чужую блокировку — `crm unlock {1} --force`.',
  'The targets do not fit what is applied: {0}.': 'Выбранное не сходится с тем, что применено: {0}.',
  'Name what they need, too (--target), or plan everything.':
    'Назовите и то, что для этого нужно (--target), или планируйте всё.',
  'There is nothing with the address {0}, neither in the files nor in what is applied.':
    'Ничего с адресом {0} нет ни в файлах, ни в том, что применено.',
  'Write an address as plans do: campaign.welcome.': 'Пишите адрес, как в планах: campaign.welcome.',
  'The files of what is applied were not kept, so nothing can be changed by itself.':
    'Файлы применённого не сохранились, поэтому изменить что-то одно нельзя.',
  'Plan everything once, without --target; from then on the files are kept.':
    'Один раз составьте план всего, без --target; потом файлы сохраняются.',
  'A plan is used once. `crm status` shows what runs.':
    'План применяется один раз. Что работает, покажет `crm status`.',
  'The plan was made at {0}, and by the clock of this machine it is {1}.':
    'План составлен {0}, а на часах этой машины {1}.',
  'The last apply was at {0}, and by the clock of this machine it is {1}.':
    'Последнее применение было {0}, а на часах этой машины {1}.',
  'Set the clock right; if it is right, that other one was wrong, and passes by waiting.':
    'Поставьте часы правильно; если они верны, спешили те, другие, — тогда подождите.',
  'The audience of {0} has grown from {1} to {2} customers since the plan; {3} more are allowed.':
    'Аудитория {0} выросла после плана с {1} до {2} клиентов; можно не больше чем на {3}.',
  'The audiences of {0} campaigns have grown by more than {1} since the plan: {2} from {3} to {4} customers.':
    'Аудитории кампаний (их {0}) выросли после плана больше чем на {1}: {2} с {3} до {4} клиентов.',
  'Make a new plan, and look at it; or, if it is meant, add to the command: {0}':
    'Составьте новый план и посмотрите его; если так и задумано, добавьте к команде: {0}',
  'The plan needs {0} and has none.': 'Плану нужно {0}, а нет ни одного.',
  'The plan needs {0} and has {1}.': 'Плану нужно {0}, а есть {1}.',
  '{0} wrote commits of the plan, so their own approval does not count.':
    'Коммиты этого плана писали {0}; их собственное согласование не считается.',
  'A signature is by a key that is nobody’s among the approvers.':
    'Одна из подписей сделана ключом, которого нет ни у одного из согласующих.',
  'A signature is not of this plan, perhaps of an earlier one in a file of this name, or was changed.':
    'Одна из подписей — не этого плана (возможно, прежнего в файле с тем же именем) или изменена.',
  'Let somebody approve it who has not written it ({0}): `crm approve plan.json`, for a plan file of `crm plan --out plan.json`.':
    'Пусть его согласует тот, кто его не писал ({0}): `crm approve plan.json` — для файла, который записала `crm plan --out plan.json`.',
};
