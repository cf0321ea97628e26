import type { Program } from '../../program/program.ts';
import { feeds } from './feeds.ts';
import { fileOf } from './feeds-of-files.ts';

/** Something about a file. `declared`: the name of its declaration, where that is of several files. */
export interface OfDeclaration {
  path: string;
  declared?: string;
}

/** Returns a function that adds to what is about a file of a folder or pattern the name of that declaration. */
export function declaring(program: Program): <T extends { path: string }>(about: T) => T & OfDeclaration {
  const several = feeds(program).map((feed) => ({ name: feed.name, isOf: fileOf(feed) }));
  return (about) => {
    const declared = several.find(({ isOf }) => isOf(about.path))?.name;
    return declared === undefined ? about : { ...about, declared };
  };
}
