"""The simulated company, written into an installation through the services that people use."""

from kithkin.demo.loading.company import load_company
from kithkin.demo.loading.log_ins import LogIn, log_ins

__all__ = ["LogIn", "load_company", "log_ins"]
