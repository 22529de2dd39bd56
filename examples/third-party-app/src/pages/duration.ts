const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in words: `7 hours 59 minutes`, but never seconds beside minutes. */
export function duration(milliseconds: number): string {
  const total = Math.max(0, Math.round(milliseconds / 1_000));
  const largest = UNITS.findIndex(([, seconds]) => total >= seconds);
  if (largest === -1) return 'a moment';
  const shown = UNITS.slice(largest, largest + 2).filter(([unit]) => unit !== 'second' || total < 60);
  let rest = total;
  const words = shown.map(([unit, seconds]) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`;
  });
  return words.filter(Boolean).join(' ');
}
