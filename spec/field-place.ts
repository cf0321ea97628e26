import type { Contents, Entry } from './constructs/contents.ts';
import type { Range } from './diagnostics/diagnostic.ts';
import { isRecord } from './document/identified.ts';
import type { Place } from './document/place.ts';
import type { Loaded } from './load.ts';

type Written = Pick<Loaded, 'contents' | 'origins'>;

/**
 * Returns the place of a key in a resource, or of the nearest around it that the files have; undefined where they have nothing of it.
 * `address`: of the resource, as in `campaign.cart`; `path`: the keys that lead to it, a step by its id and an item of another list
 * by its number, as in `steps.nudge.cascade.1.within`.
 */
export function placeOfField({ contents, origins }: Written, address: string, path: string): Range | undefined {
  const entry = entryOf(contents, address);
  return entry && innermost(entry.place, entry.value, path)?.key;

  function innermost(place: Place, value: unknown, rest: string): Place | undefined {
    for (const first of beginnings(rest)) {
      const key = Array.isArray(value) ? itemOf(place, value, first) : isRecord(value) && first in value ? first : -1;
      if (key === -1) continue;
      const at = place.at(key);
      const inner = (value as Record<string | number, unknown>)[key];
      return innermost(at, inner, rest.slice(first.length + 1)) ?? at;
    }
    return undefined;
  }

  /** An item of a list without ids has a number, from 1. */
  function itemOf(place: Place, list: unknown[], name: string): number {
    const origin = origins[`${address}.${name}`];
    if (origin) return list.findIndex((_, i) => place.at(i).key.start.offset === origin.start.offset);
    return /^\d+$/.test(name) && Number(name) <= list.length ? Number(name) - 1 : -1;
  }
}

function entryOf(contents: Contents, address: string): Entry<unknown> | undefined {
  const dot = address.indexOf('.');
  const name = address.slice(dot + 1);
  const { campaigns, segments, channels, events, holdouts } = contents;
  const lists: Record<string, Entry<unknown>[]> = {
    campaign: campaigns,
    segment: segments,
    channel: channels,
    event: events,
    holdout: holdouts,
  };
  return lists[address.slice(0, dot)]?.find((one) => one.name === name);
}

/** Returns `a.b.c`, `a.b` and `a`: names and ids of steps have points. */
function beginnings(path: string): string[] {
  const parts = path.split('.');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
}
