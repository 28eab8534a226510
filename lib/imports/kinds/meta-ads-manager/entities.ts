/** Campaigns, ad sets and ads that an export names: what it says of them last, told once. */
import type { Day } from "../../../domain/day.ts";
import { entityKey } from "../../../domain/ids.ts";
import type { EntityRow, OpenFile } from "../../kind.ts";
import type { Row } from "../../row.ts";
import { attributesReader } from "./attributes.ts";
import type { RowKeys, RowSubject } from "./rows.ts";

export interface Entities {
  see(row: Row, subject: RowSubject): void;
  tell(): void;
}

/** Holds one row per entity, however many days the file has. */
export function createEntities(file: OpenFile, { levels }: RowKeys): Entities {
  const attributesAt = attributesReader(file, levels.at(-1)?.level ?? "campaign");
  const seen = new Map<string, { entity: EntityRow; day: Day }>();
  return {
    see(row, { account, path, to }) {
      for (const [index, { level, id, name }] of path.entries()) {
        const parentId = parentOf(levels, path, index);
        const key = entityKey({ ...account, level, id });
        const before = seen.get(key);
        if (before !== undefined && parentId !== undefined && before.entity.parentId !== parentId) {
          complainOfTwins(row, levels[index], before.entity.parentId ?? "");
        }
        if (before !== undefined && before.day >= to) continue;
        const entity = {
          ...account,
          level,
          id,
          ...(name === "" ? {} : { name }),
          ...attributesAt(row, level),
        };
        seen.set(key, { entity: parentId === undefined ? entity : { ...entity, parentId }, day: to });
      }
    },
    tell() {
      for (const { entity, day } of seen.values()) file.sink.entity(entity, day);
      if ([...seen.values()].some(({ entity }) => entity.learning === "learned")) {
        file.sink.note(
          "a delivery of Active is read as past the learning phase, which Ads Manager would name",
        );
      }
    },
  };
}

/** An ad's parent is its ad set: where the export has none, nobody is said to be its parent. */
function parentOf(levels: RowKeys["levels"], path: RowSubject["path"], index: number): string | undefined {
  const isNext = levels[index]?.level !== "ad" || levels[index - 1]?.level === "adGroup";
  return isNext ? path[index - 1]?.id : undefined;
}

/** Ad sets of different campaigns often share a name: without ids they would be taken for one. */
function complainOfTwins(row: Row, columns: RowKeys["levels"][number] | undefined, other: string): void {
  const isNumber = (columns?.id ?? null) !== null;
  row.complain(columns?.id ?? columns?.name ?? null, {
    allowed: isNumber
      ? `an id that stands under ${other} alone`
      : `a name that stands under "${other}" alone`,
    fix: isNumber
      ? "export the report again without opening it in a spreadsheet, which shortens long numbers"
      : "add the columns of ids (Campaign ID, Ad set ID, Ad ID) to the report and export it again",
    code: "import.twins",
  });
}
