import moto.rds.models as models
from moto.core.responses import ActionResult
from moto.rds.responses import RDSResponse
from support import action, around, patch, unique

# PostgreSQL releases that the catalogue of instances is answered from. Source: RDS release notes, November 2026.
POSTGRES = ("14.18", "15.13", "16.9", "17.4", "17.5", "17.6")

KEPT = (
    "performance_insights_enabled",
    "performance_insights_retention_period",
    "performance_insights_kms_key_id",
    "monitoring_interval",
    "monitoring_role_arn",
    "database_insights_mode",
    "storage_throughput",
    "max_allocated_storage",
)


@patch("rds", "all instances share one DbiResourceId: couldn't find resource")
def own_resource_ids():
    class ResourceId:
        def __get__(self, instance, owner=None):
            return self if instance is None else instance.__dict__.setdefault("_resource_id", "db-" + unique("").upper())

        def __set__(self, instance, value):
            """moto's one constant for all is not taken."""

    models.DBInstance.dbi_resource_id = ResourceId()


@patch("rds", "a read replica is a shallow copy of its source: same resource id, its source's replicas, and its region's subnet groups")
def replica_of_its_own():
    @around(models.RDSBackend, "create_db_instance_read_replica")
    def create(original, backend, given):
        # Its own region first: what comes after is looked up there.
        rest = dict(given)
        given.clear()
        given["backend"] = backend
        given.update(rest)
        replica = original(backend, given)
        replica.__dict__["_resource_id"] = "db-" + unique("").upper()
        replica.replicas = []
        replica.enabled_cloudwatch_logs_exports = rest.get("enable_cloudwatch_logs_exports") or []
        return replica


@patch("rds", "accepted but not echoed: performance insights, monitoring, storage throughput and limit")
def keep_attributes():
    for name in ("create_db_instance", "modify_db_instance", "create_db_instance_read_replica"):
        around(RDSResponse, name)(kept)


def kept(original, response):
    result = original(response)
    instance = next(iter(result.result.values()))
    for key in KEPT:
        if response.params.get(key) is not None:
            setattr(instance, key, response.params.get(key))
    if response.params.get("enable_performance_insights") is not None:
        instance.performance_insights_enabled = response.params.get("enable_performance_insights")
    return result


# RestoreDBInstanceToPointInTime: "By default, deletion protection isn't enabled for the DB instance."
@patch("rds", "what is restored to a point in time is protected like its source: cannot delete protected DB Instance")
def restored_unprotected():
    @around(models.RDSBackend, "restore_db_instance_to_point_in_time")
    def restore(original, backend, source_db_identifier, target_db_identifier, overrides):
        restored = original(backend, source_db_identifier, target_db_identifier, overrides)
        restored.deletion_protection = overrides.get("deletion_protection") is True
        return restored


@patch("rds", "DescribeDBEngineVersions has no catalogue")
def engine_versions():
    @action(RDSResponse)
    def describe_db_engine_versions(self):
        asked = self._get_param("EngineVersion") or ""
        fitting = [version for version in POSTGRES if asked in ("", version) or version.startswith(f"{asked}.")]
        listed = [described(version) for version in fitting]
        return ActionResult({"DBEngineVersions": listed[-1:] if self._get_param("DefaultOnly") else listed})


def described(version: str) -> dict:
    major = version.split(".")[0]
    return {
        "Engine": "postgres",
        "EngineVersion": version,
        "MajorEngineVersion": major,
        "DBParameterGroupFamily": f"postgres{major}",
        "Status": "available",
        "ValidUpgradeTarget": [],
    }


@patch("rds", "parameters that a user set have no source, and read as missing")
def user_parameters():
    @around(models.DBParameterGroup, "update_parameters")
    def update(original, group, parameters):
        original(group, parameters)
        for parameter in group.parameters.values():
            parameter.setdefault("Source", "user")


@patch("rds", "a replica in another region cannot be deleted: its source looks for it under another name than it noted")
def forget_distant_replicas():
    def remove_replica(instance, replica):
        instance.replicas = [each for each in instance.replicas if each not in (replica.db_instance_identifier, replica.db_instance_arn)]

    models.DBInstance.remove_replica = remove_replica
