// Configurations that specs type and paste.

/** Nothing is wrong with it. */
export const GOOD = `{
  "debug": true,
  "log-level": "warn"
}`;

/** Has one mistake, on line 3, which has a fix: a number in quotes. */
export const QUOTED_NUMBER = `{
  "debug": true,
  "mtu": "1450"
}`;

/** Has two mistakes, each with a safe fix. */
export const TWO_MISTAKES = `{
  "dns": "1.1.1.1",
  "mtu": "1450"
}`;
