import { counted } from '../../spec/russian/counted.ts';
import type { Texts } from '../../spec/words/language.ts';

/** Views of findings. */
export const texts: Texts = {
  warning: 'предупреждение',
  info: 'примечание',
  'fix:': 'исправление:',
  'also:': 'также:',
  '… and {0} more: `crm validate --json` lists all.': '… и ещё {0}: все перечислит `crm validate --json`.',
  '{0} more places': (n = 0) => `ещё ${counted(n, 'место', 'места', 'мест')}`,
  '{0} in 1 file': '{0} в 1 файле',
  '{0} in {1} files': (list = '', n = 0) => `${list} в ${counted(n, 'файле', 'файлах', 'файлах')}`,
};
