/** What a preview on a dataset cannot know. */
export const dataset = {
  "dataset.title": "About this dataset",
  "dataset.asExported":
    "Budgets, status and learning are as they were when {folder} was exported, not as they were on {day}. Who changed what by hand is not in it: rules judge as if nobody had. Nothing is stored, and nothing can be changed.",
  "dataset.unknownStatus":
    "{count} {count:campaign or ad group has|campaigns and ad groups have} no known status, so no rule judges {count:it|them}: add the column status to entities.csv.",
  "dataset.unknownParent":
    "{count} {count:ad group belongs|ad groups belong} to no known campaign, so no rule judges {count:it|them}: add the column parent_id to entities.csv.",
  "dataset.unknownBudget":
    "{count} active {count:campaign has|campaigns have} no known budget, of {count:its|their} own or of {count:its|their} ad groups, so no rule judges {count:it|them}: add the column daily_budget or lifetime_budget to entities.csv.",
  "dataset.unknownLearning":
    "{count} active {count:campaign or ad group with a budget has|campaigns and ad groups with a budget have} no known learning phase, nor a known first day, so raises of {count:it|them} stay blocked. The phase stands in the column Delivery of Ads Manager and in Status of Google Ads; or add the columns learning or created_on to entities.csv.",
  "dataset.noRevenue":
    "Without revenue.csv there is no MER, and what needs it is no data: write date and revenue into it.",
};
