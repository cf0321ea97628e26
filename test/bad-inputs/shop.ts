/** A project without a fault; lint is silenced, because these tests are about mistakes. */
export const shop: Record<string, string> = {
  'crm.yaml': `project:
  name: shop
  timezone: Europe/Moscow
  locale: en
  currency: EUR
  lint:
    campaign-without-test: off
    unused-segment: off
    unused-template: off
    unused-channel: off
    no-control-arm: off
    no-exit-on-purchase: off
    marketing-without-quiet-hours: off
    twice-a-day: off
variables: { limit: 100 }
data:
  customers:
    attributes: { email: email, phone: phone, city: string, points: integer, birthday: date }
  events:
    cart_updated: { fields: { items_count: integer, total: money } }
    order_paid: { fields: { total: money } }
channels:
  email: { transport: console, unsubscribe: "https://shop.example/unsubscribe" }
  sms: { transport: console }
  crm: { kind: webhook, transport: console }
`,
  'base.crm': `segment vip { where points > $limit }

segment press { static }

campaign cart {
  on event cart_updated
  wait 2 hours
  send email cart/reminder as reminder
}
`,
  'templates/cart/reminder.email.hbs': '---\nsubject: Your cart\n---\n<p><a href="{{unsubscribe_url}}">No more</a></p>',
  'templates/cart/reminder.sms.hbs': 'Your cart waits',
};

const project = (zone: string) => `project shop {
  timezone ${zone}
  locale en
  currency EUR
}

variables { limit 100 }

customers { attributes { email email, phone phone, city string, points integer, birthday date } }

event cart_updated { fields { items_count integer, total money } }

event order_paid { fields { total money } }

channel email {
  transport console
  unsubscribe https://shop.example/unsubscribe
}

channel sms { transport console }

channel crm {
  kind webhook
  transport console
}
`;

/** The project file of the shop in the DSL, in a time zone. */
export const projectInDsl = project;
