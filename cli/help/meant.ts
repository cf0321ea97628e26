import { closestName } from '../../spec/words/names.ts';
import { suggest } from '../../spec/words/suggest.ts';

/** The commands that words of other programs may mean, the likeliest first. */
const words: Record<string, string[]> = {
  ...sameFor(['report'], 'reports', 'results', 'stats', 'statistics', 'roi'),
  ...sameFor(['metrics'], 'ltv', 'cac', 'kpi', 'retention', 'churn', 'cohorts', 'funnel', 'rfm'),
  ...sameFor(['status'], 'info', 'state', 'show', 'ps', 'top'),
  ...sameFor(['status', 'explain'], 'log', 'logs', 'history', 'messages', 'journal'),
  ...sameFor(['send-test', 'launch', 'run'], 'send', 'mail', 'email', 'push', 'blast'),
  ...sameFor(['run', 'tick'], 'start', 'serve', 'server', 'daemon', 'work', 'worker', 'up', 'schedule', 'cron'),
  ...sameFor(['pause'], 'stop', 'halt', 'disable', 'suspend', 'off', 'cancel', 'freeze'),
  ...sameFor(['resume'], 'continue', 'enable', 'unpause', 'on', 'restart'),
  ...sameFor(['apply'], 'deploy', 'release', 'publish', 'activate', 'ship', 'install'),
  ...sameFor(['plan'], 'diff', 'changes', 'forecast', 'dry-run', 'dryrun', 'predict'),
  ...sameFor(['init'], 'new', 'create', 'begin', 'setup', 'scaffold', 'generate', 'add'),
  ...sameFor(['import'], 'load', 'upload', 'ingest', 'sync', 'fetch', 'read'),
  ...sameFor(['segment', 'audience'], 'export', 'list', 'ls', 'segments', 'download', 'count', 'query'),
  ...sameFor(['audience', 'status'], 'campaign', 'campaigns', 'journey', 'journeys'),
  ...sameFor(['customer'], 'user', 'users', 'client', 'clients', 'contact', 'contacts', 'people', 'person', 'find'),
  ...sameFor(['customer', 'explain'], 'why', 'trace', 'story', 'search'),
  ...sameFor(['data'], 'quality', 'problems', 'doctor', 'health', 'profile'),
  ...sameFor(['preview'], 'render', 'template', 'templates', 'view', 'open'),
  ...sameFor(['erase'], 'delete', 'remove', 'rm', 'forget', 'gdpr', 'purge'),
  ...sameFor(['suppression'], 'unsubscribe', 'suppress', 'suppressions', 'block', 'blacklist', 'stoplist', 'optout'),
  ...sameFor(['validate', 'lint'], 'check', 'verify', 'errors'),
  ...sameFor(['fmt'], 'format', 'prettier', 'tidy', 'beautify'),
  ...sameFor(['simulate'], 'simulation', 'replay', 'backtest', 'rehearse', 'try'),
  ...sameFor(['graph'], 'draw', 'diagram', 'picture', 'visualize', 'visualise', 'mermaid', 'svg'),
  ...sameFor(['compile'], 'build', 'make'),
  ...sameFor(['explain-code'], 'code', 'codes', 'error', 'rule', 'rules'),
  ...sameFor(['lsp'], 'language-server', 'editor', 'vscode'),
  ...sameFor(['help'], 'man', 'usage', 'commands', 'docs', '?'),
};

function sameFor(commands: string[], ...names: string[]): Record<string, string[]> {
  return Object.fromEntries(names.map((name) => [name, commands]));
}

/** Returns the commands that a word may mean, the likeliest first: by its meaning or by its letters; empty if it resembles none. */
export function meantBy(word: string, commands: string[]): string[] {
  const typed = onLatinKeys(word.toLowerCase());
  if (commands.includes(typed)) return [typed];
  const byMeaning = (name: string) => (words[name] ?? []).filter((one) => commands.includes(one));
  const known = Object.hasOwn(words, typed) ? byMeaning(typed) : [];
  if (known.length > 0) return known;
  const near = closestName(typed, commands);
  if (near !== undefined) return [near];
  const like = suggest(
    typed,
    Object.keys(words).filter((name) => name.length > 4),
  );
  return like === undefined ? [] : byMeaning(like);
}

const cyrillicKeys = 'йцукенгшщзхъфывапролджэячсмитьбю';
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";

/** Returns the Latin letters for a word that was typed on a Russian keyboard layout: `status` for `ыефегы`. */
function onLatinKeys(word: string): string {
  if (!/^[а-яё-]+$/.test(word)) return word;
  return [...word].map((letter) => latinKeys[cyrillicKeys.indexOf(letter)] ?? letter).join('');
}
