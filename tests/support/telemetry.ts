/** Telemetry that keeps what it is told. */
import {
  errorFields,
  type LogFields,
  type MetricName,
  type Telemetry,
} from "../../lib/runtime/aws/telemetry.ts";

export interface RecordingTelemetry extends Telemetry {
  lines: { message: string; fields: LogFields }[];
  /** Sums by metric. */
  counts: Partial<Record<MetricName, number>>;
  flushed: number;
}

export function recordingTelemetry(): RecordingTelemetry {
  const telemetry: RecordingTelemetry = {
    lines: [],
    counts: {},
    flushed: 0,
    info: () => {},
    warn: (message, fields = {}) => void telemetry.lines.push({ message, fields }),
    error: (message, error, fields = {}) =>
      void telemetry.lines.push({ message, fields: { ...fields, ...errorFields(error) } }),
    count: (name, value) => {
      telemetry.counts[name] = (telemetry.counts[name] ?? 0) + value;
    },
    flush: () => {
      telemetry.flushed += 1;
    },
  };
  return telemetry;
}
