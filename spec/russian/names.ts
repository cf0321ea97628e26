import type { Texts, Value } from '../words/language.ts';
import type { NamedKind, NamePlural } from '../words/names.ts';

const kinds: Record<NamedKind | 'cap' | 'field' | 'hold-out' | 'partial' | 'step' | 'template' | 'test', string> = {
  arm: 'ветки',
  attribute: 'атрибута',
  campaign: 'кампании',
  cap: 'ограничения частоты',
  cascade: 'каскада',
  channel: 'канала',
  environment: 'окружения',
  event: 'события',
  field: 'поля',
  'hold-out': 'контрольной группы',
  partial: 'вставки',
  segment: 'сегмента',
  split: 'разделения',
  step: 'шага',
  template: 'шаблона',
  test: 'теста',
  variable: 'переменной',
};

/** As in `ключи` and `нет ключей`. */
const plurals: Record<NamePlural, [they: string, ofThem: string]> = {
  arms: ['ветки', 'веток'],
  attributes: ['атрибуты', 'атрибутов'],
  campaigns: ['кампании', 'кампаний'],
  cascades: ['каскады', 'каскадов'],
  channels: ['каналы', 'каналов'],
  'channels of it': ['каналы этой кампании', 'каналов этой кампании'],
  customers: ['клиенты', 'клиентов'],
  environments: ['окружения', 'окружений'],
  events: ['события', 'событий'],
  fields: ['поля', 'полей'],
  keys: ['ключи', 'ключей'],
  numbers: ['числовые поля', 'числовых полей'],
  reasons: ['причины', 'причин'],
  rules: ['правила', 'правил'],
  segments: ['сегменты', 'сегментов'],
  splits: ['разделения', 'разделений'],
  steps: ['шаги', 'шагов'],
  'templates of it': ['шаблоны этой кампании', 'шаблонов этой кампании'],
  variants: ['варианты', 'вариантов'],
  values: ['значения', 'значений'],
  variables: ['переменные', 'переменных'],
  words: ['слова', 'слов'],
};

function formOf(forms: Record<string, string>, word: Value): Value {
  return forms[word] ?? word;
}

function pluralOf(word: Value, index: 0 | 1): Value {
  return (plurals as Record<string, [string, string]>)[word]?.[index] ?? word;
}

/** Names that do not exist, and kinds of values. */
export const texts: Texts = {
  'There is no {0} `{1}`': (kind = '', name = '') => `Нет ${formOf(kinds, kind)} \`${name}\``,
  'There is no {0} `{1}`.': (kind = '', name = '') => `Нет ${formOf(kinds, kind)} \`${name}\`.`,
  'There are no {0} yet.': (plural = '') => `Пока нет никаких ${pluralOf(plural, 1)}.`,
  'There are {0} {1}, none with a name like this.': (n = 0, plural = '') =>
    `Похожего имени нет; всего ${pluralOf(plural, 1)}: ${n}.`,
  'Known {0}: {1}.': (plural = '', names = '') => `Возможные ${pluralOf(plural, 0)}: ${names}.`,
  'Did you mean `{0}`?': 'Возможно, имелось в виду `{0}`?',
  'It contains Cyrillic letters that look like Latin ones: retype `{0}`.':
    'В нём есть русские буквы, похожие на латинские: наберите заново `{0}`.',
  'Keep one of the two.': 'Оставьте что-то одно.',
  'Put it in quotes: "{0}".': 'Возьмите его в кавычки: "{0}".',
  'a map': 'набор ключей',
  'a list': 'список',
  text: 'текст',
  'a whole number': 'целое число',
  'a number': 'число',
  'true or false': '`true` или `false`',
  nothing: 'пустое значение',
};
