"""What the program does, one act a module; each module runs in a process of its own."""
