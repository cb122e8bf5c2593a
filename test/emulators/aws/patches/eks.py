import moto.eks.models as models
import moto.eks.urls as urls
from moto.autoscaling.models import autoscaling_backends
from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models import ec2_backends
from moto.eks.exceptions import ResourceNotFoundException
from moto.eks.responses import EKSResponse
from support import action, around, now, number, patch, store

# Arguments that moto wants for a group, and that a node group does not say.
UNUSED = ("availability_zones", "launch_config_name", "default_cooldown", "health_check_period", "placement_group")
LISTS = ("load_balancers", "target_group_arns", "termination_policies", "tags")

ADDED_PATHS = (
    "addons$",
    "addons/(?P<addonName>[^/]+)$",
    "addons/(?P<addonName>[^/]+)/update$",
    "access-entries$",
    "access-entries/(?P<principalArn>.+)/access-policies$",
    "access-entries/(?P<principalArn>.+)/access-policies/(?P<policyArn>.+)$",
    "access-entries/(?P<principalArn>arn[^/]+/[^/]+)$",
    "pod-identity-associations$",
    "pod-identity-associations/(?P<associationId>[^/]+)$",
    "updates/(?P<updateId>[^/]+)$",
)


@patch("eks", "a node group reads back a remote access key that nobody set: replaced")
def no_remote_access():
    models.DEFAULT_REMOTE_ACCESS = None


@patch("eks", "access configuration and IP family are not echoed: replaced")
def access_configuration():
    @around(EKSResponse, "create_cluster")
    def create(original, response):
        result = original(response)
        cluster = response.eks_backend.clusters[response._get_param("name")]
        given = response._get_param("accessConfig") or {}
        cluster.access_config = {
            "authenticationMode": given.get("authenticationMode", "CONFIG_MAP"),
            "bootstrapClusterCreatorAdminPermissions": given.get("bootstrapClusterCreatorAdminPermissions", True),
        }
        network = cluster.kubernetes_network_config
        cluster.kubernetes_network_config = {**network, "ipFamily": network.get("ipFamily") or "ipv4"}
        return result


@patch("eks", "the upgrade policy of a cluster is not echoed")
def upgrade_policy():
    @around(EKSResponse, "create_cluster")
    def create(original, response):
        result = original(response)
        response.eks_backend.clusters[response._get_param("name")].upgrade_policy = response._get_param("upgradePolicy") or {"supportType": "EXTENDED"}
        return result


@patch("eks", "a cluster has no security group, whom others would admit")
def security_group():
    @around(EKSResponse, "create_cluster")
    def create(original, response):
        result = original(response)
        cluster = response.eks_backend.clusters[response._get_param("name")]
        ec2 = ec2_backends[response.current_account][response.region]
        network = ec2.describe_subnets(subnet_ids=cluster.resources_vpc_config["subnetIds"])[0].vpc_id
        group = ec2.create_security_group(f"eks-cluster-sg-{cluster.name}", "EKS created security group", vpc_id=network)
        cluster.resources_vpc_config = {**cluster.resources_vpc_config, "clusterSecurityGroupId": group.id, "vpcId": network}
        return result

    @around(models.EKSBackend, "delete_cluster")
    def delete(original, backend, name):
        cluster = original(backend, name)
        ec2_backends[backend.account_id][backend.region_name].delete_security_group(group_id=cluster.resources_vpc_config["clusterSecurityGroupId"])
        return cluster


@patch("eks", "update and repair configuration of a node group are not echoed")
def node_configuration():
    @around(EKSResponse, "create_nodegroup")
    def create(original, response):
        result = original(response)
        group = response.eks_backend.clusters[response._get_param("name")].nodegroups[response._get_param("nodegroupName")]
        group.update_config = response._get_param("updateConfig") or {"maxUnavailable": 1}
        group.node_repair_config = response._get_param("nodeRepairConfig")
        return result


@patch("eks", "the Auto Scaling group that a node group names does not exist, so that no balancer can be put before it")
def autoscaling_groups():
    @around(models.EKSBackend, "create_nodegroup")
    def create(original, backend, **given):
        group = original(backend, **given)
        autoscaling_backends[backend.account_id][backend.region_name].create_auto_scaling_group(
            name=name_of(group),
            launch_template={"LaunchTemplateId": group.launch_template["id"], "Version": group.launch_template["version"]},
            vpc_zone_identifier=",".join(group.subnets),
            max_size=group.scaling_config["maxSize"],
            # No instance: nothing of what is tested looks at one.
            **{"min_size": 0, "desired_capacity": 0, "health_check_type": "EC2", **dict.fromkeys(UNUSED, None), **dict.fromkeys(LISTS, [])},
        )
        return group

    @around(models.EKSBackend, "delete_nodegroup")
    def delete(original, backend, cluster_name, nodegroup_name):
        group = original(backend, cluster_name, nodegroup_name)
        autoscaling_backends[backend.account_id][backend.region_name].delete_auto_scaling_group(name_of(group))
        return group


def name_of(group) -> str:
    return group.resources["autoScalingGroups"][0]["name"]


@patch("eks", "add-ons, access entries and pod identities are missing (404)")
def parts_of_a_cluster():
    for path in ADDED_PATHS:
        urls.url_paths["{0}/clusters/(?P<name>[^/]+)/" + path] = urls.response.dispatch
    resource("addon", "addonName", "addon", addon)
    resource("access_entry", "principalArn", "accessEntry", access_entry)
    resource("pod_identity_association", "associationId", "association", pod_identity)
    access_policies()


def resource(kind: str, key: str, wrapper: str, make) -> None:
    """Create, describe and delete of one kind of thing that belongs to a cluster."""

    def create(self):
        made = make(self, cluster_of(self), self._get_param)
        parts(self, kind)[made[key]] = made
        return ActionResult({wrapper: made})

    def describe(self):
        return ActionResult({wrapper: existing(self, kind, self._get_param(key))})

    def delete(self):
        return ActionResult({wrapper: parts(self, kind).pop(self._get_param(key), {})})

    for verb, method in (("create", create), ("describe", describe), ("delete", delete)):
        action(EKSResponse, f"{verb}_{kind}")(method)


def cluster_of(response) -> str:
    return response._get_param("clusterName") or response._get_param("name")


def parts(response, kind: str) -> dict:
    return store(response, f"eks-{kind}:{cluster_of(response)}")


def existing(response, kind: str, name: str) -> dict:
    if name not in parts(response, kind):
        raise ResourceNotFoundException(message=f"No {kind} {name}")
    return parts(response, kind)[name]


def arn(response, kind: str, *path: str) -> str:
    return f"arn:aws:eks:{response.region}:{response.current_account}:{kind}/{'/'.join(path)}"


def addon(response, cluster, given) -> dict:
    return {
        "addonName": given("addonName"),
        "clusterName": cluster,
        "status": "ACTIVE",
        "addonVersion": given("addonVersion") or "v1.0.0-eksbuild.1",
        "health": {"issues": []},
        "addonArn": arn(response, "addon", cluster, given("addonName"), "1"),
        "serviceAccountRoleArn": given("serviceAccountRoleArn"),
        "configurationValues": given("configurationValues"),
        **dated(given),
    }


def access_entry(response, cluster, given) -> dict:
    principal = given("principalArn")
    return {
        "principalArn": principal,
        "clusterName": cluster,
        "type": given("type") or "STANDARD",
        "username": given("username") or principal,
        "kubernetesGroups": given("kubernetesGroups") or [],
        "accessEntryArn": arn(response, "access-entry", cluster, "role", principal.split("/")[-1]),
        **dated(given),
    }


def pod_identity(response, cluster, given) -> dict:
    name = f"a-{number():x}"
    return {
        "associationId": name,
        "clusterName": cluster,
        "namespace": given("namespace"),
        "serviceAccount": given("serviceAccount"),
        "roleArn": given("roleArn"),
        "associationArn": arn(response, "podidentityassociation", cluster, name),
        **dated(given),
    }


def dated(given) -> dict:
    return {"createdAt": now(), "modifiedAt": now(), "tags": given("tags") or {}}


def access_policies() -> None:
    @action(EKSResponse)
    def associate_access_policy(self):
        policy = {"policyArn": self._get_param("policyArn"), "accessScope": self._get_param("accessScope"), "associatedAt": now(), "modifiedAt": now()}
        policies(self)[policy["policyArn"]] = policy
        return ActionResult({"clusterName": cluster_of(self), "principalArn": self._get_param("principalArn"), "associatedAccessPolicy": policy})

    @action(EKSResponse)
    def list_associated_access_policies(self):
        return ActionResult({"clusterName": cluster_of(self), "principalArn": self._get_param("principalArn"), "associatedAccessPolicies": list(policies(self).values())})

    @action(EKSResponse)
    def disassociate_access_policy(self):
        policies(self).pop(self._get_param("policyArn"), None)
        return EmptyResult()


def policies(response) -> dict:
    return parts(response, f"policies:{response._get_param('principalArn')}")
