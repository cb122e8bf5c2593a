import moto.autoscaling.models as models
from moto.autoscaling.responses import AutoScalingResponse
from support import around, patch


@patch("autoscaling", "a mixed instances policy loses an instance by rounding: ten minutes, then an error")
def whole_capacity():
    @around(models.FakeAutoScalingGroup, "set_desired_capacity")
    def set_desired_capacity(original, group, wanted):
        policy, group.mixed_instances_policy = group.mixed_instances_policy, None
        try:
            original(group, wanted)
        finally:
            group.mixed_instances_policy = policy


@patch("autoscaling", "scaling policies read as disabled, with an empty predictive block")
def policies_enabled():
    @around(models.FakeScalingPolicy, "__init__")
    def init(original, policy, *args, **given):
        original(policy, *args, **given)
        policy.enabled = True
        policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None


@patch("autoscaling", "lifecycle hooks forget role, target and metadata")
def hooks_kept():
    @around(AutoScalingResponse, "put_lifecycle_hook")
    def put(original, response):
        result = original(response)
        group, name = response._get_param("AutoScalingGroupName"), response._get_param("LifecycleHookName")
        for hook in response.autoscaling_backend.describe_lifecycle_hooks(as_name=group, lifecycle_hook_names=[name]):
            hook.role_arn = response._get_param("RoleARN")
            hook.notification_target_arn = response._get_param("NotificationTargetARN")
            hook.notification_metadata = response._get_param("NotificationMetadata")
        return result


@patch("autoscaling", "the warm-up and the maintenance policy of a group are not echoed")
def warm_up_and_maintenance():
    models.FakeAutoScalingGroup.default_instance_warmup = None
    models.FakeAutoScalingGroup.instance_maintenance_policy = None
    for name in ("create_auto_scaling_group", "update_auto_scaling_group"):
        around(AutoScalingResponse, name)(keep)


def keep(original, response):
    result = original(response)
    group = response.autoscaling_backend.autoscaling_groups[response._get_param("AutoScalingGroupName")]
    for parameter, attribute in (("DefaultInstanceWarmup", "default_instance_warmup"), ("InstanceMaintenancePolicy", "instance_maintenance_policy")):
        if response._get_param(parameter) is not None:
            setattr(group, attribute, response._get_param(parameter))
    return result
