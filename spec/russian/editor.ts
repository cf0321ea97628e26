import type { Nouns, Texts } from '../words/language.ts';

/** Texts of the language server. */
export const texts: Texts = {
  personal: 'персональные данные',
  'Personal data.': 'Персональные данные.',
  'A list.': 'Список.',
  'Without fields.': 'Без полей.',
  'transport `{0}`': 'способ доставки `{0}`',
  'price `{0}`': 'цена `{0}`',
  'share `{0}`': 'доля `{0}`',
  'A {0} is called as its files are: rename those, and then its uses.':
    'Имя берётся из имён файлов ({0}): переименуйте их, а затем места, где имя используется.',
  'There is nothing here that could be renamed.': 'Здесь нечего переименовывать.',
  '`{0}` cannot be a name.': '`{0}` не может быть именем.',
  'There is a {0} `{1}` already, in {2}.': 'Уже есть {0} `{1}`: {2}.',
  'With the name `{0}` something would be wrong.': 'С именем `{0}` появилась бы ошибка.',
  'With the name `{0}` something would be wrong: {1}.': 'С именем `{0}` появилась бы ошибка: {1}.',
  'With the name `{0}` something would be wrong: {1} ({2}, line {3}).':
    'С именем `{0}` появилась бы ошибка: {1} ({2}, строка {3}).',
};

export const nouns: Nouns = {
  arm: ['ветка', 'ветки', 'веток'],
  attribute: ['атрибут', 'атрибута', 'атрибутов'],
  cap: ['ограничение частоты', 'ограничения частоты', 'ограничений частоты'],
  cascade: ['каскад', 'каскада', 'каскадов'],
  channel: ['канал', 'канала', 'каналов'],
  field: ['поле', 'поля', 'полей'],
  'hold-out': ['контрольная группа', 'контрольные группы', 'контрольных групп'],
  partial: ['вставка', 'вставки', 'вставок'],
  step: ['шаг', 'шага', 'шагов'],
  variable: ['переменная', 'переменные', 'переменных'],
};
