import type { Texts } from '../../words/language.ts';

/** Descriptions of the keys of campaigns, their steps and their tests. */
export const texts: Texts = {
  'The reaction by which the customer stops the cascade.': 'Реакция, которой клиент останавливает каскад.',
  'Cascades by name.': 'Каскады по именам.',
  'Channels in order, without their templates.': 'Каналы по порядку, без шаблонов.',
  'Which channel is tried first.': 'С какого канала начинать.',
  'The channels.': 'Каналы.',
  'The channels, in order.': 'Каналы по порядку.',
  'A channel, and what to wait for before the next stage.': 'Канал и то, чего ждать до следующей ступени.',
  'The channel.': 'Канал.',
  'The reaction that stops the cascade here.': 'Реакция, которая останавливает каскад на этой ступени.',
  'The time to wait for it.': 'Сколько ждать.',
  'Journeys by name.': 'Цепочки по именам.',
  'The customers who enter, their steps, and their exits.': 'Кто входит, какие шаги проходит и как выходит.',
  'Marketing needs consent and obeys quiet hours and caps.':
    'Рекламе нужно согласие; для неё действуют тихие часы и ограничения частоты.',
  'Higher goes first where a cap admits only some.':
    'Кто выше, тот первый там, где ограничение частоты пропускает не всех.',
  'The trigger that makes a customer enter.': 'Триггер, по которому клиент входит.',
  'The condition on those who enter, asked at entry.': 'Условие на тех, кто входит; проверяется при входе.',
  'Events that end the journey and cancel what is not sent yet.':
    'События, которые завершают цепочку и отменяют то, что ещё не отправлено.',
  'The purpose of the campaign.': 'Ради чего кампания.',
  'The rule by which a customer may enter again. Default: never; always for a date of every year.':
    'Правило повторного входа. По умолчанию: `never`, для ежегодной даты — `always`.',
  'What becomes of the customers inside when another version of the campaign is applied.':
    'Что будет с клиентами внутри, когда применяется другая версия кампании.',
  'finish: they stay on their version; migrate: they move to the same step of the new one, with recompute by its times; follow: they move, and where their step is gone to the next; exit: their journeys end.':
    'finish: остаются на своей версии; migrate: переходят на тот же шаг новой, а с recompute — по её срокам; follow: переходят, а если шага больше нет — на следующий; exit: цепочки заканчиваются.',
  'Lets only a growing share of the customers enter, or enter the new version of the campaign (`change`).':
    'Впускает только растущую долю клиентов — в кампанию или в её новую версию (`change`).',
  'Stages of the campaign, as in `rollout: [10% for 2 days, 100%]`, or a map with those of each change of it.':
    'Этапы кампании, например `rollout: [10% for 2 days, 100%]`, или словарь с этапами каждого её изменения.',
  'The new version of a campaign is given to a growing share of those who enter; the others enter the version before.':
    'Новую версию кампании получает растущая доля входящих; остальные входят в прежнюю.',
  'The stages by which each change of the campaign is given to those who enter.':
    'Этапы, по которым входящие получают каждое изменение кампании.',
  'Each stage is a larger share of the customers than the one before.':
    'На каждом этапе доля клиентов больше, чем на предыдущем.',
  'Pauses the campaign when too many recipients unsubscribe or complain, or too many addresses do not exist.':
    'Приостанавливает кампанию, когда слишком многие отписываются или жалуются или слишком многих адресов нет.',
  'Shares of the messages that have left; above one of them the campaign is paused.':
    'Доли ушедших сообщений; выше любой из них кампания приостанавливается.',
  'Messages whose recipients unsubscribed.': 'Сообщения, после которых получатели отписались.',
  'Messages that were reported as spam.': 'Сообщения, на которые пожаловались как на спам.',
  'Messages whose address does not exist.': 'Сообщения на адреса, которых нет.',
  'With fewer messages nothing is judged.': 'Пока сообщений меньше, ничего не проверяется.',
  'Messages count that left in this time before the tick.': 'Считаются сообщения, ушедшие за столько времени до такта.',
  'A share of the customers, and how long the stage lasts; `manual`: until `crm promote`. The last one stays.':
    'Доля клиентов и сколько длится этап; `manual`: до `crm promote`. Последний остаётся.',
  'The time after its removal in which a campaign that is put back takes its customers up again.':
    'Сколько времени после удаления кампанию можно вернуть так, чтобы она продолжила вести своих клиентов.',
  'A message not sent this long after its decision is dropped.':
    'Сообщение, которое столько времени не удалось отправить, не отправляется.',
  'Steps that have another id than before: old id → new one. They keep who is inside and what was drawn for them.':
    'Шаги, у которых сменился идентификатор: старый → новый. Клиенты и их ветки остаются при них.',
  'The steps, in order.': 'Шаги по порядку.',
  'Old id → new id.': 'Старый идентификатор → новый.',
  'An event, entering or leaving a segment, a date, the absence of an event, a schedule, or a launch by hand.':
    'Событие, вход в сегмент или выход из него, дата, отсутствие события, расписание или ручной запуск.',
  'Each such event lets its customer in.': 'По каждому такому событию его клиент входит.',
  'The kind of event.': 'Вид события.',
  'Only events for which this holds; event.<field> is the event’s.':
    'Только события, для которых это верно; event.<поле> — поле события.',
  'For a customer who is inside, the newest such event begins the journey anew.':
    'Если клиент уже внутри, новое такое событие начинает цепочку заново.',
  'Becoming a member lets a customer in.': 'Клиент входит, когда попадает в сегмент.',
  'The segment.': 'Сегмент.',
  'Also those who are members already when the campaign is first applied.':
    'И те, кто уже в сегменте, когда кампания применяется впервые.',
  'Ceasing to be a member lets a customer in.': 'Клиент входит, когда выбывает из сегмента.',
  'A date that is known of each customer lets them in.': 'Клиент входит по своей дате.',
  'The customer attribute of type date.': 'Атрибут клиента типа date.',
  'On the customer’s clock.': 'По часам клиента.',
  'The distance from the date. Default: the day itself.': 'Расстояние от даты. По умолчанию: сам день.',
  'Every year on that day. Default: once, in the date’s own year.':
    'Каждый год в этот день. По умолчанию: один раз, в год самой даты.',
  'With every year: when 29 February is kept in the years that have none.':
    'Для ежегодной даты: когда отмечать 29 февраля в годы, где его нет.',
  'That something has not happened for a time lets a customer in.': 'Клиент входит, если чего-то давно не было.',
  'The kind of event that does not come.': 'Событие, которого нет.',
  'Only events for which this holds count; event.<field> is that event’s.':
    'Считаются только события, для которых это верно; event.<поле> — поле такого события.',
  'For how long.': 'Как долго.',
  'Counted from the latest such event. Default: from the latest event of the kind itself.':
    'Считая от последнего такого события. По умолчанию: от последнего события того же вида.',
  'An event, or a map with event and when.': 'Событие или набор ключей `event` и `when`.',
  'At each of these times the whole audience enters.': 'В каждое такое время входит вся аудитория.',
  'When.': 'Когда.',
  'In whose time zone.': 'В чьём часовом поясе.',
  'Nobody enters until somebody says `crm launch`; then the whole audience does.':
    'Никто не входит до команды `crm launch`; по ней входит вся аудитория.',
  'Started by hand, by `crm launch`.': 'Запускается вручную: `crm launch`.',
  'One exit event or a list of them.': 'Событие выхода или список таких событий.',
  'Any of them ends the journey.': 'Любое из них завершает цепочку.',
  'An event, with a condition on it.': 'Событие с условием на него.',
  'Only events for which this holds; event.<field> is that event’s.':
    'Только события, для которых это верно; event.<поле> — поле такого события.',
  'The event the campaign is for.': 'Событие, ради которого кампания.',
  'Counted from the entry.': 'Считая от входа.',
  'The worth of a conversion, as event.total.': 'Сумма конверсии, например event.total.',
  'The steps, in order; may be empty.': 'Шаги по порядку; список может быть пустым.',
  'One of wait, send, cascade, split, if, set, add_to, remove_from, webhook, task, exit.':
    'Один из шагов: `wait`, `send`, `cascade`, `split`, `if`, `set`, `add_to`, `remove_from`, `webhook`, `task`, `exit`.',
  'Lets time pass.': 'Ждёт.',
  'Stable name of the step. Default: its kind and position.':
    'Постоянное имя шага. По умолчанию: его вид и номер по порядку.',
  'For a duration, until a time of day, or for an event.': 'Сколько-то времени, до времени суток или до события.',
  'The steps if the awaited event came.': 'Шаги, если событие наступило.',
  'The steps if it did not come in time.': 'Шаги, если оно не наступило вовремя.',
  'A duration, or a map with until or event.': 'Длительность или набор ключей с `until` или `event`.',
  'Until the next time it is this late where the customer lives.':
    'Пока у клиента в следующий раз не наступит это время.',
  'A time of day, or days of the week and a time, on the customer’s clock.':
    'Время суток либо дни недели и время по часам клиента.',
  'Until the customer does something, or the time is over.': 'Пока клиент что-то не сделает или пока не выйдет срок.',
  'Only events for which this holds; event.<field> is the awaited event’s.':
    'Только события, для которых это верно; event.<поле> — поле ожидаемого события.',
  'Sends one message.': 'Отправляет одно сообщение.',
  'Channel and template.': 'Канал и шаблон.',
  'One channel and its template.': 'Один канал и его шаблон.',
  'Tries channels one after the other until the customer reacts.':
    'Пробует каналы один за другим, пока клиент не отреагирует.',
  'The channels in order, or the name of a cascade.': 'Каналы по порядку или имя каскада.',
  'A list of stages, a map with stages, or a map with use.':
    'Список ступеней, набор ключей со `stages` или набор ключей с `use`.',
  'Stages and their order.': 'Ступени и их порядок.',
  'A cascade of the section cascades, with a template.': 'Каскад из раздела `cascades` с шаблоном.',
  'The cascade.': 'Каскад.',
  'The template; it is there for each of the channels.': 'Шаблон; он есть для каждого из каналов.',
  'Another order than the cascade has itself.': 'Другой порядок, чем у самого каскада.',
  'written: as they stand; cheapest: by the price of a message; preferred: first the channel that the customer has answered most.':
    '`written` — как записано; `cheapest` — по цене сообщения; `preferred` — сначала канал, в котором клиент чаще отвечал.',
  'Channel and template, and what to wait for before the next stage.':
    'Канал и шаблон и то, чего ждать до следующей ступени.',
  'Divides the customers at random, for good.': 'Случайно и навсегда делит клиентов.',
  'The arms.': 'Ветки.',
  'Arms with shares that sum to 100%.': 'Ветки, доли которых в сумме дают 100%.',
  'True: a customer who comes again gets the same arm; false: they are drawn anew.':
    '`true` — тот, кто пришёл снова, попадает в ту же ветку; `false` — распределяется заново.',
  'Arms by name, two or more.': 'Ветки по именам, две или больше.',
  'A share of the customers and what they get.': 'Доля клиентов и то, что они получают.',
  'The share of the customers who come here.': 'Доля клиентов, которые попадают сюда.',
  'Gets nothing: the arm that measures the effect. Default: true for an arm named control.':
    'Ничего не получает: по этой ветке измеряют эффект. По умолчанию: `true` для ветки с именем control.',
  'The steps of this arm.': 'Шаги этой ветки.',
  'Goes one way or the other.': 'Ведёт по одной из двух дорог.',
  'The condition, asked when the customer comes here.': 'Условие; проверяется, когда клиент доходит сюда.',
  'The steps if it holds.': 'Шаги, если оно верно.',
  'The steps if it does not.': 'Шаги, если оно неверно.',
  'Writes to the customer.': 'Записывает данные клиента.',
  'Attribute → new value.': 'Атрибут → новое значение.',
  'Attribute → new value: a text for a text, else an expression.':
    'Атрибут → новое значение: для текста — текст, иначе выражение.',
  'For a text the text itself; for anything else an expression, as points + 50 or today.':
    'Для текста — сам текст; для остального — выражение, например `points + 50` или `today`.',
  'Puts the customer into a static segment.': 'Добавляет клиента в сегмент-список.',
  'Takes the customer out of a static segment.': 'Убирает клиента из сегмента-списка.',
  'Tells another system who came here.': 'Сообщает другой системе, кто дошёл сюда.',
  'Channel, and what to tell besides who it is.': 'Канал и то, что передать кроме самого клиента.',
  'One channel and a list of fields.': 'Один канал и список полей.',
  'Attributes of the customer, and fields of the event that started the journey.':
    'Атрибуты клиента и поля события, с которого началась цепочка.',
  'Gives the staff something to do.': 'Ставит задачу сотрудникам.',
  'Ends the journey.': 'Завершает цепочку.',
  'The reason, for reports.': 'Причина для отчётов.',
  'A sign and a duration, counted from the test’s start.': 'Знак и длительность, считая от начала теста.',
  'Names of campaigns.': 'Имена кампаний.',
  'A part of all customers that gets no marketing, so that what marketing does can be measured.':
    'Часть всех клиентов, которая не получает рекламы, чтобы измерить её эффект.',
  'The share of customers who are held out.': 'Доля клиентов в контрольной группе.',
  'Another salt draws other customers. Default: the name.':
    'С другой солью выбираются другие клиенты. По умолчанию: имя.',
  'Only from these. Default: from all marketing campaigns.':
    'Только для этих кампаний. По умолчанию: для всех рекламных.',
  'Values by name; $name stands for them.': 'Значения по именам; их обозначает $имя.',
  'A number, a text, or true or false.': 'Число, текст, `true` или `false`.',
  'The differences of one environment.': 'Отличия одного окружения.',
  'Where its store is. Default: the project’s; of one that is not live, .kaskad/NAME.duckdb.':
    'Где его хранилище. По умолчанию: то же, что в проекте; у пробного — .kaskad/ИМЯ.duckdb.',
  'live: messages go to customers. test: they go to the channel’s `to`, else into files.':
    'live: сообщения идут клиентам. test: на адрес из `to` канала, а без него в файлы.',
  'What is different about channels.': 'Чем отличаются каналы.',
  'What is different about channels, by channel.': 'Чем отличаются каналы, по каналам.',
  'True: an environment for each branch, with a store of its own, as pr-12 and pr-13 of pr.yaml. It is never live.':
    'true: окружение для каждой ветки, со своим хранилищем, как pr-12 и pr-13 из pr.yaml. Клиентам оно не пишет.',
  'Where the messages of a channel go in one environment. What is not written here is as in the project.':
    'Куда идут сообщения канала в одном окружении. Остальное — как в проекте.',
  'An address that gets all messages of the channel instead of the customers. Default: each customer gets their own.':
    'Адрес, на который вместо клиентов идут все сообщения канала. По умолчанию каждый клиент получает своё.',
  'Other values of variables that the project has.': 'Другие значения переменных проекта.',
  'Tests of campaigns by name.': 'Тесты кампаний по именам.',
  'A campaign on a small world of its own, and what is expected of it.':
    'Кампания в маленьком мире и то, что от неё ожидается.',
  'The campaign that runs. No other one does.': 'Кампания, которая работает. Других нет.',
  'When it begins.': 'Когда он начинается.',
  'The time that it lasts. Default: until nothing more is due, at most 400 days.':
    'Сколько он длится. По умолчанию: пока есть чего ждать, но не больше 400 дней.',
  'One channel and its template, and the variants of the template of which each customer gets one.':
    'Один канал и шаблон, и варианты шаблона, из которых каждому клиенту достаётся один.',
  'The variants of the template that are compared. Each customer is drawn one, for good.':
    'Варианты шаблона, которые сравниваются. Каждому клиенту по жребию достаётся один, навсегда.',
  'Variants by name, two or more; `plain` is the template itself.':
    'Варианты по именам, два или больше; `plain` — сам шаблон.',
  'A share of the customers.': 'Доля клиентов.',
  'The share of the customers who get it. Default: an equal part of what the others leave.':
    'Доля клиентов, которым он достаётся. По умолчанию — равная часть того, что осталось от других.',
  'When one of them takes all customers.': 'Когда один из них получают все клиенты.',
  'The one that all customers get who come here from now on.':
    'Тот, который получают все, кто приходит сюда с этих пор.',
  'When an arm or a variant is so certainly better than the one it is compared with that it takes all customers. `crm decide` writes the change.':
    'Когда ветка или вариант настолько точно лучше того, с чем сравнивают, что их получают все клиенты. Изменение пишет `crm decide`.',
  'The difference is certain, however often one looks.': 'Разница точна, как бы часто на неё ни смотрели.',
  'What is compared: the share of customers who reach the goal, or the revenue of one.':
    'Что сравнивается: доля клиентов, достигших цели, или выручка с одного.',
  'The time from the first customer on after which `otherwise` holds.':
    'Время от первого клиента, после которого действует `otherwise`.',
  'What holds if nothing is certain by then: keep the shares as they are (`keep`), or give all customers this arm or variant.':
    'Что будет, если к тому времени ничего не ясно: оставить доли как есть (`keep`) или дать всем эту ветку или вариант.',
  'Into which arm of a split these customers fall, by the split’s id.':
    'В какую ветку разделения попадают эти клиенты, по идентификатору разделения.',
  'The customers of the test.': 'Клиенты теста.',
  'Their acts.': 'Что они делают.',
  'Their answers to messages.': 'Как они реагируют на сообщения.',
  'When the campaign is launched by hand.': 'Когда кампанию запускают вручную.',
  'The expected result.': 'Ожидаемый результат.',
  'Arms by the ids of their splits.': 'Ветки по идентификаторам разделений.',
  'Counted from the test’s start.': 'Считая от начала теста.',
  'A value of its field’s type: text, a number, true or false, nothing, or a list of maps.':
    'По типу поля: текст, число, `true` или `false`, ничего или список наборов ключей.',
  'Values of fields.': 'Значения полей.',
  'Values of fields, or nothing.': 'Значения полей или ничего.',
  'An id, and values of attributes.': 'id и значения атрибутов.',
  'The customer’s id.': 'id клиента.',
  'The channels that the customer has agreed to.': 'Каналы, на которые клиент согласен.',
  'The static segments that the customer is in at the start.': 'Сегменты-списки, в которых клиент состоит в начале.',
  'Names of segments.': 'Имена сегментов.',
  'Names of channels.': 'Имена каналов.',
  'The acts of the customers.': 'Что делают клиенты.',
  'When, who, and the kind of event with its fields.': 'Когда, кто и какое событие с полями.',
  'When; before the start it is history.': 'Когда; до начала — это история.',
  'The id of the customer.': 'Идентификатор клиента.',
  'The customers’ answers.': 'Реакции клиентов.',
  'When, who, and what to the latest message through which channel.':
    'Когда, кто и как реагирует на последнее сообщение по какому каналу.',
  'The channel whose message has come.': 'Канал, сообщение которого доставлено.',
  'The channel whose message is opened.': 'Канал, сообщение которого открыто.',
  'The channel whose message is clicked.': 'Канал, в сообщении которого перешли по ссылке.',
  'The channel whose message comes back.': 'Канал, сообщение которого вернулось.',
  'The channel whose message is complained about.': 'Канал, на сообщение которого пожаловались.',
  'The channel whose message the customer unsubscribes by.': 'Канал, через сообщение которого клиент отписался.',
  'A given key is complete and in order; an absent one is not asked.':
    'Указанный ключ перечисляет всё и по порядку; чего нет, то не проверяется.',
  'Every message: that leaves, or, where any is said to be refused, that is refused.':
    'Все сообщения: которые уходят, а если указан хоть один отказ, то и отклонённые.',
  'Every customer who leaves the campaign, and why.': 'Все клиенты, которые выходят из кампании, и почему.',
  'Attributes at the end.': 'Атрибуты в конце.',
  'In order; may be empty.': 'По порядку; список может быть пустым.',
  'Channel and template, or `webhook` and its channel; and what is asked of it.':
    'Канал и шаблон либо `webhook` и его канал; и что в нём проверить.',
  'When it leaves.': 'Когда оно уходит.',
  'To whom.': 'Кому.',
  'The reason for which it does not leave.': 'Почему оно не уходит.',
  'Parts of its text, the subject included.': 'Части его текста, вместе с темой.',
  'The name of the template, or of the webhook’s channel.': 'Имя шаблона или канала вебхука.',
  'Parts of a text.': 'Части текста.',
  'A part of the text, as in the message.': 'Так, как в сообщении.',
  'The customers who leave, and the reasons.': 'Клиенты, которые выходят, и причины.',
  'Why: completed, exit-event, goal, control, restarted, or what an exit step says.':
    'Почему: `completed`, `exit-event`, `goal`, `control`, `restarted` или причина из шага `exit`.',
  'With attributes at the end.': 'С атрибутами в конце.',
  'An id, and values of attributes at the end.': 'id и значения атрибутов в конце.',
};
