/** What is answered in Slack where no brand's desk can be asked, in French. */
export const slackInbound = {
  "slack.noDialog":
    "Slack n'a pas ouvert la fenêtre à temps. Rien n'a été modifié\u00a0: cliquez de nouveau, s'il vous plaît.",
  "slack.noBrand": "Aucune marque n'est suivie dans ce canal. Rien n'a été modifié.",
  "slack.severalBrands":
    "Plusieurs marques sont suivies dans ce canal. Dites laquelle, comme dans `/palier {example} status`\u00a0: {brands}.",
} as const;
