/** What a report says of accounts, campaigns, ad groups and ads beside their figures. */
import type { EntityLevel } from "../../../domain/ids.ts";
import type { EntityRow, OpenFile } from "../../kind.ts";
import { amountAt, type Row, textAt } from "../../row.ts";
import type { CountedConversions } from "../google-ads-conversions.ts";
import { learningOf, objectiveOf, statusOf } from "../google-ads-words.ts";
import type { Columns } from "./columns.ts";
import { writtenDay } from "./dates.ts";
import type { ReportRow } from "./rows.ts";

export function nameAccount(
  file: OpenFile,
  at: Columns,
  row: Row,
  { account }: ReportRow,
  counted: CountedConversions,
): void {
  file.sink.account({
    ...account,
    ...said("currency", textAt(row, at.currency).toUpperCase()),
    ...said("zone", textAt(row, at.zone)),
    ...said("name", textAt(row, at.accountName)),
    ...said("conversion", counted.name ?? ""),
  });
}

/** The row's own entity and those above it. The report of the latest days tells how they are now. */
export function nameEntities(file: OpenFile, at: Columns, row: Row, about: ReportRow): void {
  const version = about.period.to;
  const entity = (level: EntityLevel, id: string, rest: Partial<EntityRow>) =>
    file.sink.entity({ ...about.account, level, id, ...rest }, version);
  const status = (column: number | null) => statusAt(file, row, column);
  const learning = learningOf(textAt(row, at.delivery));
  entity("campaign", about.campaign, {
    ...said("name", textAt(row, at.campaign)),
    ...status(at.campaignStatus),
    ...(about.level === "campaign" && learning !== undefined ? { learning } : {}),
    ...campaignWords(file, at, row),
  });
  if (about.level === "campaign") return;
  entity("adGroup", about.adGroup, {
    parentId: about.campaign,
    ...said("name", textAt(row, at.adGroup)),
    ...status(at.adGroupStatus),
    ...(about.level === "adGroup" && learning !== undefined ? { learning } : {}),
  });
  if (about.level === "adGroup") return;
  entity("ad", about.ad, {
    parentId: about.adGroup,
    ...said("name", textAt(row, at.adName)),
    ...status(at.adStatus),
  });
}

function campaignWords(file: OpenFile, at: Columns, row: Row): Partial<EntityRow> {
  const type = textAt(row, at.campaignType);
  const labels = textAt(row, at.labels)
    .split(";")
    .map((label) => label.trim())
    .filter((label) => label !== "");
  return {
    ...said("objective", type === "" ? "" : objectiveOf(type)),
    ...said("bidStrategy", textAt(row, at.bidStrategy)),
    ...said("createdOn", writtenDay(textAt(row, at.startDate), row.order) ?? ""),
    ...(labels.length === 0 ? {} : { labels }),
    ...budgetOf(file, at, row),
  };
}

/** A budget that has a name may be shared, and then it is of no campaign alone; one without a period is no amount per day. */
function budgetOf(file: OpenFile, at: Columns, row: Row): Partial<EntityRow> {
  if (textAt(row, at.budget) === "") return {};
  const name = textAt(row, at.budgetName);
  if (name !== "") file.sink.note("budgets that have a name are left out: campaigns may share them");
  if (at.budgetName === null)
    file.sink.note(
      "budgets are taken for each campaign's own: add the column Budget name where campaigns share one",
    );
  const type = textAt(row, at.budgetType).toLowerCase();
  const isDaily = /^(?:daily|quotidien|par jour)/.test(type);
  const isTotal = /^(?:total|campaign total)/.test(type);
  if (name === "" && !isDaily && !isTotal)
    file.sink.note("budgets are left out where the column Budget type does not say daily or total");
  if (name !== "") return { hasNoBudget: true };
  if (!isDaily && !isTotal) return {};
  const micros = amountAt(row, at.budget);
  if (micros === null) return {};
  return isDaily ? { dailyBudgetMicros: micros } : { lifetimeBudgetMicros: micros };
}

function statusAt(file: OpenFile, row: Row, column: number | null): Pick<EntityRow, "status"> {
  const word = textAt(row, column);
  const status = word === "" ? undefined : statusOf(word);
  if (word !== "" && status === undefined)
    file.sink.note(`the status "${word}" is not known, so it is left open`);
  return status === undefined ? {} : { status };
}

/** What is empty is not said. */
function said<Key extends string>(key: Key, text: string): { [One in Key]?: string } {
  return text === "" ? {} : ({ [key]: text } as { [One in Key]: string });
}
