/** What `--json` says of places on the platforms, beside values that are hashed and so keep their shape. */
import type { Plan } from "../../lib/domain/plan.ts";
import type { Proposal } from "../../lib/domain/state.ts";
import { addressOf, planLinks } from "../../lib/report/links.ts";
import type { EntryView } from "../../lib/report/views.ts";
import { entityUrl } from "../../lib/runtime/labels.ts";

/** The plan with `links`: addresses by the key of the budget holder or entity. */
export function planWithLinks(plan: Plan): Plan & { links: Record<string, string> } {
  return { ...plan, links: planLinks(plan, entityUrl) };
}

/** The proposal with `link`, null where its platform has no page for the target. */
export function proposalWithLink(proposal: Proposal): Proposal & { link: string | null } {
  return { ...proposal, link: addressOf(entityUrl, proposal.change.target) };
}

/** The entry with `links`: addresses by budget holder of every change that it tells whole. */
export function entryWithLinks<Entry extends EntryView>(
  entry: Entry,
): Entry & { links: Record<string, string> } {
  const changes = entry.events.flatMap((event) => {
    if (event.type === "planned") return [...event.proposed, ...event.auto];
    return "change" in event ? [event.change] : [];
  });
  const links = changes.flatMap(({ holderKey, target }) => {
    const address = addressOf(entityUrl, target);
    return address === null ? [] : [[holderKey, address] as const];
  });
  return { ...entry, links: Object.fromEntries(links) };
}
