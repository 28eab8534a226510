/** What a publication changes, for people. */
import type { Publication } from "../../lib/loop/publish.ts";
import { plainText } from "../../lib/words/plain-text.ts";

const LABEL_WIDTH = 12;

export function publicationText(
  publication: Publication,
  { dryRun, here }: { dryRun: boolean; here: boolean },
): string {
  const { brand, sourceHash, kind, first, changes, watched } = publication;
  const name = sourceHash.slice(0, 8);
  if (kind === "same")
    return plainText(`${brand}: these files are published already, as ${name}; nothing was changed.`);
  const lead = dryRun ? "would be published" : "is published";
  const rows: [string, string][] = [
    ...(first ? [] : [["Brand file", changes.brandKeys.join(", ")] as [string, string]]),
    ["Added", changes.added.join(", ")],
    ["Edited", changes.edited.join(", ")],
    ["Removed", changes.removed.join(", ")],
    ["Mode", changes.modes.map(({ rule, from, to }) => `${rule} from ${from} to ${to}`).join(", ")],
    ...watched.map(({ rule, nightsLeft }): [string, string] => [
      "Watched",
      `${rule} for ${nightsLeft} ${nightsLeft === 1 ? "night" : "nights"}, before it may ask for anything`,
    ]),
  ];
  return [
    `${brand} ${lead} as ${name}${first ? ", for the first time" : ""}.`,
    ...rows.filter(([, text]) => text !== "").map(([label, text]) => `  ${label.padEnd(LABEL_WIDTH)}${text}`),
    ...(here && !dryRun ? ["  Nights on this machine go on reading the files from the disk."] : []),
  ]
    .map(plainText)
    .join("\n");
}
