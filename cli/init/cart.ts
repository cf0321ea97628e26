import type { Wording } from './setting.ts';

/** Reminds of a cart that was filled and left. */
export const cart = ({ say, amount, instant, phone }: Wording): Record<string, string> => ({
  'campaigns/cart.crm.yaml': `# yaml-language-server: $schema=../crm.schema.json
campaigns:
  cart:
    title: ${say('Abandoned cart', 'Брошенная корзина')}
    ${say('# Each change begins anew: the wait counts from the last one, and the reminder shows the last cart.', '# Каждое изменение начинает заново: ожидание считается от последнего, и напоминание показывает последнюю корзину.')}
    on: { event: cart_updated, when: event.items_count > 0, restart: true }
    ${say('# Whoever buys, or empties the cart, must not be reminded of it.', '# Кто купил или опустошил корзину, тому не напоминаем.')}
    exit:
      - { event: order_paid }
      - { event: cart_updated, when: event.items_count == 0 }
    goal: { event: order_paid, within: 7 days, value: event.total }
    reenter: after 7 days
    steps:
      ${say('# Most who are going to buy have done so by then.', '# К этому времени почти все, кто собирался купить, уже купили.')}
      - wait: 2 hours
      - split:
          id: offer
          arms:
            ${say('# Gets nothing: what the others do beyond it is the effect.', '# Не получает ничего: то, что остальные сделают сверх этого, и есть эффект.')}
            control: { share: 10% }
            reminded:
              share: 90%
              steps:
                - send: { email: cart/reminder }
                - wait: 1 day
                ${say('# An SMS is dear: only where it may bring back more than it costs.', '# SMS дорогая: только там, где она может вернуть больше, чем стоит.')}
                - if: event.total >= ${amount(50)}
                  then:
                    - send: { sms: cart/reminder }
`,
  'tests/cart.crm.yaml': `# yaml-language-server: $schema=../crm.schema.json
tests:
  a-full-cart-is-worth-an-sms:
    campaign: cart
    start: ${instant('2026-03-02T10:00')}
    arms: { offer: reminded }
    customers: [{ id: c1, name: ${say('Ada', 'Ада')}, email: c1@example.com, phone: "${phone(1)}", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 2, total: ${amount(80)} } }
    expect:
      messages:
        - { at: +2h, email: cart/reminder, contains: [${say('Ada', 'Ада')}] }
        - { at: +1d 2h, sms: cart/reminder }

  the-last-cart-counts:
    campaign: cart
    start: ${instant('2026-03-02T10:00')}
    arms: { offer: reminded }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 1, total: 1 } }
      - { at: +1h, customer: c1, cart_updated: { items_count: 2, total: 42 } }
    expect:
      messages: [{ at: +3h, email: cart/reminder, contains: ["42"] }]

  a-small-cart-is-not:
    campaign: cart
    start: ${instant('2026-03-02T10:00')}
    arms: { offer: reminded }
    customers: [{ id: c1, email: c1@example.com, phone: "${phone(1)}", consent: [email, sms] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 1, total: ${amount(20)} } }
    expect:
      messages: [{ email: cart/reminder }]

  a-buyer-gets-no-reminder:
    campaign: cart
    start: ${instant('2026-03-02T10:00')}
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 2, total: ${amount(80)} } }
      - { at: +90m, customer: c1, order_paid: { total: ${amount(80)} } }
    expect:
      messages: []
      exits: [{ customer: c1, reason: exit-event }]

  the-control-group-gets-nothing:
    campaign: cart
    start: ${instant('2026-03-02T10:00')}
    arms: { offer: control }
    customers: [{ id: c1, email: c1@example.com, consent: [email] }]
    events:
      - { at: +0m, customer: c1, cart_updated: { items_count: 2, total: ${amount(80)} } }
    expect:
      messages: []
      exits: [{ customer: c1, reason: control }]
`,
  'templates/cart/reminder.email.hbs': `---
subject: ${say('Your cart is waiting', 'Ваша корзина ждёт вас')}
preheader: ${say('We have kept everything for you.', 'Мы всё сохранили.')}
---
<html>
<body>
${say('<p>Hello {{default customer.name "friend"}},</p>', '<p>Здравствуйте{{#if customer.name}}, {{customer.name}}{{/if}}!</p>')}
${say('<p>you left goods for {{money event.total}} in your cart. <a href="https://shop.example/cart">Here they are.</a></p>', '<p>В вашей корзине остались товары на {{money event.total}}. <a href="https://shop.example/cart">Вернуться к ним</a></p>')}
{{> footer}}
</body>
</html>
`,
  'templates/cart/reminder.sms.hbs': `${say('My shop: your cart is waiting for you, https://shop.example/cart', 'Мой магазин: корзина ждёт вас, https://shop.example/cart')}
`,
});
