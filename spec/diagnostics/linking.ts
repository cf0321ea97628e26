import { later } from '../words/t.ts';
import { type Explanation, project, shell, yaml } from './explanation.ts';

const campaign = (steps: string, on = 'event: registered') => `campaigns:
  hello:
    on: { ${on} }
    steps:
${steps}`;
const mail = '      - send: { email: hello }\n';
const split = (arms: string) =>
  campaign(`      - split:
          arms:
${arms}`);
const shop = `project:
  name: shop
  timezone: Europe/Moscow
  locale: en
  currency: EUR
`;
/** The codes about names, and about parts that do not fit together. */
export const linking: Record<string, Explanation> = {
  CRM4001: yaml(
    later`Names are how the parts of a project find each other, so each stands for one thing. Files are read together: the other one may be in another file.`,
    {
      'campaigns/a.crm.yaml': 'segments:\n  omsk: { where: city == "Omsk" }\n',
      'campaigns/b.crm.yaml': 'segments:\n  omsk: { where: city == "Tomsk" }\n',
    },
    {
      'campaigns/a.crm.yaml': 'segments:\n  omsk: { where: city == "Omsk" }\n',
      'campaigns/b.crm.yaml': 'segments:\n  tomsk: { where: city == "Tomsk" }\n',
    },
  ),
  CRM4002: yaml(
    later`There is no segment of this name, so that nobody would ever enter.`,
    campaign(mail, 'enters: sleping'),
    campaign(mail, 'enters: sleeping'),
  ),
  CRM4003: yaml(
    later`No event of this name is declared under \`data\`, so that it would never happen.`,
    campaign(mail, 'event: registred'),
    campaign(mail, 'event: registered'),
  ),
  CRM4004: yaml(
    later`There is no channel of this name by which the message could leave.`,
    campaign('      - send: { mail: hello }\n'),
    campaign(mail),
  ),
  CRM4005: yaml(
    later`There is no text to send: the file of the template is missing, or is there for another kind of channel only.`,
    campaign('      - send: { email: helo }\n'),
    campaign(mail),
  ),
  CRM4006: yaml(
    later`Customers whose own language a template lacks get it in the project’s, and it lacks that one too. They would get nothing.`,
    {
      'campaigns/example.crm.yaml': campaign('      - send: { sms: news }\n'),
      'templates/news.sms.de.hbs': 'Neues!\n',
    },
    {
      'campaigns/example.crm.yaml': campaign('      - send: { sms: news }\n'),
      'templates/news.sms.de.hbs': 'Neues!\n',
      'templates/news.sms.en.hbs': 'News!\n',
    },
  ),
  CRM4007: yaml(
    later`Customers have no attribute of this name.`,
    `channels:
  letter: { kind: email, transport: console, address: e_mail }
`,
    `channels:
  letter: { kind: email, transport: console, address: email }
`,
  ),
  CRM4008: yaml(
    later`To know who is in the one segment one would have to know who is in the other, and the reverse.`,
    `segments:
  active: { where: not in segment passive }
  passive: { where: not in segment active }
`,
    `segments:
  active: { where: last(order_paid) >= 90 days ago }
  passive: { where: not in segment active }
`,
  ),
  CRM4009: yaml(
    later`Everybody who comes to a split goes into one of its arms. What is missing from 100% would go nowhere.`,
    split(
      '            control: { share: 10% }\n            mail: { share: 80%, steps: [{ send: { email: hello } }] }\n',
    ),
    split(
      '            control: { share: 10% }\n            mail: { share: 90%, steps: [{ send: { email: hello } }] }\n',
    ),
  ),
  CRM4010: yaml(
    later`By its id a step is known from one version of a campaign to the next. Two steps of one id could not be told apart.`,
    campaign(`      - { id: first, send: { email: hello } }
      - wait: 1 day
      - { id: first, send: { sms: hello } }
`),
    campaign(`      - { id: first, send: { email: hello } }
      - wait: 1 day
      - { id: second, send: { sms: hello } }
`),
  ),
  CRM4011: yaml(
    later`Each stage names one channel. All but the last say what they wait for and how long: otherwise nobody would ever come to the next one.`,
    campaign(`      - cascade:
          - { push: hello }
          - { sms: hello }
`),
    campaign(`      - cascade:
          - { push: hello, until: opened, within: 2 hours }
          - { sms: hello }
`),
  ),
  CRM4012: yaml(
    later`The step before ends the journey on every way, so that nobody ever comes here.`,
    campaign(`      - exit: done
      - send: { email: hello }
`),
    campaign(`      - send: { email: hello }
      - exit: done
`),
  ),
  CRM4013: yaml(
    later`The key does nothing here, although whoever wrote it expects it to.`,
    `channels:
  email: { transport: console, directory: out }
  sms: { transport: console }
  push: { transport: console }
`,
    `channels:
  email: { transport: file, directory: out }
  sms: { transport: console }
  push: { transport: console }
`,
  ),
  CRM4014: yaml(
    later`Something is missing without which no message could leave: what the channel is, where its server is, or who the sender is.`,
    `channels:
  email: { transport: file }
`,
    `channels:
  email: { transport: file, directory: out }
`,
  ),
  CRM4015: yaml(
    later`Files of a project are in git, where a password stays for ever and everybody can read it. Write where to find it instead.`,
    `channels:
  email: { transport: smtp, url: "smtp://shop:secret@mail.example.com", from: Shop <hello@shop.example> }
`,
    `channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <hello@shop.example> }
`,
  ),
  CRM4016: yaml(
    later`The control arm is what the others are compared with, so it gets nothing. An arm called \`control\` is one unless it says otherwise.`,
    split(`            control: { share: 10%, steps: [{ send: { email: hello } }] }
            mail: { share: 90%, steps: [{ send: { email: hello } }] }
`),
    split(`            control: { share: 10% }
            mail: { share: 90%, steps: [{ send: { email: hello } }] }
`),
  ),
  CRM4017: yaml(
    later`There is no campaign of this name, so that what is said of it holds for nothing.`,
    `policies:
  caps:
    once: { max: 1, per: 7 days, campaign: helo }
${campaign(mail)}`,
    `policies:
  caps:
    once: { max: 1, per: 7 days, campaign: hello }
${campaign(mail)}`,
  ),
  CRM4018: yaml(
    later`Customers have an \`id\`, and events \`id\`, \`customer\` and \`at\`, without being told so. A second field of the name would hide them.`,
    `data:
  customers:
    attributes: { id: string, email: email }
`,
    `data:
  customers:
    attributes: { email: email }
`,
  ),
  CRM4019: yaml(
    later`An address has to be of a type that is checked when it is read; in another attribute anything may stand.`,
    `channels:
  letter: { kind: email, transport: console, address: city }
`,
    `channels:
  letter: { kind: email, transport: console, address: email }
`,
  ),
  CRM4020: project(
    later`Things happen at round times: on a grid that divides the hour, or of whole hours. Segments are looked through on that grid too.`,
    `${shop}  tick: 7 minutes\n`,
    `${shop}  tick: 10 minutes\n`,
  ),
  CRM4021: project(
    later`To click on something in a message one has to open it, so that there cannot be more clicks than opens.`,
    `${shop}  simulation: { engagement: { email: { open: 5%, click: 10% } } }\n`,
    `${shop}  simulation: { engagement: { email: { open: 10%, click: 5% } } }\n`,
  ),
  CRM4022: yaml(
    later`Each transport carries certain kinds of messages only; SMTP, for one, carries e-mail.`,
    `channels:
  sms: { transport: smtp, url: env:SMTP_URL, from: Shop }
`,
    `channels:
  sms: { transport: file, directory: out/sms, from: Shop }
`,
  ),
  CRM4023: yaml(
    later`Hours that end when they begin are either none or the whole day, and which of the two is a guess.`,
    `policies:
  quiet_hours: { from: "21:00", to: "21:00" }
`,
    `policies:
  quiet_hours: { from: "21:00", to: "09:00" }
`,
  ),
  CRM4024: yaml(
    later`The monetary score ranks customers by what they have spent, so it needs a number of the event that is a purchase.`,
    `data:
  rfm: { event: order_paid, value: currency, window: 365 days }
  events:
    order_paid: { fields: { total: money, currency: string } }
`,
    `data:
  rfm: { event: order_paid, value: total, window: 365 days }
  events:
    order_paid: { fields: { total: money, currency: string } }
`,
  ),
  CRM4030: yaml(
    later`The attribute is of a type that nothing can be done with here: a campaign that begins on a date needs a date.`,
    campaign(mail, 'date: city, at: "10:00"'),
    campaign(mail, 'date: birthday, at: "10:00"'),
  ),
  CRM4031: yaml(
    later`Some channels reach customers, others the staff or another system. Each step uses one kind of them.`,
    campaign('      - webhook: { sms: [city] }\n'),
    `channels:
  stock: { kind: webhook, transport: http, url: env:STOCK_URL }
${campaign('      - webhook: { stock: [city] }\n')}`,
  ),
  CRM4032: yaml(
    later`Files of a project are in git, read by many and kept for ever. Personal data does not belong there.`,
    campaign('      - set: { name: Anna }\n'),
    campaign('      - set: { city: Omsk }\n'),
  ),
  CRM4033: yaml(
    later`Customers are added to a list and removed from it. A segment with a condition has exactly those for whom it holds.`,
    `segments:
  winners: { where: points > 100 }
${campaign('      - add_to: winners\n')}`,
    `segments:
  winners: { static: true }
${campaign('      - add_to: winners\n')}`,
  ),
  CRM4034: yaml(
    later`\`moved\` tells that a step is now called otherwise, so that those inside keep their place. The old name must be gone, and the new one there.`,
    `${campaign('      - { id: greeting, send: { email: hello } }\n')}    moved: { send-1: greetings }
`,
    `${campaign('      - { id: greeting, send: { email: hello } }\n')}    moved: { send-1: greeting }
`,
  ),
  CRM4035: yaml(
    later`There is no cascade of this name.`,
    `cascades:
  cheap:
    stages:
      - { channel: push, until: opened, within: 2 hours }
      - { channel: sms }
${campaign('      - cascade: { use: cheep, template: hello }\n')}`,
    `cascades:
  cheap:
    stages:
      - { channel: push, until: opened, within: 2 hours }
      - { channel: sms }
${campaign('      - cascade: { use: cheap, template: hello }\n')}`,
  ),
  CRM4036: yaml(
    later`The event has no field of this name, so that there is nothing to tell.`,
    `channels:
  stock: { kind: webhook, transport: http, url: env:STOCK_URL }
${campaign('      - webhook: { stock: [event.totla] }\n', 'event: order_paid')}`,
    `channels:
  stock: { kind: webhook, transport: http, url: env:STOCK_URL }
${campaign('      - webhook: { stock: [event.total] }\n', 'event: order_paid')}`,
  ),
  CRM4037: yaml(
    later`A preset describes one kind of data in one format: an export of orders has no row for each customer, and in a table nothing can be found by the keys of JSON.`,
    `data:
  customers:
    from: { path: exports/orders.csv, preset: shopify-orders }
`,
    `data:
  customers:
    from: { path: exports/customers.csv, preset: shopify-customers }
`,
  ),
  CRM4050: yaml(
    later`A hold-out keeps a part of the customers back, to compare the others with. Nobody or everybody is no part.`,
    `holdouts:
  global: { share: 100% }
`,
    `holdouts:
  global: { share: 5% }
`,
  ),
  CRM4051: yaml(
    later`What customers have asked for, such as a receipt, is held back from nobody.`,
    `holdouts:
  global: { share: 5%, campaigns: [hello] }
${campaign(mail).replace('    on:', '    category: transactional\n    on:')}`,
    `holdouts:
  global: { share: 5%, campaigns: [hello] }
${campaign(mail)}`,
  ),
  CRM4060: yaml(
    later`A variable is a text, a number, true or false. One that stands for another one would have to be looked up in turn, and might come back to itself.`,
    `variables:
  pause: 2 days
  longer: $pause
${campaign(`      - wait: $pause\n${mail}`)}`,
    `variables:
  pause: 2 days
  longer: 4 days
${campaign(`      - wait: $pause\n${mail}`)}`,
  ),
  CRM4061: yaml(
    later`What uses a variable is checked for its kind of value. In an environment where it is of another kind, that would be wrong.`,
    {
      'campaigns/example.crm.yaml': `variables:\n  points: 100\n`,
      'environments/staging.yaml': 'variables: { points: many }\n',
    },
    {
      'campaigns/example.crm.yaml': `variables:\n  points: 100\n`,
      'environments/staging.yaml': 'variables: { points: 5 }\n',
    },
  ),
  CRM4062: shell(
    later`There is no file of this environment. What its variables are is not known.`,
    'crm plan --env stagin',
    'crm plan --env staging',
  ),
};
