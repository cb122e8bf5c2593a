import json

import moto.kafka.models as models
import moto.kafka.urls as urls
from moto.kafka.exceptions import NotFoundException
from moto.kafka.responses import KafkaResponse
from support import action, around, patch


@patch("kafka", "a cluster stays in CREATING")
def ready_at_once():
    @around(models.FakeKafkaCluster, "__init__")
    def init(original, cluster, *args, **given):
        original(cluster, *args, **given)
        cluster.state = "ACTIVE"


@patch("kafka", "GetBootstrapBrokers is missing")
def bootstrap_brokers():
    added = {"{0}/v1/clusters/(?P<clusterArn>.+)/bootstrap-brokers$": KafkaResponse.dispatch}
    urls.url_paths = {**added, **urls.url_paths}

    @action(KafkaResponse)
    def get_bootstrap_brokers(self):
        return json.dumps({"bootstrapBrokerStringTls": "b-1.emulated:9094", "bootstrapBrokerStringSaslIam": "b-1.emulated:9098"})


@patch("kafka", "a deleted cluster is a server error; a configuration and an authentication that nobody gave are read back")
def described_as_it_is():
    for name in ("describe_cluster", "describe_cluster_v2"):
        around(models.KafkaBackend, name)(described)


def described(original, backend, cluster_arn):
    if cluster_arn not in backend.clusters:
        raise NotFoundException("gone")
    found = original(backend, cluster_arn)
    for each in (found, found.get("provisioned") or {}):
        if not any((each.get("clientAuthentication") or {}).values()):
            each.pop("clientAuthentication", None)
        software = each.get("currentBrokerSoftwareInfo") or {}
        if software.get("configurationArn") == "string":
            software.pop("configurationArn")
            software.pop("configurationRevision", None)
    return found
