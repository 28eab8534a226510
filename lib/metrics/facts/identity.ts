/** What an entity is: states that the platform or the brand file gives it. */
import type { Entity } from "../../domain/entity.ts";
import type { Node } from "../census.ts";
import { ACCOUNT_LEVELS, ENTITY_LEVELS, EVERY_LEVEL, type NodeReader, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const NO_STAGE = noData(metricMessage("noData.noStage", {}));
const NO_LABELS = noData(metricMessage("noData.notReported", { fact: "labels" }));
const ALWAYS = known(true);

export const name: StateFact = {
  id: "name",
  label: { en: "name", fr: "nom" },
  unit: "text",
  kind: "state",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "The entity's own name.",
  source: "the platform; the brand file for the brand",
  read: () => (node) => known(node.subject.name),
};

export const platform: StateFact = {
  id: "platform",
  label: { en: "platform", fr: "plateforme" },
  unit: "text",
  kind: "state",
  levels: ACCOUNT_LEVELS,
  params: [],
  goodSide: null,
  doc: "Id of the ad platform, such as `meta` or `google`.",
  source: "the brand file",
  read: () => (node) => known(node.platform ?? ""),
};

export const stage: StateFact = {
  id: "stage",
  label: { en: "stage", fr: "étape du tunnel" },
  unit: "text",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "Funnel stage of the entity's campaign; no data when no stage of the brand file fits.",
  source: "the brand file, groups.stage",
  read:
    () =>
    ({ subject: { stage: own } }) =>
      own === null ? NO_STAGE : known(own),
};

export const objective: StateFact = {
  id: "objective",
  label: { en: "objective", fr: "objectif" },
  unit: "text",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "The campaign's objective in the platform's own word; no data when the platform does not say, or for a shared budget whose campaigns differ.",
  source: "Meta Marketing API, Campaign, field objective; Google Ads API, campaign.advertising_channel_type",
  read: reported(
    "objective",
    (node) => node.entity?.objective ?? (node.campaign ?? node.holder)?.objective ?? null,
  ),
};

export const status: StateFact = {
  id: "status",
  label: { en: "status", fr: "statut" },
  unit: "state",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  values: ["active", "paused", "removed", "other"],
  doc: "`active`, `paused`, `removed`, or `other` for anything in which the platform does not deliver.",
  source: "Meta Marketing API, field effective_status; Google Ads API, campaign.status and ad_group.status",
  read: reported("status", ({ entity, holder }) =>
    entity?.unsaid?.includes("status") === true ? null : ((entity ?? holder)?.status ?? null),
  ),
};

export const labels: StateFact = {
  id: "labels",
  label: { en: "labels", fr: "libellés" },
  unit: "labels",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "The entity's own labels and those of its campaign; no data for a shared budget whose campaigns differ.",
  source: "Meta Marketing API, field adlabels; Google Ads API, campaign.labels and ad_group.labels",
  read: () => (node) => {
    const sets = partsOf(node).map((part) =>
      [...new Set([...part.labels, ...(node.campaign?.labels ?? [])])].sort(),
    );
    const [first] = sets;
    if (first === undefined || sets.some((one) => one.join("\n") !== first.join("\n"))) return NO_LABELS;
    return known(first);
  },
};

export const bidStrategy: StateFact = {
  id: "bidStrategy",
  label: { en: "bid strategy", fr: "stratégie d'enchères" },
  unit: "text",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "How it bids, or its campaign does, in the platform's own word; no data when the platform does not say, or for a shared budget whose campaigns differ.",
  source: "Meta Marketing API, field bid_strategy; Google Ads API, campaign.bidding_strategy_type",
  read: reported("bidStrategy", (node) => {
    const [first, ...others] = partsOf(node).map(
      (part) => part.bidStrategy ?? node.campaign?.bidStrategy ?? null,
    );
    return first !== undefined && others.every((one) => one === first) ? first : null;
  }),
};

export const learning: StateFact = {
  id: "learning",
  label: { en: "learning phase", fr: "phase d'apprentissage" },
  unit: "state",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  values: ["learning", "learned", "limited"],
  doc: "`learning`, `learned` or `limited`; no data when the platform does not say, which is not the same as learned. A shared budget learns when one of its campaigns does and has learned when all have.",
  source:
    "Meta Marketing API, Ad Set, field learning_stage_info; Google Ads API, campaign.bidding_strategy_system_status",
  read: reported("learningPhase", (node) => {
    const stated = (node.entity ?? node.holder)?.learning ?? "unknown";
    return stated === "unknown" ? null : stated;
  }),
};

export const always: StateFact = {
  id: "always",
  label: { en: "always", fr: "toujours" },
  unit: "flag",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "True: the condition of a rule that its scope alone decides.",
  source: "constant",
  read: () => () => ALWAYS,
};

/** The entity itself, or every campaign that a shared budget feeds; none where one of them is out of sight. */
function partsOf({ entity, holder }: Node): readonly Entity[] {
  if (entity !== null) return [entity];
  return holder === null || holder.unclearFeeds.length > 0 ? [] : holder.feeds;
}

function reported(fact: string, stated: (node: Node) => string | null): () => NodeReader {
  const notReported = noData(metricMessage("noData.notReported", { fact }));
  return () => (node) => {
    const value = stated(node);
    return value === null ? notReported : known(value);
  };
}
