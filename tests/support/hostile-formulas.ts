/** Formulas that nobody writes in good faith. */

/** Each with the code of its first problem. */
export const HOSTILE_FORMULAS: readonly (readonly [name: string, text: string, code: string])[] = [
  ["a formula of 120,000 characters", "spend+".repeat(20_000), "brand.outOfRange"],
  ["parentheses 249 deep", `${"(".repeat(249)}a${")".repeat(249)}`, "brand.formulaTooDeep"],
  ["parentheses that never close", "(".repeat(500), "brand.formulaTooDeep"],
  ["250 names", "a+".repeat(249), "brand.formulaTooMany"],
  ["499 minus signs", `${"-".repeat(499)}a`, "brand.formulaSyntax"],
  ["a tower of powers", `9${"**9".repeat(160)}`, "brand.formulaSyntax"],
  ["products of 9s", `a*${"9*".repeat(246)}9*b`, "brand.loaded"],
  ["250 digits divided by 240", `a*${"9".repeat(250)}/${"7".repeat(240)}`, "brand.loaded"],
  ["choices inside choices", `${"a?".repeat(120)}a${":a".repeat(120)}`, "brand.formulaTooMany"],
  ["a prototype", "__proto__.polluted", "brand.formulaSyntax"],
  ["a constructor's constructor", "a.constructor.constructor('return process')()", "brand.formulaSyntax"],
  ["an imported module", "import('node:fs')", "brand.formulaSyntax"],
  ["a null character", "a\u0000+b", "brand.formulaSyntax"],
];
