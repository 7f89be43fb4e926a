// What is said of measured numbers.

export function percentile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export const median = (numbers: number[]) => percentile(numbers, 0.5);

export const mean = (numbers: number[]) => numbers.reduce((sum, it) => sum + it, 0) / numbers.length;

export const milliseconds = (number: number) => `${number < 100 ? number.toFixed(1) : Math.round(number)} ms`;

export const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

export function report(rows: [what: string, value: string][]): void {
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, value] of rows) console.log(`    ${what.padEnd(width)}  ${value}`);
}
