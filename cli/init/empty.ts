import type { Wording } from './setting.ts';

/** A project of which everything is still to be said. */
export function emptyFiles({ name, language, timezone, currency, say }: Wording): Record<string, string> {
  return {
    'crm.yaml': `# yaml-language-server: $schema=crm.schema.json
project:
  name: ${name}
  timezone: ${timezone}
  locale: ${language}
  currency: ${currency}

${say('# What there is to know of customers, and what they do. The files: CSV or JSON lines.', '# Что известно о клиентах и что они делают. Файлы добавит `crm import`.')}
data:
  customers:
    attributes:
      name: { type: string, pii: true }
      email: email
  events:
    order_paid:
      fields:
        total: money
`,
  };
}
