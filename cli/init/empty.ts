/** A project of which everything is still to be said. */
export function emptyFiles(name: string): Record<string, string> {
  return {
    'crm.yaml': `# yaml-language-server: $schema=node_modules/kaskad/schemas/crm.schema.json
project:
  name: ${name}
  timezone: Europe/London
  locale: en
  currency: GBP

# What there is to know of customers, and what they do. The files: CSV or JSON lines.
data:
  customers:
    attributes:
      name: string
      email: email
  events:
    order_paid:
      fields:
        total: money
`,
  };
}
