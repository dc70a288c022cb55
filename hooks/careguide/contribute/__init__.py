"""What contributors are helped with: new files, schemas, issue forms, and the report on a change."""
