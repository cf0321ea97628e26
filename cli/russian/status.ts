import type { Texts } from '../../spec/words/language.ts';

/** Views of the status, of pauses, suppressions and erasures. */
export const texts: Texts = {
  'Deployment {0}': 'Развёртывание {0}',
  '{0} ({1}), applied {2}': '{0} ({1}), применено {2}',
  "Times are in {0}, the project's zone.": 'Время — по поясу проекта, {0}.',
  'The files say something else: `crm plan` shows the difference.':
    'В файлах проекта уже другое: `crm plan` покажет разницу.',
  Paused: 'Приостановлено',
  'Stopped channels': 'Каналы, которые не работают',
  'Waiting for data': 'Ждут данных',
  'Removed, and can be put back': 'Удалены, но их можно вернуть',
  'Customers inside': 'Клиенты в цепочках',
  Messages: 'Сообщения',
  'The oldest waiting was decided {0}.': 'Самое давнее из ожидающих решено отправить {0}.',
  'Data files': 'Файлы данных',
  'Problems in the data': 'Проблемы в данных',
  '{0} is in no file of customers any more and gets nothing.':
    '{0} больше не указан ни в одном файле клиентов и ничего не получает.',
  '{0} are in no file of customers any more and get nothing.':
    'Больше не указаны ни в одном файле клиентов и ничего не получают: {0}.',
  '{0} was erased.': '{0} стёрт.',
  '{0} were erased.': 'Стёрто: {0}.',
  '{0} fails since {1}: {2}. One message tries again from {3}.':
    '{0} не работает с {1}: {2}. После {3} одно сообщение проверит его снова.',
  '{0}: {1} and {2} go on if it is applied again before {3}':
    '{0}: если применить её снова до {3}, продолжат {1} и {2}',
  'answers get lost after the whole message': 'сообщение передано, но ответ не приходит',
  'the login is refused': 'сервер не принимает логин и пароль',
  'the server refuses the sender or the account': 'сервер не принимает отправителя или учётную запись',
  'the server refuses every message by its policy': 'сервер отклоняет все сообщения по своим правилам',
  'Has not run yet: `crm run` starts it.': 'Ещё не работало: запускается командой `crm run`.',
  'Last ran for {0}: {1} after the clock, which was ahead then, or `crm tick --at` was. The next tick goes on from the clock.':
    'Последний такт — {0}. Это позже, чем сейчас на часах (разница: {1}): тогда спешили часы или был задан `crm tick --at`. Следующий такт пойдёт от часов.',
  'Last ran for {0}: {1} after the clock, which was ahead then, or `crm tick --at` was. Until it has passed that nobody enters, moves on or is written to anew.':
    'Последний такт — {0}. Это позже, чем сейчас на часах (разница: {1}): тогда спешили часы или был задан `crm tick --at`. До этого времени никто не войдёт, не пойдёт дальше и не получит новых сообщений.',
  'Last ran for {0}: up to date.': 'Последний такт — {0}: без отставания.',
  'Last ran for {0}: {1} behind. Is `crm run` running?': 'Последний такт — {0}: отставание {1}. Работает ли `crm run`?',
  nobody: 'никого',
  '{0} (earlier)': '{0} (прежняя)',
  campaign: 'кампания',
  version: 'версия',
  'at step': 'на шаге',
  held: 'придержано',
  'next moves': 'дальше пойдут',
  paused: 'приостановлена',
  'waits for data': 'ждёт данных',
  'at the next tick': 'в следующем такте',
  '{0} waiting to be sent': '{0} ждёт отправки',
  '{0} sent': '{0} отправлено',
  '{0} failed': '{0} не удалось отправить',
  '{0} in doubt, sent or not; not sent again': '{0} — неизвестно, дошло ли; повторно не отправляется',
  '{0} refused': '{0} отклонено',
  '{0} dropped as too late': '{0} снято: истёк срок',
  '{0} since {1}: {2}: {3}': '{0} с {1}: {2}: {3}',

  everything: 'всё',
  'campaign {0}': 'кампания {0}',
  'channel {0}': 'канал {0}',
  'everything is paused since {0}': 'всё приостановлено с {0}',
  'campaign {0} is paused since {1}': 'кампания {0} приостановлена с {1}',
  'channel {0} is paused since {1}': 'канал {0} приостановлен с {1}',
  'everything was paused until {0}': 'всё было приостановлено до {0}',
  'campaign {0} was paused until {1}': 'кампания {0} была приостановлена до {1}',
  'channel {0} was paused until {1}': 'канал {0} был приостановлен до {1}',
  '{0} since {1}: {2}': '{0} с {1}: {2}',
  '{0} waits': 'ждёт {0}',
  '{0} wait': 'ждут {0}',
  '{0} and {1} wait': 'ждут {0} и {1}',
  'Everything is paused: {0}. {1}': 'Всё приостановлено: {0}. {1}',
  'Everything is paused already, since {0}: {1}. {2}': 'Всё уже приостановлено, с {0}: {1}. {2}',
  'Campaign {0} is paused: {1}. {2}': 'Кампания {0} приостановлена: {1}. {2}',
  'Campaign {0} is paused already, since {1}: {2}. {3}': 'Кампания {0} уже приостановлена, с {1}: {2}. {3}',
  'Channel {0} is paused: {1}. {2}': 'Канал {0} приостановлен: {1}. {2}',
  'Channel {0} is paused already, since {1}: {2}. {3}': 'Канал {0} уже приостановлен, с {1}: {2}. {3}',
  'Everything is paused, too: `crm resume --all` lifts both pauses.':
    'Приостановлено и всё остальное: `crm resume --all` снимет обе паузы.',
  '`crm resume {0}` lets go on.': 'Продолжить: `crm resume {0}`.',
  '{0} in the outbox': '{0} в очереди на отправку',
  '{0} inside, of whom {1} at the next tick; {2}; {3}': 'внутри {0}, из них в следующем такте {1}; {2}; {3}',
  'Everything goes on: {0}.': 'Всё продолжается: {0}.',
  'Everything is not paused.': 'Всё остальное не приостановлено.',
  'Campaign {0} goes on: {1}.': 'Кампания {0} продолжается: {1}.',
  'Campaign {0} is not paused.': 'Кампания {0} не приостановлена.',
  'Channel {0} goes on: {1}.': 'Канал {0} продолжает работу: {1}.',
  'Channel {0} is not paused.': 'Канал {0} не приостановлен.',

  '(nobody)': '(никто)',
  reason: 'причина',
  since: 'с',
  'holds for': 'действует на',
  'whoever gets the address': 'любого с этим адресом',
  'the address': 'адрес',
  'the customer and the address': 'клиента и адрес',
  'and {0} more; `crm suppression list --json` lists all': 'и ещё {0}; весь список — `crm suppression list --json`',
  'every channel': 'все каналы',
  '`crm suppression list` lists everybody who is.': 'Весь стоп-лист — `crm suppression list`.',
  'Nobody is suppressed.': 'В стоп-листе никого нет.',
  'Nobody is suppressed on {0}.': 'В стоп-листе {0} никого нет.',
  'The address is not suppressed. {0}': 'Адреса нет в стоп-листе. {0}',
  'The address is not suppressed on {0}. {1}': 'Адреса нет в стоп-листе {0}. {1}',
  'Customer {0} is not suppressed. {1}': 'Клиента {0} нет в стоп-листе. {1}',
  'Customer {0} is not suppressed on {1}. {2}': 'Клиента {0} нет в стоп-листе {1}. {2}',
  'No customer has the address now. `{0}` ends it.': 'Сейчас этого адреса нет ни у одного клиента. Снять: `{0}`.',
  '{0} that no customer has now is suppressed too, for whoever gets it':
    'В стоп-листе ещё {0}, которого сейчас нет ни у одного клиента: он действует на любого, у кого появится',
  '{0} that no customer has now are suppressed too, for whoever gets them':
    'В стоп-листе ещё {0}, которых сейчас нет ни у одного клиента: они действуют на любого, у кого появятся',
  'Consent of customer {0} is withdrawn on {1}, which is another thing: see `crm explain {2}`.':
    'Клиент {0} отозвал согласие ({1}), это не стоп-лист: см. `crm explain {2}`.',
  '`{0}` ends it.': 'Снять: `{0}`.',
  '`{0}` ends that.': 'Снять: `{0}`.',
  '`{0}` ends that, if the customer asks for it.': 'Снять, если клиент сам попросит: `{0}`.',
  'Customer {0} was suppressed already on {1}, since {2} ({3}).': 'Клиент {0} уже в стоп-листе ({1}) с {2} ({3}).',
  'The address was suppressed already on {0}, since {1} ({2}).': 'Адрес уже в стоп-листе ({0}) с {1} ({2}).',
  'The address, which {0} has, was suppressed already on {1}, since {2} ({3}).':
    'Адрес (у него {0}) уже в стоп-листе ({1}) с {2} ({3}).',
  'The address, which {0} have, was suppressed already on {1}, since {2} ({3}).':
    'Адрес (у него {0}) уже в стоп-листе ({1}) с {2} ({3}).',
  'Suppressed customer {0} on {1}.': 'Клиент {0} добавлен в стоп-лист ({1}).',
  'Suppressed the address on {0}.': 'Адрес добавлен в стоп-лист ({0}).',
  'Suppressed the address, which {0} has, on {1}.': 'Адрес (у него {0}) добавлен в стоп-лист ({1}).',
  'Suppressed the address, which {0} have, on {1}.': 'Адрес (у него {0}) добавлен в стоп-лист ({1}).',
  'That holds for {0}, too, who shares an address.': 'Это действует и на тех, у кого тот же адрес: {0}.',
  'That holds for {0}, too, who share an address.': 'Это действует и на тех, у кого тот же адрес: {0}.',
  'Lifted the suppression of customer {0} on {1}.': 'Клиент {0} снят со стоп-листа ({1}).',
  'Lifted the suppression of the address on {0}.': 'Адрес снят со стоп-листа ({0}).',
  'Lifted the suppression of the address, which {0} has, on {1}.': 'Адрес (у него {0}) снят со стоп-листа ({1}).',
  'Lifted the suppression of the address, which {0} have, on {1}.': 'Адрес (у него {0}) снят со стоп-листа ({1}).',
  'That ends it for {0}, too, who shares an address.': 'Сняты и те, у кого тот же адрес: {0}.',
  'That ends it for {0}, too, who share an address.': 'Сняты и те, у кого тот же адрес: {0}.',
  'The audit log is empty.': 'Журнал действий пуст.',
  'The audit log is whole: {0} in it. The hash of the last: {1}':
    'Журнал действий цел; записей: {0}. Хеш последней: {1}',
  hash: 'хеш',
  actor: 'кто',
  deed: 'действие',
  'The audit log is broken: there is no entry {0}, though there are later ones.':
    'Журнал действий повреждён: нет записи {0}, хотя есть более поздние.',
  'The audit log is broken at entry {0}: its content was changed after it was written.':
    'Журнал действий повреждён на записи {0}: её содержимое изменили после того, как она была сделана.',
  'The audit log is broken at entry {0}: the entry before is not the one after which it was written.':
    'Журнал действий повреждён на записи {0}: перед ней стоит не та запись, после которой она была сделана.',
  'The audit log is broken: its end is gone, from entry {0} on.':
    'Журнал действий повреждён: конец пропал, начиная с записи {0}.',
  'The audit log is broken: deployment {0} is in it, and not in the store.':
    'Журнал действий повреждён: развёртывание {0} в нём есть, а в хранилище нет.',
  'The audit log is broken: it does not know deployment {0}, or not as it is.':
    'Журнал действий повреждён: развёртывания {0} в нём нет, или оно там другое.',
  'The audit log is not the one that had this hash; its last entry is {0}.':
    'Это не тот журнал действий, в котором был этот хеш; последняя запись — {0}.',
  'Compare with the output of the command that printed the hash, and with a copy of the store of that time.':
    'Сравните с выводом команды, которая напечатала хеш, и с копией хранилища того времени.',
  'Somebody has changed the store behind Kaskad. What the entries before say holds; compare the rest with a copy of the store.':
    'Кто-то менял хранилище в обход Kaskad. Записям до этого места можно верить; остальное сравните с копией хранилища.',
  '--head is of no use here: it is what `crm audit verify` looks for.':
    '--head здесь ни к чему: его ищет `crm audit verify`.',
  'Leave it out, or write verify.': 'Уберите его или напишите verify.',
  'No customer has it now.': 'Сейчас этого адреса нет ни у одного клиента.',
  'Still suppressed on {0}.': 'В стоп-листе остаётся: {0}.',
  'customer {0}': 'клиент {0}',
  'customers {0} and {1} more': 'клиенты {0} и ещё {1}',
  'customers {0}': 'клиенты {0}',
  'a customer who had the address was erased': 'клиент с этим адресом стёрт',
  'another customer who had the address was erased': 'другой клиент с этим адресом стёрт',
  '<address>': '<адрес>',
  '<customer>': '<клиент>',

  'Customer {0}: no journey is under way, and no message waits.':
    'Клиент {0}: нет ни начатых цепочек, ни ожидающих сообщений.',
  'Customer {0}: {1}, {2}.': 'Клиент {0}: {1}, {2}.',
  'Everything that tells who it was is removed from the store, and this cannot be undone. Counts stay, and hashes of the id and the addresses: nothing is read of the customer again, and nothing is sent to the addresses.':
    'Всё, по чему можно узнать этого клиента, будет удалено из хранилища; отменить это нельзя. Останутся суммы и хеши id и адресов: данные о клиенте больше не читаются, на адреса ничего не отправляется.',
  'Nothing is sent to {0}.': 'Ничего не получат и те, у кого тот же адрес: {0}.',
  '{0} under way ends': 'закончится {0}',
  '{0} under way end': 'закончатся {0}',
  '{0} does not leave any more': 'не будет отправлено {0}',
  '{0} do not leave any more': 'не будет отправлено {0}',
  '{0} either, who shares an address, on any channel; `crm suppression lift` of the customer ends that':
    '{0} (все каналы); снять — `crm suppression lift` с id клиента',
  '{0} either, who share an address, on any channel; `crm suppression lift` of each ends that':
    '{0} (все каналы); снять — `crm suppression lift` с id каждого',
  'Customer {0} was erased already, {1}; nothing has changed.': 'Клиент {0} уже стёрт {1}; ничего не изменилось.',
  'Erased customer {0}. Remove the customer from the data files too.':
    'Клиент {0} стёрт. Удалите его и из файлов данных.',
  'From now on nothing is sent to {0}.': 'Теперь ничего не получат и те, у кого тот же адрес: {0}.',
  'Customer {0} was erased {1}. Nothing else is known.': 'Клиент {0} стёрт {1}. Больше ничего не известно.',
};
