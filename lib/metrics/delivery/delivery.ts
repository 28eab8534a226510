/** Where delivery comes from: the series of every subject, of the brand as a whole and of its stages. */
import type { Brand } from "../../domain/brand.ts";
import { eachDay } from "../../domain/day.ts";
import { DomainError } from "../../domain/errors.ts";
import type { BudgetHolder } from "../../domain/holder.ts";
import type { InsightLevel, Snapshot } from "../../domain/snapshot.ts";
import { cached, slots } from "../cache.ts";
import type { Census, KnownAccount, Node, Parts } from "../census.ts";
import { metricMessage } from "../messages.ts";
import { type NoData, noData } from "../outcome.ts";
import { groupIn, type Part, stagesIn } from "../partition.ts";
import type { DailyFigures } from "../port.ts";
import type { WindowDays } from "../windows/window.ts";
import { type Block, sumsOver, type WindowSums } from "./block.ts";
import { type Column, MILLIONTHS } from "./columns.ts";
import {
  combine,
  covers,
  daysOf,
  isTiled,
  type Series,
  type SeriesOf,
  seriesOfAccount,
  spanOf,
} from "./series.ts";
import { type Sources, sourcesOf, sumOfSources, withSuffix } from "./sources.ts";

/** Id of no row: its series is zero over what the account covers, so a stage without campaigns has spent 0. */
const NO_ENTITY = "";

/** Delivery of one subject over one window. */
export interface Delivery extends Sources {
  kind: "delivery";
  series: Series;
  window: WindowDays;
  /** The window's place among the days of the series, with the sums of every entity beside it. */
  all: WindowSums;
}

/** Delivery over one window. */
export interface DeliveryView {
  of(node: Node): Delivery | NoData;
  ofBrand(): Delivery | NoData;
  /** All accounts of one platform; no data where the brand has none. */
  ofPlatform(platform: string): Delivery | NoData;
  /** A stage of the brand, or `unmapped`. */
  ofStage(stage: string): Delivery | NoData;
  /** The same of any other partition of its campaigns. */
  ofMember(group: string, member: string): Delivery | NoData;
}

export interface DeliverySource {
  over(window: WindowDays): DeliveryView;
  /** Day by day, without data for days that are not covered. */
  daysOf(node: Node, window: WindowDays): DailyFigures;
}

interface Located extends Sources {
  kind: "located";
  series: Series;
}

type Locate = (known: KnownAccount, level: InsightLevel, id: string) => Located | NoData;

/**
 * @throws DomainError `metrics.maturityMissing` when a platform of the brand has no maturity curve, `metrics.unsafeSum`
 * when a sum leaves the exact range of numbers.
 */
export function deliverySource(
  brand: Brand,
  snapshot: Snapshot,
  census: Census,
  maturity: Readonly<Record<string, readonly number[]>>,
): DeliverySource {
  const locate = locator(snapshot, census, maturity);
  const named = new Map<string, Located | NoData>();
  const nodes = slots<Located | NoData>(census.size);
  const brandPlace = (): Located | NoData =>
    cached(named, "brand", () => locateAccounts(census.accounts, locate));
  const groups = new Map<Node, Located | NoData>();
  const placeOf = (node: Node): Located | NoData => {
    if (node.subject.level === "brand") return brandPlace();
    const { parts } = node;
    if (parts !== undefined) return cached(groups, node, () => locateParts(census, placeOf, node, parts));
    const place = nodes[node.ordinal] ?? locateNode(census, locate, node);
    nodes[node.ordinal] = place;
    return place;
  };
  const platformPlace = (platform: string): Located | NoData =>
    cached(named, `platform ${platform}`, () => locatePlatform(census, locate, platform));
  const stagePlace = (stage: string): Located | NoData =>
    cached(named, `stage ${stage}`, () => locateMember(stagesIn(brand, stage), census, locate));
  const memberPlace = (group: string, member: string): Located | NoData =>
    cached(named, `group ${group} ${member}`, () =>
      locateMember(groupIn(brand, group, member), census, locate),
    );
  const viewOver = (window: WindowDays): DeliveryView => {
    const deliver = deliverer(window);
    let ofNodes: (Delivery | NoData | undefined)[] = [];
    return {
      of: (node) => {
        if (node.parts !== undefined) return deliver(placeOf(node));
        if (ofNodes.length === 0) ofNodes = slots(census.size);
        const known = ofNodes[node.ordinal];
        if (known !== undefined) return known;
        const made = deliver(placeOf(node));
        ofNodes[node.ordinal] = made;
        return made;
      },
      ofBrand: () => deliver(brandPlace()),
      ofPlatform: (platform) => deliver(platformPlace(platform)),
      ofStage: (stage) => deliver(stagePlace(stage)),
      ofMember: (group, member) => deliver(memberPlace(group, member)),
    };
  };
  const views = new Map<string, DeliveryView>();
  return {
    over: (window) => cached(views, `${window.from} ${window.to}`, () => viewOver(window)),
    daysOf: (node, window) => dailyFigures(placeOf(node), window),
  };
}

function locator(
  snapshot: Snapshot,
  census: Census,
  maturity: Readonly<Record<string, readonly number[]>>,
): Locate {
  const series = new Map<string, SeriesOf>();
  for (const known of census.accounts) {
    if (known.snapshot === null) continue;
    const curve = maturity[known.account.platform];
    if (curve === undefined) {
      const detail = `platform "${known.account.platform}" has no maturity curve`;
      throw new DomainError("metrics.maturityMissing", detail);
    }
    series.set(known.key, seriesOfAccount(known.snapshot, curve, snapshot.day, known.account));
  }
  const lacking = new Map<string, NoData>();
  return (known, level, id) => {
    const account = known.snapshot;
    const seriesOf = series.get(known.key);
    if (account === null || seriesOf === undefined) {
      const missing = (): NoData => noData(metricMessage("noData.accountMissing", { account: known.key }));
      return cached(lacking, known.key, missing);
    }
    if (!account.levels.includes(level)) {
      const unfetched = (): NoData =>
        noData(metricMessage("noData.levelNotFetched", { account: known.key, level }));
      return cached(lacking, `${known.key} ${level}`, unfetched);
    }
    const source = level === "account" ? known.key : `${known.key} ${level} ${id}`;
    return { kind: "located", series: seriesOf(level, id), ...sourcesOf(source, known) };
  };
}

/** A budget holder is counted from the rows of the entity that owns its money, a shared budget from all that it feeds. */
function locateNode(census: Census, locate: Locate, node: Node): Located | NoData {
  const known = census.accounts.find((account) => account.key === node.accountKey);
  if (known === undefined) {
    throw new DomainError("metrics.unknownAccount", `${node.subject.key} is in no account of the brand`);
  }
  if (node.holder !== null && node.holder.owner === "shared") return locateShared(known, locate, node.holder);
  return node.entity === null
    ? locate(known, "account", known.account.accountId)
    : locate(known, node.entity.level, node.entity.id);
}

/** A group that is no subject. */
function locateParts(
  census: Census,
  placeOf: (node: Node) => Located | NoData,
  { subject: { name }, accountKey }: Node,
  { plus, minus }: Parts,
): Located | NoData {
  const whole = sumOf(plus.map(placeOf));
  if (whole.kind === "noData") return whole;
  if (minus.length > 0) {
    const less = sumOf(minus.map(placeOf));
    if (less.kind === "noData") return less;
    const series = combine([whole.series], [less.series]);
    return { kind: "located", series, ...withSuffix(whole, ` without ${name}`) };
  }
  const known = census.accounts.find(({ key }) => key === accountKey);
  return known === undefined ? whole : { ...whole, ...sourcesOf(`${known.key} ${name}`, known) };
}

/** Without one of its campaigns the sum would be too small, which no rule could see: no data then. */
function locateShared(known: KnownAccount, locate: Locate, holder: BudgetHolder): Located | NoData {
  const [unclear] = holder.unclearFeeds;
  if (unclear !== undefined) return noData(metricMessage("noData.campaignUnclear", { campaign: unclear }));
  const whole = sumOf(holder.feeds.map(({ level, id }) => locate(known, level, id)));
  if (whole.kind === "noData") return whole;
  return { ...whole, ...sourcesOf(`${known.key} ${holder.ref.level} ${holder.ref.id}`, known) };
}

function locateAccounts(accounts: readonly KnownAccount[], locate: Locate): Located | NoData {
  return sumOf(accounts.map((known) => locate(known, "account", known.account.accountId)));
}

function locatePlatform(census: Census, locate: Locate, platform: string): Located | NoData {
  const own = census.accounts.filter(({ account }) => account.platform === platform);
  return own.length === 0
    ? noData(metricMessage("noData.channelUnknown", { channel: platform }))
    : locateAccounts(own, locate);
}

/** `unmapped` is the rest of the accounts' delivery, so that shares and it always make 100 %. */
function locateMember(part: Part | NoData, census: Census, locate: Locate): Located | NoData {
  if (part.kind === "noData") return part;
  const whole = locateAccounts(census.accounts, locate);
  if (whole.kind === "noData") return whole;
  const campaigns = census.nodes.campaign.filter(part.has);
  const parts: Series[] = [];
  for (const known of census.accounts) {
    const own = campaigns.filter((node) => node.accountKey === known.key);
    for (const id of [NO_ENTITY, ...own.map((node) => node.entity?.id ?? NO_ENTITY)]) {
      const part = locate(known, "campaign", id);
      if (part.kind === "noData") return part;
      parts.push(part.series);
    }
  }
  const series = part.isMember ? combine(parts) : combine([whole.series], parts);
  return { kind: "located", series, ...withSuffix(whole, ` ${part.name}`) };
}

function sumOf(parts: readonly (Located | NoData)[]): Located | NoData {
  const found: Located[] = [];
  for (const part of parts) {
    if (part.kind === "noData") return part;
    found.push(part);
  }
  return { kind: "located", series: combine(found.map((part) => part.series)), ...sumOfSources(found) };
}

/** Of one place after the other: what the window is among the days of a block holds for all in it. */
function deliverer(window: WindowDays): (place: Located | NoData) => Delivery | NoData {
  const { from, to } = window;
  const notTiled = noData(metricMessage("noData.notTiled", { from, to }));
  let block: Block | null = null;
  let all: WindowSums | NoData = notTiled;
  return (place) => {
    if (place.kind === "noData") return place;
    const { series, source, conversionSource, datedSources } = place;
    if (series.block !== block) {
      block = series.block;
      all = sumsInside(series, window);
    }
    if ("kind" in all) return all;
    if (!isTiled(series, all)) return notTiled;
    return { kind: "delivery", series, window, all, source, conversionSource, datedSources };
  };
}

function sumsInside(series: Series, { from, to }: WindowDays): WindowSums | NoData {
  const { coveredFrom, coveredTo } = series.block;
  return covers(series, from, to)
    ? sumsOver(series.block, spanOf(series, from, to))
    : noData(metricMessage("noData.outsideCoverage", { from, to, coveredFrom, coveredTo }));
}

function dailyFigures(located: Located | NoData, { from, to }: WindowDays): DailyFigures {
  const days = eachDay(from, to);
  const column = (name: Column): (number | null)[] => {
    if (located.kind === "noData") return days.map(() => null);
    const { series } = located;
    return days.map((day) =>
      covers(series, day, day) ? (daysOf(series, name, spanOf(series, day, day))[0] ?? null) : null,
    );
  };
  return {
    from,
    spendMicros: column("spendMicros"),
    conversions: column("conversionMillionths").map((one) => (one === null ? null : one / MILLIONTHS)),
  };
}
