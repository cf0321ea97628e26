import type { Wording } from './setting.ts';

/** Customers of nobody's shop, the same every time, with the gaps that real data has. */
const newcomers = {
  en: 'Alice Ben Clara Daniel Emma Felix Grace Henry Iris Jack Kate Leo Mia Noah Olive Paul Ruth Sam Tess Victor',
  ru: 'Алиса Борис Вера Глеб Дарья Егор Жанна Захар Инна Кирилл Лидия Максим Нина Олег Полина Роман Софья Тимур Ульяна Фёдор',
};
/** Registered long ago; they bought, and then stayed away for some time. */
const regulars = {
  en: 'Adam Bella Colin Diana Eric Fiona George Hannah Ivan Julia Kevin Laura',
  ru: 'Анна Богдан Варвара Григорий Елена Зоя Игорь Ксения Лев Мария Никита Ольга',
};
const zones = {
  en: ['Europe/London', 'Europe/Berlin', 'America/New_York', ''],
  ru: ['Europe/Moscow', 'Asia/Yekaterinburg', 'Europe/Kaliningrad', ''],
};

const hour = 3_600_000;
const day = 24 * hour;
/** The first day of the simulation in `shop.ts`. */
const start = Date.UTC(2026, 2, 2);

interface Customer {
  id: string;
  name: string;
  email: string;
  phone: string;
  zone: string;
  registered: number;
  /** The instants at which they filled a cart, with how much in it. */
  cart?: { at: number; items: number; total: string };
  order?: { at: number; total: string };
}

function sample({ language, amount, phone }: Wording): Customer[] {
  const names = newcomers[language].split(' ');
  return [...names, ...regulars[language].split(' ')].map((name, i) =>
    customer(name, i, i - names.length, { zones: zones[language], amount, phone }),
  );
}

/** `regular`: the place among the regulars, less than 0 for a newcomer. */
function customer(
  name: string,
  i: number,
  regular: number,
  { zones, amount, phone }: { zones: string[] } & Pick<Wording, 'amount' | 'phone'>,
): Customer {
  const known = regular >= 0;
  // From 66 to 33 days ago.
  const lastOrder = start - (66 - 3 * regular) * day;
  const registered = known ? start - (200 + i) * day : start + (i * 11 + 7) * hour;
  return {
    id: `c${String(i + 1).padStart(2, '0')}`,
    name: i === 12 ? '' : name,
    email: i % 7 === 5 ? '' : `${latin(name)}@example.com`,
    phone: i % 5 === 4 ? '' : phone(i + 10),
    zone: zones[i % zones.length] ?? '',
    registered,
    ...(i % 4 !== 3 && {
      cart: { at: start + (i * 17 + 9) * hour, items: 1 + (i % 3), total: `${amount(20 + 9 * (i % 8))}.00` },
    }),
    ...((known || i % 3 === 0) && {
      order: {
        at: known ? lastOrder : registered + (20 + 13 * (i % 4)) * hour,
        total: `${amount(25 + 7 * i)}.50`,
      },
    }),
  };
}

const letters = new Map(
  Object.entries({
    ...{
      а: 'a',
      б: 'b',
      в: 'v',
      г: 'g',
      д: 'd',
      е: 'e',
      ё: 'e',
      ж: 'zh',
      з: 'z',
      и: 'i',
      й: 'y',
      к: 'k',
      л: 'l',
      м: 'm',
      н: 'n',
    },
    ...{
      о: 'o',
      п: 'p',
      р: 'r',
      с: 's',
      т: 't',
      у: 'u',
      ф: 'f',
      х: 'kh',
      ш: 'sh',
      ы: 'y',
      ь: '',
      э: 'e',
      ю: 'yu',
      я: 'ya',
    },
  }),
);
const latin = (name: string): string => [...name.toLowerCase()].map((letter) => letters.get(letter) ?? letter).join('');

const iso = (at: number): string => new Date(at).toISOString().replace('.000', '');
const csv = (rows: (string | number)[][]): string => rows.map((row) => `${row.join(',')}\n`).join('');

/** By path, what the sample's files hold. */
export function sampleFiles(words: Wording): Record<string, string> {
  const customers = sample(words);
  const granted = (channel: string, of: (c: Customer) => string) =>
    customers.filter((c) => of(c) !== '').map((c) => [c.id, channel, 'granted', iso(c.registered)]);
  return {
    'sample/customers.csv': csv([
      ['id', 'name', 'email', 'phone', 'zone'],
      ...customers.map((c) => [c.id, c.name, c.email, c.phone, c.zone]),
    ]),
    'sample/registered.csv': csv([['customer', 'at'], ...customers.map((c) => [c.id, iso(c.registered)])]),
    'sample/orders.csv': csv([
      ['customer', 'at', 'total'],
      ...customers.flatMap(({ id, order }) => (order ? [[id, iso(order.at), order.total]] : [])),
    ]),
    'sample/carts.csv': csv([
      ['customer', 'at', 'items_count', 'total'],
      ...customers.flatMap(({ id, cart }) => (cart ? [[id, iso(cart.at), cart.items, cart.total]] : [])),
    ]),
    'sample/consent.csv': csv([
      ['customer', 'channel', 'status', 'at'],
      ...granted('email', (c) => c.email),
      ...granted('sms', (c) => c.phone),
      ['c08', 'email', 'withdrawn', iso(start + 100 * hour)],
    ]),
  };
}
