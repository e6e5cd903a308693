"""People: who they are, how they sign in, which roles they hold in which unit, and who supervises whom."""
