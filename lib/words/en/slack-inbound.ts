/** What is answered in Slack where no brand's desk can be asked, in English. */
export const slackInbound = {
  "slack.noDialog": "Slack did not open the dialog in time. Nothing was changed: please click again.",
  "slack.noBrand": "No brand is asked in this channel. Nothing was changed.",
  "slack.severalBrands":
    "Several brands are asked in this channel. Say which one, as in `/palier {example} status`: {brands}.",
} as const;
