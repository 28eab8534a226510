/** Figures on their own: `palier facts` and what it compares. */
export const facts = {
  "facts.title": "Figures of {name} as of {day}",
  "facts.currency": "Amounts in {currency}.",
  "facts.noCurrency": "Amounts as in the files, which do not name their currency.",
  "facts.zone": "Whole days of {zone}, the day itself not counted.",
  "facts.noZone": "Whole days, the day itself not counted.",
  "facts.windowsLeft": "Nothing has data in {windows}.",
  "facts.name": "Name",
  "facts.metric": "Metric",
  "facts.corrected": "corrected for delay",
  "facts.windows": "Windows",
  "facts.span": "{from} to {to}",
  "facts.noData": "No data",
  "facts.counted": "Counted from",
  "facts.account": "{conversion}; {attribution}; {countedOn}; days from {from} to {to}",
  "facts.events": "In these days",
  "facts.notCovered":
    "No account has figures of any of these days: what there is begins on {from} and ends on {to}.",
  "check.same":
    "{file} ({kind}): all {compared} {compared:figure|figures} of {rows} {rows:row|rows} are Palier's, as far as the export prints them.",
  "check.different":
    "{file} ({kind}): {different} of {compared} {compared:figure|figures} in {rows} {rows:row|rows} {different:differs|differ}.",
  "check.uncompared":
    "Conversions are not compared: Palier counts {conversion}, and the export has no column of that name. Name its own with --conversion.",
  "check.days": "Days",
  "check.exported": "Export",
  "check.unknownEntity": "Palier knows no such entity",
  "check.notExported": "the export has no row of it",
  "facts.brandWouldAdd":
    "Without a brand file there are no stages, no targets and no margins. Propose one with: palier init --dataset {folder}",
};
