import type { Texts } from '../../words/language.ts';

/** Explanations of lint. */
export const texts: Texts = {
  'A comment `kaskad-ignore` without a finding below it hides nothing today, and may hide a real one tomorrow.':
    'Комментарий `kaskad-ignore`, под которым нет замечания, сегодня ничего не скрывает, а завтра может скрыть настоящее.',
  'The condition cannot be true, or cannot be false, whoever the customer is. So nobody ever takes one of the two ways.':
    'Условие не может быть истинным или не может быть ложным, каким бы ни был клиент. Поэтому по одному из двух путей никто никогда не пойдёт.',
  'What the condition asks about one thing can never be so at once, or is always so: the segment is empty, or everybody. The order of time is easily mistaken: `last(order_paid) < 45 days ago` means before that day.':
    'То, что условие требует от одной и той же величины, не бывает одновременно или бывает всегда: сегмент пуст или в нём все. Порядок времени легко перепутать: `last(order_paid) < 45 days ago` значит «раньше того дня».',
  'Exit events and the goal are looked at first, and end the journey. What the customer was waited for has come then, but the steps that follow it never run.':
    'События выхода и цель проверяются первыми и завершают цепочку. То, чего ждал клиент, уже случилось, но шаги после ожидания никогда не выполняются.',
  'A date of every year lets its customers in again each year by itself. This rule of re-entry keeps them out: a present for one birthday only.':
    'Ежегодная дата сама впускает клиентов каждый год. Это правило повторного входа их не пускает: подарок достался бы только на один день рождения.',
  'Whoever comes to `wait: { until: … }` at that very time goes on at once. So a second wait for the same time does not wait for the next day, and two messages leave in one minute.':
    'Кто подходит к `wait: { until: … }` ровно в это время, сразу идёт дальше. Поэтому второе ожидание того же времени не ждёт следующего дня, и два сообщения уходят в одну минуту.',
  'No file of the event is read, or no event can meet the condition. So nobody enters by it, leaves by it, or goes on by it.':
    'Ни один файл этого события не читается, или ни одно событие не может выполнить условие. Поэтому никто по нему не входит, не выходит и не идёт дальше.',
  'On some way through the campaign less than a day lies between two messages. A cascade counts as one message. Where a cap lets one message a day pass, there is nothing to say.':
    'На одном из путей по кампании между двумя сообщениями меньше суток. Каскад считается одним сообщением. Если ограничение частоты пропускает одно сообщение в день, замечания нет.',
  'Some would have bought anyway. How many, shows only a group that gets nothing: an arm of the campaign, or a hold-out of the project.':
    'Часть клиентов купила бы и так. Сколько их, показывает только группа, которая ничего не получает: ветка в кампании или контрольная группа проекта.',
  'The campaign waits and then writes, and nothing that the customer does in the meantime ends it. Whoever has bought is asked to buy. A goal ends a campaign just as an exit does.':
    'Кампания ждёт, а потом пишет, и ничто из того, что клиент делает тем временем, её не завершает. Того, кто уже купил, просят купить. Цель завершает кампанию так же, как выход.',
  'A push, an SMS or a messenger rings where the customer sleeps, and campaigns begin whenever something happens.':
    'Push, SMS и мессенджер звонят там, где клиент спит, а кампании начинаются когда угодно.',
  'A cascade saves money by asking the cheap channel first: whoever answers there costs no more. This one begins with a dearer one.':
    'Каскад экономит деньги тем, что сначала пробует дешёвый канал: кто ответил там, больше ничего не стоит. Этот начинает с более дорогого.',
  'The message comes up only at an hour at which the quiet hours drop it or outlive it, or when a cap is full with what the campaign itself has sent just before. Nobody ever gets it.':
    'Сообщение появляется только в тот час, когда тихие часы его отменяют или длятся дольше его срока, или когда ограничение частоты уже исчерпано тем, что сама кампания отправила перед ним. Его никто никогда не получит.',
  'Not every customer has a value there, and for those who have none the text has a gap: “Hello, !”. A `default`, an `#if`, or a condition of the campaign takes care of them.':
    'Это значение есть не у каждого клиента, и у тех, у кого его нет, в тексте будет дыра: «Здравствуйте, !». Помогают `default`, `#if` или условие кампании.',
  'What is computed from a missing value is missing. So customers who have no points yet get none, instead of their first ones.':
    'То, что вычислено из отсутствующего значения, тоже отсутствует. Поэтому клиенты, у которых ещё нет баллов, не получают первых баллов, а остаются без них.',
  'The segment is computed again and again, and nobody looks at it.':
    'Сегмент снова и снова пересчитывается, и никто на него не смотрит.',
  'Nobody ever gets the text. It is left over, or the campaign that was to send it names another one.':
    'Этот текст никто никогда не получит. Он остался лишним, или кампания, которая должна его отправлять, называет другой.',
  'Nothing leaves by the channel. It is left over, or the step that was to use it is missing.':
    'По этому каналу ничего не уходит. Он остался лишним, или не хватает шага, который должен его использовать.',
  'Nothing uses the value, so that changing it changes nothing.':
    'Это значение никто не использует, поэтому его изменение ничего не меняет.',
  'A test tells in seconds who gets what, and goes on telling it after the next change.':
    'Тест за секунды показывает, кто что получит, и продолжает показывать это после каждого изменения.',
};
