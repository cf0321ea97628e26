/** Reminds of a cart that was filled and left. */
export const cart: Record<string, string> = {
  'campaigns/cart.crm.yaml': `# yaml-language-server: $schema=../node_modules/kaskad/schemas/crm.schema.json
campaigns:
  cart:
    title: Abandoned cart
    on: { event: cart_updated, when: event.items_count > 0 }
    # Whoever buys, or empties the cart, must not be reminded of it.
    exit:
      - { event: order_paid }
      - { event: cart_updated, when: event.items_count == 0 }
    goal: { event: order_paid, within: 7 days, value: event.total }
    reenter: after 7 days
    steps:
      # Most who are going to buy have done so by then.
      - wait: 2 hours
      - split:
          id: offer
          arms:
            # Gets nothing: what the others do beyond it is the effect.
            control: { share: 10% }
            reminded:
              share: 90%
              steps:
                - send: { email: cart/reminder }
                - wait: 1 day
                # An SMS is dear: only where it may bring back more than it costs.
                - if: event.total >= 50
                  then:
                    - send: { sms: cart/reminder }
`,
  'tests/cart.crm.yaml': `# yaml-language-server: $schema=../node_modules/kaskad/schemas/crm.schema.json
tests:
  a-full-cart-is-worth-an-sms:
    campaign: cart
    start: 2026-03-02T10:00:00+00:00
    arms: { offer: reminded }
    customers: [{ id: c1, name: Ada, email: c1@example.com, phone: "+447700900001", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 2, total: 80 } }
    expect:
      messages:
        - { at: +2h, email: cart/reminder, contains: [Ada] }
        - { at: +1d 2h, sms: cart/reminder }

  a-small-cart-is-not:
    campaign: cart
    start: 2026-03-02T10:00:00+00:00
    arms: { offer: reminded }
    customers: [{ id: c1, email: c1@example.com, phone: "+447700900001", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 1, total: 20 } }
    expect:
      messages: [{ email: cart/reminder }]

  a-buyer-gets-no-reminder:
    campaign: cart
    start: 2026-03-02T10:00:00+00:00
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 2, total: 80 } }
      - { at: +90m, customer: c1, order_paid: { total: 80 } }
    expect:
      messages: []
      exits: [{ customer: c1, reason: exit-event }]

  the-control-group-gets-nothing:
    campaign: cart
    start: 2026-03-02T10:00:00+00:00
    arms: { offer: control }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 2, total: 80 } }
    expect:
      messages: []
      exits: [{ customer: c1, reason: control }]
`,
  'templates/cart/reminder.email.hbs': `---
subject: Your cart is waiting
preheader: We have kept everything for you.
---
<html>
<body>
<p>Hello {{default customer.name "friend"}},</p>
<p>you left goods for {{money event.total}} in your cart. <a href="https://shop.example/cart">Here they are.</a></p>
{{> footer}}
</body>
</html>
`,
  'templates/cart/reminder.sms.hbs': `My shop: your cart is waiting for you, https://shop.example/cart
`,
};
