"""What each role sees first: the next action, people in scope, one person's page, and the bell."""
