import { random } from './random.ts';
import { latin, RUSSIAN } from './words.ts';

const { next, whole, chance, pick, weighted } = random('the export of a shop');

const DAY = 86_400_000;
const END = Date.UTC(2026, 2, 1);

/**
 * Returns the files that the system of a Russian shop exports, by name: Windows-1251, semicolons, local dates, sums with blanks and
 * a comma, words for yes and no, and the errors that such files have. They are the same on every machine.
 */
export function shopExport(): Record<string, Uint8Array> {
  const clients = Array.from({ length: 180 }, (_, i) => client(i));
  const orders = clients.flatMap(({ code, since }) => ordersOf(code, since)).sort((a, b) => a.at - b.at);
  const rows = clients.map(({ row }) => row);
  // The same client again, as after a merger of two databases.
  rows.push([...(rows[17] ?? [])]);
  return {
    'clients.csv': file(
      ['Код', 'Имя', 'Телефон', 'E-mail', 'Дата рождения', 'Город', 'Согласие на рассылку', 'Дата регистрации'],
      rows,
    ),
    'orders.csv': file(
      ['Номер', 'Код клиента', 'Дата', 'Сумма', 'Статус'],
      orders.map(({ code, at, sum, status }, i) => [String(50_001 + i), code, `${date(at)} ${time(at)}`, sum, status]),
    ),
  };
}

function client(i: number): { code: string; since: number; row: string[] } {
  const sex = chance(0.6) ? 'f' : 'm';
  const name = pick(RUSSIAN[sex]);
  const code = String(1001 + i);
  const since = END - whole(1, 900) * DAY;
  const email = chance(0.85) ? `${latin(name)}${whole(10, 999)}@example.org` : '';
  const row = [
    code,
    name,
    phone(),
    i === 41 ? 'нет' : email,
    birthday(i),
    weighted([
      ['Москва', 5],
      ['Казань', 2],
      ['Екатеринбург', 2],
      ['Новосибирск', 2],
      ['', 1],
    ]),
    weighted([
      ['Да', 6],
      ['Нет', 2],
    ]),
    date(since),
  ];
  return { code, since, row };
}

function phone(): string {
  const digits = `000${String(whole(0, 9_999_999)).padStart(7, '0')}`;
  const parts = `${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`;
  return weighted([
    [`8 (000) ${parts}`, 4],
    [`+7 000 ${parts}`, 3],
    [`'+7${digits}`, 1],
    ['', 1],
  ]);
}

/** Returns a birthday; one of them is 31 February. */
function birthday(i: number): string {
  if (i === 63) return '31.02.1984';
  return chance(0.7) ? date(Date.UTC(whole(1955, 2005), whole(0, 11), whole(1, 28))) : '';
}

interface Order {
  code: string;
  at: number;
  sum: string;
  status: string;
}

function ordersOf(code: string, since: number): Order[] {
  const days = (END - since) / DAY;
  return Array.from(
    {
      length: weighted([
        [0, 3],
        [1, 4],
        [2, 3],
        [4, 1],
      ]),
    },
    () => ({
      code,
      at: since + Math.floor(next() * days) * DAY + whole(9 * 60, 22 * 60) * 60_000,
      sum: money(whole(490, 12_900) + (chance(0.3) ? 0.5 : 0)),
      status: weighted([
        ['Выполнен', 8],
        ['Отменён', 1],
      ]),
    }),
  );
}

const two = (value: number): string => String(value).padStart(2, '0');

function date(at: number): string {
  const day = new Date(at);
  return `${two(day.getUTCDate())}.${two(day.getUTCMonth() + 1)}.${day.getUTCFullYear()}`;
}

function time(at: number): string {
  const day = new Date(at);
  return `${two(day.getUTCHours())}:${two(day.getUTCMinutes())}`;
}

/** Formats an amount: `2 197,00`. */
function money(sum: number): string {
  const [whole = '', cents = ''] = sum.toFixed(2).split('.');
  return `${whole.replace(/(\d)(?=(\d{3})+$)/g, '$1 ')},${cents}`;
}

function file(header: string[], rows: string[][]): Uint8Array {
  return windows1251([header, ...rows].map((row) => `${row.join(';')}\r\n`).join(''));
}

const codes = new Map(
  Array.from({ length: 256 }, (_, code) => [new TextDecoder('windows-1251').decode(Uint8Array.of(code)), code]),
);

function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = codes.get(letter);
    if (code === undefined) throw new Error(`Windows-1251 has no ${letter}`);
    return code;
  });
}
