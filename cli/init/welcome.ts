import type { Wording } from './setting.ts';

/** Greets whoever registers, and reminds those who do not buy. */
export const welcome = ({ say, amount, instant, phone }: Wording): Record<string, string> => ({
  'campaigns/welcome.crm.yaml': `# yaml-language-server: $schema=../crm.schema.json
campaigns:
  welcome:
    title: ${say('Welcome', 'Знакомство')}
    on: { event: registered }
    ${say('# Whoever buys has been welcomed.', '# Кто купил, с тем уже знакомы.')}
    exit: { event: order_paid }
    goal: { event: order_paid, within: 14 days, value: event.total }
    steps:
      - send: { email: welcome/hello }
      - wait: 2 days
      - split:
          id: offer
          arms:
            ${say('# Gets nothing: what the others do beyond it is the effect.', '# Не получает ничего: то, что остальные сделают сверх этого, и есть эффект.')}
            control: { share: 20% }
            reminded:
              share: 80%
              steps:
                - cascade:
                    - { email: welcome/offer, until: opened, within: 1 day }
                    - { sms: welcome/offer }
`,
  'tests/welcome.crm.yaml': `# yaml-language-server: $schema=../crm.schema.json
tests:
  an-email-that-is-not-opened-is-followed-by-an-sms:
    campaign: welcome
    start: ${instant('2026-03-02T10:00')}
    arms: { offer: reminded }
    customers: [{ id: c1, name: ${say('Ada', 'Ада')}, email: c1@example.com, phone: "${phone(1)}", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
    expect:
      messages:
        - { at: +0m, email: welcome/hello, contains: [${say('Ada', 'Ада')}] }
        - { at: +2d, email: welcome/offer }
        - { at: +3d, sms: welcome/offer }

  who-opens-the-offer-gets-no-sms:
    campaign: welcome
    start: ${instant('2026-03-02T10:00')}
    arms: { offer: reminded }
    customers: [{ id: c1, email: c1@example.com, phone: "${phone(1)}", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
    reactions:
      - { at: +50h, customer: c1, opened: email }
    expect:
      messages: [{ email: welcome/hello }, { email: welcome/offer }]

  a-buyer-is-left-alone:
    campaign: welcome
    start: ${instant('2026-03-02T10:00')}
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
      - { at: +1d, customer: c1, order_paid: { total: ${amount(30)} } }
    expect:
      messages: [{ email: welcome/hello }]
      exits: [{ customer: c1, reason: exit-event }]

  the-control-group-gets-no-offer:
    campaign: welcome
    start: ${instant('2026-03-02T10:00')}
    arms: { offer: control }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
    expect:
      messages: [{ email: welcome/hello }]
      exits: [{ customer: c1, reason: control }]
`,
  'templates/welcome/hello.email.hbs': `---
subject: ${say('Welcome, {{default customer.name "friend"}}!', 'Рады знакомству{{#if customer.name}}, {{customer.name}}{{/if}}!')}
preheader: ${say('Good to have you here.', 'Хорошо, что вы с нами.')}
---
<html>
<body>
${say('<p>Hello {{default customer.name "friend"}},</p>', '<p>Здравствуйте{{#if customer.name}}, {{customer.name}}{{/if}}!</p>')}
${say('<p>good to have you here. Look around; delivery of your first order is on us.</p>', '<p>Хорошо, что вы с нами. Осмотритесь: первый заказ доставим бесплатно.</p>')}
{{> footer}}
</body>
</html>
`,
  'templates/welcome/offer.email.hbs': `---
subject: ${say('Ten percent off your first order', 'Скидка 10% на первый заказ')}
---
<html>
<body>
${say('<p>Hello {{default customer.name "friend"}},</p>', '<p>Здравствуйте{{#if customer.name}}, {{customer.name}}{{/if}}!</p>')}
${say('<p>the code WELCOME takes ten percent off your first order, this week.</p>', '<p>По коду WELCOME первый заказ на этой неделе дешевле на 10%.</p>')}
{{> footer}}
</body>
</html>
`,
  'templates/welcome/offer.sms.hbs': `${say('My shop: 10% off your first order this week with the code WELCOME.', 'Мой магазин: скидка 10% на первый заказ на этой неделе, код WELCOME.')}
`,
});
