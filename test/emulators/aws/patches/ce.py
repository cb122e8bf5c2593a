import json

from moto.ce.responses import CostExplorerResponse
from support import ACCOUNT, action, around, chosen, patch, store, unique


@patch("ce", "anomaly monitors and subscriptions are missing")
def anomalies():
    resource("monitor", "AnomalyMonitor", "MonitorArn", "anomalymonitor")
    resource("subscription", "AnomalySubscription", "SubscriptionArn", "anomalysubscription")


def resource(kind: str, wrapper: str, key: str, part: str) -> None:
    def create(self):
        name = f"arn:aws:ce::{ACCOUNT}:{part}/{unique('')}"
        store(self, kind)[name] = {**self._get_param(wrapper), key: name, **({"AccountId": ACCOUNT} if kind == "subscription" else {})}
        store(self, "ce-tags")[name] = self._get_param("ResourceTags") or []
        return json.dumps({key: name})

    def get(self):
        wanted = self._get_param(f"{key}List") or []
        found = chosen(store(self, kind), wanted)
        if len(found) < len(wanted):
            return 400, {}, json.dumps({"__type": f"Unknown{kind.capitalize()}Exception", "message": "not found"})
        return json.dumps({f"{wrapper}s": found})

    def update(self):
        found = store(self, kind)[self._get_param(key)]
        found.update({name: value for name, value in json.loads(self.body).items() if name != key})
        return json.dumps({key: found[key]})

    def delete(self):
        store(self, kind).pop(self._get_param(key), None)
        return "{}"

    for name, method in ((f"create_anomaly_{kind}", create), (f"get_anomaly_{kind}s", get), (f"update_anomaly_{kind}", update), (f"delete_anomaly_{kind}", delete)):
        action(CostExplorerResponse, name)(method)


@patch("ce", "tags of a monitor are not known")
def tags():
    @around(CostExplorerResponse, "list_tags_for_resource")
    def list_tags(original, response):
        known = store(response, "ce-tags").get(response._get_param("ResourceArn"))
        return original(response) if known is None else json.dumps({"ResourceTags": known})
