/** Returns a header as its words: in lower case, without signs, `ё` as `е`. */
export function headerWords(header: string): string {
  return header
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/№/g, ' номер ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const LATIN: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm' },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh' },
  ...{ щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ї: 'yi', є: 'ye', ґ: 'g' },
  ...{ ß: 'ss', æ: 'ae', ø: 'o', ł: 'l', đ: 'd' },
};

/** Returns a name for expressions, spelt after the header in Latin letters. */
export function transliterated(header: string): string {
  const latin = [...headerWords(header)].map((letter) => LATIN[letter] ?? letter).join('');
  const plain = latin.normalize('NFD').replace(/[^a-z0-9 ]/g, '');
  const name = plain.trim().replace(/ +/g, '_').slice(0, 40).replace(/_+$/, '');
  return name === '' ? 'column' : /^\d/.test(name) ? `column_${name}` : name;
}

/** Returns the name, with a number where it is taken. */
export function free(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) if (!taken.has(`${name}_${n}`)) return `${name}_${n}`;
}
