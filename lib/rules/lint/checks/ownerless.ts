import { type Check, eachRule } from "../check.ts";

/** A team is told by its name: rules that several brands share have no one of one brand's people. */
const TEAM = /(^|\s)(team|équipe)(\s|$)/i;

export const ownerless: Check = {
  code: "ownerless",
  severity: "info",
  doc: "The rule's owner is none of the brand's people, so nobody of them need feel meant when it misfires. Rules that several brands share name a team, by a name that says so, such as `media team`.",
  bad: [{ owner: "somebody" }],
  good: [{ owner: "lea" }],
  find: eachRule((rule, { brand }) => {
    const names = brand.people.map(({ name }) => name);
    const { owner } = rule.rule;
    if (names.length === 0 || names.includes(owner) || TEAM.test(owner)) return [];
    return [
      { rule, path: ["owner"], allowed: names.join(", "), fix: `name one of the people of ${brand.file}` },
    ];
  }),
};
