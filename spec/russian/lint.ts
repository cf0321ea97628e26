import type { Texts } from '../words/language.ts';

/** Lint. */
export const texts: Texts = {
  'There is no finding of `{0}` here to ignore': 'Замечания `{0}`, которое можно было бы скрыть, здесь нет',
  'There is no lint rule `{0}`': 'Правила lint `{0}` нет',
  'Remove the comment, so that it hides nothing one day.':
    'Удалите комментарий, чтобы однажды он не скрыл чего-то нужного.',
  'Remove the comment': 'Удалить комментарий',
  'No test runs the campaign `{0}`': 'Ни один тест не проверяет кампанию `{0}`',
  'Write one under `tests`: who does what, and which messages are to come of it.':
    'Напишите тест в `tests`: кто что делает и какие сообщения должны получиться.',
  'Whatever {0} is, it holds.': 'Каким бы ни было {0}, условие выполняется.',
  'Its condition cannot fail.': 'Его условие не может не выполниться.',
  'Correct it, or do without the segment.': 'Исправьте его или обойдитесь без сегмента.',
  'The segment `{0}` holds every customer': 'В сегмент `{0}` входят все клиенты',
  'Nothing that {0} could be fulfils all of it.': 'Никакое значение {0} не выполняет всего сразу.',
  'Its condition contradicts itself.': 'Его условие противоречит само себе.',
  'The segment `{0}` can never hold anybody': 'В сегмент `{0}` никто никогда не войдёт',
  'The cascade comes to `{0}` only after the dearer `{1}`': 'Каскад доходит до `{0}` только после более дорогого `{1}`',
  'One message costs {0} here, and {1} there. Change places, or write `order: cheapest`.':
    'Одно сообщение стоит здесь {0}, а там {1}. Поменяйте их местами или напишите `order: cheapest`.',
  'The journey ends before the steps under `then` can run':
    'Цепочка заканчивается раньше, чем могут выполниться шаги под `then`',
  'Name another event or a condition there, or do without these steps.':
    'Назовите там другое событие или условие или обойдитесь без этих шагов.',
  '`{0}` is an exit, which counts first.': '`{0}` — это выход, а он проверяется первым.',
  '`{0}` within {1} of the start is the goal, which ends it and counts first.':
    '`{0}` — это цель (срок с начала: {1}): она завершает цепочку и проверяется первой.',
  '`{0}` is an exit too, which counts first.': '`{0}` — ещё и выход, а он проверяется первым.',
  '`{0}` is the goal too, which counts first.': '`{0}` — ещё и цель, а она проверяется первой.',
  'Name another event or a condition there, or do without `restart`.':
    'Назовите там другое событие или условие или обойдитесь без `restart`.',
  'The journey ends before it can begin anew': 'Цепочка заканчивается раньше, чем может начаться заново',
  '`{0}` is emptied where `{1}` is missing': '`{0}` опустеет у тех, у кого нет `{1}`',
  'What is computed from a missing value is missing. Put `if: {0} is missing` before it, with `then: [{ set: { {1}: … } }]` for the value to begin with.':
    'То, что вычислено из отсутствующего значения, тоже отсутствует. Поставьте перед этим `if: {0} is missing` с `then: [{ set: { {1}: … } }]` для начального значения.',
  'No file of `{0}` is read: add `from` to the event, or name another one.':
    'Файлы события `{0}` не читаются: добавьте событию `from` или назовите другое.',
  'Its condition never holds. Correct it.': 'Его условие никогда не выполняется. Исправьте его.',
  'Its condition never holds because of what it says about `{0}`. Correct it.':
    'Его условие никогда не выполняется из-за того, что сказано о `{0}`. Исправьте его.',
  'The event of the trigger never comes': 'Событие триггера никогда не наступит',
  'The event of the exit never comes': 'Событие выхода никогда не наступит',
  'The event of the goal never comes': 'Событие цели никогда не наступит',
  'The event of the wait never comes': 'Событие ожидания никогда не наступит',
  'This message can never leave': 'Это сообщение никогда не уйдёт',
  'It comes up in the quiet hours, which cancel what falls into them. Wait until they are over.':
    'Оно появляется в тихие часы, а они отменяют всё, что в них попадает. Дождитесь их конца.',
  'It comes up in the quiet hours, and has expired (`expires: {0}`) when they are over. Wait until they are over, or let it live longer.':
    'Оно появляется в тихие часы, и к их концу срок истекает (`expires: {0}`). Дождитесь их конца или увеличьте срок.',
  'The cap `{0}` is full by then: who got what comes before on `{1}` does not get this. Wait longer, or widen the cap.':
    'К этому времени ограничение `{0}` исчерпано: кто получил предыдущее по каналу `{1}`, не получит этого. Ждите дольше или ослабьте ограничение.',
  'Everybody in the campaign `{0}` is written to, so that nobody knows what it brings':
    'В кампании `{0}` пишут всем, поэтому никто не знает, что она даёт',
  'Split off an arm that gets nothing (`control: { share: 10% }`), or keep a hold-out for the whole project.':
    'Выделите ветку, которая ничего не получает (`control: { share: 10% }`), или заведите контрольную группу на весь проект.',
  'Nothing that a customer does ends the campaign `{0}` early':
    'Никакое действие клиента не завершает кампанию `{0}` досрочно',
  'Whoever buys while it waits is written to all the same. Add `exit: { event: … }`, or a `goal`, which ends it too.':
    'Тому, кто купил, пока она ждёт, всё равно напишут. Добавьте `exit: { event: … }` или `goal`, который тоже её завершает.',
  'The text has a gap for customers without `{0}`': 'У клиентов без `{0}` в тексте будет дыра',
  'The campaign `{0}` sends it to them too. Write {{default {1} "…"}}, or put it between {{#if {2}}} and {{/if}}.':
    'Кампания `{0}` отправляет его и им. Напишите {{default {1} "…"}} или поставьте это между {{#if {2}}} и {{/if}}.',
  'Marketing leaves by `{0}` at any hour of the night': 'Реклама уходит по каналу `{0}` в любой час ночи',
  'Add quiet hours to the policies: what comes up at night then leaves in the morning.':
    'Добавьте тихие часы в `policies`: то, что появилось ночью, уйдёт утром.',
  'Add quiet hours from 21:00 to 09:00': 'Добавить тихие часы с 21:00 до 09:00',
  'This wait is over at once, because it is that time already':
    'Это ожидание сразу заканчивается: это время уже наступило',
  'For the next day put `wait: 1 day` before it; otherwise remove it.':
    'Чтобы дождаться следующего дня, поставьте перед ним `wait: 1 day`; иначе удалите его.',
  'Somebody may get this message within a day of the one before it':
    'Это сообщение может прийти меньше чем через сутки после предыдущего',
  'It may follow at once.': 'Оно может прийти сразу же.',
  'It may follow after {0}.': 'Промежуток может составить всего {0}.',
  'Wait for a day or more in between: `wait: 1 day`.': 'Подождите между ними сутки или дольше: `wait: 1 day`.',
  'The condition never holds, so that nobody ever comes to the steps under `{0}`':
    'Условие никогда не выполняется, поэтому до шагов под `{0}` никто не дойдёт',
  'The condition always holds, so that nobody ever comes to the steps under `{0}`':
    'Условие выполняется всегда, поэтому до шагов под `{0}` никто не дойдёт',
  'Correct the condition, or remove those steps.': 'Исправьте условие или удалите эти шаги.',
  'The condition never holds, so that nobody ever enters the campaign `{0}`':
    'Условие никогда не выполняется, поэтому в кампанию `{0}` никто не войдёт',
  'Correct it.': 'Исправьте его.',
  'It never holds.': 'Оно никогда не выполняется.',
  'It always holds.': 'Оно выполняется всегда.',
  'It never holds because of what it says about {0}.': 'Оно никогда не выполняется из-за того, что сказано о {0}.',
  'It always holds because of what it says about {0}.': 'Оно выполняется всегда из-за того, что сказано о {0}.',
  'Nothing uses the variable `{0}`': 'Переменную `{0}` никто не использует',
  'Write `${0}` where its value belongs, or remove it.': (name) =>
    `Напишите \`$${name}\` там, где нужно её значение, или удалите её.`,
  'Remove the variable `{0}`': 'Удалить переменную `{0}`',
  'No campaign and no other segment asks for the segment `{0}`':
    'Ни кампании, ни другие сегменты не используют сегмент `{0}`',
  'Use it, or remove it.': 'Используйте его или удалите.',
  'Remove the segment `{0}`': 'Удалить сегмент `{0}`',
  'No campaign sends the template `{0}` for {1}': 'Ни одна кампания не отправляет шаблон `{0}` для {1}',
  'Send it, or remove its files.': 'Отправляйте его или удалите его файлы.',
  'Send it, or remove the variant.': 'Отправляйте его или уберите вариант.',
  'Nothing leaves by the channel `{0}`': 'По каналу `{0}` ничего не уходит',
  'Send something by it, or remove it.': 'Отправляйте что-нибудь по нему или удалите его.',
  'The date comes every year, and `reenter` lets each customer in once in a life':
    'Дата наступает каждый год, а `reenter` впускает клиента один раз в жизни',
  'The date comes every year, and `reenter` passes over the next':
    'Дата наступает каждый год, а `reenter` пропускает следующую',
  'Of the present members of {0} only {1} enter; later stages do not let in the others':
    'Из нынешних участников {0} войдут только {1}; следующие этапы остальных не впустят',
  'To let in all in stages, start the campaign by a `schedule`, with `audience: in segment {0}` and `reenter: never`; or leave out `existing: true`.':
    'Чтобы поэтапно впустить всех, запускайте кампанию по `schedule` с `audience: in segment {0}` и `reenter: never` или уберите `existing: true`.',
  'Without `reenter` each customer enters every year.': 'Без `reenter` каждый клиент входит каждый год.',
  'If it is meant to come once, leave out `every: year`.': 'Если это должно случиться один раз, уберите `every: year`.',
  'Remove `reenter`': 'Удалить `reenter`',
};
