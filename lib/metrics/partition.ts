/** Which campaigns are in a member of one of the brand's partitions: its stages, or any other. */
import type { Brand } from "../domain/brand.ts";
import { UNMAPPED_STAGE } from "../domain/match.ts";
import type { Node } from "./census.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData } from "./outcome.ts";

/** One member of a partition, or `unmapped`, what is in none. */
export interface Part {
  kind: "part";
  /** In words: `stage prospecting`. */
  name: string;
  isMember: boolean;
  /** Whether the campaign is in it; of `unmapped`, whether it is in any. */
  has(campaign: Node): boolean;
}

export function stagesIn({ stages }: Brand, stage: string): Part | NoData {
  const isMember = stages.some((one) => one.name === stage);
  if (!isMember && stage !== UNMAPPED_STAGE) return noData(metricMessage("noData.stageUnknown", { stage }));
  const has = ({ subject }: Node): boolean => (isMember ? subject.stage === stage : subject.stage !== null);
  return { kind: "part", name: `stage ${stage}`, isMember, has };
}

export function groupIn({ groups }: Brand, group: string, member: string): Part | NoData {
  const members = Object.hasOwn(groups, group) ? groups[group] : undefined;
  const isMember = members?.some((one) => one.name === member) === true;
  if (members === undefined || (!isMember && member !== UNMAPPED_STAGE)) {
    return noData(metricMessage("noData.memberUnknown", { group, member }));
  }
  const has = (node: Node): boolean =>
    isMember ? node.groups[group] === member : node.groups[group] !== undefined;
  return { kind: "part", name: `${group} ${member}`, isMember, has };
}
