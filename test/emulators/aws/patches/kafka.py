import json
from urllib.parse import unquote

import moto.kafka.models as models
import moto.kafka.urls as urls
from moto.kafka.exceptions import BadRequestException, NotFoundException
from moto.kafka.responses import KafkaResponse
from support import action, around, now, patch, store, unique


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


@patch("kafka", "configurations are missing")
def configurations():
    for path in ("configurations$", "configurations/(?P<arn>[^/]+/[^/]+/[^/]+)$", "configurations/(?P<arn>.+)/revisions/(?P<revision>[0-9]+)$", "configurations/(?P<arn>.+)$"):
        urls.url_paths["{0}/v1/" + path] = KafkaResponse.dispatch

    @action(KafkaResponse)
    def create_configuration(self):
        name = self._get_param("name")
        arn = f"arn:aws:kafka:{self.region}:{self.current_account}:configuration/{name}/{unique('')}-1"
        revision = {"creationTime": now().isoformat(), "description": self._get_param("description") or "", "revision": 1}
        made = {"arn": arn, "name": name, "state": "ACTIVE", "creationTime": now().isoformat(), "latestRevision": revision}
        store(self, "kafka-configurations")[arn] = {**made, "description": revision["description"], "kafkaVersions": self._get_param("kafkaVersions") or [], "serverProperties": self._get_param("serverProperties")}
        return json.dumps(made)

    @action(KafkaResponse)
    def describe_configuration(self):
        found = named(self)
        return json.dumps({key: value for key, value in found.items() if key != "serverProperties"})

    @action(KafkaResponse)
    def describe_configuration_revision(self):
        found = named(self)
        return json.dumps({"arn": found["arn"], **found["latestRevision"], "serverProperties": found["serverProperties"]})

    @action(KafkaResponse)
    def update_configuration(self):
        found = named(self)
        found["serverProperties"] = self._get_param("serverProperties")
        found["latestRevision"] = {**found["latestRevision"], "revision": found["latestRevision"]["revision"] + 1}
        return json.dumps({"arn": found["arn"], "latestRevision": found["latestRevision"]})

    @action(KafkaResponse)
    def delete_configuration(self):
        found = named(self)
        del store(self, "kafka-configurations")[found["arn"]]
        return json.dumps({"arn": found["arn"], "state": "DELETING"})


def named(response) -> dict:
    path = unquote(response.parsed_url.path).split("/configurations/")[-1].split("/revisions/")[0]
    found = store(response, "kafka-configurations").get(path)
    if found is None:
        raise BadRequestException("Configuration ARN does not exist.")
    return found
