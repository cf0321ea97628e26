/** Writes to those who have stopped buying. */
export const winback: Record<string, string> = {
  'campaigns/winback.crm.yaml': `# yaml-language-server: $schema=../node_modules/kaskad/schemas/crm.schema.json
segments:
  sleeping:
    title: Bought once, but not for 60 days
    where: last(order_paid) < 60 days ago

campaigns:
  winback:
    title: We miss you
    # From the day on which somebody falls asleep; those who sleep already are not written to all at once.
    on: { enters: sleeping }
    exit: { event: order_paid }
    goal: { event: order_paid, within: 30 days, value: event.total }
    reenter: after 180 days
    steps:
      - wait: { until: "11:00" }
      - split:
          id: offer
          arms:
            # Gets nothing: what the others do beyond it is the effect.
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
  'tests/winback.crm.yaml': `# yaml-language-server: $schema=../node_modules/kaskad/schemas/crm.schema.json
tests:
  who-falls-asleep-is-invited-back:
    campaign: winback
    start: 2026-03-02T10:00:00+00:00
    lasts: 30 days
    arms: { offer: invited }
    customers: [{ id: c1, name: Ada, email: c1@example.com, phone: "+447700900001", consent: [email, sms] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: 30 } }
    expect:
      messages:
        - { email: winback/news, contains: [Ada] }
        - { email: winback/offer }
        - { sms: winback/offer }

  who-opens-the-offer-gets-no-sms:
    campaign: winback
    start: 2026-03-02T10:00:00+00:00
    lasts: 30 days
    arms: { offer: invited }
    customers: [{ id: c1, email: c1@example.com, phone: "+447700900001", consent: [email, sms] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: 30 } }
    reactions:
      - { at: +9d 2h, customer: c1, opened: email }
    expect:
      messages: [{ email: winback/news }, { email: winback/offer }]

  who-buys-is-left-alone:
    campaign: winback
    start: 2026-03-02T10:00:00+00:00
    lasts: 30 days
    arms: { offer: invited }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: 30 } }
      - { at: +3d, customer: c1, order_paid: { total: 50 } }
    expect:
      messages: [{ email: winback/news }]
      exits: [{ customer: c1, reason: exit-event }]

  the-control-group-gets-nothing:
    campaign: winback
    start: 2026-03-02T10:00:00+00:00
    lasts: 30 days
    arms: { offer: control }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: -59d, customer: c1, order_paid: { total: 30 } }
    expect:
      messages: []
      exits: [{ customer: c1, reason: control }]
`,
  'templates/winback/news.email.hbs': `---
subject: '{{default customer.name "Friend"}}, a lot is new here'
preheader: What came in while you were away.
---
<html>
<body>
<p>Hello {{default customer.name "friend"}},</p>
<p>it has been a while. Here is what came in: <a href="https://shop.example/new">all that is new</a>.</p>
{{> footer}}
</body>
</html>
`,
  'templates/winback/offer.email.hbs': `---
subject: Fifteen percent to come back
---
<html>
<body>
<p>Hello {{default customer.name "friend"}},</p>
<p>the code BACK takes fifteen percent off your next order, this week.</p>
{{> footer}}
</body>
</html>
`,
  'templates/winback/offer.sms.hbs': `My shop: 15% off your next order this week with the code BACK.
`,
};
