"""The product's settings, but a job that is lost comes back after seconds, and only once."""

from kithkin.config.settings import *  # noqa: F403
from kithkin.config.settings import Q_CLUSTER

Q_CLUSTER = {**Q_CLUSTER, "timeout": 3, "retry": 6, "max_attempts": 2}
