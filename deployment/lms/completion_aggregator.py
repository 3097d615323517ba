"""Tutor plugin: send the LMS's completion, enrolment, user and course events to Kafka."""
from tutor import hooks

hooks.Filters.CONFIG_DEFAULTS.add_items([
    ("COMPLETION_AGGREGATOR_KAFKA", "kafka:9092"),
    ("COMPLETION_AGGREGATOR_SCHEMA_REGISTRY", "http://schema-registry:8081"),
    ("COMPLETION_AGGREGATOR_TOPIC_PREFIX", "prod"),
])

hooks.Filters.ENV_PATCHES.add_item(("openedx-common-settings", """
# Completion aggregator
SEND_TRACKING_EVENT_EMITTED_SIGNAL = True
EVENT_BUS_TRACKING_LOGS = list(
    set(globals().get("EVENT_BUS_TRACKING_LOGS", [])) | {"edx.completion.block_completion.changed"}
)
EVENT_TRACKING_BACKENDS["completion_bus"] = {
    "ENGINE": "eventtracking.backends.event_bus.EventBusRoutingBackend",
    "OPTIONS": {"backends": {}, "processors": []},
}
EVENT_BUS_PRODUCER = "edx_event_bus_kafka.create_producer"
EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS = "{{ COMPLETION_AGGREGATOR_KAFKA }}"
EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL = "{{ COMPLETION_AGGREGATOR_SCHEMA_REGISTRY }}"
EVENT_BUS_TOPIC_PREFIX = "{{ COMPLETION_AGGREGATOR_TOPIC_PREFIX }}"
EVENT_BUS_PRODUCER_CONFIG.update({
    "org.openedx.analytics.tracking.event.emitted.v1": {
        "analytics": {"event_key_field": "tracking_log.name", "enabled": True},
    },
    "org.openedx.learning.course.enrollment.created.v1": {
        "learning-enrollment-lifecycle": {"event_key_field": "enrollment.course.course_key", "enabled": True},
    },
    "org.openedx.learning.course.enrollment.changed.v1": {
        "learning-enrollment-lifecycle": {"event_key_field": "enrollment.course.course_key", "enabled": True},
    },
    "org.openedx.learning.course.unenrollment.completed.v1": {
        "learning-enrollment-lifecycle": {"event_key_field": "enrollment.course.course_key", "enabled": True},
    },
    "org.openedx.learning.student.registration.completed.v1": {
        "learning-user-lifecycle": {"event_key_field": "user.pii.username", "enabled": True},
    },
    "org.openedx.learning.auth.session.login.completed.v1": {
        "learning-user-lifecycle": {"event_key_field": "user.pii.username", "enabled": True},
    },
    "org.openedx.learning.cohort_membership.changed.v1": {
        "learning-cohort-lifecycle": {"event_key_field": "cohort.course.course_key", "enabled": True},
    },
    "org.openedx.learning.user.course_access_role.added.v1": {
        "learning-course-access-role-lifecycle": {
            "event_key_field": "course_access_role_data.course_key", "enabled": True},
    },
    "org.openedx.learning.user.course_access_role.removed.v1": {
        "learning-course-access-role-lifecycle": {
            "event_key_field": "course_access_role_data.course_key", "enabled": True},
    },
    "org.openedx.content_authoring.course.catalog_info.changed.v1": {
        "course-catalog-info-changed": {"event_key_field": "catalog_info.course_key", "enabled": True},
    },
    "org.openedx.content_authoring.xblock.published.v1": {
        "course-authoring-xblock-lifecycle": {"event_key_field": "xblock_info.usage_key", "enabled": True},
    },
    "org.openedx.content_authoring.xblock.deleted.v1": {
        "course-authoring-xblock-lifecycle": {"event_key_field": "xblock_info.usage_key", "enabled": True},
    },
    "org.openedx.content_authoring.course.import.completed.v1": {
        "course-authoring-course-lifecycle": {"event_key_field": "course.course_key", "enabled": True},
    },
    "org.openedx.content_authoring.course.rerun.completed.v1": {
        "course-authoring-course-lifecycle": {"event_key_field": "course.course_key", "enabled": True},
    },
})
# What the aggregator asks the Course Blocks API for beyond what that always gives.
COURSE_BLOCKS_API_EXTRA_FIELDS = list(globals().get("COURSE_BLOCKS_API_EXTRA_FIELDS", [])) + [
    ("*", "completion_mode"),
    ("*", "group_access"),
    ("*", "optional_completion"),
    ("*", "max_count"),
    ("course", "days_early_for_beta"),
]
"""))
