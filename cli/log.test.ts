import { afterEach, expect, test } from 'vitest';
import { useLanguage } from '../spec/text/language.ts';
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
  log.info({ sent: 3, failed: 0, path: 'a.csv' }, 'dispatched');
  log.info({ at: new Date(now() + 20_000).toISOString() }, 'tick');
  expect(io.said.out).toBe(
    "Times are in Asia/Kolkata, the project's zone.\n15:30:00 dispatched sent=3 path=a.csv\n15:30:00 tick at=2026-03-02 15:30:20\n",
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
    'Время — по поясу проекта, UTC.\n10:00:00 предупреждение канал остановлен: каждая отправка не удаётся channel=sms\n',
  );
  io.said.out = '';
  openLog(io, true, 'UTC').warn({}, 'channel stopped: it fails every time');
  expect(JSON.parse(io.said.out)).toMatchObject({ msg: 'channel stopped: it fails every time' });
});
