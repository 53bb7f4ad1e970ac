"""What people without a say suggest: new places and changes, and the queue where they wait."""
