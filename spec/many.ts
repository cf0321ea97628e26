const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** `12,480` */
export function count(n: number): string {
  return counts.format(n);
}

/** `1 customer`, `12,480 customers` */
export function many(n: number, thing: string, things = `${thing}s`): string {
  return `${count(n)} ${n === 1 ? thing : things}`;
}
