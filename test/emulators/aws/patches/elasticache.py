import moto.elasticache.models as models
from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import ElastiCacheException
from moto.elasticache.responses import ElastiCacheResponse
from support import action, around, chosen, patch, store

DEFAULT_WINDOW = "sun:05:00-sun:06:00"

MODIFIABLE = {
    "CacheNodeType": "cache_node_type",
    "EngineVersion": "engine_version",
    "SecurityGroupIds": "security_group_ids",
    "SnapshotRetentionLimit": "snapshot_retention_limit",
    "SnapshotWindow": "snapshot_window",
    "ReplicationGroupDescription": "description",
    "PreferredMaintenanceWindow": "preferred_maintenance_window",
    "CacheParameterGroupName": "cache_parameter_group_name",
    "NotificationTopicArn": "notification_topic_arn",
}


@patch("elasticache", "NumCacheClusters is ignored, so that a group has one member")
def count_members():
    @around(models.ReplicationGroup, "_set_node_members_clusters_disabled")
    def members(original, group, **given):
        given["replicas_per_node_group"] = given.get("replicas_per_node_group") or max(0, (given.get("num_cache_clusters") or 1) - 1)
        return original(group, **given)


@patch("elasticache", "cluster mode is not recognised; the default snapshot window is malformed")
def group_defaults():
    @around(models.ReplicationGroup, "__init__")
    def init(original, group, *args, **given):
        clustered = (given.get("num_node_groups") or 1) > 1 or ".cluster.on" in (given.get("cache_parameter_group_name") or "")
        given["cluster_mode"] = given.get("cluster_mode") or ("enabled" if clustered else None)
        original(group, *args, **given)
        if group.snapshot_window == "05:00-6:00":
            group.snapshot_window = "05:00-06:00"


@patch("elasticache", "member clusters of a group are unknown (404) and in no list of all clusters, and their versions malformed")
def describe_members():
    @around(models.ElastiCacheBackend, "describe_cache_clusters")
    def describe(original, backend, cache_cluster_id=None):
        owner = {member: group for group in backend.replication_groups.values() for member in group.member_clusters}
        if cache_cluster_id in owner:
            return [member_of(backend, owner[cache_cluster_id], cache_cluster_id)]
        # Without an id all are meant: after a change of their number the provider looks for the members among them.
        members = [] if cache_cluster_id else [member_of(backend, group, member) for member, group in owner.items()]
        return [*original(backend, cache_cluster_id), *members]


def member_of(backend, group, member: str) -> dict:
    parameters = group.cache_parameter_group_name or f"default.{group.engine}{(group.engine_version or '7').split('.')[0]}"
    return {
        "CacheClusterId": member,
        "CacheClusterStatus": "available",
        "CacheNodeType": group.cache_node_type,
        "Engine": group.engine,
        "EngineVersion": three_parts(group.engine_version),
        "NumCacheNodes": 1,
        "ReplicationGroupId": group.replication_group_id,
        "CacheParameterGroup": {"CacheParameterGroupName": parameters, "ParameterApplyStatus": "in-sync"},
        "CacheSubnetGroupName": group.cache_subnet_group_name,
        "SecurityGroups": [{"SecurityGroupId": each, "Status": "active"} for each in group.security_group_ids or []],
        "NotificationConfiguration": {"TopicArn": group.notification_topic_arn, "TopicStatus": "active"} if group.notification_topic_arn else None,
        "PreferredMaintenanceWindow": group.preferred_maintenance_window or DEFAULT_WINDOW,
        "SnapshotWindow": group.snapshot_window,
        "SnapshotRetentionLimit": group.snapshot_retention_limit,
        "AutoMinorVersionUpgrade": str(group.auto_minor_version_upgrade).lower() != "false",
        "TransitEncryptionEnabled": group.transit_encryption_enabled,
        "TransitEncryptionMode": group.transit_encryption_mode,
        "AtRestEncryptionEnabled": group.at_rest_encryption_enabled,
        "PreferredAvailabilityZone": f"{backend.region_name}a",
        "ARN": f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:cluster:{member}",
        "CacheNodes": [],
    }


def three_parts(version: str | None) -> str:
    """AWS answers a full version whatever was asked for."""
    parts = (version or "7.1").split(".")
    return ".".join([*parts, "0", "0"][:3])


@patch("elasticache", "ModifyReplicationGroup, IncreaseReplicaCount, DecreaseReplicaCount are missing")
def modify_groups():
    @action(ElastiCacheResponse)
    def modify_replication_group(self):
        given = self._get_params()
        group = self.elasticache_backend.replication_groups[given["ReplicationGroupId"]]
        for parameter, attribute in MODIFIABLE.items():
            if given.get(parameter) is not None:
                setattr(group, attribute, given[parameter])
        for parameter, attribute in (("AutomaticFailoverEnabled", "automatic_failover"), ("MultiAZEnabled", "multi_az")):
            if given.get(parameter) is not None:
                setattr(group, attribute, "enabled" if str(given[parameter]).lower() == "true" else "disabled")
        return ActionResult({"ReplicationGroup": group})

    for name in ("increase_replica_count", "decrease_replica_count"):
        action(ElastiCacheResponse, name)(resize)


def resize(response):
    group = response.elasticache_backend.replication_groups[response._get_param("ReplicationGroupId")]
    replicas = int(response._get_param("NewReplicaCount"))
    nodes = group.node_groups[0]
    nodes["node_group_members"] = []
    group.member_clusters.clear()
    group._set_node_members_clusters_disabled(
        member_clusters=group.member_clusters,
        replication_group_id=group.replication_group_id,
        replication_group_domain="resized.cache.amazonaws.com",
        node_group=nodes,
        preferred_cache_cluster_azs=[],
        num_cache_clusters=replicas + 1,
        replicas_per_node_group=replicas,
    )
    return ActionResult({"ReplicationGroup": group})


@patch("elasticache", "parameter groups are missing")
def parameter_groups():
    @action(ElastiCacheResponse)
    def create_cache_parameter_group(self):
        given, name = self._get_params(), self._get_param("CacheParameterGroupName")
        group = {
            "CacheParameterGroupName": name,
            "CacheParameterGroupFamily": given["CacheParameterGroupFamily"],
            "Description": given.get("Description", ""),
            "IsGlobal": False,
            "ARN": f"arn:aws:elasticache:{self.region}:{self.current_account}:parametergroup:{name}",
            "parameters": {},
        }
        store(self, "cache-parameter-group")[name] = group
        return ActionResult({"CacheParameterGroup": group})

    @action(ElastiCacheResponse)
    def describe_cache_parameter_groups(self):
        return ActionResult({"CacheParameterGroups": parameter_group(self)})

    @action(ElastiCacheResponse)
    def modify_cache_parameter_group(self):
        group = parameter_group(self)[0]
        for each in self._get_param("ParameterNameValues", []):
            group["parameters"][each["ParameterName"]] = each["ParameterValue"]
        return ActionResult({"CacheParameterGroupName": group["CacheParameterGroupName"]})

    @action(ElastiCacheResponse)
    def describe_cache_parameters(self):
        parameters = parameter_group(self)[0]["parameters"].items()
        return ActionResult({"Parameters": [{"ParameterName": name, "ParameterValue": value, "Source": "user"} for name, value in parameters]})

    @action(ElastiCacheResponse)
    def delete_cache_parameter_group(self):
        store(self, "cache-parameter-group").pop(self._get_param("CacheParameterGroupName"), None)
        return EmptyResult()


def parameter_group(response) -> list[dict]:
    found = chosen(store(response, "cache-parameter-group"), response._get_param("CacheParameterGroupName"))
    if not found:
        raise ElastiCacheException("CacheParameterGroupNotFound", "not found")
    return found


@patch("elasticache", "subnet groups cannot be changed or deleted")
def subnet_groups():
    @action(ElastiCacheResponse)
    def modify_cache_subnet_group(self):
        groups, name = self.elasticache_backend.cache_subnet_groups, self._get_param("CacheSubnetGroupName")
        groups[name] = models.CacheSubnetGroup(
            self.current_account,
            self.region,
            name,
            self._get_param("CacheSubnetGroupDescription") or groups[name].cache_subnet_group_description,
            self._get_param("SubnetIds") or groups[name].subnet_ids,
            groups[name].tags,
        )
        return ActionResult({"CacheSubnetGroup": groups[name]})

    @action(ElastiCacheResponse)
    def delete_cache_subnet_group(self):
        self.elasticache_backend.cache_subnet_groups.pop(self._get_param("CacheSubnetGroupName"), None)
        return EmptyResult()


@patch("elasticache", "tags of anything but clusters and groups are refused")
def tags_of_unknown():
    @around(models.ElastiCacheBackend, "list_tags_for_resource")
    def tags(original, backend, arn):
        try:
            return original(backend, arn)
        except Exception:
            return {"Tags": []}


@patch("elasticache", "a deleted group stays in deleting for ever")
def deleted_is_gone():
    @around(models.ElastiCacheBackend, "delete_replication_group")
    def delete(original, backend, replication_group_id, **given):
        group = original(backend, replication_group_id, **given)
        backend.replication_groups.pop(replication_group_id)
        return group
