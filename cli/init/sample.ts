/** Twenty customers of nobody's shop, the same every time, with the gaps that real data has. */
const names = [
  'Alice',
  'Ben',
  'Clara',
  'Daniel',
  'Emma',
  'Felix',
  'Grace',
  'Henry',
  'Iris',
  'Jack',
  'Kate',
  'Leo',
  'Mia',
  'Noah',
  'Olive',
  'Paul',
  'Ruth',
  'Sam',
  'Tess',
  'Victor',
];
const zones = ['Europe/London', 'Europe/Berlin', 'America/New_York', ''];

const hour = 3_600_000;
/** The first day of the simulation in `project.ts`. */
const start = Date.UTC(2026, 2, 2);

interface Customer {
  id: string;
  name: string;
  email: string;
  phone: string;
  zone: string;
  registered: number;
  /** Of the first order, hours after the registration; undefined: none. */
  ordered: number | undefined;
}

const customers: Customer[] = names.map((name, i) => ({
  id: `c${String(i + 1).padStart(2, '0')}`,
  name: i === 12 ? '' : name,
  email: i % 7 === 5 ? '' : `${name.toLowerCase()}@example.com`,
  phone: i % 5 === 4 ? '' : `+4477009000${String(i + 10)}`,
  zone: zones[i % zones.length] ?? '',
  registered: start + (i * 11 + 7) * hour,
  ordered: i % 3 === 0 ? 20 + 13 * (i % 4) : undefined,
}));

const iso = (at: number): string => new Date(at).toISOString().replace('.000', '');
const csv = (rows: (string | number)[][]): string => rows.map((row) => `${row.join(',')}\n`).join('');

/** By path, what the sample's files hold. */
export function sampleFiles(): Record<string, string> {
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
      ...customers.flatMap((c, i) =>
        c.ordered === undefined ? [] : [[c.id, iso(c.registered + c.ordered * hour), `${25 + 7 * i}.50`]],
      ),
    ]),
    'sample/consent.csv': csv([
      ['customer', 'channel', 'status', 'at'],
      ...granted('email', (c) => c.email),
      ...granted('sms', (c) => c.phone),
      ['c08', 'email', 'withdrawn', iso(start + 100 * hour)],
    ]),
  };
}
