"""What the directory brings to the platform's registries: importing a module here is what fills them."""
