"""The simulated company, written into an installation through the services that people use."""

from kithkin.demo.loading.company import LogIn, load_company

__all__ = ["LogIn", "load_company"]
