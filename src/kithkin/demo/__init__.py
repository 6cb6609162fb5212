"""A simulated company whose truth is known: departments, services, one weak link or none, and what was measured.

    from kithkin.demo.company import simulate     # pure: the panel, and the files of `kithkin demo DIR`
    from kithkin.demo.loading import load_company # the same company in an installation

Importing the room itself costs nothing: every web process has it, for its one page.
"""
