import { type Check, eachRule } from "../check.ts";

export const ownerless: Check = {
  code: "ownerless",
  severity: "info",
  doc: "The rule's owner is none of the brand's people, so nobody of them need feel meant when it misfires. Rules that several brands share may name a team.",
  bad: [{ owner: "somebody" }],
  good: [{ owner: "lea" }],
  find: eachRule((rule, { brand }) => {
    const names = brand.people.map(({ name }) => name);
    if (names.length === 0 || names.includes(rule.rule.owner)) return [];
    return [
      { rule, path: ["owner"], allowed: names.join(", "), fix: `name one of the people of ${brand.file}` },
    ];
  }),
};
