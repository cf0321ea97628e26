import type { Definition, Named, NameKind } from '../spec/names/mention.ts';
import { noun } from '../spec/words/many.ts';
import { t } from '../spec/words/t.ts';
import { fieldFacts, type Located, type Project } from './project.ts';

/** The words for each kind of name. */
const nouns: Record<NameKind, () => string> = {
  segment: () => noun('segment'),
  event: () => noun('event'),
  attribute: () => noun('attribute'),
  field: () => noun('field'),
  channel: () => noun('channel'),
  template: () => noun('template'),
  partial: () => noun('partial'),
  campaign: () => noun('campaign'),
  step: () => noun('step'),
  arm: () => noun('arm'),
  cascade: () => noun('cascade'),
  cap: () => noun('cap'),
  holdout: () => noun('hold-out'),
  variable: () => noun('variable'),
  test: () => noun('test'),
};

/** Returns the word for a kind of name, in the language of the output. */
export function kindWord(kind: NameKind): string {
  return nouns[kind]();
}

/** Describes a name in Markdown; undefined if it has no definition. */
export function describe(named: Named, project: Project): string | undefined {
  const found = project.definitionsOf(named);
  const [first] = found;
  if (!first) return undefined;
  const { mention } = first;
  const parts = [headline(mention, project), ...facts(mention, project), ...variants(found)];
  const comment = project.file(first.path) && commentsOf(project.file(first.path)?.text ?? '', mention);
  return [...parts, comment].filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** Describes a name in a few words, for a list. */
export function inBrief(mention: Definition, project: Project): string {
  if (mention.kind === 'attribute' || mention.kind === 'field') {
    const { type, title, pii } = fieldFacts(mention);
    return [type, pii ? t`personal` : undefined, title].filter((part) => part !== undefined).join(', ');
  }
  if (mention.kind === 'channel') return project.channelKind(mention.name);
  if (mention.kind === 'variable') return String(mention.written());
  return titleOf(mention) ?? kindWord(mention.kind);
}

function headline(mention: Definition, project: Project): string {
  const name = mention.kind === 'field' ? `${mention.owner}.${mention.name}` : mention.name;
  const title = titleOf(mention);
  const type =
    mention.kind === 'attribute' || mention.kind === 'field'
      ? fieldFacts(mention).type
      : mention.kind === 'channel'
        ? project.channelKind(mention.name)
        : undefined;
  return `${kindWord(mention.kind)} **${name}**${type === undefined ? '' : `: \`${type}\``}${title === undefined ? '' : ` — ${title}`}`;
}

function titleOf(mention: Definition): string | undefined {
  const written = mention.written();
  if (typeof written !== 'object' || written === null || !('title' in written)) return undefined;
  return typeof written.title === 'string' ? written.title : undefined;
}

function facts(mention: Definition, project: Project): (string | undefined)[] {
  const written = mention.written();
  const map = (typeof written === 'object' && written !== null ? written : {}) as Record<string, unknown>;
  switch (mention.kind) {
    case 'attribute':
    case 'field':
      return [fieldFacts(mention).pii ? t`Personal data.` : undefined];
    case 'event':
      return [fieldsOf(mention.name, project)];
    case 'segment':
      return [typeof map.where === 'string' ? fenced(map.where) : 'static' in map ? t`A list.` : undefined];
    case 'channel':
      return [
        shown(map.transport, (value) => t`transport \`${value}\``),
        shown(map.price, (value) => t`price \`${value}\``),
      ];
    case 'variable':
      return [`\`${String(written)}\``];
    case 'arm':
      return [shown(map.share, (value) => t`share \`${value}\``)];
    default:
      return [];
  }
}

function fieldsOf(event: string, project: Project): string | undefined {
  const fields = project
    .allOf('field', event)
    .map(({ mention }) => `- \`${mention.name}\`: ${inBrief(mention, project)}`);
  return fields.length === 0 ? t`Without fields.` : fields.join('\n');
}

function variants(found: readonly Located<Definition>[]): string[] {
  const [first] = found;
  if (first?.mention.kind !== 'template' && first?.mention.kind !== 'partial') return [];
  return [found.map(({ path }) => `- ${path}`).join('\n')];
}

function shown(value: unknown, show: (value: string) => string): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? show(String(value)) : undefined;
}

function fenced(text: string): string {
  return `\`\`\`\n${text.trim()}\n\`\`\``;
}

/** Returns the comments above a definition; for a segment, which is short, also those inside. */
function commentsOf(text: string, { kind, start, until }: Definition): string {
  if (kind === 'template' || kind === 'partial') return '';
  const before = text.slice(0, start).split('\n').slice(0, -1);
  const first = before.findLastIndex((one) => !one.trim().startsWith('#')) + 1;
  const inside = kind === 'segment' ? text.slice(start, until).split('\n') : [];
  return [...before.slice(first), ...inside]
    .map((one) => one.trim())
    .filter((one) => one.startsWith('#') && !one.startsWith('# yaml-language-server:'))
    .map((one) => one.replace(/^#+ ?/, ''))
    .join(' ');
}
