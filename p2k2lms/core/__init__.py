"""What every plugin may use: data, transactions, intake, events, access, jobs. Knows no plugin and no page."""
