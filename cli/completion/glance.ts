import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { environmentOf } from '../../spec/document/project-files.ts';
import { templateName } from '../../spec/template/name.ts';
import { findRoot, readProject } from '../project.ts';
import type { Known, Offer } from './complete.ts';

/**
 * Returns the names in a project from a quick look at its files. The user waits for them after pressing Tab, and the files may
 * be incomplete. Without a project there are none.
 */
export function glance(cwd: string): Known {
  const names = async (folder: string | undefined, of: (file: SourceFile) => string[]) => {
    try {
      const files = await readProject(await findRoot(cwd, folder));
      return [...new Set(files.flatMap(of))].sort();
    } catch {
      return [];
    }
  };
  return {
    channels: (folder) => names(folder, (file) => namesIn('channel', file)),
    campaigns: (folder) => names(folder, (file) => namesIn('campaign', file)),
    tests: (folder) => names(folder, (file) => namesIn('test', file)),
    segments: (folder) => names(folder, (file) => namesIn('segment', file)),
    templates: (folder) => names(folder, ({ path }) => templateIn(path)),
    environments: (folder) => names(folder, ({ path }) => [environmentOf(path) ?? []].flat()),
    codes,
  };
}

function templateIn(path: string): string[] {
  const named = templateName(path);
  return named?.is === 'template' ? [named.name] : [];
}

/** Returns the names of resources in a file. `word`: the resource's in the DSL; its section in YAML is the plural. */
export function namesIn(word: 'campaign' | 'channel' | 'segment' | 'test', { path, text }: SourceFile): string[] {
  if (path.endsWith('.crm'))
    return [...text.matchAll(new RegExp(`^${word}\\s+([\\w-]+)`, 'gm'))].map(([, name = '']) => name);
  return path.endsWith('.yaml') ? keysUnder(`${word}s`, text) : [];
}

/** Returns the keys of a section of YAML in block style. */
function keysUnder(section: string, text: string): string[] {
  const keys: string[] = [];
  let inside = false;
  let depth = 0;
  for (const line of text.split(/\r?\n/)) {
    const [, indent = '', key, rest = ''] = /^( *)(?:([\w-]+):(?=\s|$))?(.*)$/.exec(line) ?? [];
    if (key === undefined && /^\s*(#|$)/.test(rest)) continue;
    if (indent === '') {
      inside = key === section;
      depth = 0;
    } else if (inside) {
      depth ||= indent.length;
      if (indent.length === depth && key !== undefined) keys.push(key);
    }
  }
  return keys;
}

async function codes(): Promise<Offer[]> {
  const { codes } = await import('../../spec/diagnostics/codes.ts');
  return Object.entries(codes).map(([value, { title }]) => ({ value, about: title }));
}
