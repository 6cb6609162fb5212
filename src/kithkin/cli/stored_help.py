"""What `kithkin --help` prints, stored so that it needs no import. Written by docs/reference/make.py; do not edit."""

HELP = """\
Usage: kithkin [OPTIONS] COMMAND [ARGS]...

  Measure how the people outside (kith) and inside (kin) a company are served,
  and find the internal link that costs the outside score most.

Options:
  --version  Print the version and exit.
  --help     Show this message and exit.

Commands:
  analyze        Answer a question from files.
  up             Serve the product: pages, jobs and events.
  manage         Django's commands on this installation.
  backup         Write the whole installation into one file.
  restore        Bring a backup back.
  demo           Simulate a company and analyse its files.
  doctor         Say what is wrong with this installation.
  questionnaire  Bring questionnaires in and out, check and print them.
  import         Bring a file into this installation.
  warehouse      Look after what is counted.

  Begin with: kithkin demo demo-company. Every analysis takes --json and
  --html OUT.
"""
