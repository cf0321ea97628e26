import { join } from 'node:path';
import { formats } from '../engine/delivery/carriers/formats.ts';
import type { Sample } from '../engine/dry-run/simulate/samples.ts';
import { writePrivate } from './private-file.ts';
import { samplesPage, withoutScripts } from './views/samples-page.ts';

/** Writes each message to a file named by its campaign, step and customer, and a page that shows them all. */
export async function writeSamples(folder: string, samples: Sample[], zone: string): Promise<void> {
  const names = namesOf(samples);
  const entries = samples.map((sample, i) => ({ sample, file: `${names[i]}.${formats[sample.kind].ending}` }));
  for (const { sample, file } of entries) {
    await writePrivate(join(folder, file), await formats[sample.kind].file(sample.outgoing));
    const { html } = sample.outgoing;
    if (html !== undefined) await writePrivate(join(folder, file.replace(/\.eml$/, '.html')), withoutScripts(html));
  }
  await writePrivate(join(folder, 'index.html'), samplesPage(entries, zone));
}

/** Returns names such as `welcome/send-1/c42`. Repeated messages, and names that differ only in characters that a file name cannot have, get numbers. */
export function namesOf(samples: Pick<Sample, 'step' | 'customer' | 'outgoing'>[]): string[] {
  const used = new Map<string, number>();
  return samples.map(({ step, customer, outgoing: { campaign } }) => {
    const name = [campaign, step, customer].map(safe).join('/');
    // Some file systems ignore case.
    const key = name.toLowerCase();
    const nth = (used.get(key) ?? 0) + 1;
    used.set(key, nth);
    return nth === 1 ? name : `${name}~${nth}`;
  });
}

/** Keeps letters and digits of any script; the name never leaves the folder, and is neither hidden nor reserved. */
function safe(text: string): string {
  const letters = text.normalize('NFC').replaceAll(/[^\p{L}\p{N}_.-]/gu, '-');
  const shown = letters
    .replace(/^[.-]+/, '_')
    .replace(/\.+$/, '_')
    .slice(0, 60);
  return /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(shown.split('.')[0] ?? '') ? `_${shown}` : shown;
}
