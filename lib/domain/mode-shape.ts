/** How files say how far a change may go, with the words that people type for it. */
import { oneOf } from "./shape.ts";

export const modeShape = oneOf(["shadow", "propose", "apply"], {
  docs: {
    shadow: "Only written into the log: nobody is asked and nothing is sent.",
    propose: "Waits for a person's answer before it is sent.",
    apply: "Sent without asking, inside every limit of the brand.",
  },
  instead: {
    auto: "apply",
    automatic: "apply",
    live: "apply",
    on: "propose or apply",
    suggest: "propose",
    dryRun: "shadow",
    "dry-run": "shadow",
    test: "shadow",
    observe: "shadow",
    log: "shadow",
    off: "shadow, which only writes into the log",
  },
});
