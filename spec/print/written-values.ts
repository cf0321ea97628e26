/** `hundredths` of a percent. */
export function percent(hundredths: number): string {
  return `${hundredths / 100}%`;
}

/** Minute of the day. */
export function timeOfDay(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
