import { join } from 'node:path';
import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import type { Program } from '../engine/program/program.ts';
import { loadProject } from '../spec/load.ts';
import type { Model } from '../spec/model/model.ts';

export const repository = join(import.meta.dirname, '..');

/** Returns the checked Model of a project's folder. */
export async function loadModel(root: string): Promise<Model> {
  const { model, diagnostics } = loadProject(await readProject(root));
  if (!model) throw new Error(`the project in ${root} is not fine: ${diagnostics[0]?.message}`);
  return model;
}

/** Returns the sample shop, compiled. */
export async function sampleShop(): Promise<Program> {
  return compile(await loadModel(repository));
}
