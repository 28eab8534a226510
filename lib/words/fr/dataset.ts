/** Ce qu'un aperçu sur un jeu de données ne peut pas savoir. */
import type { dataset as english } from "../en/dataset.ts";

export const dataset: Record<keyof typeof english, string> = {
  "dataset.title": "À propos de ce jeu de données",
  "dataset.asExported":
    "Budgets, statuts et apprentissage sont ceux du moment où {folder} a été exporté, pas ceux du {day}. Qui a changé quoi à la main n'y est pas\u00a0: les règles jugent comme si personne ne l'avait fait. Rien n'est enregistré, et rien ne peut être modifié.",
  "dataset.unknownStatus":
    "{count} {count:campagne ou groupe n'a|campagnes et groupes n'ont} pas de statut connu, donc aucune règle ne {count:le|les} juge\u00a0: ajoutez la colonne status à entities.csv.",
  "dataset.unknownParent":
    "{count} {count:groupe n'appartient|groupes n'appartiennent} à aucune campagne connue, donc aucune règle ne {count:le|les} juge\u00a0: ajoutez la colonne parent_id à entities.csv.",
  "dataset.unknownBudget":
    "{count} {count:campagne active n'a|campagnes actives n'ont} pas de budget connu, ni {count:le sien|les leurs} ni {count:celui|ceux} de {count:ses|leurs} groupes, donc aucune règle ne {count:la|les} juge\u00a0: ajoutez la colonne daily_budget ou lifetime_budget à entities.csv.",
  "dataset.unknownLearning":
    "{count} {count:campagne active ou groupe actif avec budget n'a|campagnes et groupes actifs avec budget n'ont} ni phase d'apprentissage ni premier jour connus, donc {count:ses|leurs} hausses restent bloquées. La phase est dans la colonne Diffusion du Gestionnaire de publicités et dans État de Google Ads\u00a0; sinon, ajoutez la colonne learning ou created_on à entities.csv.",
  "dataset.noRevenue":
    "Sans revenue.csv il n'y a pas de MER, et ce qui en dépend est sans données\u00a0: écrivez-y date et revenue.",
};
