"""The product's settings, but a job that is lost comes back after seconds, not after a minute and a half."""

from kithkin.config.settings import *  # noqa: F403
from kithkin.config.settings import Q_CLUSTER

Q_CLUSTER = {**Q_CLUSTER, "timeout": 3, "retry": 6}
