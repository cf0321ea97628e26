import type { Texts } from '../../words/language.ts';

/** Explanations of how things fit together, and of tests. */
export const texts: Texts = {
  'Names are how the parts of a project find each other, so each stands for one thing. Files are read together: the other one may be in another file.':
    'По именам части проекта находят друг друга, поэтому каждое имя обозначает одно. Файлы читаются вместе: второе такое имя может быть в другом файле.',
  'There is no segment of this name, so that nobody would ever enter.':
    'Сегмента с таким именем нет, поэтому никто никогда бы не вошёл.',
  'No event of this name is declared under `data`, so that it would never happen.':
    'Событие с таким именем не описано в `data`, поэтому оно никогда бы не наступило.',
  'There is no channel of this name by which the message could leave.':
    'Нет канала с таким именем, по которому могло бы уйти сообщение.',
  'There is no text to send: the file of the template is missing, or is there for another kind of channel only.':
    'Отправлять нечего: файла шаблона нет, или он есть только для каналов другого вида.',
  'Customers whose own language a template lacks get it in the project’s, and it lacks that one too. They would get nothing.':
    'Клиенты, для языка которых у шаблона нет варианта, получают его на языке проекта, но и такого варианта нет. Они не получили бы ничего.',
  'Customers have no attribute of this name.': 'У клиентов нет атрибута с таким именем.',
  'To know who is in the one segment one would have to know who is in the other, and the reverse.':
    'Чтобы узнать, кто входит в один сегмент, надо знать, кто входит в другой, и наоборот.',
  'Everybody who comes to a split goes into one of its arms. What is missing from 100% would go nowhere.':
    'Каждый, кто доходит до разделения, попадает в одну из его веток. То, чего не хватает до 100%, не попало бы никуда.',
  'By its id a step is known from one version of a campaign to the next. Two steps of one id could not be told apart.':
    'По идентификатору шаг узнают при переходе от одной версии кампании к следующей. Два шага с одним идентификатором было бы не различить.',
  'Each stage names one channel. All but the last say what they wait for and how long: otherwise nobody would ever come to the next one.':
    'Каждая ступень называет один канал. Все, кроме последней, говорят, чего они ждут и как долго: иначе никто никогда не перешёл бы к следующей.',
  'The step before ends the journey on every way, so that nobody ever comes here.':
    'Предыдущий шаг завершает цепочку на всех путях, поэтому сюда никто никогда не попадает.',
  'The key does nothing here, although whoever wrote it expects it to.':
    'Ключ здесь ничего не делает, хотя автор этого ждёт.',
  'Something is missing without which no message could leave: what the channel is, where its server is, or who the sender is.':
    'Не хватает того, без чего не уйдёт ни одно сообщение: что это за канал, где его сервер или кто отправитель.',
  'Files of a project are in git, where a password stays for ever and everybody can read it. Write where to find it instead.':
    'Файлы проекта лежат в git, где пароль остаётся навсегда и его может прочитать каждый. Напишите вместо него, где его взять.',
  'The control arm is what the others are compared with, so it gets nothing. An arm called `control` is one unless it says otherwise.':
    'С контрольной веткой сравнивают остальные, поэтому она ничего не получает. Ветка с именем `control` считается контрольной, если не сказано иначе.',
  'There is no campaign of this name, so that what is said of it holds for nothing.':
    'Кампании с таким именем нет, поэтому сказанное о ней ни к чему не относится.',
  'Customers have an `id`, and events `id`, `customer` and `at`, without being told so. A second field of the name would hide them.':
    'У клиентов уже есть `id`, а у событий — `id`, `customer` и `at`, описывать их не нужно. Второе поле с таким именем скрыло бы их.',
  'An address has to be of a type that is checked when it is read; in another attribute anything may stand.':
    'Адрес должен быть такого типа, который проверяется при чтении; в другом атрибуте может стоять что угодно.',
  'Things happen at round times: on a grid that divides the hour, or of whole hours. Segments are looked through on that grid too.':
    'Всё происходит в круглое время: по сетке, которая делит час без остатка или состоит из целых часов. Сегменты просматриваются по той же сетке.',
  'To click on something in a message one has to open it, so that there cannot be more clicks than opens.':
    'Чтобы перейти по ссылке в сообщении, его надо открыть, поэтому переходов не может быть больше, чем открытий.',
  'Each transport carries certain kinds of messages only; SMTP, for one, carries e-mail.':
    'Каждый способ доставки переносит сообщения только определённых видов; SMTP, например, — электронную почту.',
  'Hours that end when they begin are either none or the whole day, and which of the two is a guess.':
    'Часы, которые заканчиваются тогда же, когда начались, — это либо ничего, либо целые сутки, и что из двух, пришлось бы угадывать.',
  'The monetary score ranks customers by what they have spent, so it needs a number of the event that is a purchase.':
    'Денежная оценка ранжирует клиентов по потраченному, поэтому ей нужно число из события, которое считается покупкой.',
  'The attribute is of a type that nothing can be done with here: a campaign that begins on a date needs a date.':
    'С атрибутом такого типа здесь ничего не сделать: кампании, которая начинается в определённую дату, нужна дата.',
  'Some channels reach customers, others the staff or another system. Each step uses one kind of them.':
    'Одни каналы доходят до клиентов, другие — до сотрудников или другой системы. Каждый шаг использует каналы одного вида.',
  'Files of a project are in git, read by many and kept for ever. Personal data does not belong there.':
    'Файлы проекта лежат в git, их читают многие, и хранятся они вечно. Персональным данным там не место.',
  'Customers are added to a list and removed from it. A segment with a condition has exactly those for whom it holds.':
    'В список клиентов добавляют и из него убирают. В сегменте с условием — ровно те, для кого оно выполняется.',
  '`moved` tells that a step is now called otherwise, so that those inside keep their place. The old name must be gone, and the new one there.':
    '`moved` говорит, что шаг теперь называется иначе, чтобы те, кто внутри, остались на своём месте. Старого имени больше не должно быть, а новое должно существовать.',
  'There is no cascade of this name.': 'Каскада с таким именем нет.',
  'The event has no field of this name, so that there is nothing to tell.':
    'У события нет поля с таким именем, поэтому передавать нечего.',
  'A preset describes one kind of data in one format: an export of orders has no row for each customer, and in a table nothing can be found by the keys of JSON.':
    'Готовое описание (preset) рассчитано на один вид данных в одном формате: в выгрузке заказов нет строки на каждого клиента, а в таблице ничего не найти по ключам JSON.',
  'A hold-out keeps a part of the customers back, to compare the others with. Nobody or everybody is no part.':
    'Контрольная группа — это часть клиентов, которым не пишут, чтобы сравнить с ними остальных. Никто или все — не часть.',
  'What customers have asked for, such as a receipt, is held back from nobody.':
    'То, о чём клиенты просили сами, например чек, получают все без исключения.',
  'A variable is a text, a number, true or false. One that stands for another one would have to be looked up in turn, and might come back to itself.':
    'Переменная — это текст, число, истина или ложь. Ту, что указывает на другую, пришлось бы искать дальше, и поиск мог бы вернуться к ней самой.',
  'What uses a variable is checked for its kind of value. In an environment where it is of another kind, that would be wrong.':
    'То, что использует переменную, проверяется по виду её значения. В окружении, где она другого вида, это было бы неверно.',
  'There is no file of this environment. What its variables are is not known.':
    'Файла этого окружения нет. Какие в нём переменные, неизвестно.',
  'A time in a test is counted from its start: a sign, and a duration.':
    'Время в тесте отсчитывают от его начала: знак и длительность.',
  'The test’s world has only the customers that it lists.':
    'В мире теста есть только те клиенты, которые в нём перечислены.',
  'The field holds another type of value: no shop would ever send this one.':
    'Поле хранит значение другого типа: такое не прислал бы ни один магазин.',
  'The campaign has no such split or arm, so that nobody can fall into it.':
    'В кампании нет такого разделения или такой ветки, поэтому попасть туда никто не может.',
  'No step of the campaign sends this. The test could only fail.':
    'Ни один шаг кампании этого не отправляет. Тест мог бы только провалиться.',
  'Each line of a test is about one thing: one event, one message.':
    'Каждая строка теста — об одном: одно событие, одно сообщение.',
  'The test is over by then, or has not begun: it would never be looked at.':
    'К этому времени тест уже закончился или ещё не начался: на это никто бы не посмотрел.',
  'There is no such reason: nobody would ever leave, and no message be refused, because of it.':
    'Такой причины нет: из-за неё никто бы не вышел, и ни одно сообщение не было бы отклонено.',
};
