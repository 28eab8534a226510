/** Are the shop's figures there, up to yesterday? */
import type { Brand } from "../../domain/brand.ts";
import { addDays, type Day, daysBetween, localDay } from "../../domain/day.ts";
import type { Shop } from "../../shops/port.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

const DAYS = 28;
/** A weekend without anybody who exports. */
const MOST_DAYS_LATE = 3;

/** `shop` is null where the brand names none. @throws ShopError */
export async function checkShop(brand: Brand, shop: Shop | null, nowMs: number): Promise<Finding[]> {
  const check = "shop.figures";
  if (shop === null) {
    const found =
      brand.shop === null ? "the brand names no shop" : "the brand's shop cannot be read from here";
    const fix = 'name one under "shop" in the brand file: without revenue nothing that needs MER is raised';
    return [warning(check, brand.id, found, fix)];
  }
  const yesterday = addDays(localDay(nowMs, brand.zone), -1);
  const { source, days } = await shop.fetchDays(addDays(yesterday, 1 - DAYS), yesterday);
  return [judgeFigures(brand.id, source, days.at(-1)?.day ?? null, yesterday)];
}

function judgeFigures(subject: string, source: string, newest: Day | null, yesterday: Day): Finding {
  const check = "shop.figures";
  const fix =
    "bring the shop's figures up to date: days without them are no data, and nothing is raised on that";
  if (newest === null)
    return failed(check, subject, `${source} has no figures of the last ${DAYS} days`, fix);
  const late = daysBetween(newest, yesterday);
  if (late === 0) return ok(check, subject, `${source} has figures up to yesterday`);
  const found = `${source} ends on ${newest}, ${late} days before yesterday`;
  return late <= MOST_DAYS_LATE ? warning(check, subject, found, fix) : failed(check, subject, found, fix);
}
