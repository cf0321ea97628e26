/** Cyrillic letters, and the Latin letters that they look like. */
const twins = new Map(
  'аa еe оo рp сc уy хx іi јj ѕs һh ԁd АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS'
    .split(' ')
    .map(([cyrillicLetter = '', latinLetter = '']) => [cyrillicLetter, latinLetter]),
);

const cyrillic = /\p{Script=Cyrillic}/u;

export interface LookAlike {
  /** The name in Latin letters. */
  latin: string;
  /** The first Cyrillic letter, and the Latin one it looks like. */
  letter: string;
  twin: string;
}

/** Returns the Latin name that `name` would be but for Cyrillic letters that look the same; undefined when it has none or others too. */
export function lookAlike(name: string): LookAlike | undefined {
  const letters = [...name];
  const letter = letters.find((each) => cyrillic.test(each));
  if (!letter) return undefined;
  const latin = letters.map((each) => twins.get(each) ?? each).join('');
  const twin = twins.get(letter);
  return twin && !cyrillic.test(latin) ? { latin, letter, twin } : undefined;
}
