import { type Random, random } from './random.ts';
import { DAY, END, moment, START, stamp, WINDOW } from './time.ts';
import { ENGLISH, latin, OTHER_CITIES, RUSSIAN, RUSSIAN_CITIES } from './words.ts';

/** A row of the customers' file; an unknown value is empty. */
export interface Customer {
  id: string;
  name: string;
  email: string;
  phone: string;
  push_token: string;
  city: string;
  timezone: string;
  locale: string;
  birthday: string;
  gender: string;
  registered_at: string;
  tier: string;
}

/** A customer as the generator knows them. */
export interface Person {
  row: Customer;
  registered: number;
  /** The time zone's offset, hours before UTC. */
  ahead: number;
}

const COUNT = 5000;
/** Registrations per day: in the window of interest, and in the half year before it. */
const NEW_A_DAY = 25;
const EARLIER_A_DAY = 10;
const BEGINNING = Date.parse('2023-01-01T00:00:00+03:00');

/** Returns the customers in the order of their registration. */
export function people(): Person[] {
  const draw = random('registrations');
  const recent = Math.round(((END - WINDOW) / DAY) * NEW_A_DAY);
  const earlier = Math.round(((WINDOW - START) / DAY) * EARLIER_A_DAY);
  const times = Array.from({ length: COUNT }, (_, i) => {
    if (i < recent) return moment(draw, WINDOW, END, 3);
    return i < recent + earlier ? moment(draw, START, WINDOW, 3) : moment(draw, BEGINNING, START, 3);
  }).sort((a, b) => a - b);

  const all: Person[] = [];
  times.forEach((registered, i) => {
    const id = `c${String(i + 1).padStart(5, '0')}`;
    const one = random(`customer ${id}`);
    // About one in fifty is a customer whom the shop has already, under another id.
    const again = i > 500 && one.chance(0.02) ? one.pick(all) : undefined;
    all.push(again ? sameAgain(one, again, id, registered) : person(one, id, registered));
  });
  return all;
}

function person(draw: Random, id: string, registered: number): Person {
  const russian = draw.chance(0.8);
  const words = russian ? RUSSIAN : ENGLISH;
  const gender = draw.chance(0.62) ? 'f' : 'm';
  const first = draw.pick(words[gender]);
  const last = draw.pick(words.surnames) + (russian && gender === 'f' ? 'а' : '');
  const place = draw.weighted(russian ? RUSSIAN_CITIES : OTHER_CITIES);
  const some = (share: number, value: string) => (draw.chance(share) ? value : '');
  const row: Customer = {
    id,
    name: some(0.96, `${first} ${last}`),
    email: some(0.92, emailOf(draw, first, last)),
    phone: some(0.85, `+7000${String(draw.whole(0, 9_999_999)).padStart(7, '0')}`),
    push_token: some(0.45, `push-${draw.hex(12)}`),
    city: some(0.95, place.city),
    timezone: some(0.94, draw.chance(0.003) ? draw.pick(['Moscow', 'UTC+3', 'Europe/Samarra']) : place.zone),
    locale: some(0.97, russian ? 'ru' : 'en'),
    birthday: some(0.7, birthday(draw)),
    gender: some(0.9, gender),
    registered_at: stamp(registered),
    tier: '',
  };
  return { row: spoilAddress(draw, row), registered, ahead: place.ahead };
}

function emailOf(draw: Random, first: string, last: string): string {
  return `${latin(first)}.${latin(last)}${draw.whole(1, 999)}@${draw.pick(['example.com', 'example.org'])}`;
}

function birthday(draw: Random): string {
  return new Date(Date.UTC(draw.whole(1955, 2007), 0, draw.whole(1, 365))).toISOString().slice(0, 10);
}

/** Makes one address in fifty invalid. */
function spoilAddress(draw: Random, row: Customer): Customer {
  if (draw.chance(0.02) && row.email !== '') {
    const spoil = draw.pick<(email: string) => string>([
      (email) => email.replace('@', ' at '),
      (email) => email.replace(/\..{3}$/, ''),
      (email) => email.replace('example.', 'example..'),
      (email) => email.slice(0, email.indexOf('@') + 1),
    ]);
    return { ...row, email: spoil(row.email) };
  }
  return draw.chance(0.02) && row.phone !== '' ? { ...row, phone: row.phone.slice(0, draw.whole(4, 9)) } : row;
}

function sameAgain(draw: Random, known: Person, id: string, registered: number): Person {
  const { row } = known;
  const [first = '', last = ''] = row.name.split(' ');
  const name = draw.pick([
    `${last} ${first}`.trim(),
    row.name.replaceAll('ё', 'е'),
    latin(row.name),
    row.name.toUpperCase(),
  ]);
  const email = draw.pick([row.email.toUpperCase(), row.email, '']);
  const phone = draw.pick([row.phone.replace(/^\+7/, '8'), row.phone.replace(/^\+7(\d{3})/, '+7 ($1) '), '']);
  return { ...known, registered, row: { ...row, id, name, email, phone, registered_at: stamp(registered) } };
}
