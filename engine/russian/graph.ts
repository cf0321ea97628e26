import type { Texts } from '../../spec/words/language.ts';

/** Pictures of journeys. */
export const texts: Texts = {
  completed: 'дошёл до конца',
  'worth {0}': 'ценность: {0}',
  'within {0}': 'срок: {0}',
  'leaves: goal {0}': 'выход: цель {0}',
  'leaves at any time': 'выход в любой момент',
  'leaves: {0}': 'выход: {0}',
  'gets nothing': 'ничего не получает',
  'cheapest first': 'сначала самый дешёвый',
  'not {0}': 'не {0}',
  'the channel answered most': 'канал с лучшим откликом',
  'of those not tried yet': 'из ещё не испробованных',
  'none is left': 'каналов больше нет',
  'until {0} within {1}': 'ждать: {0}, срок: {1}',
  'for {0}': 'для: {0}',
  'again each time': 'каждый раз снова',
  'once only': 'только один раз',
  'again after {0}': 'повторный вход через {0}',
  'step {0}': 'шаг {0}',
  delivered: 'доставлено',
  opened: 'открыто',
  clicked: 'нажато',
};
