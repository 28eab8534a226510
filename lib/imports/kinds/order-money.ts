/** What an order earned, from the amounts that shops export. */
import { rounded } from "./exact.ts";

export interface OrderAmounts {
  /** What the customer was asked for: goods after discounts, shipping, VAT. */
  totalMicros: bigint;
  /** VAT, and duties where the export has them: what is the state's. */
  taxesMicros: bigint;
  /** Paid back, VAT included. */
  refundedMicros: bigint;
}

export interface OrderEarned {
  revenueMicros: bigint;
  refundsMicros: bigint;
}

/**
 * Total without taxes, less refunds without theirs. Exports say what was paid back and not how much of it was VAT, so it is
 * taken to hold the order's own share: exact when all of it went back or all goods have one rate. Null when the amounts
 * contradict each other.
 */
export function orderEarned({ totalMicros, taxesMicros, refundedMicros }: OrderAmounts): OrderEarned | null {
  const isSound =
    taxesMicros >= 0n && taxesMicros <= totalMicros && refundedMicros >= 0n && refundedMicros <= totalMicros;
  if (!isSound) return null;
  if (totalMicros === 0n) return { revenueMicros: 0n, refundsMicros: 0n };
  const netMicros = totalMicros - taxesMicros;
  const revenueMicros = rounded(netMicros * (totalMicros - refundedMicros), totalMicros);
  return { revenueMicros, refundsMicros: netMicros - revenueMicros };
}
