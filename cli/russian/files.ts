import type { Texts } from '../../spec/words/language.ts';

/** Texts about a project's files: codes, lint, their form and their graphs. */
export const texts: Texts = {
  'Wrong:': 'Неправильно:',
  'Right:': 'Правильно:',
  'There is no code {0}.': 'Кода {0} нет.',
  '`crm explain-code` lists all.': 'Все коды показывает `crm explain-code`.',
  'Nothing to remark.': 'Замечаний нет.',
  '{0} put right in {1}.': 'Исправлено: {0} ({1}).',
  'The file is in the canonical form.': 'Файл в канонической форме.',
  'All {0} files are in the canonical form.': 'Все файлы ({0}) в канонической форме.',
  '{0} of {1} would change; run `crm fmt`.': 'Не в канонической форме: {0} (всего {1}); запустите `crm fmt`.',
  '{0} of {1} changed.': 'Изменено: {0} (всего {1}).',
  '{0} exists already.': 'Файл {0} уже существует.',
  'Move it away, or print with --stdout.': 'Уберите его или напечатайте с --stdout.',
  'Say which file to convert, or --all; not both.':
    'Укажите файл, который надо преобразовать, или --all — но не то и другое.',
  'For example `crm convert --all --to {0}`.': 'Например: `crm convert --all --to {0}`.',
  'All files are in the DSL already.': 'Все файлы уже в DSL.',
  'All files are in YAML already.': 'Все файлы уже в YAML.',
  '{0} is in the DSL already.': 'Файл {0} уже в DSL.',
  '{0} is in YAML already.': 'Файл {0} уже в YAML.',
  'This project has no campaigns to draw.': 'В этом проекте нет кампаний, рисовать нечего.',
  'The graph is in {0}.': 'Граф записан в {0}.',
  'A graph cannot be written as {0}.': 'Граф нельзя записать как {0}.',
  'Call the file .svg for a picture, .mmd or .md for Mermaid; or say --format.':
    'Назовите файл .svg, чтобы получить картинку, .mmd или .md — для Mermaid, или укажите --format.',
};
