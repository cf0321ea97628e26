import type { Wording } from './setting.ts';

/** The first day of the simulation that the invented customers are made for, in local time. */
export const SIMULATED_FROM = '2026-03-02T00:00';

/** Returns the files that every beginning has in common, by path. */
export function shopFiles(wording: Wording): Record<string, string> {
  return { 'crm.yaml': project(wording), 'templates/partials/footer.hbs': footer(wording) };
}

const project = ({
  name,
  language,
  timezone,
  currency,
  say,
  instant,
}: Wording) => `# yaml-language-server: $schema=crm.schema.json
project:
  name: ${name}
  timezone: ${timezone}
  locale: ${language}
  currency: ${currency}
  ${say('# Segments are looked through at midnight.', '# Сегменты пересчитываются в полночь.')}
  segments_refresh: 1 day
  ${say('# Which days `crm simulate` and the forecast of `crm plan` live through, and how customers react there.', '# Какие дни проживают `crm simulate` и прогноз `crm plan`, и как клиенты отвечают.')}
  simulation:
    from: ${instant(SIMULATED_FROM)}
    engagement:
      email: { open: 40%, click: 10% }

data:
  customers:
    from: sample/customers.csv
    attributes:
      name: { type: string, pii: true }
      email: email
      phone: phone
      zone: timezone
  events:
    registered:
      from: sample/registered.csv
      fields: {}
    cart_updated:
      from: sample/carts.csv
      fields:
        items_count: integer
        total: money
    order_paid:
      from: sample/orders.csv
      fields:
        total: money
  consent: sample/consent.csv

channels:
  ${say('# Messages become files. For real ones: { transport: smtp, url: env:SMTP_URL, from: "My shop <shop@example.com>" }', '# Сообщения пишутся в файлы. Для настоящих: { transport: smtp, url: env:SMTP_URL, from: "Мой магазин <shop@example.com>" }')}
  email:
    transport: file
    directory: out/email
    from: ${say('My shop', 'Мой магазин')} <shop@example.com>
    unsubscribe: https://shop.example/unsubscribe
    price: ${say('0.001', '0.1')}
  sms:
    transport: file
    directory: out/sms
    price: ${say('0.04', '4.5')}

policies:
  quiet_hours: { from: "21:00", to: "09:00", otherwise: hold }
  caps:
    daily: { max: 1, per: calendar day }
`;

const footer = ({
  say,
}: Wording) => `<p style="color:#777">${say('You get this letter because you registered with', 'Вы получили это письмо, потому что зарегистрировались в')} {{project.name}}.
<a href="{{unsubscribe_url}}">${say('Unsubscribe', 'Отписаться')}</a></p>
`;
