import type { Texts } from '../../spec/words/language.ts';

/** Questions and answers of `crm init`. */
export const texts: Texts = {
  'The prices of the channels and the amounts in the examples are not of {0}: put in what is usual there.':
    'Цены каналов и суммы в примерах — не для {0}: подставьте обычные для этой валюты.',
  'What is the first campaign to do?': 'Что должна делать первая кампания?',
  'greet new customers': 'приветствовать тех, кто зарегистрировался',
  'remind of abandoned carts': 'напоминать о брошенных корзинах',
  'write to those who have stopped buying': 'писать тем, кто перестал покупать',
  'nothing but the project file': 'ничего: только файл проекта',
  'How are the files to be written?': 'Как записывать файлы?',
  'which every editor knows': 'его знает любой редактор',
  'Kaskad’s own language, shorter; `crm convert` turns one into the other':
    'собственный язык Kaskad, короче; `crm convert` переводит одно в другое',
  'In which language are the texts?': 'На каком языке тексты?',
  'In which time zone is the shop?': 'В каком часовом поясе магазин?',
  'In which currency are prices?': 'В какой валюте цены?',
  suggested: 'предлагается',
  'There is no timezone "{0}".': 'Нет часового пояса «{0}».',
  'There is no currency "{0}".': 'Нет валюты «{0}».',
  'Write it as in `--{0} {1}`.': 'Напишите, например, `--{0} {1}`.',
  '{0} holds {1} already; nothing was written.': 'В {0} уже есть {1}; ничего не записано.',
  'Choose another folder: `crm init <folder>`.': 'Выберите другую папку: `crm init <folder>`.',
  'An empty project is in {0}.': 'Пустой проект — в папке {0}.',
  'An empty project is in this folder.': 'Пустой проект — в этой папке.',
  'A project with one campaign, its tests and sample customers is in {0}.':
    'Проект с одной кампанией, её тестами и примерами клиентов — в папке {0}.',
  'A project with one campaign, its tests and sample customers is in this folder.':
    'Проект с одной кампанией, её тестами и примерами клиентов — в этой папке.',
  '{0} had been there, and stayed as it was.': 'Здесь уже было и осталось без изменений: {0}.',
  'Let git ignore .kaskad/ and out/.': 'Добавьте .kaskad/ и out/ в .gitignore.',
  'checks the files': 'проверит файлы',
  'runs the tests of the campaign': 'выполнит тесты кампании',
  'lives through 30 days with the sample customers': 'проживёт 30 дней с примерами клиентов',
  'shows what would happen': 'покажет, что произойдёт',
  'make it so': 'введут это в действие',
};
