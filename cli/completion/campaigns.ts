import { findRoot, readProject } from '../project.ts';

/**
 * The names of a project's campaigns, found by a glance at its files: somebody waits for them with a finger on Tab, and
 * the files may be half written. None where there is no project.
 */
export async function campaignsIn(cwd: string, folder: string | undefined): Promise<string[]> {
  try {
    const files = await readProject(await findRoot(cwd, folder));
    return [...new Set(files.flatMap(({ path, text }) => namesIn(path, text)))].sort();
  } catch {
    return [];
  }
}

export function namesIn(path: string, text: string): string[] {
  if (path.endsWith('.crm')) return [...text.matchAll(/^campaign\s+([\w-]+)/gm)].map(([, name = '']) => name);
  return path.endsWith('.yaml') ? keysUnder('campaigns', text) : [];
}

/** Keys of a section of YAML in block style. */
function keysUnder(section: string, text: string): string[] {
  const keys: string[] = [];
  let inside = false;
  let depth = 0;
  for (const line of text.split(/\r?\n/)) {
    const [, indent = '', key, rest] = /^( *)(?:([\w-]+):(?=\s|$))?(.*)$/.exec(line) ?? [];
    if (key === undefined && /^\s*(#|$)/.test(rest ?? '')) continue;
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
