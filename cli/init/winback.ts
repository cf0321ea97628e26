import type { Wording } from './setting.ts';

/** Writes to those who have stopped buying. */
export const winback = ({ say, amount, instant, phone }: Wording): Record<string, string> => ({
  'campaigns/winback.crm.yaml': `# yaml-language-server: $schema=../crm.schema.json
segments:
  sleeping:
    title: ${say('Bought once, but not for 60 days', 'Покупали, но не в последние 60 дней')}
    where: last(order_paid) < 60 days ago

campaigns:
  winback:
    title: ${say('We miss you', 'Давно не виделись')}
    ${say('# From the day on which somebody falls asleep; those who sleep already are not written to all at once.', '# С того дня, как клиент уснул; тем, кто уже спит, не пишем всем сразу.')}
    on: { enters: sleeping }
    exit: { event: order_paid }
    goal: { event: order_paid, within: 30 days, value: event.total }
    reenter: after 180 days
    steps:
      - wait: { until: "11:00" }
      - split:
          id: offer
          arms:
            ${say('# Gets nothing: what the others do beyond it is the effect.', '# Не получает ничего: то, что остальные сделают сверх этого, и есть эффект.')}
            control: { share: 10% }
            invited:
              share: 90%
              steps:
                - send: { email: winback/news }
                - wait: 7 days
                - cascade:
                    - { email: winback/offer, until: opened, within: 2 days }
                    - { sms: winback/offer }
`,
  'tests/winback.crm.yaml': `# yaml-language-server: $schema=../crm.schema.json
tests:
  who-falls-asleep-is-invited-back:
    campaign: winback
    start: ${instant('2026-03-02T10:00')}
    lasts: 30 days
    arms: { offer: invited }
    customers: [{ id: c1, name: ${say('Ada', 'Ада')}, email: c1@example.com, phone: "${phone(1)}", consent: [email, sms] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: ${amount(30)} } }
    expect:
      messages:
        - { email: winback/news, contains: [${say('Ada', 'Ада')}] }
        - { email: winback/offer }
        - { sms: winback/offer }

  who-opens-the-offer-gets-no-sms:
    campaign: winback
    start: ${instant('2026-03-02T10:00')}
    lasts: 30 days
    arms: { offer: invited }
    customers: [{ id: c1, email: c1@example.com, phone: "${phone(1)}", consent: [email, sms] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: ${amount(30)} } }
    reactions:
      - { at: +9d 2h, customer: c1, opened: email }
    expect:
      messages: [{ email: winback/news }, { email: winback/offer }]

  who-buys-is-left-alone:
    campaign: winback
    start: ${instant('2026-03-02T10:00')}
    lasts: 30 days
    arms: { offer: invited }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: ${amount(30)} } }
      - { at: +3d, customer: c1, order_paid: { total: ${amount(50)} } }
    expect:
      messages: [{ email: winback/news }]
      exits: [{ customer: c1, reason: exit-event }]

  the-control-group-gets-nothing:
    campaign: winback
    start: ${instant('2026-03-02T10:00')}
    lasts: 30 days
    arms: { offer: control }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: ${amount(30)} } }
    expect:
      messages: []
      exits: [{ customer: c1, reason: control }]
`,
  'templates/winback/news.email.hbs': `---
subject: ${say('\'{{default customer.name "Friend"}}, a lot is new here\'', "'{{#if customer.name}}{{customer.name}}, у нас{{else}}У нас{{/if}} много нового'")}
preheader: ${say('What came in while you were away.', 'Что появилось, пока вас не было.')}
---
<html>
<body>
${say('<p>Hello {{default customer.name "friend"}},</p>', '<p>Здравствуйте{{#if customer.name}}, {{customer.name}}{{/if}}!</p>')}
${say('<p>it has been a while. Here is what came in: <a href="https://shop.example/new">all that is new</a>.</p>', '<p>Давно не виделись. Вот что появилось: <a href="https://shop.example/new">все новинки</a>.</p>')}
{{> footer}}
</body>
</html>
`,
  'templates/winback/offer.email.hbs': `---
subject: ${say('Fifteen percent to come back', 'Скидка 15% к возвращению')}
---
<html>
<body>
${say('<p>Hello {{default customer.name "friend"}},</p>', '<p>Здравствуйте{{#if customer.name}}, {{customer.name}}{{/if}}!</p>')}
${say('<p>the code BACK takes fifteen percent off your next order, this week.</p>', '<p>По коду BACK следующий заказ на этой неделе дешевле на 15%.</p>')}
{{> footer}}
</body>
</html>
`,
  'templates/winback/offer.sms.hbs': `${say('My shop: 15% off your next order this week with the code BACK.', 'Мой магазин: скидка 15% на следующий заказ на этой неделе, код BACK.')}
`,
});
