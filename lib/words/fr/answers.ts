/** What the desk answers people, in French. */
export const answers = {
  "answer.notOnDesk":
    "{by} ne fait pas partie des personnes de cette marque\u00a0: rien n'a été fait. Un responsable ajoute les personnes dans le fichier de la marque.",
  "answer.needsApprover":
    "{by} peut consulter, mais pas répondre\u00a0: il faut un approbateur ou un responsable. Rien n'a été fait.",
  "answer.needsOwner": "{by} n'en a pas le droit\u00a0: il faut un responsable. Rien n'a été fait.",
  "answer.outsideTeam": "On ne répond pas pour cette marque depuis cet espace de travail. Rien n'a été fait.",
  "answer.outsideApp": "On ne répond pas pour cette marque par cette application. Rien n'a été fait.",
  "answer.outsideChannel": "On ne répond pas pour cette marque dans ce canal. Rien n'a été fait.",
  "answer.outsideMessage": "Ce n'est pas le message que Palier a publié à ce sujet. Rien n'a été fait.",
  "answer.outsideBot":
    "Seules des personnes répondent\u00a0: un robot ou un workflow ne décide de rien. Rien n'a été fait.",
  "answer.outsideGuest": "Les invités ne répondent pas pour cette marque. Rien n'a été fait.",
  "answer.unknown": "{id} n'existe pas ici. Rien n'a été modifié.",
  "answer.counted": "Cette action a déjà été prise en compte une fois. Rien d'autre n'a été modifié.",

  "answer.approved":
    "{id} est approuvée. Palier revérifie chaque limite, relit le budget, puis fait la modification une seule fois.",
  "answer.firstYes":
    "Votre accord pour {id} est enregistré. La hausse est importante\u00a0: il faut aussi l'accord d'une autre personne.",
  "answer.approvedSafe": "{count} {count:modification approuvée|modifications approuvées}.",
  "answer.approvedSafeLeft":
    "{count} {count:modification approuvée|modifications approuvées}. {left} {left:attend|attendent} encore, avec leur motif.",
  "answer.rejected": "{id} est refusée. Rien n'est modifié.",
  "answer.edited": "{id} propose désormais {amount} par jour et attend un accord. {old} n'a plus cours.",
  "answer.restored":
    "{old} est en cours d'annulation par {id}\u00a0: l'ancienne valeur en une fois, dans toutes les limites.",
  "answer.restoreSpent":
    "Ce qui a été dépensé depuis {since}, jusqu'à {amount} de plus par jour, reste dépensé.",
  "answer.restoreMissed":
    "Depuis {since}, jusqu'à {amount} de moins par jour ont été dépensés\u00a0; ces jours sont passés.",
  "answer.restoreLearning": "La plateforme devra peut-être refaire son apprentissage.",
  "answer.handsOff": "Aucune règle ne modifie le budget de {id} jusqu'au {until}.",
  "answer.handsOffLifted": "Les règles peuvent de nouveau modifier le budget de {holder}.",
  "answer.alertTaken": "Vous la prenez en charge\u00a0: tout le monde voit que vous vous en occupez.",
  "answer.stopped":
    "{brand} est à l'arrêt\u00a0: plus rien de nouveau n'est modifié. Une modification déjà partie peut encore arriver.",
  "answer.resumed": "{brand} peut de nouveau être modifiée.",
  "answer.asked": "Palier cherche et répond ici.",

  "answer.approvedAlready": "{id} a déjà été approuvée par {by}, {at}. Cela n'a rien changé.",
  "answer.firstYesAlready":
    "Votre accord pour {id} est déjà enregistré. Il faut aussi l'accord d'une autre personne.",
  "answer.rejectedAlready": "{id} a déjà été refusée par {by}, {at}. Cela n'a rien changé.",
  "answer.editedAlready": "{id} a été modifiée par {by}, {at}\u00a0: répondez à la nouvelle version.",
  "answer.restoredAlready": "L'annulation de {id} a déjà été demandée par {by}, {at}. Cela n'a rien changé.",
  "answer.handsOffAlready": "Les règles ne touchent déjà pas au budget de {id} jusqu'au {until}.",
  "answer.alertTakenAlready": "{by} s'en occupe déjà, depuis {at}.",
  "answer.stoppedAlready": "{brand} a déjà été arrêtée par {by}, {at}.",
  "answer.notStopped": "{brand} n'était pas à l'arrêt.",
  "answer.askedAlready": "La recherche est déjà en cours.",

  "answer.otherVersion": "{id} n'est pas ce que ce bouton montrait. Rien n'a été fait.",
  "answer.expired": "{id} a expiré, {at}\u00a0: le silence vaut refus. Rien n'a été modifié.",
  "answer.superseded":
    "{id} a été remplacée par un plan plus récent, ou une limite l'interdit désormais. Rien n'a été modifié.",
  "answer.underStop": "Rien n'est approuvé\u00a0: {scope} est à l'arrêt, par {by} depuis {since}.",
  "answer.heldOff":
    "{id} n'est pas approuvée\u00a0: {by} demande de ne pas toucher à son budget jusqu'au {until} inclus. Un responsable lève cette consigne avec palier hands-off --lift.",
  "answer.raiseLimit":
    "{by} peut approuver des hausses jusqu'à {limit} par jour\u00a0; celle-ci est de {raise}.",
  "answer.dailyRaiseLimit":
    "{by} peut approuver {limit} de hausses en une journée et en a approuvé {approved}\u00a0; celle-ci est de {raise}.",
  "answer.approvalsPerHour": "{by} a approuvé {limit} fois en une heure, ce qui est la limite.",
  "answer.takesTwo":
    "Une hausse de {raise} dépasse {limit} et demande deux personnes\u00a0: approuvez-la séparément.",
  "answer.nothingSafe": "Plus aucune modification courante de cette nuit n'attend.",
  "answer.notEditable": "Le montant de {id} ne peut pas être modifié\u00a0: approuvez ou refusez.",
  "answer.tooManyVersions": "{id} a {limit} versions, le maximum\u00a0: approuvez ou refusez.",
  "answer.outsideRange": "Il doit être entre {least} et {most} par jour, par pas de {unit}.",
  "answer.sameAmount": "{id} propose déjà {amount}\u00a0: approuvez.",
  "answer.otherDirection":
    "Cela inverserait ce qui est proposé\u00a0: le budget est actuellement de {from} par jour.",
  "answer.notApplied": "{id} n'est pas appliquée\u00a0: il n'y a rien à annuler.",
  "answer.isRestore": "{id} est elle-même une annulation.",
  "answer.restoreTooLate": "{id} pouvait être annulée pendant {days}, ce délai est passé.",
  "answer.restoreTakesTwo":
    "Le budget augmenterait de {raise}, au-delà des {limit} qu'une seule personne peut autoriser\u00a0: faites-le sur la plateforme.",
  "answer.changedSince":
    "{id} a modifié le même budget depuis\u00a0: l'ancienne valeur n'est plus celle d'avant.",
  "answer.changeUnderWay": "{id} modifie ce budget en ce moment. Réessayez dans quelques minutes.",
  "answer.untilOutside": "Le dernier jour doit être compris entre {first} et {last}.",
  "answer.alertOver": "Ce dont il s'agissait est terminé.",
  "answer.tooManyQuestions":
    "{limit} questions attendent déjà. Posez la vôtre quand elles auront leur réponse.",

  "status.title": "{brand}",
  "status.notStopped": "Pas d'arrêt.",
  "status.stopped": "ARRÊT\u00a0: {scope}, par {by} depuis {since}.",
  "status.stoppedBecause": "ARRÊT\u00a0: {scope}, par {by} depuis {since}\u00a0: {reason}",
  "status.noNight": "Aucune nuit n'a été planifiée.",
  "status.night":
    "Nuit du {day}\u00a0: {proposed} à décider, {auto} sans demander\u00a0; {applied} appliquées, {unsettled} en cours.",
  "status.nightRefused": "Nuit du {day}\u00a0: le plan entier a été refusé.",
  "status.nightUnplanned": "Nuit du {day}\u00a0: commencée, pas planifiée.",
  "status.alert": "ALERTE depuis {since}\u00a0: {reason}",
  "status.alertTaken": "Alerte depuis {since}, {by} s'en occupe\u00a0: {reason}",
  "status.alertEscalated":
    "ALERTE depuis {since}, personne ne s'en occupe, les modifications automatiques sont coupées\u00a0: {reason}",
  "status.handsOff": "On ne touche pas à {name} jusqu'au {until}, par {by} ({holder})",
  "status.ruleOff": "{rule} ne touche plus à {holder} jusqu'au {until}\u00a0: {by} a annulé sa modification",

  "amount.empty": "Écrivez un montant comme {example}, ou une variation comme +10\u00a0%.",
  "amount.notAnAmount":
    "Ce n'est pas un montant. Écrivez-en un comme {example}, ou une variation comme +10\u00a0%.",
  "amount.signed":
    "Écrivez le nouveau montant entier sans signe, ou une variation en pourcentage comme +10\u00a0%.",
  "amount.unsignedPercent":
    "Écrivez + ou - devant un pourcentage\u00a0: +10\u00a0% augmente, -10\u00a0% diminue.",
  "amount.ambiguous": "Est-ce {small} ou {large}\u00a0? Écrivez-le sans séparateur.",
  "amount.tooManyDecimals": "{currency} a {digits} {digits:décimale|décimales}.",
  "amount.otherCurrency": "Les montants de cette marque sont en {currency}.",
} as const;
