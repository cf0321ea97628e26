/** Returns a word as the reader compares it. */
export function wordKey(word: string): string {
  return word.trim().normalize('NFC').toLowerCase();
}

const YES = 'да д yes y true t истина вкл on есть подписан подписана согласен согласна'.split(' ');
const NO = 'нет н no n false f ложь выкл off отписан отписана отказ'.split(' ');
/** Pairs that mean something only together. */
const SIGNS: Record<string, string> = { '+': 'yes', '-': 'no', '✓': 'yes', '✗': 'no' };

/** The words that the reader knows for a boolean. */
const KNOWN = ['true', 'yes', '1', 'false', 'no', '0'];
/** The words that it knows for a consent. */
const CONSENT: Record<string, boolean> = {
  ...{ granted: true, subscribed: true, 'opt-in': true, 'opted in': true },
  ...{ withdrawn: false, unsubscribed: false, 'not subscribed': false, never_subscribed: false },
  ...{ 'opt-out': false, 'opted out': false },
};

/** Words that mean an empty cell in any column. */
const NOTHING = [
  'null',
  '\\n',
  'н/д',
  'n/a',
  '#n/a',
  'не указан',
  'не указано',
  'не указана',
  'нет данных',
  '<null>',
  '(null)',
];
/** Words that mean an empty cell in columns that are no text. */
const PERHAPS = ['-', '—', '–', 'none', 'nan', '?', 'нет', 'неизвестно', 'unknown', '0000-00-00', '00.00.0000'].concat(
  // The empty date of 1C.
  ['01.01.0001', '01.01.0001 0:00:00', '01.01.0001 00:00:00', '0001-01-01', '0001-01-01T00:00:00'].map((one) =>
    one.toLowerCase(),
  ),
);

export function isNothing(word: string, typed = false): boolean {
  const key = wordKey(word);
  return NOTHING.includes(key) || (typed && PERHAPS.includes(key));
}

/** Words of a column of yes and no → their meanings, where the reader does not know them. Undefined: it is another column. */
export function yesOrNo(words: string[], { numbers, consent }: { numbers: boolean; consent: boolean }) {
  const keys = words.map(wordKey);
  if (keys.length === 0 || keys.length > 6) return undefined;
  if (!numbers && keys.every((key) => key === '1' || key === '0')) return undefined;
  const meanings: Record<string, string> = {};
  for (const [i, key] of keys.entries()) {
    if (KNOWN.includes(key) || (consent && Object.hasOwn(CONSENT, key))) continue;
    const sign = Object.hasOwn(SIGNS, key) ? SIGNS[key] : undefined;
    const meaning = sign ?? (YES.includes(key) ? 'yes' : NO.includes(key) ? 'no' : undefined);
    if (meaning === undefined) return undefined;
    meanings[words[i] ?? ''] = meaning;
  }
  return meanings;
}

/** Words of a column about consent, by what is known of them. */
export interface ConsentWords {
  /** Word → its meaning, where the reader does not know it. */
  values: Record<string, string>;
  /** The words whose meaning is not known. */
  unclear: string[];
  /** At least one of them is a yes or no in letters. */
  clear: boolean;
}

const DENIED = /^(?:no|not|never|не|нет)(?:[ ,]|$)/;

export function consentWords(words: string[]): ConsentWords {
  const found: ConsentWords = { values: {}, unclear: [], clear: false };
  for (const word of words) {
    const key = wordKey(word);
    const isKnown = KNOWN.includes(key) || Object.hasOwn(CONSENT, key);
    const plain = YES.includes(key) ? 'yes' : NO.includes(key) || DENIED.test(key) ? 'no' : undefined;
    const isUnsure = plain === undefined && isNothing(word, true);
    if (!isKnown && (plain ?? isUnsure)) found.values[word] = plain ?? 'no';
    if (isKnown || plain) found.clear ||= !/^[01]$/.test(key);
    else if (!isUnsure) found.unclear.push(word);
  }
  return found;
}

/** Returns true if a word, of which the meaning may be declared, is a consent. */
export function isGrant(word: string, values: Record<string, string>): boolean {
  const key = wordKey(values[word] ?? word);
  return ['yes', 'true', '1'].includes(key) || CONSENT[key] === true;
}

const GENDERS: Record<string, string> = {
  ...{ м: 'male', муж: 'male', мужской: 'male', m: 'male', male: 'male', мужчина: 'male' },
  ...{ ж: 'female', жен: 'female', женский: 'female', f: 'female', female: 'female', женщина: 'female' },
};

/** Words for a gender → male or female; undefined: they mean something else. */
export function genders(words: string[]): Record<string, string> | undefined {
  if (words.length === 0 || !words.every((word) => Object.hasOwn(GENDERS, wordKey(word)))) return undefined;
  return Object.fromEntries(
    words.flatMap((word) => (GENDERS[wordKey(word)] === word ? [] : [[word, GENDERS[wordKey(word)] ?? '']])),
  );
}

const PAID =
  /^(оплачен|выполнен|доставлен|завершен|выдан|получен|отгружен|отправлен|вручен|paid|complete|completed|delivered|fulfilled|shipped|done|closed|success|succeeded|captured|partially paid|partially refunded)[аоы]?$/;
const NOT_PAID =
  /^(отменен|отмена|возврат|возвращен|отказ|не оплачен|неоплачен|новый|нов|в обработке|обрабатывается|ожидает оплаты|ожидание|черновик|cancelled|canceled|refunded|returned|voided|failed|declined|pending|new|open|unpaid|processing|on hold|draft|expired|authorized|awaiting payment|abandoned|trash)[аоы]?$/;

/** `paid`: the order counts; `unpaid`: it is none, or not yet. */
export function statusOf(word: string): 'paid' | 'unpaid' | undefined {
  const key = wordKey(word).replaceAll('ё', 'е').replace(/[_-]/g, ' ').replace(/^wc /, '');
  return PAID.test(key) ? 'paid' : NOT_PAID.test(key) ? 'unpaid' : undefined;
}

const GRANTED =
  /^(granted|subscribed|opt-?in|opted in|да|yes|true|1|подписан[ао]?|согласен|согласна|согласие|подписка)$/;
const WITHDRAWN =
  /^(withdrawn|unsubscribed|opt-?out|opted out|нет|no|false|0|отписан[ао]?|отказ|отзыв|отозвано?|отписка|revoked)$/;

/** Returns what a word of a file of consent means. */
export function consentWord(word: string): 'granted' | 'withdrawn' | undefined {
  const key = wordKey(word);
  return GRANTED.test(key) ? 'granted' : WITHDRAWN.test(key) ? 'withdrawn' : undefined;
}

const CHANNELS: [pattern: RegExp, channel: string][] = [
  [/(^|[^\p{L}])(sms|смс)/u, 'sms'],
  [/e-?mail|почт|имейл|мейл/u, 'email'],
  [/push|пуш/u, 'push'],
  [/whats ?app|telegram|viber|телеграм|вотсап|мессенджер|messenger/u, 'messenger'],
];

/** Returns the kind of channel that a text is about. */
export function channelIn(text: string): string | undefined {
  const key = wordKey(text);
  return CHANNELS.find(([pattern]) => pattern.test(key))?.[1];
}
