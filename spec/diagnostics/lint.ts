import { later } from '../words/t.ts';
import { type Explanation, yaml } from './explanation.ts';

const campaign = (steps: string, more = '') => `campaigns:
  hello:
    on: { event: registered }
${more}    steps:
${steps}`;
const mail = '      - send: { email: hello }\n';
const goal = '    goal: { event: order_paid, within: 7 days }\n';
const text = (words: string) => `---
subject: Hello
---
<p>${words}</p>
<a href="{{unsubscribe_url}}">Unsubscribe</a>
`;

/** The codes of what is right, but hardly meant. */
export const lint: Record<string, Explanation> = {
  CRM5001: yaml(
    later`A comment \`kaskad-ignore\` without a finding below it hides nothing today, and may hide a real one tomorrow.`,
    `segments:
  # kaskad-ignore contradictory-segment
  omsk: { where: city == "Omsk" }
`,
    `segments:
  omsk: { where: city == "Omsk" }
`,
  ),
  CRM5010: yaml(
    later`The condition cannot be true, or cannot be false, whoever the customer is. So nobody ever takes one of the two ways.`,
    campaign(`      - if: points > 100 and points < 50
        then:
          - send: { email: hello }
`),
    campaign(`      - if: points > 50 and points < 100
        then:
          - send: { email: hello }
`),
  ),
  CRM5011: yaml(
    later`What the condition asks about one thing can never be so at once, or is always so: the segment is empty, or everybody. The order of time is easily mistaken: \`last(order_paid) < 45 days ago\` means before that day.`,
    `segments:
  sleeping: { where: last(order_paid) < 90 days ago and last(order_paid) >= 45 days ago }
`,
    `segments:
  sleeping: { where: last(order_paid) < 45 days ago and last(order_paid) >= 90 days ago }
`,
  ),
  CRM5012: yaml(
    later`Exit events and the goal are looked at first, and end the journey. What the customer was waited for has come then, but the steps that follow it never run.`,
    campaign(
      `      - wait: { event: order_paid, within: 7 days }
        then:
          - send: { email: hello }
`,
      goal,
    ),
    campaign(
      `      - wait: { event: order_paid, within: 7 days }
        then:
          - send: { email: hello }
`,
    ),
  ),
  CRM5013: yaml(
    later`A date of every year lets its customers in again each year by itself. This rule of re-entry keeps them out: a present for one birthday only.`,
    `campaigns:
  hello:
    on: { date: birthday, at: "10:00", every: year, leap_day: march 1 }
    reenter: never
    steps:
${mail}`,
    `campaigns:
  hello:
    on: { date: birthday, at: "10:00", every: year, leap_day: march 1 }
    steps:
${mail}`,
  ),
  CRM5014: yaml(
    later`Whoever comes to \`wait: { until: … }\` at that very time goes on at once. So a second wait for the same time does not wait for the next day, and two messages leave in one minute.`,
    campaign(`      - wait: { until: "10:00" }
${mail}      - wait: { until: "10:00" }
      - send: { sms: hello }
`),
    campaign(`      - wait: { until: "10:00" }
${mail}      - wait: 1 day
      - wait: { until: "10:00" }
      - send: { sms: hello }
`),
  ),
  CRM5015: yaml(
    later`No file of the event is read, or no event can meet the condition. So nobody enters by it, leaves by it, or goes on by it.`,
    campaign(mail, '    exit: { event: order_paid, when: event.total < 5 and event.total > 6 }\n'),
    campaign(mail, '    exit: { event: order_paid, when: event.total > 5 }\n'),
  ),
  CRM5020: yaml(
    later`On some way through the campaign less than a day lies between two messages. A cascade counts as one message. Where a cap lets one message a day pass, there is nothing to say.`,
    campaign(`${mail}      - wait: 2 hours\n      - send: { sms: hello }\n`),
    campaign(`${mail}      - wait: 2 days\n      - send: { sms: hello }\n`),
  ),
  CRM5021: yaml(
    later`Some would have bought anyway. How many, shows only a group that gets nothing: an arm of the campaign, or a hold-out of the project.`,
    campaign(mail, goal),
    campaign(
      `      - split:
          arms:
            control: { share: 10% }
            mail: { share: 90%, steps: [{ send: { email: hello } }] }
`,
      goal,
    ),
  ),
  CRM5022: yaml(
    later`The campaign waits and then writes, and nothing that the customer does in the meantime ends it. Whoever has bought is asked to buy. A goal ends a campaign just as an exit does.`,
    campaign(`      - wait: 2 days\n${mail}`),
    campaign(`      - wait: 2 days\n${mail}`, '    exit: { event: order_paid }\n'),
  ),
  CRM5023: yaml(
    later`A push, an SMS or a messenger rings where the customer sleeps, and campaigns begin whenever something happens.`,
    campaign('      - send: { sms: hello }\n'),
    `policies:
  quiet_hours: { from: "21:00", to: "09:00" }
${campaign('      - send: { sms: hello }\n')}`,
  ),
  CRM5024: yaml(
    later`A cascade saves money by asking the cheap channel first: whoever answers there costs no more. This one begins with a dearer one.`,
    campaign(`      - cascade:
          - { sms: hello, until: clicked, within: 1 day }
          - { email: hello }
`),
    campaign(`      - cascade:
          - { email: hello, until: clicked, within: 1 day }
          - { sms: hello }
`),
  ),
  CRM5025: yaml(
    later`The message comes up only at an hour at which the quiet hours drop it or outlive it, or when a cap is full with what the campaign itself has sent just before. Nobody ever gets it.`,
    `policies:
  quiet_hours: { from: "21:00", to: "09:00", otherwise: cancel }
${campaign('      - wait: { until: "22:00" }\n      - send: { sms: hello }\n')}`,
    `policies:
  quiet_hours: { from: "21:00", to: "09:00", otherwise: cancel }
${campaign('      - wait: { until: "20:00" }\n      - send: { sms: hello }\n')}`,
  ),
  CRM5030: yaml(
    later`Not every customer has a value there, and for those who have none the text has a gap: “Hello, !”. A \`default\`, an \`#if\`, or a condition of the campaign takes care of them.`,
    { 'campaigns/example.crm.yaml': campaign(mail), 'templates/hello.email.hbs': text('Hello, {{customer.name}}!') },
    {
      'campaigns/example.crm.yaml': campaign(mail),
      'templates/hello.email.hbs': text('Hello{{#if customer.name}}, {{customer.name}}{{/if}}!'),
    },
  ),
  CRM5031: yaml(
    later`What is computed from a missing value is missing. So customers who have no points yet get none, instead of their first ones.`,
    campaign(`      - set: { points: points + 100 }\n`),
    campaign(`      - if: points is missing
        then:
          - set: { points: 0 }
      - set: { points: points + 100 }
`),
  ),
  CRM5040: yaml(
    later`The segment is computed again and again, and nobody looks at it.`,
    `segments:
  omsk: { where: city == "Omsk" }
${campaign(mail)}`,
    `segments:
  omsk: { where: city == "Omsk" }
${campaign(mail, '    audience: in segment omsk\n')}`,
  ),
  CRM5041: yaml(
    later`Nobody ever gets the text. It is left over, or the campaign that was to send it names another one.`,
    { 'campaigns/example.crm.yaml': campaign(mail), 'templates/news.email.hbs': text('News!') },
    {
      'campaigns/example.crm.yaml': campaign(`${mail}      - wait: 7 days\n      - send: { email: news }\n`),
      'templates/news.email.hbs': text('News!'),
    },
  ),
  CRM5042: yaml(
    later`Nothing leaves by the channel. It is left over, or the step that was to use it is missing.`,
    `channels:
  email: { transport: console }
  letters: { kind: email, transport: file, directory: out }
${campaign(mail)}`,
    `channels:
  email: { transport: console }
${campaign(mail)}`,
  ),
  CRM5043: yaml(
    later`Nothing uses the value, so that changing it changes nothing.`,
    `variables:
  discount: 15%
  pause: 2 days
${campaign(`      - wait: $pause\n${mail}`)}`,
    `variables:
  pause: 2 days
${campaign(`      - wait: $pause\n${mail}`)}`,
  ),
  CRM5050: yaml(
    later`A test tells in seconds who gets what, and goes on telling it after the next change.`,
    campaign(mail),
    `${campaign(mail)}tests:
  newcomer-is-greeted:
    campaign: hello
    start: 2026-03-02T10:00:00+03:00
    customers: [{ id: c1, consent: [email], email: c1@shop.example }]
    events: [{ at: +0m, customer: c1, registered: {} }]
    expect:
      messages: [{ email: hello }]
`,
  ),
};
