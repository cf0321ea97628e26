import type { Texts } from '../../spec/words/language.ts';

/** Texts of all commands. */
export const texts: Texts = {
  'There are no texts in "{0}".': 'Тексты не переведены на «{0}».',
  'Did you mean {0}?': 'Возможно, имелось в виду {0}?',
  '--lang is one of {0}.': 'Для --lang есть {0}.',
  none: 'нет',
  yes: 'да',
  no: 'нет',
  '"{0}"': (title) => `«${title}»`,
  channel: 'канал',
  customer: 'клиент',
  step: 'шаг',
  error: 'ошибка',
  'help:': 'помощь:',
  'internal error': 'внутренняя ошибка',
  'This is a bug in Kaskad. Run the command again with --debug, and report what it prints to its maintainers.':
    'Это ошибка в самом Kaskad. Повторите команду с --debug и сообщите разработчикам то, что она напечатает.',
};
