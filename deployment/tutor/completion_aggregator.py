"""Tutor plugin: the completion aggregator beside the LMS, and the LMS's events that it lives on.

Patches and initialisation tasks are the files in completion_aggregator_files, which stands beside this file.
"""
import os

from tutor import hooks

FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "completion_aggregator_files")

hooks.Filters.CONFIG_DEFAULTS.add_items([
    ("COMPLETION_AGGREGATOR_DOCKER_IMAGE", "completion-aggregator:0.1.0"),
    # The broker and the registry of the event bus; Tutor has none of its own.
    ("COMPLETION_AGGREGATOR_KAFKA", "kafka:9092"),
    ("COMPLETION_AGGREGATOR_SCHEMA_REGISTRY", "http://schema-registry:8081"),
    ("COMPLETION_AGGREGATOR_TOPIC_PREFIX", "prod"),
    ("COMPLETION_AGGREGATOR_CDC_TOPICS", ""),
    ("COMPLETION_AGGREGATOR_TRACKING_ENABLED", False),
    ("COMPLETION_AGGREGATOR_MYSQL_DATABASE", "completion_aggregator"),
    ("COMPLETION_AGGREGATOR_MYSQL_USERNAME", "completion_agg"),
    ("COMPLETION_AGGREGATOR_OAUTH2_KEY", "completion-aggregator"),
    # Origins of micro-frontends that call with cookies, separated by commas.
    ("COMPLETION_AGGREGATOR_BROWSER_ORIGINS",
     "{% if ENABLE_HTTPS %}https{% else %}http{% endif %}://{{ MFE_HOST|default('apps.' + LMS_HOST) }}"),
])

# Made once and kept in config.yml.
hooks.Filters.CONFIG_UNIQUE.add_items([
    ("COMPLETION_AGGREGATOR_MYSQL_PASSWORD", "{{ 20|random_string }}"),
    ("COMPLETION_AGGREGATOR_OAUTH2_SECRET", "{{ 40|random_string }}"),
    ("COMPLETION_AGGREGATOR_LINK_SECRET", "{{ 64|random_string }}"),
])


def read(*path):
    """A file of the plugin."""
    with open(os.path.join(FILES, *path), encoding="utf-8") as file:
        return file.read()


for name in sorted(os.listdir(os.path.join(FILES, "patches"))):
    hooks.Filters.ENV_PATCHES.add_item((name, read("patches", name)))

for service in ("mysql", "lms"):
    hooks.Filters.CLI_DO_INIT_TASKS.add_item((service, read("tasks", service, "init")))
