/** Sentences that metrics, planner and loop leave as keys, in French. They stand alone and without a full stop. */
export const reasons = {
  "noData.accountMissing": "le compte {account} n'a pas pu être lu",
  "noData.levelNotFetched": "le compte {account} n'a pas été lu au niveau {level}",
  "noData.campaignUnclear": "la campagne {campaign} du budget partagé est hors de vue ou en a deux",
  "noData.outsideCoverage": "du {from} au {to}, cela sort des jours lus (du {coveredFrom} au {coveredTo})",
  "noData.notTiled": "une ligne de plusieurs jours dépasse une borne de la période du {from} au {to}",
  "noData.notDaily": "ses lignes couvrent plusieurs jours chacune, et ceci regarde des jours un à un",
  "noData.notAdditive":
    "{figure} : plusieurs lignes ne s'additionnent pas, seule une période d'une ligne en a",
  "noData.figureMissing": "la source ne donne pas {figure} le {day}",
  "noData.countedOtherwise": "le compte {account} ne compte pas les conversions {countedOn}",
  "noData.noConversions": "aucune conversion ces jours-là",
  "noData.noSpend": "aucune dépense ces jours-là",
  "noData.noImpressions": "aucune impression ces jours-là",
  "noData.noReach": "personne touché ces jours-là",
  "noData.noClicks": "aucun clic ces jours-là",
  "noData.noLinkClicks": "aucun clic sur lien ces jours-là",
  "noData.noShop": "la marque n'a pas de chiffres de boutique",
  "noData.noShopDays": "il manque {missing} à la boutique, à partir du {firstMissing}",
  "noData.shopFigureMissing": "la boutique ne donne pas {figure} le {day}",
  "noData.sourceMissing": "la boutique ne dit pas ce que {channel} a rapporté le {day}",
  "noData.channelUnknown": "la marque n'a pas de compte sur {channel}",
  "noData.sumTooLarge": "la somme est trop grande pour être exacte ({figure})",
  "noData.noRevenue": "aucun chiffre d'affaires ces jours-là",
  "noData.noOrders": "aucune commande ces jours-là",
  "noData.noNewCustomers": "aucun nouveau client ces jours-là",
  "noData.noSessions": "aucune session ces jours-là",
  "noData.noQualifiedLeads": "aucun prospect qualifié ces jours-là",
  "noData.marginUnknown":
    "la boutique ne donne pas coût des produits et frais, et le fichier de marque ne fixe pas contributionMargin",
  "noData.spendNotRaised": "la dépense par jour a varié de {rise}, il faut une hausse de {need}",
  "noData.tooFewDays": "{have} sur les {need} qu'il faut",
  "noData.tooFewConversions": "{have} conversions sur les {need} qu'il faut",
  "noData.parameterUnset": "le fichier de marque ne fixe pas {name} pour lui",
  "noData.parameterDiffers": "les campagnes qu'il alimente diffèrent sur {name}",
  "noData.parameterOutOfRange": "la formule de {name} donne moins de 0, ou plus de 100 %",
  "noData.formulaDividedByZero": "la formule de {name} divise par 0",
  "noData.formulaTooLarge": "la formule de {name} donne plus que ce qui se calcule exactement",
  "noData.marginOutOfRange":
    "la marge {contributionMargin} et le profit visé {wantedProfit} ne laissent rien à la publicité",
  "noData.stageUnknown": "la marque n'a pas d'étape {stage}",
  "noData.bandUnset": "la marque ne fixe pas de bande à l'étape {stage}",
  "noData.noStage": "il n'est dans aucune étape",
  "noData.notReported": "la plateforme ne donne pas {fact}",
  "noData.noDailyBudget": "il n'a pas de budget quotidien",
  "noData.noBudget": "il ne porte pas de budget",
  "noData.noKnownChange": "aucun changement connu",
  "noData.noCompleteDay": "pas encore de jour complet dans la période",
  "noData.windowNotOver": "les jours jusqu'au {to} ne sont pas finis",
  "noData.noEvent": "le calendrier n'a pas de {event} qui ait commencé",
  "noData.baseNotBefore": "les jours de comparaison ne sont pas tous avant",
  "noData.noGroup": "{group} inconnu, absent ou multiple",
  "noData.noSiblings": "il n'a pas de voisins",
  "noData.noneActive": "aucun d'eux n'est actif",
  "rank.place": "{place} sur {ranked}",
  "noData.notRanked": "il n'est pas parmi ceux qui sont classés",
  "noData.onlyPlain": "seuls les chiffres bruts sont connus pour la conversion ou l'attribution nommée",
  "noData.conversionNotCounted": "le compte {account} n'a pas été interrogé sur {conversion}",
  "noData.noMoreConversions": "la dépense a augmenté et les conversions non",
  "noData.customersUnclear": "la boutique indique plus de premières commandes que de commandes",
  "noData.memberUnknown": "la marque n'a pas de {member} dans sa partition {group}",
  "noData.noLifetimeBudget": "il n'a pas de budget total",
  "noData.adsNotListed": "les annonces du compte {account} ne sont pas listées",
  "noData.trackingUnclear": "le compte {account} n'a pas assez de données pour juger son suivi",
  "noData.notPaused": "il n'est pas en pause",
  "noData.notPausedByPalier": "ce n'est pas Palier qui l'a mis en pause",
  "noData.noEventAhead": "le calendrier n'a pas de tel événement à venir",
  "noData.noEventBegun": "le calendrier n'a pas de tel événement commencé",
  "noData.notAtThisLevel": "{fact} n'existe pas au niveau {level}",
  "stable.overDispersed": "les jours varient trop\u00a0: phi {phi}, au plus {limit}",
  "stable.halvesDiffer": "les deux moitiés diffèrent\u00a0: z {zSplit}, limite {limit}",
  "stable.worsening": "les résultats se dégradent\u00a0: CUSUM {cusum}, alerte à {limit}",

  "guardrail.conflict.blocked": "la règle {rule} décide pour ce porteur cette nuit",
  "guardrail.stop.blocked": "arrêt de {scope} par {by} depuis {since}",
  "guardrail.newRule.degraded": "seulement observé\u00a0: la règle est suivie depuis {nights} sur {needed}",
  "guardrail.mode.degraded": "le mode de la marque est {mode}",
  "guardrail.rollout.degraded":
    "{mode} pour l'instant\u00a0: la règle a été observée {nights} sur {needed} de son déploiement",
  "guardrail.scopeGrew.degraded":
    "demandé au lieu d'être appliqué\u00a0: la règle en regarde {size} au lieu de {before} depuis la nuit dernière",
  "guardrail.nightsInARow.blocked":
    "remplie {nights} d'affilée, il en faut {needed}\u00a0: au plus tôt le {free}",
  "guardrail.firstMatch.blocked": "la règle {rule} la précède dans son groupe et {why}",
  "guardrail.muted.blocked":
    "la règle {rule} a agi dessus le {last} et tient cette règle à l'écart\u00a0; de nouveau libre\u00a0: {free}",
  "guardrail.accountStop.blocked":
    "elle arrêterait tout un compte\u00a0: nommez la règle {rule} dans accountStop du fichier de marque pour l'autoriser",
  "guardrail.pausedBy.blocked": "{by}",
  "guardrail.eventWindow.degraded":
    "demandé au lieu d'être appliqué\u00a0: {event} va du {from} au {to}, et les trois jours autour comptent",
  "guardrail.atMost.blocked":
    "cette règle l'a changé {times} fois {span}, au plus {limit}\u00a0; de nouveau libre\u00a0: {free}",
  "guardrail.nightWindow.degraded":
    "demandé au lieu d'être appliqué\u00a0: il n'est pas entre {from} et {to}",
  "guardrail.missingAccount.blocked":
    "le compte {account} n'a pas pu être lu\u00a0: MER et parts sont inconnus, donc aucune hausse ni reprise",
  "guardrail.partialData.blocked":
    "le compte {account} ne couvre que jusqu'au {coveredTo}, donc aucune hausse ni reprise",
  "guardrail.hold.blocked": "suspendu par la règle {rule}",
  "guardrail.inactive.blocked": "sans diffusion ({status})",
  "guardrail.lifetimeBudget.blocked": "il a un budget total, qui n'est jamais changé",
  "guardrail.specialBudget.blocked":
    "son budget est d'un genre particulier ({kind}), qui n'est jamais changé",
  "guardrail.foreignEdit.blocked":
    "{by} ({via}) l'a changé le {at}\u00a0; il est laissé tel quel pendant {hours}, jusqu'au {until}",
  "guardrail.historyUnknown.blocked": "compte {account}\u00a0: {why}, donc aucune hausse ni reprise",
  "guardrail.historyUnknown.degraded": "demandé au lieu d'être appliqué\u00a0: compte {account}\u00a0: {why}",
  "guardrail.budgetSchedule.blocked": "un budget programmé est en cours sur la plateforme",
  "guardrail.learning.blocked": "encore en phase d'apprentissage",
  "guardrail.unknownLearning.blocked":
    "sa phase d'apprentissage est inconnue\u00a0; depuis sa dernière modification\u00a0: {days}, il en faut {needed}",
  "guardrail.unknownLearning.degraded":
    "demandé au lieu d'être appliqué\u00a0: sa phase d'apprentissage est inconnue",
  "guardrail.stageBand.blocked":
    "l'étape {stage} prend {share} de la dépense, au-dessus de sa bande de {limit}",
  "guardrail.unsettled.blocked":
    "{settled} des conversions du {from} au {to} sont arrivées, il en faut {limit}",
  "guardrail.evidence.blocked":
    "{conversions} conversions et une probabilité de {probability}\u00a0; il faut {minConversions} et {minProbability}",
  "guardrail.evidence.degraded":
    "demandé au lieu d'être appliqué\u00a0: {conversions} conversions et une probabilité de {probability}\u00a0; il faut {minConversions} et {minProbability}",
  "guardrail.cooldown.blocked": "changé il y a {nights}, se repose {needed}",
  "guardrail.ruleCooldown.blocked": "changé par cette règle il y a {nights}, elle attend {needed}",
  "guardrail.heldOff.blocked": "{by} demande de ne pas y toucher, jusqu'au {until} inclus",
  "guardrail.ruleOff.blocked":
    "{by} a annulé le dernier changement de cette règle\u00a0; elle n'y touche plus jusqu'au {until}",
  "guardrail.rejected.blocked":
    "{by} l'a refusé le {at} ({reason})\u00a0; ce n'est pas redemandé avant le {until}, sauf si ses preuves bougent de {limit}",
  "guardrail.rejected.degraded":
    "demandé au lieu d'être appliqué\u00a0: {by} l'a refusé le {at}, et ses preuves ont bougé depuis",
  "guardrail.trackingSuspect.blocked":
    "le suivi de {account} est suspect depuis le {since}\u00a0: aucune hausse, et rien d'autre n'y est fait",
  "guardrail.unansweredAlert.degraded":
    "demandé au lieu d'être appliqué\u00a0: personne n'a répondu à l'alerte depuis le {since} ({alert})",
  "guardrail.noticeMissing.degraded":
    "demandé au lieu d'être appliqué\u00a0: l'annonce de cette nuit n'est pas arrivée dans le canal",
  "guardrail.disputed.blocked":
    "les deux moteurs de règles sont en désaccord sur cette règle cette nuit, rien n'est fait par elle",
  "guardrail.sharedBudget.blocked":
    "un budget partagé ne peut pas être mis en pause, seules ses campagnes le peuvent",
  "guardrail.onePerHolder.blocked": "déjà changé cette nuit par la règle {rule}",
  "guardrail.step.clamped": "un pas est d'au plus {limit}\u00a0: {value} devient {to}",
  "guardrail.step.blocked": "un pas est d'au plus {limit}",
  "guardrail.anchor.clamped":
    "au plus {multiple} x le budget d'il y a {nights} ({anchor})\u00a0: {value} devient {to}",
  "guardrail.anchor.blocked": "déjà à {multiple} x le budget d'il y a {nights} ({anchor})",
  "guardrail.floor.clamped": "pas sous le budget le plus bas {limit}\u00a0: {value} devient {to}",
  "guardrail.floor.blocked": "déjà au budget le plus bas {limit}",
  "guardrail.ceiling.clamped": "pas au-dessus du budget le plus haut {limit}\u00a0: {value} devient {to}",
  "guardrail.ceiling.blocked": "déjà au budget le plus haut {limit}",
  "guardrail.rounding.clamped": "la plateforme compte par pas de {unit}\u00a0: {value} devient {to}",
  "guardrail.tolerance.blocked": "il ne resterait que {percent}, rien n'est changé sous {limit}",
  "guardrail.nightlyRaises.clamped":
    "les hausses d'une nuit font au plus {limit} des budgets ({allowance}, dont {used} pris)\u00a0: {value} devient {to}",
  "guardrail.nightlyRaises.blocked":
    "les hausses d'une nuit font au plus {limit} des budgets ({allowance}, dont {used} pris)",
  "guardrail.pausesPerNight.blocked": "déjà {pauses} {pauses:pause|pauses} cette nuit, au plus {limit}",
  "guardrail.writesPerRun.blocked":
    "déjà {writes} {writes:changement|changements} cette nuit, au plus {limit}",
  "guardrail.changesPerHour.blocked":
    "déjà {changes} {changes:changement|changements} dans l'heure, au plus {limit}",
  "guardrail.blastRadius.blocked":
    "le plan entier est refusé, il touche trop de porteurs ({holders} sur {active})",
  "refused.blastRadius":
    "il toucherait {holders} des {active} porteurs de budget actifs, plus de {limit} et plus de {limitHolders}\u00a0; voir règles et données",
  "recheck.notInPlan": "il n'est pas tel quel dans son plan",
  "recheck.expired": "la proposition a expiré {expired}",
  "recheck.tooMuch": "la limite {guardrail} permet maintenant {to} au lieu de {value}",
  "recheck.modeStricter": "la limite {guardrail} ne permet plus de le faire sans demander",
  "recheck.notBound": "le compte {account} n'est plus à la marque",
  "recheck.otherCurrency": "ses montants sont en {currency}, qui n'est plus la devise de la marque",
  "recheck.handsOff": "le fichier de marque demande de ne pas y toucher, par {by}",
  "recheck.ruleWithdrawn": "la règle {rule} n'est plus en vigueur",
  "recheck.ruleStricter": "la règle {rule} n'a plus que le mode {mode}",
  "recheck.notApplied": "ce qui devait être annulé n'est plus tel qu'il a été appliqué",
  "missing.account": "Le compte {account} n'a pas pu être lu\u00a0: tout ce qui en dépend est inconnu",
  "missing.history":
    "Compte {account}\u00a0: {why}. On ne sait pas si d'autres ont changé ses budgets, donc rien n'y est augmenté",
  "missing.stageUnclear":
    "La campagne {campaign} correspond à plusieurs étapes ({stages}) et ne compte dans aucune\u00a0: les motifs des étapes doivent s'exclure",
  "missing.memberUnclear":
    "La campagne {campaign} correspond à plusieurs membres de {group} ({members}) et ne compte dans aucun\u00a0: leurs motifs doivent s'exclure",
  "missing.pauseEnd":
    "{name} a été mis en pause jusqu'au {until} par la règle {rule}, qui n'existe plus\u00a0: réactivez-le vous-même",
  "silent.told": "déjà dit le {last}\u00a0; redit\u00a0: {again}",
  "notActed.ads": "Palier ne modifie pas encore les publicités",
  "notActed.byDay": "elle attend des passages en journée, que Palier ne fait pas encore",
  "notActed.allocate": "Palier ne répartit pas encore l'argent entre budgets",
  "notActed.assign": "Palier ne déplace pas encore d'un groupe à l'autre",
  "notActed.accountStop":
    "elle arrêterait tout un compte : nommez {rule} dans accountStop du fichier de marque pour le permettre",
  "notActed.noBudget": "il ne possède pas de budget\u00a0: son argent se règle ailleurs",
  "notActed.noFigure": "{metric}, qui le guide, n'a pas de valeur utilisable",
  "notActed.pauseOver": "elle met en pause jusqu'au {until}, qui est passé",
  "missing.shop":
    "Pas de chiffres de boutique\u00a0: chiffre d'affaires, MER et ce qui en dépend sont inconnus",

  "loop.accountFailed": "compte {account}\u00a0: {detail}",
  "loop.accountNotFetched": "le compte {account} n'a pas été lu avant la fin de la nuit",
  "loop.changedMeanwhile": "quelqu'un l'a changé entre-temps\u00a0: maintenant {status}, budget {budget}",
  "loop.diverged": "la plateforme porte {status}, budget {budget}",
  "loop.newerPlan": "le plan du tour {round} le remplace",
  "loop.noEffect": "l'essai {attempt} n'a eu aucun effet sur la plateforme",
  "loop.platformRefused": "la plateforme a refusé\u00a0: {detail} ({code})",
  "loop.reverted":
    "l'historique de la plateforme montre la nouvelle valeur, et l'ancienne est revenue\u00a0: {status}, {budget} par jour\u00a0; quelqu'un l'a remise",
  "loop.revertedAfterYes":
    "la plateforme a dit oui, et l'ancienne valeur est revenue\u00a0: {status}, {budget} par jour\u00a0; quelqu'un a dû la remettre",
  "loop.sendsUsedUp": "envoyé {sends} fois sans effet, c'est le maximum",
  "loop.stepFailed": "impossible pour l'instant\u00a0: {detail}",
  "loop.tooLate": "ce qui autorisait le changement n'est plus valable ; il n'a pas été envoyé",
  "loop.tooSlow": "trop de temps entre le journal et l'appel, donc l'appel n'a pas été fait",
  "loop.wouldBeRefused": "interrogée avant l'envoi, la plateforme refuserait\u00a0: {detail} ({code})",
} as const;
