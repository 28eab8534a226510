/** The metrics bench's figures as people read them. */
import type { MetricsBench } from "./metrics.ts";

export function metricsText({ windows, facts, targets }: MetricsBench): string {
  const [obvious, columns] = windows.checksums;
  return [
    `Sums of every standard window, ${windows.entityDays} entity-days, from rows grouped by entity, the least of alternating rounds:`,
    `- slice and reduce over row objects: ${windows.obviousMs.toFixed(1)} ms, checksum ${obvious}`,
    `- running sums on columns: ${windows.columnsMs.toFixed(1)} ms, checksum ${columns}`,
    `- ratio: ${windows.ratio.toFixed(1)}; with the making of the columns from the same rows ${windows.ratioWithColumns.toFixed(1)}; a snapshot's own rows take ${windows.rowsMs.toFixed(1)} ms, once`,
    "",
    `Every fact over every standard window of ${facts.entities} ad groups, from ${facts.rows} rows, in a process of its own, the quickest pass after the first:`,
    `- ${facts.ms.toFixed(0)} ms for ${facts.readings} readings, ${facts.known} of them known; ${facts.createMs.toFixed(0)} ms of it to build them; ${facts.processorMs.toFixed(0)} ms of processor time; the first pass ${facts.firstMs.toFixed(0)} ms`,
    `- ${facts.megabytes.toFixed(0)} MB more of peak memory`,
    "",
    "Targets:",
    ...targets.map(({ name, met }) => `- ${met ? "met" : "MISSED"}: ${name}`),
  ].join("\n");
}
