import { t } from '../words/t.ts';
import type { HtmlPlace } from './html.ts';
import type { Mistake } from './scope.ts';

/** The origin of a printed value: a helper, or a variable that is an address of our own. */
export interface Output {
  helper?: string;
  trusted: boolean;
}

const addresses = new Set(
  'href src action formaction background cite poster data srcset imagesrcset longdesc usemap xlink:href xml:base ping manifest codebase dynsrc lowsrc'.split(
    ' ',
  ),
);

/** Returns true if an attribute can hold an address, such as the `content` of a `<meta http-equiv="refresh">`. */
function isAddress({ tag, attribute }: HtmlPlace): boolean {
  if (tag === 'meta') return attribute === 'content';
  if (tag === 'animate' || tag === 'set') return ['to', 'from', 'by', 'values'].includes(attribute);
  return addresses.has(attribute);
}

/** Returns the reason for which a value may not be printed at a place of the HTML. */
export function refuseOutput(place: HtmlPlace, output: Output): Mistake | undefined {
  const quoted = place.state === 'value' && place.quote !== '';
  if (quoted) return refuseInValue(place, output);
  switch (place.state) {
    case 'text':
      return undefined;
    case 'raw':
      return place.tag === 'title' || place.tag === 'textarea'
        ? undefined
        : inert(t`Data stands inside of <${place.tag}>`);
    case 'comment':
      return inert(t`Data stands inside of an HTML comment`);
    case 'declaration':
      return inert(t`Data stands inside of a <!…> declaration`);
    case 'value':
    case 'before-value': {
      const help = t`Put the whole value between quotes: ${place.attribute}="…".`;
      return { code: 'CRM3020', message: t`Data stands in the unquoted attribute \`${place.attribute}\``, help };
    }
    default: {
      const help = t`Print data only as text or inside of a quoted attribute value.`;
      return { code: 'CRM3020', message: t`Data stands in a tag, outside of an attribute value`, help };
    }
  }
}

function refuseInValue(place: HtmlPlace, { helper, trusted }: Output): Mistake | undefined {
  const { attribute, started } = place;
  if (attribute.startsWith('on') || attribute === 'style' || attribute === 'srcdoc') {
    return inert(t`Data stands inside of the attribute \`${attribute}\``);
  }
  if (!isAddress(place)) return undefined;
  if (helper === 'url' && started) return undefined;
  if (!started && (trusted || helper === 'link')) return undefined;
  const help = started
    ? t`Encode it: {{url customer.name}}.`
    : t`Begin the address with text, and encode the data in it with {{url …}}; for an address that is data as a whole use {{link …}}.`;
  return { code: 'CRM3021', message: t`Data stands unencoded in the address \`${attribute}\``, help };
}

function inert(message: string): Mistake {
  const help = t`Values cannot be made safe there; print them as text, or choose between fixed texts with {{#if}}.`;
  return { code: 'CRM3022', message, help };
}
