/**
 * Returns true if `since` is at most `span` before `now`, all in milliseconds. An instant after now is of a clock that was set
 * back since: nothing is known of how long ago it was.
 */
export function within(now: number, since: number, span: number): boolean {
  return since <= now && now - since <= span;
}
