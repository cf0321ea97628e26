import { laterAll } from '../words/t.ts';

/** The meaning of each finding about templates: one line a code. */
export const templateCodes: Record<string, string> = laterAll({
  CRM3001: 'The front matter of a template cannot be read',
  CRM3002: 'A key of the front matter is unknown or does not suit the channel',
  CRM3003: 'A value of the front matter is not a text',
  CRM3004: 'An e-mail has no subject, or a push no title',
  CRM3005: 'The file name of a template does not say its channel or locale',
  CRM3006: 'Two files give the same template or partial',
  CRM3007: 'The Handlebars syntax is broken',
  CRM3008: 'A template is too large or too deeply nested',
  CRM3010: 'A template uses an unknown variable',
  CRM3011: 'A template uses an unknown helper',
  CRM3012: 'A helper is given what it cannot take',
  CRM3013: 'A block runs over what is not a list or a record',
  CRM3014: 'A list or a record is printed as if it were a text',
  CRM3015: 'A value is printed without escaping',
  CRM3016: 'A template uses a feature of Handlebars that is not allowed',
  CRM3018: 'A template includes an unknown partial',
  CRM3019: 'A partial includes itself',
  CRM3020: 'Data stands in a tag outside of a quoted attribute',
  CRM3021: 'Data stands unencoded in an address',
  CRM3022: 'Data stands where a browser runs or ignores it: script, style, comment',
  CRM3023: 'The branches of a block end at different places of the HTML',
  CRM3024: 'A marketing e-mail has no link to unsubscribe',
});
