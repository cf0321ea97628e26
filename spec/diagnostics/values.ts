import { later } from '../words/t.ts';
import { type Explanation, project, yaml } from './explanation.ts';

const wait = (text: string) => `campaigns:
  hello:
    on: { event: registered }
    steps:
      - wait: ${text}
      - send: { email: hello }
`;
const scheduled = (text: string) => `campaigns:
  hello:
    on: { schedule: ${text} }
    steps:
      - send: { email: hello }
`;
const shop = (changes: Record<string, string>) => {
  const facts = { name: 'shop', timezone: 'Europe/Moscow', locale: 'en', currency: 'EUR', ...changes };
  const lines = Object.entries(facts).map(([key, value]) => `  ${key}: ${value}\n`);
  return `project:\n${lines.join('')}`;
};
const channel = (facts: string) => `channels:
  email:
    transport: console
    ${facts}
`;

/** Values of their own kinds: durations, shares, times, addresses. */
export const values: Record<string, Explanation> = {
  CRM1020: yaml(
    later`A duration is a number with a unit from seconds to weeks. Months and years are not the same length each time, so they are none.`,
    wait('1 month'),
    wait('30 days'),
  ),
  CRM1021: yaml(
    later`A share is a number from 0 to 100 with its percent sign and at most two decimals. Without the sign, 0.5 could mean a half or half a percent.`,
    `campaigns:
  hello:
    on: { event: registered }
    steps:
      - split:
          arms:
            control: { share: 10 }
            mail: { share: 90, steps: [{ send: { email: hello } }] }
`,
    `campaigns:
  hello:
    on: { event: registered }
    steps:
      - split:
          arms:
            control: { share: 10% }
            mail: { share: 90%, steps: [{ send: { email: hello } }] }
`,
  ),
  CRM1022: yaml(
    later`A time of day is hours and minutes on the clock of 24 hours, and the day ends with 23:59.`,
    wait('{ until: "24:00" }'),
    wait('{ until: "00:00" }'),
  ),
  CRM1023: project(
    later`A zone is called by its name in the IANA database. A bare offset would be wrong for half of the year wherever clocks change.`,
    shop({ timezone: '"+03:00"' }),
    shop({ timezone: 'Europe/Moscow' }),
  ),
  CRM1024: project(
    later`A language is named by a BCP 47 tag, with a hyphen. Templates are chosen by it, so a tag that nobody has would choose none.`,
    shop({ locale: 'ru_RU' }),
    shop({ locale: 'ru-RU' }),
  ),
  CRM1025: project(
    later`Prices and amounts are in one currency, named by its code of ISO 4217 in capital letters.`,
    shop({ currency: 'euro' }),
    shop({ currency: 'EUR' }),
  ),
  CRM1026: yaml(
    later`The schedule is neither five fields of cron nor one of the known phrases, or its day never comes. The campaign would never start.`,
    scheduled('every munday at 10:00'),
    scheduled('every monday at 10:00'),
  ),
  CRM1027: project(
    later`An instant is a day that exists, a time, and the offset from UTC. Without the offset it would depend on where the program runs.`,
    `${shop({})}  simulation: { from: 2026-03-02 }\n`,
    `${shop({})}  simulation: { from: 2026-03-02T00:00:00+03:00 }\n`,
  ),
  CRM1028: yaml(
    later`Messages carry the address, so it has to be a whole one that begins with https:// or http://.`,
    channel('unsubscribe: shop.example/unsubscribe'),
    channel('unsubscribe: https://shop.example/unsubscribe'),
  ),
  CRM1029: yaml(
    later`Re-entry is \`never\`, \`always\` or \`after\` a duration, and a rate is a number per second, minute or hour. Anything else could be read in two ways.`,
    channel('rate: 50'),
    channel('rate: 50 per second'),
  ),
  CRM1030: yaml(
    later`Rows are read from CSV, JSON, Excel (.xlsx) and Parquet files. The ending of the file’s name tells which it is.`,
    `data:
  consent: sample/consent.xls
`,
    `data:
  consent: sample/consent.csv
`,
  ),
  CRM1031: yaml(
    later`Mail programs show the sender and reply to it, and mail servers refuse a message without an address there.`,
    channel('from: Shop'),
    channel('from: Shop <hello@shop.example>'),
  ),
  CRM1035: yaml(
    later`A form of dates says where year, month and day stand, each once. Hours are \`HH\`, minutes \`mm\`: capitals tell them from the month, \`MM\`.`,
    `data:
  consent: [{ path: sample/consent.csv, dates: [dd.mm.yyyy] }]
`,
    `data:
  consent: [{ path: sample/consent.csv, dates: [DD.MM.YYYY] }]
`,
  ),
  CRM1034: project(
    later`A store is a file: its path, or a reference to where path or URL are. A URL that is written out would be taken for the name of a file, and its password would be in git.`,
    shop({ store: 'postgres://db.example/crm' }),
    shop({ store: 'env:CRM_STORE' }),
  ),
  CRM1032: yaml(
    later`How far from a date a campaign begins is said in whole days or weeks before or after it.`,
    `campaigns:
  hello:
    on: { date: birthday, offset: 36 hours before, at: "10:00" }
    steps:
      - send: { email: hello }
`,
    `campaigns:
  hello:
    on: { date: birthday, offset: 2 days before, at: "10:00" }
    steps:
      - send: { email: hello }
`,
  ),
};
