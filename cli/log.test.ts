import { afterEach, expect, test } from 'vitest';
import { useLanguage } from '../spec/words/language.ts';
import { testIo } from '../test/io.ts';
import { openLog } from './log.ts';
import { catalogue } from './russian/index.ts';

afterEach(() => useLanguage('en'));

const now = () => Date.UTC(2026, 2, 2, 10);

test('the log is JSON for programs', () => {
  const io = testIo('/', { now });
  openLog(io, false, 'UTC').warn({ missed: 3 }, 'catching up');
  expect(JSON.parse(io.said.out)).toEqual({
    level: 'warn',
    time: '2026-03-02T10:00:00.000Z',
    missed: 3,
    msg: 'catching up',
  });
});

test('the log is a line to read on a terminal, unless JSON is asked for', () => {
  const io = testIo('/', { now, terminal: { stdin: true, stdout: true, stderr: true } });
  const log = openLog(io, false, 'Asia/Kolkata');
  log.info({ channel: 'email', sent: 3, failed: 0 }, 'dispatched');
  log.info({ at: new Date(now() + 20_000).toISOString() }, 'tick');
  expect(io.said.out).toBe(
    "Times are in Asia/Kolkata, the project's zone.\n15:30:00 email: 3 sent\n15:30:00 tick for 2026-03-02 15:30:20: nothing to do\n",
  );
  io.said.out = '';
  openLog(io, true, 'UTC').info({}, 'ended');
  expect(JSON.parse(io.said.out)).toMatchObject({ msg: 'ended' });
});

test('the log is in the language of the output for people, and English for programs', () => {
  useLanguage('ru', catalogue);
  const io = testIo('/', { now, terminal: { stdin: true, stdout: true, stderr: true } });
  openLog(io, false, 'UTC').warn({ channel: 'sms' }, 'channel stopped: it fails every time');
  expect(io.said.out).toBe(
    'Время — по поясу проекта, UTC.\n10:00:00 предупреждение sms: канал остановлен: каждая отправка не удаётся\n',
  );
  io.said.out = '';
  openLog(io, true, 'UTC').warn({}, 'channel stopped: it fails every time');
  expect(JSON.parse(io.said.out)).toMatchObject({ msg: 'channel stopped: it fails every time' });
});

test('the log describes in words what runs and what a tick did', () => {
  const said = () => {
    const io = testIo('/', { now, terminal: { stdin: true, stdout: true, stderr: true } });
    const log = openLog(io, false, 'UTC');
    const at = new Date(now()).toISOString();
    log.info({ deployment: 7, hash: 'abc', tick: 60_000 }, 'running');
    log.info({ path: 'a.csv', rows: 1, problems: 2, lost: 1 }, 'read, with problems');
    log.info({ path: 'days/', rows: 7, problems: 0, lost: 0, files: [{}, {}] }, 'read');
    const activity = { entered: { cart: 2, welcome: 1 }, moved: 3, decided: { email: 5 }, refused: 1 };
    log.info({ at, ms: 213, ...activity }, 'tick');
    log.info({ at, ms: 12, entered: {}, moved: 0, decided: {}, refused: 0 }, 'tick');
    log.warn({ campaign: 'cart', path: 'a.csv', why: '5 rows', since: 0 }, 'waits: a data file cannot be relied on');
    log.info({}, 'ended');
    return io.said.out
      .split('\n')
      .slice(1)
      .map((line) => line.slice('10:00:00 '.length).replaceAll(/\s/g, ' '));
  };
  expect(said()).toEqual([
    'running deployment 7 (abc), a tick every 1 minute',
    'read a.csv: 1 row, 2 problems (crm status), 1 row lost',
    'read days/: 2 files, 7 rows',
    'tick for 2026-03-02 10:00:00: entered campaigns: cart 2, welcome 1; went on: 3; to be sent: email 5; refused: 1',
    'tick for 2026-03-02 10:00:00: nothing to do',
    'warning cart: waits: a data file cannot be relied on (5 rows)',
    'ended',
    '',
  ]);
  useLanguage('ru', catalogue);
  expect(said().slice(0, 5)).toEqual([
    'работает развёртывание 7 (abc); между тактами 1 минута',
    'прочитан a.csv: 1 строка, 2 проблемы (crm status); потеряно: 1 строка',
    'прочитано из days/: 2 файла, 7 строк',
    'такт на 2026-03-02 10:00:00: вошли в кампании: cart 2, welcome 1; пошли дальше: 3; к отправке: email 5; отклонено: 1',
    'такт на 2026-03-02 10:00:00: делать нечего',
  ]);
});
