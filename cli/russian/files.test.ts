import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../engine/graph/everything.fixture.ts';
import { journeyGraph } from '../../engine/graph/journey.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { scheduleWords } from '../../spec/words/schedule-words.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { crm } from '../crm.ts';
import { catalogue } from './index.ts';

const golden = join(import.meta.dirname, '../../test/golden/lint/yaml');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crm-files-'));
});
afterEach(() => {
  useLanguage('en');
  rmSync(folder, { recursive: true });
});

async function run(words: string) {
  const io = testIo(folder);
  const code = await crm([...words.split(' '), '--lang', 'ru'], io);
  return { code, ...io.said };
}

function small(): void {
  writeFileSync(
    join(folder, 'crm.yaml'),
    'project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }\n',
  );
}

describe('in Russian', () => {
  it('lint says what it corrects', async () => {
    cpSync(golden, folder, { recursive: true });
    const { out, err } = await run('lint --fix');
    expect(out).toContain('campaigns/all.crm.yaml:24 Удалить комментарий (unused-ignore)');
    expect(out).toContain('Добавить тихие часы с 21:00 до 09:00 (marketing-without-quiet-hours)');
    expect(err).toBe('Исправлено: 4 замечания (2 файла).\n');
    expect(untranslated(out.replaceAll(/^.*\|.*$/gm, ''))).toEqual([]);
  });

  it('lint has nothing to remark', async () => {
    small();
    expect(await run('lint')).toEqual({ code: 0, out: 'Замечаний нет.\n', err: '' });
  });

  it('fmt counts what it changes', async () => {
    small();
    expect((await run('fmt --check')).err).toBe('Не в канонической форме: 1 (всего 1 файл); запустите `crm fmt`.\n');
    expect((await run('fmt')).err).toBe('Изменено: 1 (всего 1 файл).\n');
    expect((await run('fmt')).err).toBe('Файл в канонической форме.\n');
    writeFileSync(join(folder, 'segments.crm.yaml'), 'segments:\n  buyers:\n    where: count(order_paid) > 0\n');
    expect((await run('fmt')).err).toBe('Все файлы (2) в канонической форме.\n');
  });

  it.each([
    ['convert --to dsl', 'Укажите файл, который надо преобразовать, или --all — но не то и другое.'],
    ['convert --to yaml --all', 'Все файлы уже в YAML.'],
    ['convert --to yaml crm.yaml', 'Файл crm.yaml уже в YAML.'],
    ['graph', 'В этом проекте нет кампаний, рисовать нечего.'],
    ['graph --out all.png', 'Граф нельзя записать как png.'],
  ])('%s', async (words, message) => {
    small();
    const { code, err } = await run(words);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(untranslated(err)).toEqual([]);
  });

  it('graph says where the picture is', async () => {
    cpSync(golden, folder, { recursive: true });
    expect((await run('graph everything --out all.mmd')).err).toBe('Граф записан в all.mmd.\n');
  });
});

describe('a graph in Russian', () => {
  it('has no English words of ours', () => {
    useLanguage('ru', catalogue);
    const { nodes, edges } = journeyGraph(everything, []);
    const written = (title: string) => nodes.find((node) => node.title === title)?.details;
    expect(nodes[0]?.details.at(0)).toBe('3 дня до birthday, в 10:00');
    expect(written('ожидание события review_written')).toContain('срок: 3 дня');
    expect(nodes.map(({ title }) => title)).toContain('ожидание до 10:15 (пн и пт)');
    expect(edges.flatMap(({ label }) => label ?? [])).toContain('не нажато');
    const texts = nodes.flatMap(({ title, details }) => [title, ...details]);
    expect(texts.flatMap(untranslated)).toEqual([]);
  });

  it.each([
    ['0 * * * *', 'каждый час'],
    ['*/15 * * * *', 'каждые 15 минут'],
    ['0 10 * * *', 'каждый день в 10:00'],
    ['30 9 * * 1-5', 'по будням в 09:30'],
    ['30 9 * * 1,4', 'каждую неделю (пн и чт) в 09:30'],
    ['0 10 1 * *', 'каждый месяц 1-го числа в 10:00'],
    ['0 10 * * 3#1', 'каждый месяц в первую среду в 10:00'],
    ['59 23 * * 0#L', 'каждый месяц в последнее воскресенье в 23:59'],
    ['0 10 1 1 *', 'по расписанию 0 10 1 1 *'],
  ])('says %s in words', (cron, words) => {
    useLanguage('ru', catalogue);
    expect(scheduleWords(cron)).toBe(words);
  });
});
