import type { Files } from './editor.test-helper.ts';

/** A small shop on both surfaces. Five files use the segment `sleeping`. */
export const shop: Files = {
  'project.crm': `project shop {
  timezone Europe/Moscow
  locale en
  currency EUR
}

customers {
  from customers.csv
  attributes {
    name string pii "First name"
    email email
    phone phone
    push_token string pii
    city string
    tier string "Loyalty tier"
  }
}

event cart_updated "Cart changed" {
  from carts.jsonl
  fields {
    total money
    items_count integer
    items list { name string, price money }
  }
}

event order_paid "Order paid" {
  from orders.csv
  fields { total money }
}

channel email {
  transport file
  directory out/email
  from "Shop <hello@shop.example>"
  price 0.25
}

channel push {
  transport file
  directory out/push
}

channel sms {
  transport file
  directory out/sms
  price 4.2
}
`,
  'segments.crm': `# The last order was 45 to 90 days ago.
segment sleeping "Sleeping buyers" {
  where last(order_paid) < 45 days ago and last(order_paid) >= 90 days ago
}

segment valuable {
  where count(order_paid) >= 3 and not in segment sleeping
}
`,
  'more.crm.yaml': `segments:
  sleepers-of-moscow:
    title: Sleeping, in the capital
    where: "in segment sleeping and city == \\"Moscow\\""
`,
  'winback.crm': `campaign winback {
  on enters sleeping
  audience not (in segment sleeping and tier == "gold") or in segment valuable
  exit on event order_paid when event.total > 100
  goal order_paid within 7 days value event.total

  wait 2 hours
  if reachable(sms) {
    send sms winback
  } else {
    send email winback as letter
  }
}
`,
  'cart.crm.yaml': `campaigns:
  cart:
    on: { event: cart_updated, when: event.items_count > 0 }
    exit: { event: order_paid }
    steps:
      - if: in segment sleeping
        then:
          - send: { email: cart/reminder }
`,
  'sleep.crm.yaml': `campaigns:
  sleep:
    on: { enters: sleeping }
    steps:
      - send: { sms: winback }
`,
  'templates/winback.email.hbs': `---
subject: "{{customer.name}}, we miss you"
---
<p>How is {{customer.city}}?</p>
<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p>
`,
  'templates/winback.sms.hbs': 'We miss you, {{customer.name}}\n',
  'templates/cart/reminder.email.hbs': `---
subject: "{{event.items_count}} items"
---
<p>{{#with customer}}{{name}}{{/with}}</p>
<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p>
`,
};

/** Returns a file of the shop with the mark in its first `before` + `after`, between the two. */
export function marked(path: string, before: string, after = ''): string {
  const text = shop[path] ?? '';
  const at = text.indexOf(before + after);
  if (at === -1) throw new Error(`${path} has no ${before}${after}`);
  const cursor = at + before.length;
  return `${text.slice(0, cursor)}▮${text.slice(cursor)}`;
}
