/** What a click in Slack is answered with, in French. */
export const slack = {
  "slack.approved":
    "{id} est approuvée. Palier revérifie chaque limite, relit le budget, puis fait la modification une seule fois.",
  "slack.rejected": "{id} est refusée. Rien n'est modifié.",
  "slack.approvedAlready": "{id} a déjà été approuvée par {by}, {at}. Ce clic n'a rien changé.",
  "slack.rejectedAlready": "{id} a déjà été refusée par {by}, {at}. Ce clic n'a rien changé.",
  "slack.expired": "{id} a expiré, {at}\u00a0: le silence vaut refus. Rien n'a été modifié.",
  "slack.superseded":
    "{id} a été remplacée par un plan plus récent, ou une limite l'interdit désormais. Rien n'a été modifié.",
  "slack.stopped": "{id} n'est pas approuvée\u00a0: {reason}",
  "slack.unknown": "Il n'y a pas de proposition {id}. Rien n'a été modifié.",
  "slack.notAllowed": "Vous ne pouvez pas répondre aux propositions de Palier. Rien n'a été enregistré.",
  "slack.notRecorded":
    "Il n'est PAS certain que votre réponse à {id} ait été enregistrée. Cliquez de nouveau dans une minute\u00a0: une réponse ne compte qu'une fois.",
} as const;
