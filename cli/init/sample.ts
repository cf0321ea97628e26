/** Customers of nobody's shop, the same every time, with the gaps that real data has. */
const newcomers =
  'Alice Ben Clara Daniel Emma Felix Grace Henry Iris Jack Kate Leo Mia Noah Olive Paul Ruth Sam Tess Victor'.split(
    ' ',
  );
/** Registered long ago; they bought, and then stayed away for some time. */
const regulars = 'Adam Bella Colin Diana Eric Fiona George Hannah Ivan Julia Kevin Laura'.split(' ');
const zones = ['Europe/London', 'Europe/Berlin', 'America/New_York', ''];

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

const customers: Customer[] = [...newcomers, ...regulars].map((name, i) => {
  const known = i >= newcomers.length;
  // From 66 to 33 days ago.
  const lastOrder = start - (66 - 3 * (i - newcomers.length)) * day;
  const registered = known ? start - (200 + i) * day : start + (i * 11 + 7) * hour;
  return {
    id: `c${String(i + 1).padStart(2, '0')}`,
    name: i === 12 ? '' : name,
    email: i % 7 === 5 ? '' : `${name.toLowerCase()}@example.com`,
    phone: i % 5 === 4 ? '' : `+4477009000${String(i + 10)}`,
    zone: zones[i % zones.length] ?? '',
    registered,
    ...(i % 4 !== 3 && {
      cart: { at: start + (i * 17 + 9) * hour, items: 1 + (i % 3), total: `${20 + 9 * (i % 8)}.00` },
    }),
    ...((known || i % 3 === 0) && {
      order: {
        at: known ? lastOrder : registered + (20 + 13 * (i % 4)) * hour,
        total: `${25 + 7 * i}.50`,
      },
    }),
  };
});

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
