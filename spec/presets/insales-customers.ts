import { later } from '../words/t.ts';
import type { Preset } from './preset.ts';

/** InSales API, "Clients": the answer of GET /admin/clients.json, as a file. */
export const insalesCustomers: Preset = {
  title: later`InSales: clients (API)`,
  holds: 'customers',
  layout: 'json',
  columns: [
    ...['id', 'created_at', 'updated_at', 'bonus_points', 'client_group_id', 'email', 'middlename', 'name', 'phone'],
    ...['surname', 'registered', 'subscribe', 'type', 'consent_to_personal_data', 'correspondent_account', 'ip_addr'],
    ...[
      'settlement_account',
      'progressive_discount',
      'group_discount',
      'juridical_address',
      'inn',
      'kpp',
      'ogrn',
      'okpo',
    ],
    ...['bik', 'bank_name', 'fields_values'],
  ],
  marks: ['id', 'email', 'name', 'surname', 'client_group_id', 'registered', 'subscribe'],
  gives: { email: 'email', phone: 'phone', first_name: 'string', last_name: 'string', points: 'integer' },
  consent: [{ channel: 'email', column: 'subscribe' }],
  source: {
    rename: {
      id: 'id',
      email: 'email',
      phone: 'phone',
      name: 'first_name',
      surname: 'last_name',
      bonus_points: 'points',
    },
  },
};
