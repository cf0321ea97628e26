import { later } from '../words/t.ts';
import { body, type Explanation, email } from './explanation.ts';

const link = `<a href="{{unsubscribe_url}}">Unsubscribe</a>`;
const mail = (front: string, text: string) => `---
${front}
---
${text}
${link}
`;

/** Templates of messages. */
export const templates: Record<string, Explanation> = {
  CRM3001: email(
    later`The lines between the two --- are YAML: keys with texts. As they stand, it is not known what the subject is.`,
    `---
subject: Hello
<p>Welcome.</p> ${link}
`,
    mail('subject: Hello', '<p>Welcome.</p>'),
  ),
  CRM3002: email(
    later`Nobody reads the key, so that what it says would be lost.`,
    mail('subject: Hello\npreview: Nice to see you', '<p>Welcome.</p>'),
    mail('subject: Hello\npreheader: Nice to see you', '<p>Welcome.</p>'),
  ),
  CRM3003: email(
    later`What is printed is a text. A number, a date or a list may come out otherwise than it was written.`,
    mail('subject: 2026', '<p>Welcome.</p>'),
    mail('subject: "2026"', '<p>Welcome.</p>'),
  ),
  CRM3004: email(
    later`Nobody opens an e-mail without a subject or a push message without a title.`,
    mail('preheader: Nice to see you', '<p>Welcome.</p>'),
    mail('subject: Hello', '<p>Welcome.</p>'),
  ),
  CRM3005: email(
    later`The name of the file tells for which channel and which language a text is. It is \`<name>.<channel>.hbs\` or \`<name>.<channel>.<locale>.hbs\`.`,
    { 'templates/welcome.mail.hbs': mail('subject: Hello', '<p>Welcome.</p>') },
    { 'templates/welcome.email.hbs': mail('subject: Hello', '<p>Welcome.</p>') },
  ),
  CRM3006: email(
    later`Only one of the two texts could be sent, and which one would be a guess.`,
    {
      'templates/welcome.email.en.hbs': mail('subject: Hello', '<p>Welcome.</p>'),
      'templates/welcome.email.EN.hbs': mail('subject: Hi', '<p>Welcome.</p>'),
    },
    {
      'templates/welcome.email.en.hbs': mail('subject: Hello', '<p>Welcome.</p>'),
      'templates/welcome.email.de.hbs': mail('subject: Hallo', '<p>Willkommen.</p>'),
    },
  ),
  CRM3007: body(
    later`What stands between braces is not finished, or a block is not closed. Nothing of the text can be printed.`,
    '<p>{{#if customer.name}}Hello, {{customer.name}}!</p>',
    '<p>{{#if customer.name}}Hello, {{customer.name}}!{{/if}}</p>',
  ),
  CRM3008: body(
    later`The text with all that it includes is larger, or nested more deeply, than any message. Nobody means that.`,
    `${'{{#if customer.name}}'.repeat(150)}Hello!${'{{/if}}'.repeat(150)}`,
    '{{#if customer.name}}Hello!{{/if}}',
  ),
  CRM3010: body(
    later`There is nothing of this name to print. The customer would see a gap.`,
    '<p>Hello, {{customer.nmae}}!</p>',
    '<p>Hello, {{customer.name}}!</p>',
  ),
  CRM3011: body(
    later`There is no helper of this name. What templates can do is a short list on purpose.`,
    '<p>{{mony event.total}}</p>',
    '<p>{{money event.total}}</p>',
  ),
  CRM3012: body(
    later`The helper cannot make anything of what it is given: it takes another type, or more or fewer values.`,
    '<p>{{money customer.name}}</p>',
    '<p>{{money event.total}}</p>',
  ),
  CRM3013: body(
    later`\`#each\` goes through a list, and \`#with\` enters a record. Of a single value neither makes sense.`,
    '<ul>{{#each customer.name}}<li>{{this}}</li>{{/each}}</ul>',
    '<ul>{{#each event.items}}<li>{{this.name}}</li>{{/each}}</ul>',
  ),
  CRM3014: body(
    later`A list or a record has no text of its own: print its parts.`,
    '<p>{{event.items}}</p>',
    '<p>{{#each event.items}}{{this.name}} {{/each}}</p>',
  ),
  CRM3015: body(
    later`Three braces print a value as HTML. Whoever can choose their own name could write into everybody’s e-mail.`,
    '<p>Hello, {{{customer.name}}}!</p>',
    '<p>Hello, {{customer.name}}!</p>',
  ),
  CRM3016: body(
    later`The feature runs code, or chooses at run time what is included, so that nobody could check the text beforehand.`,
    '{{#*inline "hello"}}Hello!{{/inline}}',
    '<p>Hello!</p>',
  ),
  CRM3018: {
    ...body(
      later`There is no file of this name under templates/partials, so that there is nothing to include.`,
      '<p>Hello!</p>{{> foter}}',
      '<p>Hello!</p>{{> footer}}',
    ),
  },
  CRM3019: email(
    later`A text that includes itself never ends.`,
    {
      'templates/hello.email.hbs': mail('subject: Hello', '{{> loop}}'),
      'templates/partials/loop.hbs': 'Hello! {{> loop}}',
    },
    {
      'templates/hello.email.hbs': mail('subject: Hello', '{{> loop}}'),
      'templates/partials/loop.hbs': 'Hello!',
    },
  ),
  CRM3020: body(
    later`In a tag without quotes, a blank in the data begins a new attribute, and a customer could choose which one.`,
    '<p title={{customer.name}}>Hello!</p>',
    '<p title="{{customer.name}}">Hello!</p>',
  ),
  CRM3021: body(
    later`In an address, data may hold signs with a meaning there. Unencoded, it could lead somewhere else.`,
    '<a href="https://shop.example/?q={{customer.city}}">Shop</a>',
    '<a href="https://shop.example/?q={{url customer.city}}">Shop</a>',
  ),
  CRM3022: body(
    later`In a script, a style or a comment, no encoding makes data safe: a browser would run it, or nobody would see it.`,
    '<p style="color: {{customer.city}}">Hello!</p>',
    '<p style="color: green">Hello, {{customer.city}}!</p>',
  ),
  CRM3023: body(
    later`One branch ends inside of a tag and the other one does not, so that the HTML after the block has two meanings.`,
    '<a href="{{#if customer.city}}https://shop.example/city">{{else}}https://shop.example{{/if}}">Shop</a>',
    '<a href="{{#if customer.city}}https://shop.example/city{{else}}https://shop.example{{/if}}">Shop</a>',
  ),
  CRM3024: email(
    later`Marketing needs a way out: the law of most countries asks for it, and mail programs put what has none among the spam.`,
    `---
subject: Hello
---
<p>Welcome.</p>
`,
    mail('subject: Hello', '<p>Welcome.</p>'),
  ),
};
