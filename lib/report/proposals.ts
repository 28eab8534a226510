/** Proposals for a terminal, the open ones first. */
import type { Proposal, ProposalStatus } from "../domain/state.ts";
import { formatInstant, formatMoney } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase } from "../words/say.ts";
import { editWords, shortEdit } from "./edit-words.ts";
import { leftLines } from "./holder-section.ts";
import { addressLines, linked, linkedName } from "./links.ts";
import { levelWord } from "./naming.ts";
import {
  count,
  dim,
  nameOf,
  type Page,
  type PageOptions,
  pageFor,
  paint,
  paragraph,
  section,
} from "./page.ts";
import { type Column, renderTable } from "./table.ts";

export interface BrandPageOptions extends PageOptions {
  currency: string;
  /** The brand's IANA zone, in which times are told. */
  zone: string;
  /** Ids of the platforms that the brand is on. */
  platforms: readonly string[];
}

const STATUS_ORDER: readonly ProposalStatus[] = [
  "open",
  "approved",
  "rejected",
  "expired",
  "superseded",
  "edited",
];

/**
 * A table of the proposals; under each open one what it would do and who has said yes, under each other who decided, and under a
 * person's version what the plan said, where that is among them.
 */
export function renderProposals(proposals: readonly Proposal[], options: BrandPageOptions): string {
  const page = pageFor(options, options);
  if (proposals.length === 0) return phrase("proposals.none", page.reader);
  const sorted = proposals.toSorted(byStatus);
  const rows = sorted.map((proposal) => cells(page, proposal));
  const name = phrase("column.name", page.reader);
  const table = renderTable(columnsOf(page), rows, page.width - 2, (cell, row, header) => {
    if (row === null) return paint(page, "dim", cell);
    return header === name ? linked(page, cell, sorted[row]?.change.target ?? null) : cell;
  });
  const title = phrase("proposals.title", page.reader, { count: count(proposals.length) });
  const lines = section(page, title, [
    ...table.header.map((line) => `  ${line}`),
    ...table.rows.flatMap((row, index) => {
      const proposal = sorted[index];
      const details = proposal === undefined ? [] : detailLines(page, proposal, proposals);
      return [...row.map((line) => `  ${line}`), ...details];
    }),
    ...leftLines(page, table.left),
  ]);
  return lines.slice(1).join("\n");
}

function byStatus(a: Proposal, b: Proposal): number {
  const order = STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status);
  return order || a.expiresAtMs - b.expiresAtMs || a.change.id.localeCompare(b.change.id);
}

function columnsOf(page: Page): Column[] {
  const text = (
    key: "column.name" | "column.id" | "column.change" | "column.status" | "column.until" | "column.rule",
  ) => phrase(key, page.reader);
  const whole = { align: "left", shrinkTo: null, leaves: null } as const;
  return [
    { header: text("column.id"), ...whole },
    { header: text("column.status"), ...whole },
    { header: text("column.change"), ...whole, leaves: 2 },
    { header: text("column.name"), ...whole, shrinkTo: 16, leaves: 4 },
    { header: text("column.until"), ...whole, leaves: 3 },
    { header: text("column.rule"), ...whole, shrinkTo: 8, leaves: 1 },
  ];
}

function cells(page: Page, { change, status, expiresAtMs }: Proposal): string[] {
  return [
    plainText(change.id),
    phrase(`proposal.${status}`, page.reader),
    shortEdit(change.edit, page.reader),
    nameOf(change),
    status === "open" ? formatInstant(expiresAtMs, page.reader) : "-",
    plainText(change.ruleId),
  ];
}

/** Under an open proposal what it would do; under a decided one who decided, and why where somebody gave a reason. */
function detailLines(page: Page, proposal: Proposal, all: readonly Proposal[]): string[] {
  const { reader } = page;
  const { change, status, decidedBy, reason } = proposal;
  const address = dim(page, addressLines(page, change.target, "    "));
  const versions = versionWords(page, proposal, all);
  if (status === "open") {
    const name = linkedName(page, { name: change.name, ref: change.target });
    const text = `${name} (${levelWord(page, change.target)}): ${editWords(change.edit, reader, change.until)}`;
    const yeses = proposal.approvals.map(({ by }) =>
      phrase("proposal.firstYes", reader, { by: plainText(by) }),
    );
    const lines = [text, ...versions, ...yeses].flatMap((line) => paragraph(page, line, 2, 1));
    return [...dim(page, lines), ...address];
  }
  const words = [
    ...(decidedBy === null ? [] : [phrase("proposal.by", reader, { by: plainText(decidedBy) })]),
    ...(status !== "rejected" || reason === null
      ? []
      : [phrase("proposal.because", reader, { reason: plainText(reason) })]),
    ...versions,
  ];
  const decided = words.length === 0 ? [] : paragraph(page, words.join(", "), 2, 1);
  return [...dim(page, decided), ...address];
}

/** Whose version it is and of what; nothing for the plan's own. */
function versionWords(
  page: Page,
  { kind, origin, madeBy, change: { edit } }: Proposal,
  all: readonly Proposal[],
): string[] {
  const { reader } = page;
  const by = plainText(madeBy ?? "");
  const id = plainText(origin);
  if (kind === "planned") return [];
  if (kind === "restore") return [phrase("proposal.restore", reader, { id, by })];
  const planned = all.find(({ change }) => change.id === origin)?.change.edit;
  if (planned?.kind !== "dailyBudget" || edit.kind !== "dailyBudget")
    return [phrase("proposal.versionOf", reader, { id, by })];
  const amounts = {
    amount: formatMoney(edit.toMicros, reader),
    planned: formatMoney(planned.toMicros, reader),
  };
  return [phrase("proposal.madeBy", reader, { by, ...amounts })];
}
