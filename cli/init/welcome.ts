/** Greets whoever registers, and reminds those who do not buy. */
export const welcome: Record<string, string> = {
  'campaigns/welcome.crm.yaml': `# yaml-language-server: $schema=../node_modules/kaskad/schemas/crm.schema.json
campaigns:
  welcome:
    title: Welcome
    on: { event: registered }
    # Whoever buys has been welcomed.
    exit: { event: order_paid }
    goal: { event: order_paid, within: 14 days, value: event.total }
    steps:
      - send: { email: welcome/hello }
      - wait: 2 days
      - split:
          id: offer
          arms:
            # Gets nothing: what the others do beyond it is the effect.
            control: { share: 20% }
            reminded:
              share: 80%
              steps:
                - cascade:
                    - { email: welcome/offer, until: opened, within: 1 day }
                    - { sms: welcome/offer }
`,
  'tests/welcome.crm.yaml': `# yaml-language-server: $schema=../node_modules/kaskad/schemas/crm.schema.json
tests:
  an-email-that-is-not-opened-is-followed-by-an-sms:
    campaign: welcome
    start: 2026-03-02T10:00:00+00:00
    arms: { offer: reminded }
    customers: [{ id: c1, name: Ada, email: c1@example.com, phone: "+447700900001", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
    expect:
      messages:
        - { at: +0m, email: welcome/hello, contains: [Ada] }
        - { at: +2d, email: welcome/offer }
        - { at: +3d, sms: welcome/offer }

  who-opens-the-offer-gets-no-sms:
    campaign: welcome
    start: 2026-03-02T10:00:00+00:00
    arms: { offer: reminded }
    customers: [{ id: c1, email: c1@example.com, phone: "+447700900001", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
    reactions:
      - { at: +50h, customer: c1, opened: email }
    expect:
      messages: [{ email: welcome/hello }, { email: welcome/offer }]

  a-buyer-is-left-alone:
    campaign: welcome
    start: 2026-03-02T10:00:00+00:00
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
      - { at: +1d, customer: c1, order_paid: { total: 30 } }
    expect:
      messages: [{ email: welcome/hello }]
      exits: [{ customer: c1, reason: exit-event }]

  the-control-group-gets-no-offer:
    campaign: welcome
    start: 2026-03-02T10:00:00+00:00
    arms: { offer: control }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, registered: {} }
    expect:
      messages: [{ email: welcome/hello }]
      exits: [{ customer: c1, reason: control }]
`,
  'templates/welcome/hello.email.hbs': `---
subject: Welcome, {{default customer.name "friend"}}!
preheader: Good to have you here.
---
<html>
<body>
<p>Hello {{default customer.name "friend"}},</p>
<p>good to have you here. Look around; delivery of your first order is on us.</p>
{{> footer}}
</body>
</html>
`,
  'templates/welcome/offer.email.hbs': `---
subject: Ten percent off your first order
---
<html>
<body>
<p>Hello {{default customer.name "friend"}},</p>
<p>the code WELCOME takes ten percent off your first order, this week.</p>
{{> footer}}
</body>
</html>
`,
  'templates/welcome/offer.sms.hbs': `My shop: 10% off your first order this week with the code WELCOME.
`,
};
