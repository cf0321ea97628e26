import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compile } from '../../engine/compile/compile.ts';
import { resourcesOf } from '../../engine/plan/resources.ts';
import { loadProject } from '../../spec/load.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { readProject } from '../project.ts';
import { catalogue } from '../russian/index.ts';
import { facetWords, pathWords } from './facet-words.ts';

const repository = join(import.meta.dirname, '../..');

afterEach(() => useLanguage('en'));

describe('the fields of changes', () => {
  it('are in English as plans have them', async () => {
    const { model } = loadProject(await readProject(repository));
    if (!model) return expect.unreachable();
    const facets = resourcesOf(compile(model)).flatMap((resource) => resource.facets);
    expect(facets.length).toBeGreaterThan(300);
    expect(facets.filter(({ path, text }) => facetWords(path, text) !== text)).toEqual([]);
    expect(facets.filter(({ path }) => pathWords(path) !== path)).toEqual([]);
  });

  it.each([
    [
      'on',
      'event cart when total > 5, each begins the journey anew',
      'event cart when total > 5, каждое начинает цепочку заново',
    ],
    ['on', 'enters segment big, present members too', 'вход в сегмент big, в том числе для тех, кто уже в нём'],
    ['on', 'enters segment all', 'вход в сегмент all'],
    ['on', 'leaves segment big', 'выход из сегмента big'],
    ['on', 'launched by hand', 'запуск вручную'],
    ['on', "schedule 0 10 * * 1 in the project's time zone", 'расписание 0 10 * * 1 по времени проекта'],
    [
      'on',
      "3 days before birthday at 10:00 in the customer's time zone",
      'birthday: за 3 дня до в 10:00 по времени клиента',
    ],
    [
      'on',
      "birthday at 10:00 in the customer's time zone, every year, 29 February on march 1",
      'birthday в 10:00 по времени клиента, каждый год, 29 февраля считается march 1',
    ],
    ['goal', 'order_paid within 21 days, worth event.total', 'order_paid за 21 день, ценность event.total'],
    ['steps', 'begin with wait-1 or the end', 'начинается с wait-1 или конец'],
    ['steps.wait-1.next', 'leads to the end', 'ведёт к конец'],
    ['steps.b', 'called a', 'имя a'],
    ['quiet_hours', '22:00 to 09:00, hold', 'с 22:00 до 09:00, hold'],
    [
      'caps.daily',
      'at most 2 per calendar day, channel email, campaign cart',
      'не больше 2 за календарный день, канал email, кампания cart',
    ],
    ['rate', '5 per second', '5 в секунду'],
    ['ru.body', '3 lines', '3 строки'],
    ['ru.body', 'line 3: From us to you, Anna', 'строка 3: From us to you, Anna'],
  ])('%s: "%s" is translated', (path, english, russian) => {
    expect(facetWords(path, english)).toBe(english);
    useLanguage('ru', catalogue);
    expect(facetWords(path, english)).toBe(russian);
  });

  it('stay in the words of the files', () => {
    useLanguage('ru', catalogue);
    for (const text of ['wait 2 hours', 'if city = "the end"', 'send email all', 'last(order_paid) within 7 days'])
      expect(facetWords('steps.a', text)).toBe(text);
    expect(facetWords('where', 'leads to heaven')).toBe('leads to heaven');
  });
});
