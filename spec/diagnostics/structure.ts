import { later } from '../words/t.ts';
import { dsl, type Explanation, project, yaml } from './explanation.ts';

const shop = `project: { name: shop, timezone: Europe/Moscow, locale: en, currency: EUR }`;
const hello = `campaigns:
  hello:
    on: { event: registered }
    steps:
      - send: { email: hello }
`;

/** The findings about the notation of files: YAML, the DSL, keys and their values. */
export const structure: Record<string, Explanation> = {
  CRM1001: yaml(
    later`YAML itself does not understand the file: an indentation, a quotation mark or a bracket is not as it should be. Nothing of the file can be used until it is.`,
    `segments:
  omsk:
    title: Note: the town
    where: city == "Omsk"
`,
    `segments:
  omsk:
    title: "Note: the town"
    where: city == "Omsk"
`,
  ),
  CRM1002: yaml(
    later`YAML tells by the indentation what belongs to what, and a tab has no agreed width. So it allows blanks only.`,
    `segments:
\tomsk: { where: city == "Omsk" }
`,
    `segments:
  omsk: { where: city == "Omsk" }
`,
  ),
  CRM1003: yaml(
    later`Only one of two equal keys could count, and which one would be a guess.`,
    `segments:
  omsk: { where: city == "Omsk" }
  omsk: { where: city == "Tomsk" }
`,
    `segments:
  omsk: { where: city == "Omsk" }
  tomsk: { where: city == "Tomsk" }
`,
  ),
  CRM1004: yaml(
    later`The file would take more memory or time than anything a person writes: it is too long, nested too deeply, or an alias contains itself. That is a slip or an attack, so it is refused before it is read further.`,
    `segments:
  omsk: &omsk
    where: city == "Omsk"
    title: *omsk
`,
    `segments:
  omsk:
    where: city == "Omsk"
    title: Omsk
`,
  ),
  CRM1005: yaml(
    later`The file holds invisible control characters, or was saved in another encoding than UTF-8. What one person sees would not be what another one, or the database, reads.`,
    `segments:
  omsk: { where: city == "Om\u0007sk" }
`,
    `segments:
  omsk: { where: city == "Omsk" }
`,
  ),
  CRM1006: project(
    later`A project begins with the file crm.yaml (in the DSL: project.crm), which says whose shop it is. Without one, nothing tells which folder is meant.`,
    { 'shop/crm.yaml': `${shop}\n` },
    { 'crm.yaml': `${shop}\n` },
  ),
  CRM1007: yaml(
    later`What holds for the whole project is said in its own file only, so that it is said once and found at once.`,
    `${shop}
${hello}`,
    hello,
  ),
  CRM1010: yaml(
    later`A key that nobody reads does nothing, although whoever wrote it believes it does: an exit that is misspelt would never end a campaign.`,
    `campaigns:
  hello:
    on: { event: registered }
    exits: { event: order_paid }
    steps:
      - send: { email: hello }
`,
    `campaigns:
  hello:
    on: { event: registered }
    exit: { event: order_paid }
    steps:
      - send: { email: hello }
`,
  ),
  CRM1011: yaml(
    later`Without the key it is not said what is to happen, and no default would be right for everybody.`,
    `campaigns:
  hello:
    steps:
      - send: { email: hello }
`,
    hello,
  ),
  CRM1012: yaml(
    later`Another kind of value stands there than can be made sense of: text instead of a number, a list instead of a map, or nothing at all. It is not converted silently, since the guess could be wrong.`,
    `campaigns:
  hello:
    priority: high
    on: { event: registered }
    steps:
      - send: { email: hello }
`,
    `campaigns:
  hello:
    priority: 10
    on: { event: registered }
    steps:
      - send: { email: hello }
`,
  ),
  CRM1013: yaml(
    later`Only the listed words have a meaning there.`,
    `campaigns:
  hello:
    category: advertising
    on: { event: registered }
    steps:
      - send: { email: hello }
`,
    `campaigns:
  hello:
    category: marketing
    on: { event: registered }
    steps:
      - send: { email: hello }
`,
  ),
  CRM1014: yaml(
    later`A number is too small or too large, or a list or map has too few or too many entries, for it to do anything sensible.`,
    `policies:
  caps:
    daily: { max: 0, per: calendar day }
`,
    `policies:
  caps:
    daily: { max: 1, per: calendar day }
`,
  ),
  CRM1015: yaml(
    later`Names stand in expressions, in tables and on the command line, so they keep to Latin letters, digits and a few signs. For people there is the title.`,
    `segments:
  спящие: { where: count(order_paid) == 0 }
`,
    `segments:
  sleeping: { title: Спящие, where: count(order_paid) == 0 }
`,
  ),
  CRM1016: yaml(
    later`The two keys mean different things, and only one can be meant. Two steps are two items of the list.`,
    `campaigns:
  hello:
    on: { event: registered }
    steps:
      - wait: 1 day
        send: { email: hello }
`,
    `campaigns:
  hello:
    on: { event: registered }
    steps:
      - wait: 1 day
      - send: { email: hello }
`,
  ),
  CRM1040: dsl(
    later`A statement lacks a word that it cannot do without, or a word stands where none belongs and would say nothing.`,
    `consent sample/consent.csv
`,
    `consent from sample/consent.csv
`,
  ),
  CRM1041: dsl(
    later`Braces tell what belongs to what. With one missing, what follows would become part of the wrong thing.`,
    `segment omsk {
  where city == "Omsk"
`,
    `segment omsk {
  where city == "Omsk"
}
`,
  ),
  CRM1043: dsl(
    later`A text in quotes ends on the line on which it begins, and knows few escapes. An open one would swallow the rest of the file.`,
    `segment omsk "The town {
  where city == "Omsk"
}
`,
    `segment omsk "The town" {
  where city == "Omsk"
}
`,
  ),
};
