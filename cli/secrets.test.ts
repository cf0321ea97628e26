import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secret } from './secrets.ts';

test('a secret is read from the environment or a file of the project', async () => {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-secret-'));
  try {
    await writeFile(join(root, 'smtp'), 'smtp://u:p@host\n');
    expect(await secret('env:URL', root, { URL: 'smtp://a' })).toBe('smtp://a');
    expect(await secret('file:smtp', root, {})).toBe('smtp://u:p@host');
    await expect(secret('env:URL', root, {})).rejects.toThrow('The environment variable URL is not set.');
    await expect(secret('file:none', root, {})).rejects.toThrow('The file none cannot be read.');
  } finally {
    await rm(root, { recursive: true });
  }
});
