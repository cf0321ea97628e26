/** Returns the files that every beginning has in common, by path. `name`: of the project. */
export function shopFiles(name: string): Record<string, string> {
  return { 'crm.yaml': project(name), 'templates/partials/footer.hbs': footer };
}

const project = (name: string) => `# yaml-language-server: $schema=node_modules/kaskad/schemas/crm.schema.json
project:
  name: ${name}
  timezone: Europe/London
  locale: en
  currency: GBP
  # Segments are looked through at midnight.
  segments_refresh: 1 day
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
`;

const footer = `<p style="color:#777">You get this letter because you registered with {{project.name}}.
<a href="{{unsubscribe_url}}">Unsubscribe</a></p>
`;
