const MINUTE = 60_000;

/** Returns a format such as `2026-03-02 14:05` on the clock of `zone` (IANA); with seconds where ticks, `tick` milliseconds apart, are closer than a minute. */
export function clockFormat(zone: string, tick = MINUTE): (at: number) => string {
  // Sweden writes the date as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    ...(tick % MINUTE === 0 ? {} : { second: '2-digit' }),
  });
  return (at) => format.format(at);
}

/** Returns a format such as `2026-03-02 14:05 (Europe/Moscow)`, for an instant outside of a table. */
export function zonedFormat(zone: string, tick = MINUTE): (at: number) => string {
  const clock = clockFormat(zone, tick);
  return (at) => `${clock(at)} (${zone})`;
}
