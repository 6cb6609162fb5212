"""Pictures drawn on the server: where everything stands is decided here, templates only write it down."""
