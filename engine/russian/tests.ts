import type { Texts } from '../../spec/words/language.ts';

/** Reasons for which a test cannot be played as written. */
export const stored: Texts = {
  'No customer falls into all these arms: {0}.': 'Нет клиента, который попал бы во все эти ветки: {0}.',
  '{0} has no split "{1}".': 'В {0} нет разделения «{1}».',
  'Split "{0}" draws a customer anew each time (sticky: false), so no test can choose an arm of it. Leave it out of `arms`, and expect what is the same in every arm.':
    'Разделение «{0}» каждый раз распределяет клиента заново (sticky: false), поэтому выбрать в тесте ветку нельзя. Уберите его из `arms` и ожидайте то, что одинаково во всех ветках.',
  'Split "{0}" has no arm "{1}".': 'В разделении «{0}» нет ветки «{1}».',
  '{0} reacts ({1}) to a message by {2}, but none had left by then.':
    '{0} реагирует ({1}) на сообщение {2}, но к тому времени ни одно не ушло.',
  'There is no campaign "{0}".': 'Кампании «{0}» нет.',
};
