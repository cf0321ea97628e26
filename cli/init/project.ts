/** The text files of a new project, by path. Short, and complete enough to plan, simulate and run. */
export const projectFiles: Record<string, string> = {
  'crm.yaml': `# yaml-language-server: $schema=node_modules/kaskad/schemas/crm.schema.json
project:
  name: my-shop
  timezone: Europe/London
  locale: en
  currency: GBP
  # Which days \`crm simulate\` and the forecast of \`crm plan\` live through, and how customers react there.
  simulation:
    from: 2026-03-02T00:00:00+00:00
    engagement:
      email: { open: 40%, click: 10% }

data:
  customers:
    from: sample/customers.csv
    attributes:
      name: string
      email: email
      phone: phone
      zone: timezone
  events:
    registered:
      from: sample/registered.csv
      fields: {}
    order_paid:
      from: sample/orders.csv
      fields:
        total: money
  consent: sample/consent.csv

segments:
  buyers:
    title: Customers who have bought
    where: count(order_paid) > 0

channels:
  # Messages become files. For real ones: { transport: smtp, url: env:SMTP_URL, from: "My shop <shop@example.com>" }
  email:
    transport: file
    directory: out/email
    from: My shop <shop@example.com>
    unsubscribe: https://shop.example/unsubscribe
    price: 0.001
  sms:
    transport: file
    directory: out/sms
    price: 0.04

policies:
  quiet_hours: { from: "21:00", to: "09:00", otherwise: hold }
  caps:
    daily: { max: 1, per: calendar day }
`,
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
  'templates/partials/footer.hbs': `<p style="color:#777">You get this letter because you registered with {{project.name}}.
<a href="{{unsubscribe_url}}">Unsubscribe</a></p>
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
  '.gitignore': `.kaskad/
out/
node_modules/
`,
};
