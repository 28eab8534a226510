/** Windows with the day in them that is not over yet. */
import { readWindow, TODAY } from "../../metrics/windows/window.ts";
import type { FigureName } from "./ranges/figures.ts";

export function isWithToday({ params }: Pick<FigureName, "params">): boolean {
  const window = readWindow(String(params.window));
  if (window === null) return false;
  return (window.kind === "span" && window.toDaysAgo === 0) || (window.kind === "since" && window.today);
}

export function isTodayAlone({ params }: Pick<FigureName, "params">): boolean {
  return params.window === TODAY;
}
