/** What the parser would read but no formula says: found before it is asked, so that each is refused by its name and place. */

/** A pattern and what it is called, as both stand in a problem. */
type Refused = readonly [pattern: RegExp, name: string, fix: string];

const REFUSED: readonly Refused[] = [
  [/["'`]/g, "a text", "formulas calculate with numbers: write names without quotes"],
  [/[[\]]/g, "a list", "write min(a, b) or max(a, b)"],
  [/[{}]/g, "a brace", "use parentheses"],
  [/\*\*/g, "a power", "write the product out: a * a"],
  [/[<>]|[=!]=/g, "a comparison", "compare in a rule's conditions, not in a formula"],
  [/=/g, "an assignment", "the name stands before the formula already: write the right side alone"],
  [/[?:]/g, "a choice", "formulas do not choose: use min or max, or two rules"],
  [/&&|\|\||!/g, "a logical operator", "write conditions in rules, not in a formula"],
  [/[&|^~]/g, "a bit operator", "use + - * /"],
  [/%/g, "a remainder", "for percent write / 100"],
  [/;/g, "a second formula", "write one formula"],
  [/(?<![A-Za-z0-9_])[0-9.]+[eE]/g, "an exponent", "write the number out"],
  [
    /(?<![A-Za-z0-9_])(?:[0-9]+\.(?![0-9])|\.[0-9]+)/g,
    "half a number",
    "write digits on both sides of the point",
  ],
  [
    /[A-Za-z_)][A-Za-z0-9_]*[ \t\r\n]*\.|\.[ \t\r\n]*[A-Za-z_]/g,
    "a property",
    "names have no parts: write the whole name",
  ],
  [/\b(?:true|false|null|this)\b/g, "a word of program code", "use names of facts and parameters"],
  [
    /\b(?!(?:min|max)\b)[A-Za-z_][A-Za-z0-9_]*[ \t\r\n]*\(/g,
    "a function",
    "there are min and max alone; a product needs its *",
  ],
  [/[0-9)][ \t\r\n]*\(/g, "a factor without its sign", "write the *"],
  [/(?:^|[-+*/(,])[ \t\r\n]*\+/g, "a plus sign before a number", "leave it out"],
  [/-[ \t\r\n]*-[ \t\r\n]*-/g, "a row of minus signs", "write one"],
  [/_/g, "an underscore", "names are letters and digits"],
  [
    /[^A-Za-z0-9_.+\-*/(), \t\r\n]/g,
    "a character that formulas do not know",
    "use letters, digits, + - * / ( ) , and .",
  ],
];

/** Of all that is refused, what comes first in the text; null where nothing is. `at` counts characters from 1. */
export function firstRefused(text: string): { at: number; name: string; found: string; fix: string } | null {
  let first: ReturnType<typeof firstRefused> = null;
  for (const [pattern, name, fix] of REFUSED) {
    const at = text.search(pattern) + 1;
    if (at === 0 || (first !== null && first.at <= at)) continue;
    const found = text.slice(at - 1).match(pattern)?.[0] ?? "";
    first = { at, name, found: found.trim(), fix };
  }
  return first;
}
