"""The simulated company, written into an installation through the services that people use."""

from kithkin.demo.loading.company import NothingToResume, Refused, load_company, resume_loading
from kithkin.demo.loading.log_ins import LogIn, log_ins

__all__ = ["LogIn", "NothingToResume", "Refused", "load_company", "log_ins", "resume_loading"]
