/** The steps that only put on record: the desk as it is now, and what becomes of alerts. */
import { deskOf } from "../../domain/brand.ts";
import type { LogEvent } from "../../log/events.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { alertId, alertsToClear, alertsToEscalate, cleared, type NewAlert, raised } from "./alerts.ts";
import { isDeskNew } from "./due-steps.ts";

export async function changeDesk(ports: LoopPorts, { brand }: BrandConfig): Promise<null> {
  const atMs = await ports.clock.nowMs();
  const desk = deskOf(brand);
  await ports.log.append(brand.id, (state) =>
    isDeskNew(state, desk) ? [{ type: "deskChanged", v: 1, atMs, by: "brand file", desk }] : null,
  );
  return null;
}

export async function raiseAlert(ports: LoopPorts, { brand }: BrandConfig, alert: NewAlert): Promise<null> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(brand.id, (state) => {
    const known = state.alerts[alertId(alert.kind, alert.subject)];
    return known === undefined || known.clearedAtMs !== null ? [raised(alert, atMs)] : null;
  });
  return null;
}

export async function clearAlert(ports: LoopPorts, { brand }: BrandConfig, id: string): Promise<null> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(brand.id, (state) =>
    alertsToClear(state).includes(id) ? [cleared(id, atMs)] : null,
  );
  return null;
}

export async function escalateAlert(ports: LoopPorts, { brand }: BrandConfig, id: string): Promise<null> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(brand.id, (state): LogEvent[] | null =>
    alertsToEscalate(brand, state, atMs).includes(id)
      ? [{ type: "alertEscalated", v: 1, atMs, alertId: id }]
      : null,
  );
  return null;
}
