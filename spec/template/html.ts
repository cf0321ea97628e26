/** The position of a place in HTML, as far as it matters for what may be printed there. */
export interface HtmlPlace {
  readonly state: State;
  /** The element whose tag or raw content this is, in lower case. */
  readonly tag: string;
  readonly closing: boolean;
  readonly attribute: string;
  readonly quote: string;
  /** True if the attribute's value has begun before this place. */
  readonly started: boolean;
}

type State =
  | 'text'
  | 'tag-name'
  | 'tag'
  | 'attribute'
  | 'after-attribute'
  | 'before-value'
  | 'value'
  | 'comment'
  | 'raw'
  | 'declaration';

export const htmlStart: HtmlPlace = {
  state: 'text',
  tag: '',
  closing: false,
  attribute: '',
  quote: '',
  started: false,
};

/** Elements whose content is not markup. */
const rawElements = new Set(['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes']);

/** Returns true if two places continue alike; whether a value has begun does not matter for that. */
export function samePlace(a: HtmlPlace, b: HtmlPlace): boolean {
  return (
    a.state === b.state &&
    a.tag === b.tag &&
    a.attribute === b.attribute &&
    a.quote === b.quote &&
    a.closing === b.closing
  );
}

/** Returns the place after `content`, which begins at `place`. */
export function advance(place: HtmlPlace, content: string): HtmlPlace {
  let now = place;
  for (let at = 0; at < content.length; ) [now, at] = step(now, content, at);
  return now;
}

function step(now: HtmlPlace, content: string, at: number): [HtmlPlace, number] {
  const letter = content[at] ?? '';
  switch (now.state) {
    case 'text':
      return fromText(content, at);
    case 'declaration':
      return until(content, at, '>');
    case 'comment':
      return until(content, at, '-->');
    case 'raw':
      return fromRaw(now, content, at);
    case 'tag-name': {
      const name = /^[^\s/>]*/.exec(content.slice(at, at + 100))?.[0] ?? '';
      if (name === '') return [{ ...now, state: 'tag' }, at];
      return [{ ...now, tag: (now.tag + name).toLowerCase() }, at + name.length];
    }
    case 'tag':
      if (letter === '>') return [endOfTag(now), at + 1];
      if (/[\s/]/.test(letter)) return [now, at + 1];
      return [{ ...now, state: 'attribute', attribute: letter.toLowerCase() }, at + 1];
    case 'attribute':
      if (letter === '=') return [{ ...now, state: 'before-value' }, at + 1];
      if (letter === '>' || letter === '/') return [{ ...now, state: 'tag', attribute: '' }, at];
      if (/\s/.test(letter)) return [{ ...now, state: 'after-attribute' }, at + 1];
      return [{ ...now, attribute: now.attribute + letter.toLowerCase() }, at + 1];
    case 'after-attribute':
      if (/\s/.test(letter)) return [now, at + 1];
      if (letter === '=') return [{ ...now, state: 'before-value' }, at + 1];
      return [{ ...now, state: 'tag', attribute: '' }, at];
    case 'before-value':
      if (/\s/.test(letter)) return [now, at + 1];
      if (letter === '"' || letter === "'") return [{ ...now, state: 'value', quote: letter, started: false }, at + 1];
      if (letter === '>') return [endOfTag(now), at + 1];
      return [{ ...now, state: 'value', quote: '', started: true }, at + 1];
    case 'value':
      return fromValue(now, content, at);
  }
}

function fromText(content: string, at: number): [HtmlPlace, number] {
  const open = content.indexOf('<', at);
  if (open === -1) return [htmlStart, content.length];
  const rest = content.slice(open + 1, open + 4);
  if (rest.startsWith('!--')) return [{ ...htmlStart, state: 'comment' }, open + 4];
  if (/^[!?]/.test(rest)) return [{ ...htmlStart, state: 'declaration' }, open + 2];
  const closing = rest.startsWith('/');
  const first = closing ? rest[1] : rest[0];
  // The text at the very end is data, which could become a tag's name.
  if (first === undefined || /[a-z]/i.test(first)) {
    return [{ ...htmlStart, state: 'tag-name', closing }, open + (closing ? 2 : 1)];
  }
  return [htmlStart, open + 1];
}

function fromRaw(now: HtmlPlace, content: string, at: number): [HtmlPlace, number] {
  const end = new RegExp(`</${now.tag}(?=[\\s/>])`, 'gi');
  end.lastIndex = at;
  const found = end.exec(content);
  if (!found) return [now, content.length];
  return [{ ...htmlStart, state: 'tag', tag: now.tag, closing: true }, found.index + found[0].length];
}

function fromValue(now: HtmlPlace, content: string, at: number): [HtmlPlace, number] {
  const left: HtmlPlace = { ...now, state: 'tag', attribute: '', quote: '', started: false };
  if (now.quote === '') {
    const rest = /[\s>]/g;
    rest.lastIndex = at;
    const found = rest.exec(content);
    return found ? [left, found.index] : [{ ...now, started: true }, content.length];
  }
  const end = content.indexOf(now.quote, at);
  if (end === -1) return [{ ...now, started: true }, content.length];
  return [left, end + 1];
}

function endOfTag(now: HtmlPlace): HtmlPlace {
  const raw = !now.closing && rawElements.has(now.tag);
  return raw ? { ...htmlStart, state: 'raw', tag: now.tag } : htmlStart;
}

function until(content: string, at: number, end: string): [HtmlPlace, number] {
  const found = content.indexOf(end, at);
  // Without an end the rest of the text is inside.
  if (found === -1) return [{ ...htmlStart, state: end === '>' ? 'declaration' : 'comment' }, content.length];
  return [htmlStart, found + end.length];
}
