import { later } from '../words/t.ts';
import { type Explanation, yaml } from './explanation.ts';

/** A campaign with a split and a campaign that says goodbye, and a test of the first with the lines given. */
const test = (lines: string) => `campaigns:
  hello:
    on: { event: registered }
    steps:
      - split:
          id: offer
          arms:
            control: { share: 10% }
            mail: { share: 90%, steps: [{ send: { email: hello } }] }
tests:
  newcomer-is-greeted:
    campaign: hello
    start: 2026-03-02T10:00:00+03:00
    customers: [{ id: c1, consent: [email], email: c1@shop.example }]
${lines}`;
const comes = '    events: [{ at: +0m, customer: c1, registered: {} }]\n';
const greeted = '    expect: { messages: [{ email: hello }] }\n';

/** Tests of campaigns. */
export const tests: Record<string, Explanation> = {
  CRM1033: yaml(
    later`A time in a test is counted from its start: a sign, and a duration.`,
    test(`    events: [{ at: 90m, customer: c1, registered: {} }]\n${greeted}`),
    test(`    events: [{ at: +90m, customer: c1, registered: {} }]\n${greeted}`),
  ),
  CRM4040: yaml(
    later`The test’s world has only the customers that it lists.`,
    test(`    events: [{ at: +0m, customer: c2, registered: {} }]\n${greeted}`),
    test(`${comes}${greeted}`),
  ),
  CRM4041: yaml(
    later`The field holds another type of value: no shop would ever send this one.`,
    test(`    events: [{ at: +0m, customer: c1, order_paid: { total: much } }]\n${greeted}`),
    test(`    events: [{ at: +0m, customer: c1, order_paid: { total: 500 } }]\n${greeted}`),
  ),
  CRM4042: yaml(
    later`The campaign has no such split or arm, so that nobody can fall into it.`,
    test(`    arms: { offer: letter }\n${comes}${greeted}`),
    test(`    arms: { offer: mail }\n${comes}${greeted}`),
  ),
  CRM4043: yaml(
    later`No step of the campaign sends this. The test could only fail.`,
    test(`${comes}    expect: { messages: [{ sms: hello }] }\n`),
    test(`${comes}${greeted}`),
  ),
  CRM4044: yaml(
    later`Each line of a test is about one thing: one event, one message.`,
    test(`    events: [{ at: +0m, customer: c1, registered: {}, viewed: {} }]\n${greeted}`),
    test(`    events: [{ at: +0m, customer: c1, registered: {} }, { at: +5m, customer: c1, viewed: {} }]\n${greeted}`),
  ),
  CRM4045: yaml(
    later`The test is over by then, or has not begun: it would never be looked at.`,
    test(`    lasts: 1 hour\n    events: [{ at: +2h, customer: c1, registered: {} }]\n${greeted}`),
    test(`    lasts: 1 hour\n    events: [{ at: +5m, customer: c1, registered: {} }]\n${greeted}`),
  ),
  CRM4046: yaml(
    later`There is no such reason: nobody would ever leave, and no message be refused, because of it.`,
    test(`${comes}    expect: { exits: [{ customer: c1, reason: finished }] }\n`),
    test(`${comes}    expect: { exits: [{ customer: c1, reason: completed }] }\n`),
  ),
};
