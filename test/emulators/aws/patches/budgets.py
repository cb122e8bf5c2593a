import json

from moto.budgets.responses import BudgetsResponse
from support import action, patch, store


@patch("budgets", "the subscribers of a notification cannot be read")
def subscribers():
    @action(BudgetsResponse)
    def describe_subscribers_for_notification(self):
        budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
        wanted = same(self._get_param("Notification"))
        found = [each for notification in budget.notifications if same(notification.details) == wanted for each in notification.subscribers]
        return json.dumps({"Subscribers": found})


def same(notification: dict) -> tuple:
    return (notification.get("ComparisonOperator"), float(notification.get("Threshold")), notification.get("NotificationType"))


@patch("budgets", "tags are missing, and every read asks for them")
def tags():
    @action(BudgetsResponse)
    def list_tags_for_resource(self):
        return json.dumps({"ResourceTags": store(self, "budget-tags").get(self._get_param("ResourceARN"), [])})

    @action(BudgetsResponse)
    def tag_resource(self):
        store(self, "budget-tags")[self._get_param("ResourceARN")] = self._get_param("ResourceTags")
        return "{}"

    @action(BudgetsResponse)
    def untag_resource(self):
        return "{}"


@patch("budgets", "tags given with the budget are not kept")
def tags_from_the_start():
    original = BudgetsResponse.create_budget

    def create_budget(self):
        result = original(self)
        given = self._get_param("ResourceTags")
        if given:
            name = self._get_param("Budget")["BudgetName"]
            store(self, "budget-tags")[f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{name}"] = given
        return result

    BudgetsResponse.create_budget = create_budget


@patch("budgets", "a budget cannot be changed")
def update():
    @action(BudgetsResponse)
    def update_budget(self):
        budgets, given = self.backend.budgets[self._get_param("AccountId")], self._get_param("NewBudget")
        old = budgets[given["BudgetName"]]
        new = type(old)(given, [])
        new.notifications = old.notifications
        budgets[given["BudgetName"]] = new
        return "{}"
